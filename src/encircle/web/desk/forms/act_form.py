"""The form of one act: its questions with what was typed, the statements that follow, and the answers to look at again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from encircle.actions.act import LABEL, ReadUntil, Statement, Writing
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.identifier import AgencyId, FactId, is_random_id
from encircle.vocabulary.role import Role
from encircle.web.desk.acts import Act, Step
from encircle.web.desk.forms.choices import agency_options, subjects_of
from encircle.web.desk.forms.questions import name_of, questions, typed_of, values
from encircle.web.desk.forms.typed import Typed
from encircle.web.desk.forms.typed_time import written
from encircle.web.page import when, wording
from encircle.web.page.field import Field, FieldKind, Option

NEW = "new"
CORRECTS, VERSION_OF = "corrects", "version_of"
OF_THE_FORM = ("token", "read", "other")
"""Hidden fields: whose form it is, what had been read, and which entry it changes."""
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of one fact: those asked first, and those folded away."""

    title: str
    first: tuple[Field, ...]
    folded: tuple[Field, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class ActForm:
    """All questions of an act. `when`: when it happened and who says so, folded with what is mostly right."""

    parts: tuple[Part, ...]
    relation: Field | None
    when: tuple[Field, ...]
    when_open: bool
    hidden: tuple[tuple[str, str], ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every question, in the order of the page."""
        own = tuple(field for part in self.parts for field in (*part.first, *part.folded))
        return (*((self.relation,) if self.relation else ()), *own, *self.when)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to look at again."""

    label: Words
    value: str
    lang: str = ""


def begun(writing: Writing) -> Typed:
    """A new form: a token of its own, and what its reader has read."""
    return Typed({"token": (str(uuid4()),), "read": (writing.read_until or "",)})


def begun_from(writing: Writing, fact: Fact) -> Typed:
    """A form that begins with what an entry says, to correct it."""
    start = (
        dict(begun(writing).answers)
        | typed_of(fact.type, _open_fields(fact, writing))
        | {"other": (fact.id,)}
    )
    start |= {
        "happened": (fact.happened.text(),),
        "certainty": (fact.certainty.value,),
        "agency": (fact.agency,),
    }
    if fact.said_by:
        start |= {"said_by": (fact.said_by,)}
    own = fact.agency == writing.own
    return Typed(start | ({"relation": (CORRECTS,)} if own else {}))


def is_whole(fact: Fact, writing: Writing) -> bool:
    """Whether all that the entry says is open, so that it can be said anew without losing anything."""
    said_in_all: dict[str, object] = msgspec.to_builtins(fact.payload)
    return not fact.is_shut and _open_fields(fact, writing) == said_in_all


def form(act: Act, writing: Writing, typed: Typed, problems: Mapping[str, str]) -> ActForm:
    """The questions of that act as they stand now."""
    other = typed.one("other")
    return ActForm(
        parts=tuple(_part(step, act, writing, typed, problems) for step in act.steps),
        relation=_relation(writing, typed, problems) if other else None,
        when=_when(act, writing, typed, problems),
        when_open=any(
            problems.get(name) or typed.one(name) for name in ("happened", "learnt_at", "agency", "said_by")
        ),
        hidden=tuple((name, typed.one(name)) for name in OF_THE_FORM),
    )


def statements(act: Act, writing: Writing, typed: Typed) -> tuple[Statement, ...]:
    """What was typed, as statements."""
    stated: list[Statement] = []
    labels: set[str] = set()
    for step in act.steps:
        said = values(step.type, typed, now=when.local(writing.now, writing.law.zone))
        if step.optional and not said:
            continue
        said |= {field: f"{LABEL}{label}" for field, label in step.given if label in labels}
        labels.add(step.label)
        stated.append(_statement(step, said, writing, typed))
    return tuple(stated)


def answers(asked: ActForm) -> tuple[Answer, ...]:
    """The answers given, in words."""
    told = []
    for field in asked.fields:
        value = ", ".join(str(one.text) for one in field.options if one.chosen and one.value) or (
            "" if field.options else field.value
        )
        if value:
            told.append(Answer(field.label, value, field.lang))
    return tuple(told)


def said(fact: Fact, writing: Writing) -> tuple[Answer, ...]:
    """What an entry on record says, as answers."""
    typed = Typed(typed_of(fact.type, _open_fields(fact, writing)))
    found = questions(fact.type, writing=writing, typed=typed, problems={})
    when_it = Answer(_("When it happened"), when.span(fact.happened))
    part = Part("", tuple(found.values()), (), open=True)
    return (*answers(ActForm((part,), None, (), when_open=False, hidden=())), when_it)


def _open_fields(fact: Fact, writing: Writing) -> dict[str, object]:
    """What the entry says, without the text that stays closed."""
    payload: dict[str, object] = msgspec.to_builtins(fact.payload)
    if writing.opens_text(fact):
        return payload
    closed = {field.name for field in shape(FACT_TYPES[fact.type]) if field.value in ("text", "identifier")}
    return {name: value for name, value in payload.items() if name not in closed}


def _statement(step: Step, said_here: Mapping[str, object], writing: Writing, typed: Typed) -> Statement:
    now = when.local(writing.now, writing.law.zone)
    relation, other = typed.one("relation"), typed.one("other")
    subject = typed.one(name_of(step.type, "subject"))
    certainty = typed.one("certainty")
    known = certainty in {one.value for one in Certainty}
    return Statement(
        type=step.type,
        values=said_here,
        subject=None if subject in ("", NEW) or (other and relation) else subject,
        label=step.label or None,
        happened=written(typed.one("happened"), now=now) or None,
        certainty=Certainty(certainty) if known else Certainty.OBSERVED,
        agency=AgencyId(typed.one("agency")) if typed.one("agency") else None,
        said_by=typed.one("said_by") or None,
        learnt_at=written(typed.one("learnt_at"), now=now) or None,
        corrects=FactId(other) if other and relation == CORRECTS else None,
        version_of=FactId(other) if other and relation == VERSION_OF else None,
        follows=read_until(typed),
    )


def _part(step: Step, act: Act, writing: Writing, typed: Typed, problems: Mapping[str, str]) -> Part:
    given = tuple(field for field, _label in step.given)
    asked = questions(step.type, writing=writing, typed=typed, problems=problems, left_out=given)
    subject = None if typed.one("other") else _subject(step, writing, typed, problems)
    first = [asked[name] for name in step.first if name in asked]
    folded = tuple(field for name, field in asked.items() if name not in step.first)
    return Part(
        title=wording.titled(step.type) if len(act.steps) > 1 else "",
        first=(*((subject,) if subject else ()), *first),
        folded=folded,
        open=any(field.problem or field.value for field in folded),
    )


def _subject(step: Step, writing: Writing, typed: Typed, problems: Mapping[str, str]) -> Field | None:
    """Which thing it is about, where there is a choice."""
    kind = FACT_TYPES[step.type].about
    if kind is Kind.CHILD:
        return None
    name = name_of(step.type, "subject")
    things = subjects_of(writing, kind)
    if not things and not problems.get(name):
        return None
    meant = typed.one(name) or (NEW if step.new else next(iter(things), NEW))
    offered = (
        [(NEW, _("A new one")), *things.items()] if step.new else [*things.items(), (NEW, _("A new one"))]
    )
    if meant not in dict(offered):
        offered.append((meant, meant))
    return Field(
        name=name,
        label=_("Which one is it about? ({kind})").format(kind=wording.plain(kind.value)),
        kind=FieldKind.SELECT,
        value=meant,
        problem=problems.get(name, ""),
        options=tuple(Option(value, text, chosen=value == meant) for value, text in offered),
    )


def _relation(writing: Writing, typed: Typed, problems: Mapping[str, str]) -> Field:
    """A slip of the same source is corrected; where two sources differ, both stand."""
    fact = next((one for one in writing.facts if one.id == typed.one("other")), None)
    agency = writing.agencies.get(fact.agency) if fact else None
    name = agency.name if agency else _("Somebody")
    said_it = (
        _("{agency} said this on {day}. Is yours a correction, or does your source differ?").format(
            agency=name, day=when.minute(fact.recorded, writing.law.zone)
        )
        if fact
        else _("Is yours a correction, or does your source differ?")
    )
    choices = {
        CORRECTS: _("A correction: it was written or said wrongly. Yours takes its place."),
        VERSION_OF: _("My source differs: both stand side by side."),
    }
    chosen = typed.one("relation")
    options = tuple(Option(value, text, chosen=value == chosen) for value, text in choices.items())
    return Field(
        "relation",
        said_it,
        kind=FieldKind.CHOICE,
        value=chosen,
        problem=problems.get("relation", ""),
        options=options,
    )


def _when(act: Act, writing: Writing, typed: Typed, problems: Mapping[str, str]) -> tuple[Field, ...]:
    certainty = typed.one("certainty") or Certainty.OBSERVED.value
    known = {one.value: words for one, words in wording.CERTAINTIES.items()}
    known.setdefault(certainty, certainty)
    said_by = typed.one("said_by")
    plan = FACT_TYPES[act.steps[-1].type].plan
    roles = {role.value: wording.titled(role.value) for role in Role}
    if said_by and said_by not in roles:
        roles[said_by] = wording.titled(said_by)
    return (
        Field(
            "happened",
            _("When was the plan made?") if plan else _("When did it happen?"),
            hint=_("Empty: now. Else for example 28.11.2026 14:30, yesterday, November 2026 or 2026."),
            value=typed.one("happened"),
            problem=problems.get("happened", ""),
            optional=True,
        ),
        Field(
            "certainty",
            _("How does the source know?"),
            kind=FieldKind.CHOICE,
            value=certainty,
            options=tuple(Option(one, words, chosen=one == certainty) for one, words in known.items()),
        ),
        Field(
            "agency",
            _("Which agency says so?"),
            kind=FieldKind.SELECT,
            problem=problems.get("agency", ""),
            value=typed.one("agency"),
            options=agency_options(writing, typed.one("agency") or writing.own),
        ),
        Field(
            "said_by",
            _("Who told the source?"),
            kind=FieldKind.SELECT,
            value=said_by,
            problem=problems.get("said_by", ""),
            options=(
                Option("", _("Nobody else, or not known"), chosen=not said_by),
                *(Option(value, text, chosen=value == said_by) for value, text in roles.items()),
            ),
            optional=True,
        ),
        Field(
            "learnt_at",
            _("When did your agency learn it?"),
            hint=_("Empty: when it happened, for what you saw yourselves; else now."),
            value=typed.one("learnt_at"),
            problem=problems.get("learnt_at", ""),
            optional=True,
        ),
    )


def read_until(typed: Typed) -> ReadUntil:
    """What had been read when the form was opened."""
    read = typed.one("read")
    return ReadUntil(FactId(read) if is_random_id(read) else None)


def types_of(stated: Sequence[Statement]) -> tuple[str, ...]:
    """The types of these statements, by which their problems are told."""
    return tuple(one.type for one in stated)
