"""Acts of a meeting by the API: answers, seats, what is shared, attendance, plan and minutes, as on its page."""

from collections.abc import Callable
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Path
from ninja.responses import Status
from pydantic import Field

from encircle.actions import meeting as acts
from encircle.actions.act import READ_NOW, Last, Performed, performed_before
from encircle.actions.meeting import Held, MeetingAct, Meetings, meetings_of
from encircle.core.meeting import Meeting
from encircle.records.refusal import Conflict
from encircle.vocabulary.identifier import AgencyId, FactId, SubjectId
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.act import ActSaved, read_until, stale, told
from encircle.web.api.caller import Asking, Stopped, token_for
from encircle.web.api.failing import NOT_TAKEN
from encircle.web.api.meeting import MeetingId
from encircle.web.api.operation import writing
from encircle.web.api.shape import ID_SHAPE, Given, Id, Number, Text, Time
from encircle.web.page.problem import problem

Do = Callable[[Meetings, Meeting, str], Performed]
ActionId = Annotated[str, Path(pattern=ID_SHAPE, description="The id of the action.")]


class ComingGiven(Given):
    """Whether the own agency comes. It can be answered anew."""

    answer: Literal["coming", "not_coming", "by_telephone"]


class SeatGiven(Given):
    """Which agency is invited as well."""

    agency: Id


class SharingGiven(Given):
    """What the others need for their task, on the own legal basis. `part`: who may read it."""

    content: Text
    legal_basis: Text
    part: Literal["M", "F", "L", "H", "R", "A", "V", "I"]


class HeldGiven(Given):
    """Who was there, by the ids of the participants, and how it went. `happened`: left out, now."""

    present: Annotated[list[Id], Field(max_length=40)]
    happened: Time | None = None
    guardian_heard: bool | None = None
    calendar_joined: bool | None = None
    shared_beyond_need: bool | None = None
    by_telephone: bool = False


class MinutesGiven(Given):
    """All of the minutes: written again they stand in for the earlier ones, which stay on record."""

    decisions: Text | None = None
    childs_views: Text | None = None
    guardians_view: Text | None = None
    dissent: Text | None = None
    remarks: Text | None = None


class CancelGiven(Given):
    """Why it does not take place."""

    reasons: Text | None = None


class TaskGiven(Given):
    """One task for one agency, by a day. It says the task, not what lies behind it."""

    task: Text
    agency: Id
    due: Time


class OutcomeGiven(Given):
    """What became of it; where it was not done, why."""

    outcome: Literal["done", "not_done", "not_needed"]
    reasons: Text | None = None


@writing(
    "/records/{number}/meetings/{meeting}/answer",
    Purpose.RECORD,
    ActSaved,
    title="Answer an invitation",
    tag="meetings",
)
def answer_meeting(
    request: Asking, number: Number, meeting: MeetingId, coming: ComingGiven
) -> Status[ActSaved]:
    """Say whether the own agency comes."""

    def do(seen: Meetings, found: Meeting, token: str) -> Performed:
        own = seen.own(found)
        assert own is not None
        return acts.answer_invitation(request.auth.who, number, own.id, coming.answer, token=token)

    return _done(request, number, meeting, MeetingAct.ANSWER, do)


@writing(
    "/records/{number}/meetings/{meeting}/invite",
    Purpose.RECORD,
    ActSaved,
    title="Invite one more agency",
    tag="meetings",
)
def invite_to_meeting(
    request: Asking, number: Number, meeting: MeetingId, seat: SeatGiven
) -> Status[ActSaved]:
    """Invite an agency that takes part in the record and has no seat yet."""

    def do(seen: Meetings, found: Meeting, token: str) -> Performed:
        agency = seen.agencies.get(AgencyId(seat.agency))
        if agency is None or not agency.member or agency.id in {one.agency for one in found.participants}:
            raise Stopped(_wrong("agency", "This agency has a seat already, or takes no part in the record."))
        return acts.invite(request.auth.who, number, found.id, agency.id, token=token)

    return _done(request, number, meeting, MeetingAct.INVITE, do)


@writing(
    "/records/{number}/meetings/{meeting}/share",
    Purpose.RECORD,
    ActSaved,
    title="Share what the others need",
    tag="meetings",
)
def share_at_meeting(
    request: Asking, number: Number, meeting: MeetingId, shared: SharingGiven
) -> Status[ActSaved]:
    """Share for the own agency, on its own legal basis. Those read it to whom that part of the record is open."""

    def do(seen: Meetings, found: Meeting, token: str) -> Performed:
        own = seen.own(found)
        assert own is not None
        return acts.share(
            request.auth.who,
            number,
            own.id,
            content=shared.content,
            legal_basis=shared.legal_basis,
            part=shared.part,
            token=token,
        )

    return _done(request, number, meeting, MeetingAct.SHARE, do)


@writing(
    "/records/{number}/meetings/{meeting}/held",
    Purpose.RECORD,
    ActSaved,
    title="Record that it took place",
    tag="meetings",
)
def hold_meeting(request: Asking, number: Number, meeting: MeetingId, held: HeldGiven) -> Status[ActSaved]:
    """Say that the meeting took place and who was there."""

    def do(seen: Meetings, found: Meeting, token: str) -> Performed:
        present = frozenset(map(SubjectId, held.present))
        if not present <= {one.id for one in found.participants}:
            raise Stopped(_wrong("present", "Somebody named as present has no seat at this meeting."))
        how = Held(
            happened=held.happened,
            present=present,
            guardian_heard=held.guardian_heard,
            calendar_joined=held.calendar_joined,
            shared_beyond_need=held.shared_beyond_need,
            by_telephone=held.by_telephone,
        )
        return acts.hold(request.auth.who, number, found, how, token=token)

    return _done(request, number, meeting, MeetingAct.HELD, do)


@writing(
    "/records/{number}/meetings/{meeting}/minutes",
    Purpose.RECORD,
    ActSaved,
    title="Write the minutes",
    tag="meetings",
    follows=True,
)
def minute_meeting(
    request: Asking, number: Number, meeting: MeetingId, minutes: MinutesGiven
) -> Status[ActSaved]:
    """Write the minutes on those that were read: If-Match is the ETag of the meeting."""
    follows = _minutes_read(request)
    parts = {name: words or "" for name, words in minutes.model_dump().items()}

    def do(_seen: Meetings, found: Meeting, token: str) -> Performed:
        return acts.minute(request.auth.who, number, found.id, parts, follows=follows, token=token)

    return _done(request, number, meeting, MeetingAct.MINUTES, do)


@writing(
    "/records/{number}/meetings/{meeting}/cancel",
    Purpose.RECORD,
    ActSaved,
    title="Cancel a meeting",
    tag="meetings",
)
def cancel_meeting(
    request: Asking, number: Number, meeting: MeetingId, cancelled: CancelGiven
) -> Status[ActSaved]:
    """Say that the meeting does not take place. It stays on record as cancelled."""

    def do(_seen: Meetings, found: Meeting, token: str) -> Performed:
        return acts.cancel(request.auth.who, number, found.id, cancelled.reasons or "", token=token)

    return _done(request, number, meeting, MeetingAct.CANCEL, do)


@writing(
    "/records/{number}/meetings/{meeting}/actions",
    Purpose.RECORD,
    ActSaved,
    title="Agree on an action",
    tag="meetings",
)
def agree_on_action(request: Asking, number: Number, meeting: MeetingId, task: TaskGiven) -> Status[ActSaved]:
    """Put into the plan who does what by when."""

    def do(_seen: Meetings, found: Meeting, token: str) -> Performed:
        return acts.agree(
            request.auth.who,
            number,
            meeting=found.id,
            task=task.task,
            agency=task.agency,
            due=task.due,
            token=token,
        )

    return _done(request, number, meeting, MeetingAct.AGREE, do)


@writing(
    "/records/{number}/actions/{action}/end",
    Purpose.RECORD,
    ActSaved,
    title="Say what became of an action",
    tag="meetings",
)
def end_action(request: Asking, number: Number, action: ActionId, outcome: OutcomeGiven) -> Status[ActSaved]:
    """Say what became of what an agency had taken on."""
    who, token = request.auth.who, token_for(request)
    done = performed_before(who, number, token=token)
    if done is None:
        open_one = meetings_of(who, number, purpose=Purpose.RECORD).action(action)
        done = acts.end_action(
            who,
            number,
            open_one.id,
            outcome=outcome.outcome,
            reasons=outcome.reasons or "",
            token=token,
        )
    return told(done)


def _done(request: Asking, number: str, meeting: str, act: MeetingAct, do: Do) -> Status[ActSaved]:
    """Once: what the same request had saved is told again, even where the act is no longer open."""
    who, token = request.auth.who, token_for(request)
    done = performed_before(who, number, token=token)
    if done is None:
        seen = meetings_of(who, number, purpose=Purpose.RECORD)
        found = seen.one(meeting)
        seen.ask_for(act, found)
        try:
            done = do(seen, found, token)
        except Conflict as conflict:
            raise Stopped(stale(conflict, who, number)) from conflict
    return told(done)


def _minutes_read(request: Asking) -> FactId | Last | None:
    """The minutes that the caller had read; None: there were none."""
    until = read_until(request)
    return READ_NOW if until is None else until.fact


def _wrong(field: str, reason: str) -> HttpResponse:
    wrong = {"where": f"body.{field}", "code": "not_on_record", "reason": reason}
    detail = "Some fields are not as they stand on record. Nothing was saved."
    return problem(422, "not_valid", title=NOT_TAKEN, detail=detail, errors=[wrong])
