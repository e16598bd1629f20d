"""The ledger: which duties stand towards a child, in which state, as of the situation. Nothing of a single duty is here."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from encircle.core.child.fold import Fold
from encircle.core.child.situation import Item, Situation, Value
from encircle.core.duty.mark import Marked, earliest, marked
from encircle.core.duty.row import DutyRow, DutyState, EvidenceFound
from encircle.law.calendar import Calendar
from encircle.law.deadline import Due, due
from encircle.law.duty import Clock, DutyRule, Ground, Standing
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import EXACT_DATE, Span
from encircle.vocabulary.unknown import Unknown

DUE_SOON_SHARE = 4
"""A duty is due soon when a quarter of its time is left. A matter of display, not of law."""

_CAN_BE_OVERDUE = frozenset({Standing.LAW, Standing.SOP})


def ledger(folded: Fold, rules: Iterable[DutyRule], *, calendar: Calendar) -> tuple[DutyRow, ...]:
    """Every duty that stands or has stood towards the child, by code and subject.

    Where a coarse time lies across the instant, the record is read both ways: a duty holds from its earliest moment;
    where the two readings disagree on its state, the state is unknown ("exact date").
    """
    rules = tuple(rules)
    first = {row.key: row for row in _rows(folded.earliest, rules, calendar)}
    if folded.latest is None:
        return tuple(first[key] for key in sorted(first))
    last = {row.key: row for row in _rows(folded.latest, rules, calendar)}
    keys = sorted(first.keys() | last.keys())
    return tuple(_both_readings(first.get(key), last.get(key)) for key in keys)


def _both_readings(first: DutyRow | None, last: DutyRow | None) -> DutyRow:
    if first is None or last is None:
        row = first or last
        assert row is not None
        return row if first is not None and row.state is not DutyState.MET else _exact_date(row)
    return first if first.state is last.state else _exact_date(first)


def _exact_date(row: DutyRow) -> DutyRow:
    return DutyRow(
        row.rule, row.subject, DutyState.UNKNOWN, row.started, row.due, row.evidence, unknown=Unknown(EXACT_DATE)
    )


def _rows(situation: Situation, rules: Iterable[DutyRule], calendar: Calendar) -> Iterator[DutyRow]:
    for rule in rules:
        if rule.for_each is None:
            row = _row(rule, situation, situation.scope, None, calendar)
            if row is not None:
                yield row
            continue
        for item in situation.of(rule.for_each):
            scope = {**situation.scope, rule.for_each.value: item}
            row = _row(rule, situation, scope, item, calendar)
            if row is not None:
                yield row


def _row(
    rule: DutyRule, situation: Situation, scope: Mapping[str, Value], item: Item | None, calendar: Calendar
) -> DutyRow | None:
    opens = rule.when.holds(scope)
    if opens is False:
        return None
    subject = None if item is None else str(item["id"])
    if isinstance(opens, Unknown) and not rule.unknown_opens:
        return DutyRow(rule, subject, DutyState.UNKNOWN, None, None, (), unknown=opens)
    evidence = tuple(EvidenceFound(e.id, e.needs.holds(scope)) for e in rule.evidence)
    started = earliest(rule.from_, situation, item=item, kind=rule.for_each)
    due_at = _due(rule, started, situation.at, calendar)
    met_at = _met_at(rule, evidence, situation, item)
    state, ground = _state(rule, scope, evidence, due_at, started, situation.at)
    late = met_at is not None and _ended(due_at, met_at)
    unknown = opens if isinstance(opens, Unknown) else None
    return DutyRow(
        rule=rule,
        subject=subject,
        state=state,
        started=started,
        due=due_at,
        evidence=evidence,
        met_at=met_at if state is DutyState.MET else None,
        late=late and state is DutyState.MET,
        unknown=unknown,
        because=None if ground is None else ground.because,
        next_change_at=_next_change(state, due_at, started, situation.at),
    )


def _state(
    rule: DutyRule,
    scope: Mapping[str, Value],
    evidence: tuple[EvidenceFound, ...],
    due_at: Due | None,
    started: Marked | None,
    at: datetime,
) -> tuple[DutyState, Ground | None]:
    for state, grounds in ((DutyState.LIFTED, rule.lifted_by), (DutyState.BREACHED, rule.breached_by)):
        ground = _holding(grounds, scope)
        if ground is not None:
            return state, ground
    if evidence and all(e.found is True for e in evidence):
        return DutyState.MET, None
    ground = _holding(rule.suspended_by, scope)
    if ground is not None:
        return DutyState.SUSPENDED, ground
    if _ended(due_at, at):
        return DutyState.OVERDUE, None
    soon = _soon_at(due_at, started)
    return (DutyState.DUE_SOON if soon is not None and soon <= at else DutyState.OPEN), None


def _holding(grounds: tuple[Ground, ...], scope: Mapping[str, Value]) -> Ground | None:
    return next((ground for ground in grounds if ground.when.holds(scope) is True), None)


def _clock_start(rule: DutyRule, started: Marked | None, at: datetime) -> Span | None:
    """From when time runs; None where nobody had learnt it by then, so that no clock could run."""
    if started is None:
        return None
    if rule.clock is Clock.HAPPENED:
        return started.at
    if started.known is None or started.known.earliest > at:
        return None
    return started.at if started.at.earliest >= started.known.earliest else _later(started.at, started.known)


def _later(happened: Span, known: Span) -> Span:
    """Known after it happened: the clock runs from then. A coarse happening gives a range that ends when it must have been known."""
    return known if happened.latest <= known.latest else happened


def _due(rule: DutyRule, started: Marked | None, at: datetime, calendar: Calendar) -> Due | None:
    start = _clock_start(rule, started, at)
    return None if start is None else due(rule.due, start=start, calendar=calendar)


def _ended(due_at: Due | None, at: datetime) -> bool:
    """Whether the deadline has passed for certain. Words and unverified numbers never pass."""
    if due_at is None or due_at.kind not in _CAN_BE_OVERDUE or due_at.latest is None:
        return False
    return due_at.latest < at


def _soon_at(due_at: Due | None, started: Marked | None) -> datetime | None:
    if due_at is None or started is None or due_at.kind not in _CAN_BE_OVERDUE or due_at.earliest is None:
        return None
    begun = (started.known or started.at).earliest
    whole: timedelta = due_at.earliest - begun
    return due_at.earliest - whole / DUE_SOON_SHARE


def _next_change(state: DutyState, due_at: Due | None, started: Marked | None, at: datetime) -> datetime | None:
    if state not in (DutyState.OPEN, DutyState.DUE_SOON):
        return None
    moments = [_soon_at(due_at, started)]
    if due_at is not None and due_at.kind in _CAN_BE_OVERDUE:
        moments.append(due_at.latest)
    return min((moment for moment in moments if moment is not None and moment > at), default=None)


def _met_at(
    rule: DutyRule, evidence: tuple[EvidenceFound, ...], situation: Situation, item: Item | None
) -> datetime | None:
    """When the last dated piece of evidence came; None where a piece is missing or none is dated."""
    if not evidence or any(e.found is not True for e in evidence):
        return None
    kind: Kind | None = rule.for_each
    dated = [marked(e.at, situation, item=item, kind=kind) for e in rule.evidence if e.at is not None]
    return max((m.at.latest for m in dated if m is not None), default=None)
