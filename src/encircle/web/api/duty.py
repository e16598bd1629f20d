"""Duties and alarms by the API: what is due, why, on which source, what is missing; and the work list of the agency."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.utils.translation import get_language
from ninja import Query
from pydantic import JsonValue

from encircle.actions.replay.report import alarm_data, duty_data
from encircle.actions.work_list import Narrowed, WorkItem, duties_of
from encircle.core.child.situation import Situation
from encircle.core.duty import DutyRow
from encircle.core.duty.urgency import Urgency
from encircle.core.prohibition import Alarm
from encircle.law.law import Law
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.caller import Asking
from encircle.web.api.operation import reading
from encircle.web.api.shape import NUMBER_SHAPE, Answer, Page, Told

Whose = Annotated[
    Literal["agency", "mine", "nobody"],
    Query(
        description="agency: what the agency owes. mine: that, for the children whose case the person of the token leads. "
        "nobody: for these children, what is owed by roles that nobody who takes part has; to who may lead cases."
    ),
]
Show = Annotated[
    Literal["late", "dated", "undated", "unknown"] | None,
    Query(description="Only what stands there: late, due by a time, due without one, or not known to stand."),
]
Child = Annotated[str | None, Query(pattern=NUMBER_SHAPE, description="Only what is owed to this child.")]


class SourceTold(Answer):
    """A provision: whether it binds here, was in force on the day asked for, and was read by one of us."""

    act: str
    at: str
    cite: str
    binds: bool
    in_force_then: bool
    verified: bool
    read_where: str | None


class DueTold(Answer):
    """A deadline: what sets it (law, sop, unverified, words), and its range."""

    kind: str
    words: str
    earliest: str | None
    latest: str | None
    set_by: str | None


class EvidenceTold(Answer):
    """One piece of evidence, and whether it is on record."""

    id: str
    text: str
    found: bool | Told


class ReasonTold(Answer):
    """One part of why a duty stands: what was asked of the record, what it says, which facts are behind it."""

    depth: int
    text: str
    path: str | None
    value: JsonValue
    facts: list[str]


class DutyTold(Answer):
    """One duty. `partly`: it rests, or could rest, on more than is open to the caller.

    `scope`: what it hangs on: a child, a report, another person of the record; an agency or the installation itself.
    """

    code: str
    scope: str
    subject: str | None
    title: str
    state: str
    because: str | None
    owner: str
    owner_agency: str | None
    since: str | None
    known: str | None
    started_by: list[str]
    due: DueTold | None
    words: str
    met_at: str | None
    late: bool
    evidence: list[EvidenceTold]
    missing: list[str]
    unknown: Told | None
    never: list[str]
    basis: list[SourceTold]
    why: list[ReasonTold]
    next_change_at: str | None
    partly: bool


class AlarmTold(Answer):
    """One prohibition that was crossed."""

    code: str
    subject: str | None
    title: str
    state: str
    at: str | None
    by_fact: str | None
    facts: list[str]
    override: str
    instead: str
    basis: list[SourceTold]
    partly: bool


class WorkTold(Answer):
    """One duty on the work list. `name`: empty where it is not on record or not open to the caller."""

    number: str
    kind: str
    name: str
    code: str
    title: str | None
    subject: str | None
    state: str
    owner: str
    agency: str | None
    standing: str
    raised_at: datetime | None
    due_earliest: datetime | None
    due_latest: datetime | None
    missing: list[str]
    unknown: list[str]


class WorkPage(Answer):
    """One page of the work list."""

    items: list[WorkTold]
    page: int
    more: bool
    at: datetime


def duty_told(row: DutyRow, situation: Situation, law: Law, *, partly: bool) -> dict[str, Any]:
    """A duty as replays tell it, of what is open."""
    said = duty_data(row, situation, law, get_language() or "en")
    return {**said, "scope": row.rule.scope.value, "subject": row.subject, "partly": partly}


def alarm_told(alarm: Alarm, law: Law, at: datetime, *, partly: bool) -> dict[str, Any]:
    """An alarm as replays tell it, of what is open."""
    said = alarm_data(alarm, law, get_language() or "en", at)
    return {**said, "subject": alarm.subject, "partly": partly}


@reading("/work-list", Purpose.WORK_LIST, WorkPage, title="What the agency has to do", tag="work list")
def work_list(
    request: Asking, page: Page = 1, whose: Whose = "agency", show: Show = None, child: Child = None
) -> WorkPage:
    """The open duties of the agency over all its records: late ones first, then by the time they are due."""
    narrowed = Narrowed(
        mine=whose == "mine",
        unowned=whose == "nobody",
        number=child or "",
        place=None if show is None else Urgency[show.upper()],
    )
    found = duties_of(request.auth.who, purpose=Purpose.WORK_LIST, page=page, narrowed=narrowed)
    return WorkPage(
        items=[_item(item) for item in found.items], page=found.page, more=found.more, at=found.at
    )


def _item(item: WorkItem) -> WorkTold:
    return WorkTold(
        number=item.number,
        kind=item.kind.value,
        name=item.name,
        code=item.code,
        title=None if item.rule is None else item.rule.title.in_(get_language() or "en"),
        subject=item.subject,
        state=item.state.value,
        owner=item.owner.value,
        agency=item.agency,
        standing=item.standing.value,
        raised_at=item.raised_at,
        due_earliest=item.due_earliest,
        due_latest=item.due_latest,
        missing=list(item.missing),
        unknown=list(item.unknown),
    )
