"""One meeting, and the list of them, as they are shown: names, words and tones. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from encircle.actions.meeting import AgencyAtTheTable, Meetings
from encircle.core.meeting import Action, Meeting, Participant
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.web.desk.meetings import words
from encircle.web.desk.meetings.asking import called
from encircle.web.desk.meetings.checklist import SEATS, SOURCE, Seat
from encircle.web.page import when, wording
from encircle.web.page.field import Words


@dataclass(frozen=True, slots=True)
class Tag:
    """A few words in a tone."""

    text: Words
    tone: str


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting in the list."""

    id: str
    title: Words
    at: str
    held_as: Words
    state: Tag
    seats: str
    tasks: str


@dataclass(frozen=True, slots=True)
class SeatView:
    """One agency at the table: whether it comes, whether it was there."""

    agency: str
    mine: bool
    state: Tag


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist."""

    words: Words
    state: Tag
    by: str


@dataclass(frozen=True, slots=True)
class SharedView:
    """What an agency shared."""

    agency: str
    basis: str
    part: Words
    content: str
    at: str


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action of the plan. `may_end`: whether what became of it can be said by who looks."""

    id: str
    task: str
    agency: str
    mine: bool
    due: str
    state: Tag
    reasons: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class Minute:
    """One part of the minutes."""

    title: Words
    text: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """Everything that the page of one meeting shows."""

    id: str
    title: Words
    at: str
    held_as: Words
    state: Tag
    cancelled_because: str
    agenda: tuple[str, ...]
    interview: str
    seats: tuple[SeatView, ...]
    checks: tuple[Check, ...]
    source: str
    shared: tuple[SharedView, ...]
    actions: tuple[ActionView, ...]
    minutes: tuple[Minute, ...]
    minutes_open: bool
    told: tuple[Tag, ...]


def lines(seen: Meetings) -> tuple[Line, ...]:
    """All meetings, the latest first."""
    return tuple(
        Line(
            id=meeting.id,
            title=title(meeting),
            at=when.span(meeting.at) if meeting.at else _("no day is known"),
            held_as=words.HELD_AS.get(meeting.held_as or "", ""),
            state=state(meeting, seen),
            seats=_seats(meeting),
            tasks=_tasks(meeting),
        )
        for meeting in seen.meetings
    )


def view(seen: Meetings, meeting: Meeting, *, may_end: bool) -> MeetingView:
    """That meeting."""
    minutes = meeting.minutes
    number = seen.interviews.index(meeting.interview) + 1 if meeting.interview in seen.interviews else 0
    return MeetingView(
        id=meeting.id,
        title=title(meeting),
        at=when.span(meeting.at) if meeting.at else "",
        held_as=words.HELD_AS.get(meeting.held_as or "", ""),
        state=state(meeting, seen),
        cancelled_because=meeting.cancelled_because,
        agenda=meeting.agenda,
        interview=_("Interview {n}").format(n=number) if number else "",
        seats=tuple(
            SeatView(
                called(seen, one.agency), one.agency == seen.me, seat_state(one, is_held=meeting.is_held)
            )
            for one in meeting.participants
        ),
        checks=tuple(_checks(seen, meeting)),
        source=SOURCE,
        shared=tuple(_shared(seen, meeting)),
        actions=actions(seen, meeting.actions, may_end=may_end),
        minutes=tuple(
            Minute(words_of, text)
            for name, words_of in words.MINUTES.items()
            if minutes and (text := getattr(minutes, name))
        ),
        minutes_open=FieldGroup.VIEWS in seen.sees,
        told=tuple(_told(meeting)),
    )


def title(meeting: Meeting) -> Words:
    """What the meeting is for."""
    return words.PURPOSES.get(meeting.purpose or "", _("Meeting"))


def state(meeting: Meeting, seen: Meetings) -> Tag:
    """Whether it is to come, was held, does not take place, or nobody has said."""
    if meeting.is_held:
        return Tag(_("Held"), "met")
    if meeting.is_cancelled:
        return Tag(_("Cancelled"), "")
    if meeting.at is not None and meeting.at.latest < seen.now:
        return Tag(_("Its day has passed: nobody said whether it took place"), "due_soon")
    return Tag(_("Ahead"), "open")


def seat_state(one: Participant, *, is_held: bool) -> Tag:
    """Whether that agency was there, else whether it comes."""
    if is_held and one.present is not None:
        return Tag(_("Was there"), "met") if one.present else Tag(_("Was not there"), "overdue")
    tones = {"coming": "met", "by_telephone": "met", "not_coming": "overdue"}
    if one.answer in tones:
        return Tag(words.ANSWERS[one.answer], tones[one.answer])
    return Tag(_("Invited, no answer yet"), "open")


def actions(seen: Meetings, found: tuple[Action, ...], *, may_end: bool) -> tuple[ActionView, ...]:
    """What was taken on, as it stands."""
    return tuple(
        ActionView(
            id=one.id,
            task=one.task,
            agency=called(seen, one.agency),
            mine=one.agency == seen.me,
            due=when.span(one.due) if one.due else "",
            state=_outcome(one, seen),
            reasons=one.outcome_reasons,
            may_end=may_end and one.outcome is None,
        )
        for one in found
    )


def _outcome(one: Action, seen: Meetings) -> Tag:
    if one.outcome is None:
        return Tag(_("Late"), "overdue") if one.is_late(seen.now) else Tag(_("To be done"), "open")
    tone = {"done": "met", "not_done": "overdue"}.get(one.outcome, "")
    return Tag(words.OUTCOMES.get(one.outcome, wording.titled(one.outcome)), tone)


def _checks(seen: Meetings, meeting: Meeting) -> Iterator[Check]:
    for seat in SEATS.get(meeting.purpose or "", ()):
        yield _check(seat, seen, meeting)
    if meeting.purpose != "before_interview":
        return
    item = next(
        (one for one in seen.heading.situation.of(Kind.INTERVIEW) if one["id"] == meeting.interview), None
    )
    asked = item["questions_from"] if item is not None else None
    if isinstance(asked, tuple) and asked:
        names = ", ".join(wording.plain(str(role)) for role in asked)
        yield Check(_("Questions of all agencies in one list"), Tag(_("Collected"), "met"), names)
    else:
        yield Check(_("Questions of all agencies in one list"), Tag(_("Not on record"), "unknown"), "")


def _check(seat: Seat, seen: Meetings, meeting: Meeting) -> Check:
    at_table = [one for one in meeting.participants if _role(seen.agencies.get(one.agency)) in seat.roles]
    if at_table:
        best = min(at_table, key=lambda one: (one.present is False, one.answer == "not_coming"))
        return Check(seat.words, seat_state(best, is_held=meeting.is_held), called(seen, best.agency))
    for one in seen.agencies.values():
        if one.member and _role(one) in seat.roles:
            return Check(seat.words, Tag(_("Not invited"), "due_soon"), called(seen, one.id))
    return Check(seat.words, Tag(_("No such agency takes part in this record"), "unknown"), "")


def _role(agency: AgencyAtTheTable | None) -> str:
    return "" if agency is None else agency.role


def _shared(seen: Meetings, meeting: Meeting) -> Iterator[SharedView]:
    zone = seen.heading.law.zone
    for seat in meeting.participants:
        for one in seat.shared:
            yield SharedView(
                agency=called(seen, seat.agency),
                basis=one.legal_basis,
                part=words.PARTS[FieldGroup(one.part)],
                content=one.content,
                at=when.minute(one.at, zone),
            )


def _told(meeting: Meeting) -> Iterator[Tag]:
    """What was said of the meeting as a whole once it was held."""
    if meeting.guardian_heard is not None:
        yield (
            Tag(_("The guardian's view was there"), "met")
            if meeting.guardian_heard
            else Tag(_("The guardian's view was not there"), "overdue")
        )
    if meeting.calendar_joined is not None:
        yield (
            Tag(_("All dates were put side by side"), "met")
            if meeting.calendar_joined
            else Tag(_("The dates were not put side by side"), "due_soon")
        )
    if meeting.shared_beyond_need:
        yield Tag(_("More was shared than the others needed"), "alarm")


def _seats(meeting: Meeting) -> str:
    there = sum(
        one.present is True if meeting.is_held else one.answer in ("coming", "by_telephone")
        for one in meeting.participants
    )
    invited = len(meeting.participants)
    if not invited:
        return ""
    text = (
        ngettext("{there} of {n} agency was there", "{there} of {n} agencies were there", invited)
        if meeting.is_held
        else ngettext(
            "{there} of {n} agency has said that it comes",
            "{there} of {n} agencies have said that they come",
            invited,
        )
    )
    return text.format(there=there, n=invited)


def _tasks(meeting: Meeting) -> str:
    still = sum(one.outcome is None for one in meeting.actions)
    if not meeting.actions:
        return ""
    n = len(meeting.actions)
    return ngettext("{still} of {n} action is open", "{still} of {n} actions are open", n).format(
        still=still, n=n
    )
