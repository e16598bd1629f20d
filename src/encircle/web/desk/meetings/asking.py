"""What each act of a meeting asks, with what was typed. Only questions: what follows is in `doing`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from encircle.actions.meeting import Meetings
from encircle.core.meeting import Meeting, Participant
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.web.desk.forms.typed import Typed
from encircle.web.desk.meetings.checklist import AGENDA, SEATS
from encircle.web.desk.meetings.words import ANSWERS, HELD_AS, MINUTES, OUTCOMES, PARTS, PURPOSES
from encircle.web.page import when, wording
from encircle.web.page.field import Field, FieldKind, Option, Words, yes_no

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A form: on which record, about which meeting (None: a new one), what was typed, what is wrong by field."""

    seen: Meetings
    meeting: Meeting | None
    typed: Typed
    problems: Mapping[str, str]

    @property
    def own(self) -> Participant | None:
        """The seat of one's own agency."""
        return None if self.meeting is None else self.seen.own(self.meeting)

    def line(
        self, name: str, label: Words, *, hint: Words = "", optional: bool = False, value: str = ""
    ) -> Field:
        """One line of text."""
        return Field(
            name,
            label,
            hint=hint,
            value=self.typed.one(name) or value,
            problem=self.problems.get(name, ""),
            optional=optional,
        )

    def text(
        self, name: str, label: Words, *, hint: Words = "", optional: bool = False, value: str = ""
    ) -> Field:
        """Text of several lines."""
        return Field(
            name,
            label,
            kind=FieldKind.LONG_TEXT,
            hint=hint,
            value=self.typed.one(name) or value,
            problem=self.problems.get(name, ""),
            optional=optional,
            longest=LONGEST,
        )

    def choice(
        self,
        name: str,
        label: Words,
        words: Iterable[tuple[str, Words]],
        *,
        kind: FieldKind = FieldKind.CHOICE,
        hint: Words = "",
        chosen: Iterable[str] = (),
        optional: bool = False,
    ) -> Field:
        """One or several of these; `chosen` until something was typed."""
        given = self.typed.many(name) or (() if self.typed.one("sent") else tuple(chosen))
        return Field(
            name,
            label,
            kind=kind,
            hint=hint,
            problem=self.problems.get(name, ""),
            options=tuple(Option(value, text, chosen=value in given) for value, text in words),
            optional=optional,
        )

    def agency(self, name: str, label: Words, agencies: Iterable[AgencyId]) -> Field:
        """One agency of these."""
        none = ("", _("Choose one"))
        return self.choice(name, label, (none, *self.named(agencies)), kind=FieldKind.SELECT)

    def named(self, agencies: Iterable[AgencyId]) -> tuple[tuple[str, str], ...]:
        """These agencies by name and role."""
        return tuple((one, called(self.seen, one)) for one in self.seen.agencies if one in set(agencies))


def called(seen: Meetings, agency: AgencyId) -> str:
    """An agency by its name; with its role, where the name does not tell it."""
    found = seen.agencies.get(agency)
    if found is None:
        return _("An agency that is no longer listed here")
    role = wording.plain(found.role)
    return found.name if role.lower() in found.name.lower() else f"{found.name} ({role})"


def calling(form: Asked) -> tuple[Field, ...]:
    """What a new meeting asks."""
    purpose = form.typed.one("purpose") or "before_interview"
    points = "\n".join(str(point) for point in AGENDA.get(purpose, ()))
    members = [one.id for one in form.seen.agencies.values() if one.member and one.id != form.seen.me]
    asked = [
        form.choice("purpose", _("What is it for?"), PURPOSES.items(), chosen=(purpose,)),
        form.line("at", _("When is it to take place?"), hint=_("For example 28.11.2026 14:30.")),
        form.choice("held_as", _("How do the agencies meet?"), HELD_AS.items(), optional=True),
        form.text(
            "agenda",
            _("Points to talk about"),
            hint=_("One point on each line. Name what to talk about, not what is known of the child."),
            value="" if form.typed.one("sent") else points,
            optional=True,
        ),
    ]
    if members:
        asked.append(
            form.choice(
                "agency",
                _("Which agencies are invited?"),
                form.named(members),
                kind=FieldKind.CHOICES,
                hint=_(
                    "Your own agency is always one of them. Agencies are listed that take part in this record."
                ),
                chosen=_needed(form.seen, purpose),
                optional=True,
            )
        )
    if form.seen.interviews:
        asked.append(
            form.choice(
                "interview",
                _("Which interview does it prepare?"),
                _interviews(form.seen),
                kind=FieldKind.SELECT,
                optional=True,
            )
        )
    return tuple(asked)


def answering(form: Asked) -> tuple[Field, ...]:
    """Whether one's own agency comes."""
    return (form.choice("answer", _("Does your agency come?"), ANSWERS.items()),)


def inviting(form: Asked) -> tuple[Field, ...]:
    """Which agency is invited as well."""
    seats = {one.agency for one in form.meeting.participants} if form.meeting else set()
    free = [one.id for one in form.seen.agencies.values() if one.member and one.id not in seats]
    return (form.agency("agency", _("Which agency?"), free),)


def sharing(form: Asked) -> tuple[Field, ...]:
    """What one's own agency shares, on which basis, and who may read it."""
    parts = [(group.value, PARTS[group]) for group in FieldGroup if group in form.seen.adds]
    return (
        form.text(
            "content",
            _("What do the others need for their task?"),
            hint=_("Answer their question: yes or no, a day, whom to call. Not the whole file."),
        ),
        form.line(
            "legal_basis",
            _("On which legal basis does your agency share this?"),
            hint=_("The law and the section that lets or makes your agency tell it."),
        ),
        form.choice(
            "part",
            _("Who may read it?"),
            parts,
            hint=_("Only those read it to whom this part of the record is open."),
        ),
    )


def holding(form: Asked) -> tuple[Field, ...]:
    """Who was there, and how it went."""
    assert form.meeting is not None
    seats = [(one.id, called(form.seen, one.agency)) for one in form.meeting.participants]
    coming = [one.id for one in form.meeting.participants if one.answer in ("coming", "by_telephone")]
    at = form.meeting.at
    begun = when.typed(at.earliest, at.zone) if at and at.earliest <= form.seen.now else ""
    asked = (
        ("guardian_heard", _("Was the view of the child's guardian there?"), ""),
        (
            "calendar_joined",
            _("Were the dates of all proceedings put side by side?"),
            "",
        ),
        ("by_telephone", _("Was it a call in an emergency?"), ""),
        (
            "shared_beyond_need",
            _("Was more shared than the others needed?"),
            _("Say so if it was: it can be put right, and next time be done better."),
        ),
    )
    return (
        form.line(
            "happened",
            _("When did it take place?"),
            hint=_("For example 28.11.2026 14:30, or today. Empty: now."),
            value="" if form.typed.one("sent") else begun,
            optional=True,
        ),
        form.choice(
            "present", _("Who was there?"), seats, kind=FieldKind.CHOICES, chosen=coming, optional=True
        ),
        *(
            yes_no(name, words, value=form.typed.one(name), hint=hint, problem=form.problems.get(name, ""))
            for name, words, hint in asked
        ),
    )


def agreeing(form: Asked) -> tuple[Field, ...]:
    """What is agreed: what, who, by when."""
    return (
        form.text(
            "task",
            _("What is to be done?"),
            hint=_("One task for one agency. Say the task, not what lies behind it."),
        ),
        form.agency(
            "agency",
            _("Which agency does it?"),
            [one.id for one in form.seen.agencies.values() if one.member],
        ),
        form.line("due", _("By when?"), hint=_("For example 28.11.2026.")),
    )


def ending(form: Asked) -> tuple[Field, ...]:
    """What became of an action."""
    return (
        form.choice("outcome", _("What became of it?"), OUTCOMES.items()),
        form.text("reasons", _("If it was not done: why, and what happens instead?"), optional=True),
    )


def minuting(form: Asked) -> tuple[Field, ...]:
    """The minutes, with what stands in them."""
    minutes = form.meeting.minutes if form.meeting else None
    return tuple(
        form.text(
            name,
            words,
            value=getattr(minutes, name) if minutes and not form.typed.one("sent") else "",
            optional=True,
        )
        for name, words in MINUTES.items()
    )


def cancelling(form: Asked) -> tuple[Field, ...]:
    """Why it does not take place."""
    return (form.text("reasons", _("Why does it not take place?"), optional=True),)


def _needed(seen: Meetings, purpose: str) -> tuple[AgencyId, ...]:
    """Agencies whose seat must not stay empty at such a meeting; nobody else is invited unasked."""
    roles = {role for seat in SEATS.get(purpose, ()) for role in seat.roles}
    return tuple(one.id for one in seen.agencies.values() if one.member and one.role in roles)


def _interviews(seen: Meetings) -> tuple[tuple[str, Words], ...]:
    from_record = [("", _("None of these"))]
    for number, item in enumerate(seen.interviews, start=1):
        from_record.append((item, _("Interview {n}").format(n=number)))
    return tuple(from_record)


Questions = Callable[[Asked], tuple[Field, ...]]
