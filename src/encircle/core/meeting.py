"""Meetings of one child: who is invited and comes, what is shared, who does what by when. From a fold; knows no law."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from encircle.core.child.situation import Item, Situation
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.actions import ActionAgreed, ActionEnded
from encircle.vocabulary.facts.fact_type import Payload
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.meetings import MeetingCalled, MeetingHeld, MeetingMinuted
from encircle.vocabulary.facts.participants import ParticipantInvited, ParticipantShared
from encircle.vocabulary.identifier import AgencyId, FactId, SubjectId
from encircle.vocabulary.moment import Span

P = TypeVar("P", bound=Payload)


@dataclass(frozen=True, slots=True)
class Shared:
    """What an agency shared, on which legal basis. `part`: the part of the record to which it belongs."""

    fact: FactId
    content: str
    legal_basis: str
    part: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Participant:
    """An agency at a meeting. `answer`: whether it comes; `present`: whether it was there, None where nobody said."""

    id: SubjectId
    agency: AgencyId
    role: str | None
    answer: str | None
    present: bool | None
    shared: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """What an agency has taken on. `outcome`: done, not_done, not_needed; None while it is open."""

    id: SubjectId
    task: str
    agency: AgencyId
    due: Span | None
    outcome: str | None
    outcome_reasons: str

    def is_late(self, at: datetime) -> bool:
        """Whether it is open and the last moment of its day has passed."""
        return self.outcome is None and self.due is not None and self.due.latest < at


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was said and decided, each part as it was written, empty where it was not. `fact`: that last wrote them."""

    fact: FactId
    decisions: str
    childs_views: str
    guardians_view: str
    dissent: str
    remarks: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. `at`: the day for which it is called, or when it was held; None where neither is known."""

    id: SubjectId
    purpose: str | None
    at: Span | None
    held_as: str | None
    agenda: tuple[str, ...]
    interview: SubjectId | None
    is_held: bool
    is_cancelled: bool
    cancelled_because: str
    shared_beyond_need: bool
    guardian_heard: bool | None
    calendar_joined: bool | None
    minutes: Minutes | None
    participants: tuple[Participant, ...]
    actions: tuple[Action, ...]


def meetings(situation: Situation) -> tuple[Meeting, ...]:
    """All meetings on record, the latest first; those without a day come last."""
    found = [_meeting(situation, item) for item in situation.of(Kind.MEETING)]
    dated = sorted((one for one in found if one.at is not None), key=_when, reverse=True)
    return (*dated, *(one for one in found if one.at is None))


def open_actions(situation: Situation) -> tuple[Action, ...]:
    """What was taken on, at a meeting or without one, and has no outcome yet; what is due first comes first."""
    found = [_action(situation, item) for item in situation.of(Kind.ACTION)]
    still = [one for one in found if one is not None and one.outcome is None]
    return tuple(
        sorted(still, key=lambda one: (one.due is None, one.due.latest if one.due else situation.at))
    )


def _when(meeting: Meeting) -> tuple[datetime, str]:
    assert meeting.at is not None
    return meeting.at.earliest, meeting.id


def _meeting(situation: Situation, item: Item) -> Meeting:
    subject = SubjectId(str(item["id"]))
    called = _said(situation, Kind.MEETING, subject, "called", MeetingCalled)
    held = _said(situation, Kind.MEETING, subject, "held", MeetingHeld)
    at = item["held_at"] if item["held"] is True else item["at"]
    return Meeting(
        id=subject,
        purpose=_code(item["purpose"]),
        at=at if isinstance(at, Span) else None,
        held_as=_code(item["held_as"]),
        agenda=tuple(line.strip() for line in _text(called, "agenda").splitlines() if line.strip()),
        interview=_subject(item["interview"]),
        is_held=held is not None,
        is_cancelled=item["cancelled"] is True,
        cancelled_because=_text(_last(situation, subject, "cancelled"), "cancelled_because"),
        shared_beyond_need=item["shared_beyond_need"] is True,
        guardian_heard=_yes_or_no(item["guardian_heard"]),
        calendar_joined=_yes_or_no(item["calendar_joined"]),
        minutes=_minutes(situation, subject),
        participants=tuple(_participants(situation, subject)),
        actions=tuple(_actions(situation, subject)),
    )


def _participants(situation: Situation, meeting: SubjectId) -> Iterator[Participant]:
    for item in situation.of(Kind.PARTICIPANT):
        subject = SubjectId(str(item["id"]))
        invited = _said(situation, Kind.PARTICIPANT, subject, "invited", ParticipantInvited)
        if invited is not None and invited.meeting == meeting:
            yield Participant(
                id=subject,
                agency=AgencyId(invited.agency),
                role=_code(item["role"]),
                answer=_code(item["answer"]),
                present=_yes_or_no(item["present"]),
                shared=tuple(_shared(situation, subject)),
            )


def _shared(situation: Situation, participant: SubjectId) -> Iterator[Shared]:
    for told in situation.told.get((Kind.PARTICIPANT, participant), ()):
        for fact in told.facts:
            if isinstance(fact.payload, ParticipantShared):
                said = fact.payload
                yield Shared(fact.id, said.content, said.legal_basis, said.part, fact.happened.earliest)


def _actions(situation: Situation, meeting: SubjectId) -> Iterator[Action]:
    for item in situation.of(Kind.ACTION):
        action = _action(situation, item)
        if action is not None and item["meeting"] == meeting:
            yield action


def _action(situation: Situation, item: Item) -> Action | None:
    subject = SubjectId(str(item["id"]))
    agreed = _said(situation, Kind.ACTION, subject, "agreed", ActionAgreed)
    if agreed is None:
        return None
    ended = _said(situation, Kind.ACTION, subject, "ended", ActionEnded)
    due = item["due"]
    return Action(
        id=subject,
        task=agreed.task,
        agency=AgencyId(agreed.agency),
        due=due if isinstance(due, Span) else None,
        outcome=None if ended is None else ended.outcome,
        outcome_reasons=_text(ended, "outcome_reasons"),
    )


def _minutes(situation: Situation, meeting: SubjectId) -> Minutes | None:
    facts = situation.facts_behind(Kind.MEETING, meeting, "minuted")
    if not facts or not isinstance(facts[0].payload, MeetingMinuted):
        return None
    said = facts[0].payload
    return Minutes(
        fact=facts[0].id,
        decisions=_text(said, "decisions"),
        childs_views=_text(said, "childs_views"),
        guardians_view=_text(said, "guardians_view"),
        dissent=_text(said, "dissent"),
        remarks=_text(said, "remarks"),
    )


def _said(situation: Situation, kind: Kind, subject: str, mark: str, of: type[P]) -> P | None:
    """What the last statement of that sort said of the subject."""
    payloads = (fact.payload for fact in situation.facts_behind(kind, subject, mark))
    return next((payload for payload in payloads if isinstance(payload, of)), None)


def _last(situation: Situation, meeting: str, mark: str) -> Payload | None:
    facts: tuple[Fact, ...] = situation.facts_behind(Kind.MEETING, meeting, mark)
    return facts[0].payload if facts else None


def _text(said: Payload | None, field: str) -> str:
    value = getattr(said, field, "")
    return value if isinstance(value, str) else ""


def _code(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _yes_or_no(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _subject(value: object) -> SubjectId | None:
    return SubjectId(value) if isinstance(value, str) else None
