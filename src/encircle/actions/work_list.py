"""The work list: what one's agency has to do for all its children, late first. A look, and journalled as one."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from encircle.actions.childs_words import WrittenByChild, is_told, waiting_for, written
from encircle.actions.context import Who, at_work
from encircle.actions.naming import called, name_in
from encircle.actions.permit import NotSeen, look_at_many, mandates, opened_of_each, opens
from encircle.actions.whose_law import law_for
from encircle.core.access import Allowed, Denied
from encircle.core.duty import DutyState
from encircle.core.duty.urgency import Urgency
from encircle.law.duty import DutyRule, Standing
from encircle.law.law import Law
from encircle.law.mandate import LedgerSeen
from encircle.law.prohibition import ProhibitionRule
from encircle.records import journal
from encircle.records.behind import Behind, behind
from encircle.records.childs_words import ChildsWord
from encircle.records.raised import RaisedAlarm, alarms_raised
from encircle.records.relations import kept_from
from encircle.records.seen import SeenRoot, root_numbered
from encircle.records.waiting import Among, WaitingDuty, duties_counted, duties_waiting
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, FactId, RootId, SubjectId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role

ON_A_PAGE = 20
MOST_ALARMS = 6
ALARMS_LOOKED_AT = 60
"""So many are read for those: alarms that are closed to who looks take no place from those that are not."""
MOST_WORDS = 6
MOST_COUNTED = 100
"""Further than this nobody counts the duties of a list."""

_BINDING = (Standing.LAW, Standing.SOP)
_TO_BE_DONE = (DutyState.OPEN, DutyState.DUE_SOON)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which part of the work list is asked for. `mine`: records that name the person who asks. `number`: of one record.

    `unowned`: of records that one leads, what is owed by roles that nobody who takes part has; only to who may lead.
    """

    mine: bool = False
    number: str = ""
    place: Urgency | None = None
    unowned: bool = False


ALL = Narrowed()


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One duty towards one child. `number`, `kind`, `name`: the record and what the child is called, if that is open.

    `rule`: what the law says of it; None, where the law of today no longer has it. `agency`: who owes it; None, where
    the record has no member of that role, or several. `due_latest` is a deadline where `standing` is law or sop.
    `missing`: evidence not yet given. `unknown`: types of fact that would say whether it stands. `behind`: the facts that
    started its time, as far as they are open; `is_whole` false, where more stand behind it. `adds`: the parts of the
    record into which one may write.
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
    behind: tuple[Behind, ...] = ()
    is_whole: bool = True
    adds: frozenset[FieldGroup] = frozenset()

    @property
    def place(self) -> Urgency:
        """Where it stands in the list now."""
        if self.state in (DutyState.OVERDUE, DutyState.BREACHED):
            return Urgency.LATE
        if self.state is DutyState.UNKNOWN:
            return Urgency.UNKNOWN
        dated = self.due_latest is not None and self.standing in _BINDING
        return Urgency.DATED if dated else Urgency.UNDATED


@dataclass(frozen=True, slots=True)
class WorkAlarm:
    """An alarm that nobody has acknowledged yet. `rule`: None, where the law of today no longer has it."""

    number: str
    kind: Kind
    name: str
    law: Law
    rule: ProhibitionRule | None
    code: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class WorkList:
    """One page of duties, and whether another one follows. `counts`: by place, no further than MOST_COUNTED.

    `leads`: whether the role of who looks may lead cases.
    """

    items: tuple[WorkItem, ...]
    page: int
    more: bool
    at: datetime
    alarms: tuple[WorkAlarm, ...] = ()
    words: tuple[WrittenByChild, ...] = ()
    counts: Mapping[Urgency, int] = field(default_factory=dict)
    leads: bool = False


def duties_of(who: Who, *, purpose: Purpose, page: int = 1, narrowed: Narrowed = ALL) -> WorkList:
    """The open duties of the agency over all its records: late ones first, then by the time they are due.

    Duties of its role, or of the role of who looks, that no one agency is known to owe are among them. Not known to
    stand comes last.
    """
    with at_work(who, purpose) as context:
        among = _among(who, narrowed)
        found = duties_waiting(
            who.agency, who.role, skip=(page - 1) * ON_A_PAGE, at_most=ON_A_PAGE + 1, among=among
        )
        duties = found[:ON_A_PAGE]
        whole = page == 1 and not among.unowned
        raised = alarms_raised(who.agency, at_most=ALARMS_LOOKED_AT, among=among) if whole else ()
        waiting = waiting_for(who.agency, at_most=MOST_WORDS, among=among) if whole else ()
        counts = duties_counted(who.agency, who.role, at_most=MOST_COUNTED, among=replace(among, place=None))
        roots = {root.id for root in _roots(duties, raised, waiting)}
        opened = opened_of_each(who, roots, context=context)
        shown = tuple(one for one in duties if _is_shown(opened[one.root.id], unowned=among.unowned))
        alarmed = (one for one in raised if _is_alarmed(one, opened[one.root.id], who.agency))
        alarms = tuple(islice(alarmed, MOST_ALARMS))
        words = tuple(one for one in waiting if is_told(opened[one.root.id]))
        seen = _roots(shown, alarms, words)
        names = _names([root.id for root in seen], opened, now=context.now)
        started = behind([fact for duty in shown for fact in duty.by_facts])
        numbers = list(dict.fromkeys(root.number for root in seen))
        act = look_at_many(who, "duties_listed", _groups(named=bool(names), worded=bool(words)))
        journal.enter(act, ctx=context, body=json.dumps({"numbers": numbers}).encode())
    return WorkList(
        tuple(
            _item(duty, names.get(duty.root.id, ""), opened[duty.root.id], started, context.now)
            for duty in shown
        ),
        page,
        len(found) > ON_A_PAGE,
        context.now,
        tuple(_alarm(one, names.get(one.root.id, "")) for one in alarms),
        tuple(written(one, opened[one.root.id], names.get(one.root.id, "")) for one in words),
        {Urgency(place): count for place, count in counts.items()},
        _may_lead(who),
    )


def _may_lead(who: Who) -> bool:
    """Whether somebody in that role may lead cases, and then sees what others owe."""
    own = mandates().get(who.role)
    return own is not None and (own.ledger is LedgerSeen.ALL or Relation.CASE_LEAD in own.widened_by)


def _is_shown(opened: Allowed | Denied, *, unowned: bool) -> bool:
    """Whether the duty is shown: own ones where the record is there; what others owe to who sees all of it."""
    return isinstance(opened, Allowed) and (not unowned or opened.ledger is LedgerSeen.ALL)


def _among(who: Who, narrowed: Narrowed) -> Among:
    root = root_numbered(narrowed.number) if narrowed.number else None
    kept = kept_from(who.agency)
    if narrowed.number and (root is None or root.id in kept):
        raise NotSeen(narrowed.number)
    return Among(
        person=who.person if narrowed.mine else None,
        root=None if root is None else root.id,
        place=None if narrowed.place is None else narrowed.place.value,
        without=kept,
        unowned=narrowed.unowned and _may_lead(who),
    )


def _names(
    roots: Collection[RootId], opened: Mapping[RootId, Allowed | Denied], *, now: datetime
) -> Mapping[RootId, str]:
    """What those are called whose minimum set is open."""
    named = [root for root in dict.fromkeys(roots) if opens(opened[root], FieldGroup.MINIMUM)]
    return {root: name_in(folded) for root, folded in called(named, now=now).items()}


def _is_alarmed(alarm: RaisedAlarm, opened: Allowed | Denied, agency: AgencyId) -> bool:
    """Whether the alarm is shown: to who leads the case, or to the agency that acted."""
    return isinstance(opened, Allowed) and (opened.ledger is LedgerSeen.ALL or alarm.agency == agency)


def _roots(
    duties: Iterable[WaitingDuty], alarms: Iterable[RaisedAlarm], words: Iterable[ChildsWord]
) -> list[SeenRoot]:
    return [*(one.root for one in duties), *(one.root for one in alarms), *(one.root for one in words)]


def _groups(*, named: bool, worded: bool) -> tuple[FieldGroup, ...]:
    shown = {FieldGroup.MINIMUM: named, FieldGroup.VIEWS: worded}
    return tuple(group for group, is_shown in shown.items() if is_shown)


def _alarm(alarm: RaisedAlarm, name: str) -> WorkAlarm:
    law = law_for(alarm.root.country)
    rule = next((rule for rule in law.prohibitions if rule.code == alarm.code), None)
    return WorkAlarm(alarm.root.number, alarm.root.kind, name, law, rule, alarm.code, alarm.at)


def _item(
    duty: WaitingDuty,
    name: str,
    opened: Allowed | Denied,
    started: Mapping[FactId, Behind],
    now: datetime,
) -> WorkItem:
    law = law_for(duty.root.country)
    standing = Standing(duty.kind)
    groups = opened.groups if isinstance(opened, Allowed) else frozenset()
    facts = tuple(
        started[fact] for fact in duty.by_facts if fact in started and started[fact].group in groups
    )
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
        unknown=tuple(
            name for name in duty.unknown if name in FACT_TYPES and FACT_TYPES[name].groups <= groups
        ),
        behind=facts,
        is_whole=len(facts) == len(duty.by_facts),
        adds=opened.adds if isinstance(opened, Allowed) else frozenset(),
    )


def _state(state: DutyState, standing: Standing, due: datetime | None, now: datetime) -> DutyState:
    """Overdue from the moment on, also in the seconds before the sweep has come by."""
    passed = due is not None and due < now and standing in _BINDING
    return DutyState.OVERDUE if passed and state in _TO_BE_DONE else state
