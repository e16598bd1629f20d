"""The children that are missing now, and those found for whom something is still due. A look, journalled as one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from encircle.actions.context import Who, at_work
from encircle.actions.naming import called, name_in
from encircle.actions.permit import ask_for_purpose, look_at_many, mandates, opened_of_each, opens, pages_open
from encircle.actions.whose_law import law_for
from encircle.core.access import Allowed
from encircle.core.child import AsOf, fold
from encircle.core.child.situation import Item, Situation
from encircle.core.duty import DutyState
from encircle.law.duty import DutyRule, Standing
from encircle.law.law import Law
from encircle.law.mandate import LedgerSeen
from encircle.records import journal
from encircle.records.context import Context
from encircle.records.missing import RULES as RULES
from encircle.records.missing import EpisodeDuty, Sought, duties_of_the_missing, roots_of_the_missing
from encircle.records.relations import kept_from
from encircle.records.seen import SeenRoot, facts_of_types
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.moment import Span
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role

ON_A_PAGE = 20
_BINDING = (Standing.LAW, Standing.SOP)
_READ = (
    *(
        name
        for name, of in FACT_TYPES.items()
        if of.about is Kind.MISSING and of.groups == {FieldGroup.MINIMUM}
    ),
    *("alert_entered", "alert_removed"),
)


class Stands(StrEnum):
    """How far it has come: the child is missing, was located, is back."""

    MISSING = "missing"
    LOCATED = "located"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Due:
    """What somebody has still to do. `due_latest` binds where `standing` is law or sop; `missing`: what is not there yet."""

    code: str
    rule: DutyRule | None
    state: DutyState
    owner: Role
    agency: AgencyId | None
    agency_name: str
    standing: Standing
    due_latest: datetime | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingChild:
    """One time that one child was missing. `danger`: as somebody judged it; None, nobody has. `is_open`: its page is.

    `police`, `alert`, `told`, `located`, `measures`, `returned`: since when; None, not on record. `told`: others than the
    police. `duties`: as far as they are open to who looks.
    """

    number: str
    name: str
    is_open: bool
    law: Law
    subject: str
    stands: Stands
    since: Span | None
    police: Span | None
    danger: str | None
    alert: Span | None
    told: Span | None
    located: Span | None
    measures: Span | None
    returned: Span | None
    duties: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class MissingList:
    """One page, and whether another one follows. `stands`: what alone was asked for; None, all."""

    items: tuple[MissingChild, ...]
    page: int
    more: bool
    at: datetime
    stands: str


NARROWED = ("missing", "found")
"""Of what alone the list can be asked for: those missing now, or those found for whom something is due."""


def sees_missing(role: Role) -> bool:
    """Whether the list is of use to somebody in that role: what happens while a child is missing is open to it."""
    own = mandates().get(role)
    return own is not None and Purpose.WORK_LIST in own.purposes and FieldGroup.MINIMUM in own.sees


def missing_children(who: Who, *, page: int = 1, stands: str = "") -> MissingList:
    """Those missing now, noticed last first; then those found, what is due first before the others.

    Refuses: NotAllowed, a role without work of its own with records.
    """
    asked = stands if stands in NARROWED else ""
    ask_for_purpose(who, Purpose.WORK_LIST)
    with at_work(who, Purpose.WORK_LIST) as context:
        sought = _sought(who, asked)
        found = roots_of_the_missing(sought, skip=(page - 1) * ON_A_PAGE, at_most=ON_A_PAGE + 1)
        items = tuple(_items(who, found[:ON_A_PAGE], sought, context))
        act = look_at_many(who, "missing_listed", {FieldGroup.MINIMUM} if items else ())
        numbers = list(dict.fromkeys(one.number for one in items))
        journal.enter(act, ctx=context, body=json.dumps({"numbers": numbers}).encode())
    ordered = tuple(sorted(items, key=lambda one: one.stands is not Stands.MISSING))
    return MissingList(ordered, page, len(found) > ON_A_PAGE, context.now, asked)


def _items(who: Who, found: Sequence[SeenRoot], sought: Sought, context: Context) -> Iterator[MissingChild]:
    """What of these records is open to who looks, in their order."""
    opened = opened_of_each(who, [one.id for one in found], context=context)
    roots = [one for one in found if opens(opened[one.id], FieldGroup.MINIMUM)]
    ids, now = [one.id for one in roots], context.now
    names, facts, owed = called(ids, now=now), facts_of_types(ids, _READ), duties_of_the_missing(ids, sought)
    pages = pages_open(who, ids, context=context)
    for root in roots:
        law, answer = law_for(root.country), opened[root.id]
        situation = fold(facts[root.id], AsOf(now), zone=law.zone).earliest
        everyones = isinstance(answer, Allowed) and answer.ledger is LedgerSeen.ALL
        shown = tuple(one for one in owed[root.id] if everyones or one.is_own)
        for child in _episodes(root, situation, shown, law, now):
            yield replace(child, name=name_in(names[root.id]), is_open=root.id in pages)


def _sought(who: Who, stands: str) -> Sought:
    held = mandates()
    own = held[who.role]
    leads = {role.value for role, mandate in held.items() if mandate.ledger is LedgerSeen.ALL}
    widened = {relation.value for relation in own.widened_by} & leads
    everyones = own.ledger is LedgerSeen.ALL
    return Sought(who.agency, who.role, everyones, widened, kept_from(who.agency), stands)


def _episodes(
    root: SeenRoot,
    situation: Situation,
    owed: tuple[EpisodeDuty, ...],
    law: Law,
    now: datetime,
) -> Iterator[MissingChild]:
    """The times that a record is in the list for: the child is missing, or something is still due."""
    for item in situation.of(Kind.MISSING):
        subject = str(item["id"])
        own = tuple(_due(one, law, now) for one in owed if one.subject == subject)
        if not any(item[mark] is True for mark in ("noticed", "reported", "police_reported")):
            continue
        stands = _stands(item)
        if stands is Stands.MISSING or own:
            yield _child(root, item, situation, own, law, stands)


def _stands(item: Item) -> Stands:
    if item["returned"] is True:
        return Stands.RETURNED
    return Stands.LOCATED if item["located"] is True else Stands.MISSING


def _child(
    root: SeenRoot,
    item: Item,
    situation: Situation,
    duties: tuple[Due, ...],
    law: Law,
    stands: Stands,
) -> MissingChild:
    begun = [_time(item, mark) for mark in ("noticed", "reported", "police_reported")]
    danger = item["danger"]
    alerts = [
        alert
        for alert in situation.of(Kind.ALERT)
        if alert["missing_episode"] == item["id"] and alert["entered"] is True
    ]
    return MissingChild(
        number=root.number,
        name="",
        is_open=False,
        law=law,
        subject=str(item["id"]),
        stands=stands,
        since=min((at for at in begun if at is not None), key=lambda at: at.earliest, default=None),
        police=_time(item, "police_reported"),
        danger=danger if isinstance(danger, str) else None,
        alert=next((_time(alert, "entered") for alert in alerts), None),
        told=_time(item, "others_told"),
        located=_time(item, "located"),
        measures=_time(item, "measures_decided"),
        returned=_time(item, "returned"),
        duties=duties,
    )


def _time(item: Mapping[str, object], mark: str) -> Span | None:
    value = item[f"{mark}_at"]
    return value if isinstance(value, Span) else None


def _due(duty: EpisodeDuty, law: Law, now: datetime) -> Due:
    standing, state = Standing(duty.kind), DutyState(duty.state)
    passed = duty.due_latest is not None and duty.due_latest < now and standing in _BINDING
    if passed and state in (DutyState.OPEN, DutyState.DUE_SOON):
        state = DutyState.OVERDUE
    return Due(
        code=duty.code,
        rule=next((rule for rule in law.duties if rule.code == duty.code), None),
        state=state,
        owner=Role(duty.owner),
        agency=duty.agency,
        agency_name=duty.agency_name,
        standing=standing,
        due_latest=duty.due_latest if standing in _BINDING else None,
        missing=duty.missing,
    )
