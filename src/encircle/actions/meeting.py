"""Meetings of the agencies around one child: call, invite, share, agree on actions, write the minutes.

Each act is a look or a writing on one record under one permit; what was shared is shown to whom its part is open.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from encircle.actions.act import Last, Performed, Statement, perform
from encircle.actions.context import Who
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.permit import NotAllowed, Permit, permitted
from encircle.core.access import Denied
from encircle.core.meeting import Action, Meeting, Participant, meetings, open_actions
from encircle.records.models import Agency
from encircle.records.roots import members
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, FactId, SubjectId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

_MEETING = "meeting"


class MeetingAct(StrEnum):
    """What can be done about one meeting, by the last part of its address."""

    ANSWER = "answer"
    INVITE = "invite"
    SHARE = "share"
    HELD = "held"
    AGREE = "agree"
    MINUTES = "minutes"
    CANCEL = "cancel"


_AHEAD = frozenset({MeetingAct.ANSWER, MeetingAct.INVITE, MeetingAct.HELD, MeetingAct.CANCEL})
"""What is done before a meeting is over."""
_OF_A_SEAT = frozenset({MeetingAct.ANSWER, MeetingAct.SHARE})
"""What an agency does for itself, at its own seat."""


class NoSuchMeeting(Refused):
    """There is no such meeting on this record, or none that one may see."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_meeting",
            reason="There is no such meeting on this record.",
            instead="Go back to the meetings of this record.",
        )


class NoSuchAction(Refused):
    """Nothing of that id was taken on in this record, or nothing that one may see, or it has its outcome."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_action",
            reason="There is no such action on this record that is open.",
            instead="Go back to the meetings of this record.",
        )


class NotNow(Refused):
    """The meeting was held or does not take place: this is no longer done about it."""

    def __init__(self) -> None:
        super().__init__(
            code="meeting_over",
            reason="This meeting was held or does not take place. Nothing was saved.",
            instead="Read the meeting again.",
        )


class NotAtTheTable(Refused):
    """An agency answers and shares at its own seat only."""

    def __init__(self) -> None:
        super().__init__(
            code="no_seat",
            reason="Your agency is not invited to this meeting. Nothing was saved.",
            instead="Ask who called the meeting to invite it.",
        )


@dataclass(frozen=True, slots=True)
class AgencyAtTheTable:
    """An agency that can be invited or is: what it is called, its role, and whether it takes part in the record now."""

    id: AgencyId
    name: str
    role: str
    member: bool


@dataclass(frozen=True, slots=True)
class Meetings:
    """The meetings of one record, and the agencies that can be invited. `actions`: what was taken on and is open.

    `sees`, `adds`: the parts that are open to who looks; `source`: the mandate that says so.
    """

    heading: Heading
    sees: frozenset[FieldGroup]
    adds: frozenset[FieldGroup]
    source: str
    meetings: tuple[Meeting, ...]
    actions: tuple[Action, ...]
    agencies: Mapping[AgencyId, AgencyAtTheTable]
    interviews: tuple[SubjectId, ...]
    me: AgencyId
    now: datetime

    def one(self, meeting: str) -> Meeting:
        """The meeting of that id. Refuses: NoSuchMeeting."""
        for found in self.meetings:
            if found.id == meeting:
                return found
        raise NoSuchMeeting

    def own(self, meeting: Meeting) -> Participant | None:
        """The seat of one's own agency at that meeting."""
        return next((one for one in meeting.participants if one.agency == self.me), None)

    def opens(self, act: MeetingAct, meeting: Meeting) -> bool:
        """Whether that act can be done at this meeting now, by one's own agency."""
        return self._against(act, meeting) is None

    def ask_for(self, act: MeetingAct, meeting: Meeting) -> None:
        """Asked before an act that is sent without its page. Refuses: NotNow, NotAtTheTable, NotAllowed."""
        refused = self._against(act, meeting)
        if refused is not None:
            raise refused

    def ask_to_call(self) -> None:
        """Asked before the form for a new meeting is shown. Refuses: NotAllowed, who writes nothing that all can read."""
        if FieldGroup.MINIMUM not in self.adds:
            raise self._not_allowed()

    def action(self, action: str) -> Action:
        """What was taken on under that id and is open. Refuses: NoSuchAction."""
        for found in self.actions:
            if found.id == action:
                return found
        raise NoSuchAction

    def _against(self, act: MeetingAct, meeting: Meeting) -> Refused | None:
        if meeting.is_cancelled or (act in _AHEAD and meeting.is_held):
            return NotNow()
        if act in _OF_A_SEAT and self.own(meeting) is None:
            return NotAtTheTable()
        if act is MeetingAct.MINUTES:
            may = FieldGroup.VIEWS in self.adds & self.sees
        elif act is MeetingAct.SHARE:
            may = bool(self.adds)
        else:
            may = FieldGroup.MINIMUM in self.adds
        return None if may else self._not_allowed()

    def _not_allowed(self) -> NotAllowed:
        denied = Denied(
            code="not_allowed",
            reason="Your role does not write this about a meeting.",
            source=self.source,
            instead="Tell the case lead, who can write it down or say who may.",
        )
        return NotAllowed(denied, self.heading.number)


def meetings_of(who: Who, number: str, *, purpose: Purpose) -> Meetings:
    """All meetings of that record, the latest first. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=purpose) as permit:
        told = heading(permit)
        enter_look(permit, "meetings_shown", told)
        found = meetings(told.situation)
        named = {one.agency for meeting in found for one in meeting.participants}
        still = open_actions(told.situation)
        named |= {
            one.agency for one in (*still, *(action for meeting in found for action in meeting.actions))
        }
        return Meetings(
            heading=told,
            sees=permit.allowed.groups,
            adds=permit.allowed.adds,
            source=permit.allowed.source,
            meetings=found,
            actions=still,
            agencies=_agencies(permit, named),
            interviews=tuple(SubjectId(str(item["id"])) for item in told.situation.of(Kind.INTERVIEW)),
            me=who.agency,
            now=permit.context.now,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What is asked of a new meeting. `at`: as typed; `agenda`: one point on each line."""

    purpose: str
    at: str
    held_as: str | None
    agenda: str
    interview: str | None
    invited: tuple[AgencyId, ...]


def call_meeting(who: Who, number: str, call: Call, *, token: str) -> Performed:
    """Call a meeting and invite the agencies; the caller's own is one of them. Refuses: as `perform`."""
    values = {
        "at": call.at,
        "purpose": call.purpose,
        "held_as": call.held_as,
        "agenda": call.agenda.strip() or None,
        "interview": call.interview,
    }
    called = Statement(type="meeting_called", values=values, label=_MEETING)
    invited = [
        Statement(type="participant_invited", values={"meeting": f"@{_MEETING}", "agency": agency})
        for agency in dict.fromkeys((who.agency, *call.invited))
    ]
    return perform(who, number, [called, *invited], token=token)


def invite(who: Who, number: str, meeting: SubjectId, agency: AgencyId, *, token: str) -> Performed:
    """Invite one more agency. Refuses: as `perform`."""
    values = {"meeting": meeting, "agency": agency}
    return perform(who, number, [Statement(type="participant_invited", values=values)], token=token)


def answer_invitation(who: Who, number: str, participant: SubjectId, answer: str, *, token: str) -> Performed:
    """Say for one's agency whether it comes: coming, not_coming, by_telephone. Refuses: as `perform`."""
    said = Statement(type="participant_answered", subject=participant, values={"answer": answer})
    return perform(who, number, [said], token=token)


def share(
    who: Who,
    number: str,
    participant: SubjectId,
    *,
    content: str,
    legal_basis: str,
    part: str,
    token: str,
) -> Performed:
    """Share with the others what they need, on one's own legal basis. Refuses: as `perform`."""
    values = {"content": content, "legal_basis": legal_basis, "part": part}
    said = Statement(type="participant_shared", subject=participant, values=values)
    return perform(who, number, [said], token=token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How a meeting went: which agencies were there, and what is true of it as a whole. `happened`: as typed; None: now."""

    happened: str | None
    present: Collection[SubjectId]
    guardian_heard: bool | None
    calendar_joined: bool | None
    shared_beyond_need: bool | None
    by_telephone: bool


def hold(who: Who, number: str, meeting: Meeting, held: Held, *, token: str) -> Performed:
    """Write down that it took place and who was there. Refuses: as `perform`."""
    came = [_came(one, one.id in held.present, held.happened) for one in meeting.participants]
    took_place = Statement(
        type="meeting_held",
        subject=meeting.id,
        happened=held.happened,
        values={
            "purpose": meeting.purpose,
            "interview": meeting.interview,
            "agencies": sum(one.id in held.present for one in meeting.participants),
            "by_telephone": held.by_telephone,
            "guardian_heard": held.guardian_heard,
            "calendar_joined": held.calendar_joined,
            "shared_beyond_need": held.shared_beyond_need,
            "plan": True if meeting.actions else None,
        },
    )
    return perform(who, number, [took_place, *came], token=token)


def _came(participant: Participant, present: bool, happened: str | None) -> Statement:
    return Statement(
        type="participant_came", subject=participant.id, happened=happened, values={"present": present}
    )


def cancel(who: Who, number: str, meeting: SubjectId, reasons: str, *, token: str) -> Performed:
    """Write down that it does not take place. Refuses: as `perform`."""
    values = {"cancelled_because": reasons.strip() or None}
    return perform(
        who, number, [Statement(type="meeting_cancelled", subject=meeting, values=values)], token=token
    )


def minute(
    who: Who,
    number: str,
    meeting: SubjectId,
    parts: Mapping[str, str],
    *,
    follows: FactId | Last | None,
    token: str,
) -> Performed:
    """Write the minutes; written again they stand in for the earlier ones, which stay on record.

    `follows`: the minutes that the writer had read, None where there were none; Last, whatever stands there. Refuses: as
    `perform`.
    """
    values = {name: text.strip() or None for name, text in parts.items()}
    said = Statement(type="meeting_minuted", subject=meeting, values=values, follows=follows)
    return perform(who, number, [said], token=token)


def agree(
    who: Who,
    number: str,
    *,
    meeting: SubjectId | None,
    task: str,
    agency: str,
    due: str,
    token: str,
) -> Performed:
    """Agree that an agency does something by a day. Refuses: as `perform`."""
    values = {"task": task, "agency": agency, "due": due, "meeting": meeting}
    return perform(who, number, [Statement(type="action_agreed", values=values)], token=token)


def end_action(
    who: Who, number: str, action: SubjectId, *, outcome: str, reasons: str, token: str
) -> Performed:
    """Say what became of it: done, not_done, not_needed. Refuses: as `perform`."""
    values = {"outcome": outcome, "outcome_reasons": reasons.strip() or None}
    return perform(who, number, [Statement(type="action_ended", subject=action, values=values)], token=token)


def _agencies(permit: Permit, named: Collection[AgencyId]) -> Mapping[AgencyId, AgencyAtTheTable]:
    """Those that take part in the record, and those that meetings name; by name."""
    part = {agency for agency, _relation in members(permit.root.id)}
    found: Sequence[tuple[object, str, str]] = list(
        Agency.objects.filter(pk__in={*part, *named}).order_by("name", "pk").values_list("pk", "name", "role")
    )
    return {
        AgencyId(str(pk)): AgencyAtTheTable(AgencyId(str(pk)), name, role, AgencyId(str(pk)) in part)
        for pk, name, role in found
    }
