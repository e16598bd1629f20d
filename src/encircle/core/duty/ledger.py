"""The ledger: which duties stand towards a child, in which state, as of the situation. Nothing of a single duty is here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from encircle.core.child.fold import Fold
from encircle.core.child.situation import Item, Situation, Value
from encircle.core.duty.clock import Clocks
from encircle.core.duty.mark import Marks
from encircle.core.duty.readings import both_readings
from encircle.core.duty.row import DutyRow, DutyState
from encircle.law.calendar import Calendar
from encircle.law.deadline import Due, due
from encircle.law.duty import DutyRule, Ground, Standing
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown

DUE_SOON_SHARE = 4
"""A duty is due soon when a quarter of its time is left. A matter of display, not of law."""

_CAN_BE_OVERDUE = frozenset({Standing.LAW, Standing.SOP})


def ledger(folded: Fold, rules: Iterable[DutyRule], *, calendar: Calendar) -> tuple[DutyRow, ...]:
    """Every duty that stands or has stood towards the child, by code and subject.

    Of the rules those that are asked of such a record: of an agency's own record the duties of agencies.
    Where coarse times can be read in two ways that differ, the record is read both ways and the rows are joined.
    """
    asked = _asked_of(folded.earliest.whose, rules)
    first = {row.key: row for row in _rows(folded.earliest, asked, calendar)}
    if folded.latest is None:
        return tuple([first[key] for key in sorted(first)])
    last = {row.key: row for row in _rows(folded.latest, asked, calendar)}
    keys = sorted(first.keys() | last.keys())
    return tuple(both_readings(first.get(key), last.get(key)) for key in keys)


_Asked: TypeAlias = "dict[Kind | None, list[DutyRule]]"
"""Rules by what each of them hangs on."""

_REMEMBERED: list[tuple[Kind, Sequence[DutyRule], _Asked]] = []
_MANY_LAWS = 8


def _asked_of(whose: Kind, rules: Iterable[DutyRule]) -> _Asked:
    """The rules that are asked of such a record. Of the laws asked last it is remembered: they are asked of many records."""
    for kind, of, asked in _REMEMBERED:
        if of is rules and kind is whose:
            return asked
    every = tuple(rules)
    found: _Asked = {}
    for rule in every:
        if rule.scope.record is whose:
            found.setdefault(rule.for_each, []).append(rule)
    if every is rules:  # a tuple, which nobody changes
        _REMEMBERED[:] = [(whose, every, found), *_REMEMBERED[: _MANY_LAWS - 1]]
    return found


def _rows(situation: Situation, asked: _Asked, calendar: Calendar) -> Iterator[DutyRow]:
    marks = Marks(situation)
    clocks = Clocks(marks, at=situation.at)
    for kind, rules in asked.items():
        if kind is not None and kind not in situation.items:
            continue  # most kinds of things are not on most records
        for item, scope in situation.scopes(kind):
            for rule in rules:
                opens = rule.when.holds(scope)
                if opens is False:
                    continue
                if opens is True or rule.unknown_opens:
                    yield _row(rule, marks, clocks, scope, item=item, opens=opens, calendar=calendar)
                else:
                    yield DutyRow(rule, _subject(item), DutyState.UNKNOWN, unknown=_unknown(opens))


def _row(
    rule: DutyRule,
    marks: Marks,
    clocks: Clocks,
    scope: Mapping[str, Value],
    *,
    item: Item | None,
    opens: bool | Unknown,
    calendar: Calendar,
) -> DutyRow:
    at = marks.situation.at
    found = tuple([evidence.needs.holds(scope) for evidence in rule.evidence])
    started, start = clocks.of(rule.from_, item, clock=rule.clock)
    now = rule.due.at(at)
    due_at = None if start is None else due(now, start=start, calendar=calendar)
    state, ground = _state(rule, scope, found=found, due_at=due_at, start=start, at=at)
    met_at = _met_at(rule, marks, item) if state is DutyState.MET else None
    if met_at is not None and start is not None and rule.due.at(met_at) != now:
        now = rule.due.at(met_at)  # what was done is measured by the number that held when it was done
        due_at = due(now, start=start, calendar=calendar)
    if now is not rule.due:
        rule = replace(rule, due=now)
    return DutyRow(
        rule,
        _subject(item),
        state,
        started,
        start,
        due_at,
        found,
        met_at,
        met_at is not None and _ended(due_at, met_at),
        _unknown(opens),
        None if ground is None else ground.because,
        _next_change(state, due_at, start, at),
    )


def _subject(item: Item | None) -> str | None:
    return None if item is None else str(item["id"])


def _unknown(opens: bool | Unknown) -> Unknown | None:
    return opens if isinstance(opens, Unknown) else None


def _state(
    rule: DutyRule,
    scope: Mapping[str, Value],
    *,
    found: tuple[bool | Unknown, ...],
    due_at: Due | None,
    start: Span | None,
    at: datetime,
) -> tuple[DutyState, Ground | None]:
    if rule.lifted_by and (ground := _holding(rule.lifted_by, scope)) is not None:
        return DutyState.LIFTED, ground
    if rule.breached_by and (ground := _holding(rule.breached_by, scope)) is not None:
        return DutyState.BREACHED, ground
    if found and found.count(True) == len(found):
        return DutyState.MET, None
    if rule.suspended_by and (ground := _holding(rule.suspended_by, scope)) is not None:
        return DutyState.SUSPENDED, ground
    if _ended(due_at, at):
        return DutyState.OVERDUE, None
    soon = _soon_at(due_at, start)
    return (DutyState.DUE_SOON if soon is not None and soon <= at else DutyState.OPEN), None


def _holding(grounds: tuple[Ground, ...], scope: Mapping[str, Value]) -> Ground | None:
    for ground in grounds:
        if ground.when.holds(scope) is True:
            return ground
    return None


def _ended(due_at: Due | None, at: datetime) -> bool:
    """Whether the deadline has passed for certain. Words and unverified numbers never pass."""
    if due_at is None or due_at.latest is None or due_at.kind not in _CAN_BE_OVERDUE:
        return False
    return due_at.latest < at


def _soon_at(due_at: Due | None, start: Span | None) -> datetime | None:
    if due_at is None or start is None or due_at.earliest is None or due_at.kind not in _CAN_BE_OVERDUE:
        return None
    return due_at.earliest - (due_at.earliest - start.earliest) / DUE_SOON_SHARE


def _next_change(state: DutyState, due_at: Due | None, start: Span | None, at: datetime) -> datetime | None:
    if due_at is None or due_at.latest is None or state not in (DutyState.OPEN, DutyState.DUE_SOON):
        return None
    last = due_at.latest if due_at.kind in _CAN_BE_OVERDUE else None
    moments = (_soon_at(due_at, start), last)
    return min((moment for moment in moments if moment is not None and moment > at), default=None)


def _met_at(rule: DutyRule, marks: Marks, item: Item | None) -> datetime | None:
    """When the last dated piece of evidence came; None where none is dated."""
    times = []
    for evidence in rule.evidence:
        if evidence.at is not None:
            dated = marks.now(evidence.at, item)
            if dated is not None:
                times.append(dated.at.latest)
    return max(times, default=None)
