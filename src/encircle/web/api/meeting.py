"""Meetings by the API: those of one record, and the call of a new one. What follows at the table is stated as acts."""

from typing import Annotated

from ninja.responses import Status
from pydantic import Field

from encircle.actions.meeting import Call, call_meeting, meetings_of
from encircle.core.meeting import Action, Meeting, Participant
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.act import ActSaved, told
from encircle.web.api.caller import Asking, token_for
from encircle.web.api.operation import reading, writing
from encircle.web.api.shape import Answer, Code, Given, Id, Number, Text, Time


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


class MeetingsTold(Answer):
    """The meetings of one record, the latest first, and the agencies that can be invited."""

    number: str
    meetings: list[MeetingTold]
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
        agencies={one.id: one.name for one in found.agencies.values()},
    )


@writing("/records/{number}/meetings", Purpose.RECORD, ActSaved, title="Call a meeting", tag="meetings")
def call(request: Asking, number: Number, meeting: CallGiven) -> Status[ActSaved]:
    """Call a meeting and invite the agencies. Answers, minutes and agreements are stated as acts."""
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
    return MeetingTold(
        id=one.id,
        purpose=one.purpose,
        at=None if one.at is None else one.at.text(),
        held_as=one.held_as,
        agenda=list(one.agenda),
        is_held=one.is_held,
        is_cancelled=one.is_cancelled,
        participants=[_participant(each) for each in one.participants],
        actions=[_action(each) for each in one.actions],
    )


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
