"""The work list: what one's agency has to do for all its children, late first. A look, and journalled as one."""

import json
from dataclasses import dataclass
from datetime import datetime

from encircle.actions.context import Who, at_work
from encircle.actions.naming import called, name_in
from encircle.actions.permit import opened_of_each, opens
from encircle.actions.whose_law import law_for
from encircle.core.child import Fold
from encircle.core.duty import DutyState
from encircle.core.journal.entry import EntryKind
from encircle.law.duty import DutyRule, Standing
from encircle.law.law import Law
from encircle.records import journal
from encircle.records.waiting import WaitingDuty, duties_waiting
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, SubjectId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role

ON_A_PAGE = 20

_BINDING = (Standing.LAW, Standing.SOP)
_TO_BE_DONE = (DutyState.OPEN, DutyState.DUE_SOON)


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One duty towards one child. `number`, `kind`, `name`: the record and what the child is called, if that is open.

    `rule`: what the law says of it; None, where the law of today no longer has it. `agency`: who owes it; None, where
    the record has no member of that role, or several. `due_latest` is a deadline where `standing` is law or sop.
    `missing`: evidence not yet given. `unknown`: types of fact that would say whether it stands.
    """

    number: str
    kind: Kind
    name: str
    law: Law
    rule: DutyRule | None
    code: str
    subject: SubjectId | None
    state: DutyState
    owner: Role
    agency: AgencyId | None
    standing: Standing
    raised_at: datetime | None
    due_earliest: datetime | None
    due_latest: datetime | None
    missing: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkList:
    """One page of duties, and whether another one follows."""

    items: tuple[WorkItem, ...]
    page: int
    more: bool
    at: datetime


def duties_of(who: Who, *, purpose: Purpose, page: int = 1) -> WorkList:
    """The open duties of the agency over all its records: late ones first, then by the time they are due.

    Duties of its role, or of the role of who looks, that no one agency is known to owe are among them. Not known to
    stand comes last.
    """
    with at_work(who, purpose) as context:
        found = duties_waiting(who.agency, who.role, skip=(page - 1) * ON_A_PAGE, at_most=ON_A_PAGE + 1)
        shown = found[:ON_A_PAGE]
        opened = opened_of_each(who, {duty.root.id for duty in shown}, context=context)
        named = [root for root, allowed in opened.items() if opens(allowed, FieldGroup.MINIMUM)]
        names = called(named, now=context.now)
        numbers = list(dict.fromkeys(duty.root.number for duty in shown))
        act = journal.Act(
            kind=EntryKind.LOOK,
            outcome="duties_listed",
            role=who.role.value,
            field_groups=(FieldGroup.MINIMUM,) if named else (),
        )
        journal.enter(act, ctx=context, body=json.dumps({"numbers": numbers}).encode())
    items = tuple(_item(duty, _name(names.get(duty.root.id)), context.now) for duty in shown)
    return WorkList(items, page, len(found) > ON_A_PAGE, context.now)


def _name(named: Fold | None) -> str:
    return "" if named is None else name_in(named)


def _item(duty: WaitingDuty, name: str, now: datetime) -> WorkItem:
    law = law_for(duty.root.country)
    standing = Standing(duty.kind)
    return WorkItem(
        number=duty.root.number,
        kind=duty.root.kind,
        name=name,
        law=law,
        rule=next((rule for rule in law.duties if rule.code == duty.code), None),
        code=duty.code,
        subject=None if duty.subject is None else SubjectId(duty.subject),
        state=_state(DutyState(duty.state), standing, duty.due_latest, now),
        owner=Role(duty.owner),
        agency=duty.agency,
        standing=standing,
        raised_at=duty.raised_at,
        due_earliest=duty.due_earliest,
        due_latest=duty.due_latest,
        missing=duty.missing,
        unknown=duty.unknown,
    )


def _state(state: DutyState, standing: Standing, due: datetime | None, now: datetime) -> DutyState:
    """Overdue from the moment on, also in the seconds before the sweep has come by."""
    passed = due is not None and due < now and standing in _BINDING
    return DutyState.OVERDUE if passed and state in _TO_BE_DONE else state
