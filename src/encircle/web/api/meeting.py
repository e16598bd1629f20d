"""Meetings by the API: those of one record, one of them with what was shared and minuted, and the call of a new one."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Path
from ninja.responses import Status
from pydantic import Field

from encircle.actions.meeting import Call, MeetingAct, Meetings, call_meeting, meetings_of
from encircle.core.meeting import Action, Meeting, Participant, Shared
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.act import ActSaved, told
from encircle.web.api.caller import Asking, token_for
from encircle.web.api.operation import reading, writing
from encircle.web.api.shape import ID_SHAPE, Answer, Code, Given, Id, Number, Text, Time

MeetingId = Annotated[str, Path(pattern=ID_SHAPE, description="The id of the meeting.")]


class ParticipantTold(Answer):
    """An agency at the table. `present`: None where nobody said. `shared`: how many things it shared that are open."""

    id: str
    agency: str
    answer: str | None
    present: bool | None
    shared: int


class ActionTold(Answer):
    """What an agency has taken on. `outcome`: None while it is open."""

    id: str
    task: str
    agency: str
    due: str | None
    outcome: str | None


class SharedTold(Answer):
    """What an agency shared, on which legal basis. `part`: the part of the record to which it belongs."""

    agency: str
    content: str
    legal_basis: str
    part: str
    at: datetime


class MinutesTold(Answer):
    """The minutes, each part as it was written."""

    decisions: str
    childs_views: str
    guardians_view: str
    dissent: str
    remarks: str


class MeetingTold(Answer):
    """One meeting, of the parts that are open."""

    id: str
    purpose: str | None
    at: str | None
    held_as: str | None
    agenda: list[str]
    is_held: bool
    is_cancelled: bool
    participants: list[ParticipantTold]
    actions: list[ActionTold]


class WholeMeeting(MeetingTold):
    """One meeting with what was said at it, as far as it is open; `minutes`: None where there are none that are open.

    `open_acts`: what the caller's agency can do about it now.
    """

    number: str
    interview: str | None
    cancelled_because: str
    guardian_heard: bool | None
    calendar_joined: bool | None
    shared_beyond_need: bool
    shared: list[SharedTold]
    minutes: MinutesTold | None
    open_acts: list[str]


class MeetingsTold(Answer):
    """The meetings of one record, the latest first, what was taken on and is open, and the agencies to invite."""

    number: str
    meetings: list[MeetingTold]
    actions: list[ActionTold]
    agencies: dict[str, str]


class CallGiven(Given):
    """The call of a meeting; the own agency is invited too. `agenda`: one point each."""

    purpose: Code
    at: Time
    held_as: Code | None = None
    agenda: Annotated[list[Text], Field(max_length=40)] = Field(default_factory=list)
    interview: Id | None = None
    invited: Annotated[list[Id], Field(max_length=40)] = Field(default_factory=list)


@reading(
    "/records/{number}/meetings",
    Purpose.COOPERATE,
    MeetingsTold,
    title="Meetings of one record",
    tag="meetings",
)
def meetings(request: Asking, number: Number) -> MeetingsTold:
    """All meetings of that record: who is invited and comes, what was agreed."""
    found = meetings_of(request.auth.who, number, purpose=Purpose.COOPERATE)
    return MeetingsTold(
        number=number,
        meetings=[_meeting(one) for one in found.meetings],
        actions=[_action(one) for one in found.actions],
        agencies={one.id: one.name for one in found.agencies.values()},
    )


@reading(
    "/records/{number}/meetings/{meeting}",
    Purpose.COOPERATE,
    WholeMeeting,
    title="One meeting",
    tag="meetings",
)
def meeting(request: Asking, response: HttpResponse, number: Number, meeting: MeetingId) -> WholeMeeting:
    """One meeting: seats, what each agency shared, the plan, the minutes. Its ETag says which minutes were read."""
    seen = meetings_of(request.auth.who, number, purpose=Purpose.COOPERATE)
    found = seen.one(meeting)
    response.headers["ETag"] = f'"{"none" if found.minutes is None else found.minutes.fact}"'
    return _whole(seen, found)


@writing("/records/{number}/meetings", Purpose.RECORD, ActSaved, title="Call a meeting", tag="meetings")
def call(request: Asking, number: Number, meeting: CallGiven) -> Status[ActSaved]:
    """Call a meeting and invite the agencies; the caller's own is one of them."""
    called = Call(
        purpose=meeting.purpose,
        at=meeting.at,
        held_as=meeting.held_as,
        agenda="\n".join(meeting.agenda),
        interview=meeting.interview,
        invited=tuple(map(AgencyId, meeting.invited)),
    )
    return told(call_meeting(request.auth.who, number, called, token=token_for(request)))


def _meeting(one: Meeting) -> MeetingTold:
    return MeetingTold(**_parts(one))


def _whole(seen: Meetings, one: Meeting) -> WholeMeeting:
    minutes = one.minutes
    return WholeMeeting(
        **_parts(one),
        number=seen.heading.number,
        interview=one.interview,
        cancelled_because=one.cancelled_because,
        guardian_heard=one.guardian_heard,
        calendar_joined=one.calendar_joined,
        shared_beyond_need=one.shared_beyond_need,
        shared=[_shared(each, said) for each in one.participants for said in each.shared],
        minutes=None
        if minutes is None
        else MinutesTold(**{name: getattr(minutes, name) for name in MinutesTold.model_fields}),
        open_acts=[act.value for act in MeetingAct if seen.opens(act, one)],
    )


def _shared(by: Participant, one: Shared) -> SharedTold:
    return SharedTold(
        agency=by.agency, content=one.content, legal_basis=one.legal_basis, part=one.part, at=one.at
    )


def _parts(one: Meeting) -> dict[str, Any]:
    return {
        "id": one.id,
        "purpose": one.purpose,
        "at": None if one.at is None else one.at.text(),
        "held_as": one.held_as,
        "agenda": list(one.agenda),
        "is_held": one.is_held,
        "is_cancelled": one.is_cancelled,
        "participants": [_participant(each) for each in one.participants],
        "actions": [_action(each) for each in one.actions],
    }


def _participant(one: Participant) -> ParticipantTold:
    return ParticipantTold(
        id=one.id, agency=one.agency, answer=one.answer, present=one.present, shared=len(one.shared)
    )


def _action(one: Action) -> ActionTold:
    return ActionTold(
        id=one.id,
        task=one.task,
        agency=one.agency,
        due=None if one.due is None else one.due.text(),
        outcome=one.outcome,
    )
