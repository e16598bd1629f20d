"""Turning: when time alone can next change what was answered about a child. Knows no clock."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from encircle.core.child.fold import Fold
from encircle.core.child.situation import Situation
from encircle.core.duty.row import DutyRow
from encircle.core.duty.urgency import due_by
from encircle.law.condition.syntax import Literal, Node, parts
from encircle.law.law import Law
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.moment import Span


def next_turning(
    facts: Iterable[Fact], folded: Fold, duties: Iterable[DutyRow], *, law: Law, now: datetime
) -> datetime | None:
    """The first instant from which any duty, alarm or attribute can be other than now; None: no time changes it.

    Between now and then nothing changes; at that instant it may. It names too many instants rather than too few: every
    time on record, also moved by each duration that a condition of the law adds to one; and when another number of
    practice begins to hold.
    """
    told = [*_of_facts(facts, now), *_of_situation(folded.earliest)]
    if folded.latest is not None:
        told += _of_situation(folded.latest)
    told.sort()
    ahead = [at for row in duties for at in _of_duty(row) if at is not None and at >= now]
    for by in (timedelta(0), *_durations(law)):
        first = bisect_left(told, now - by)
        if first < len(told):
            ahead.append(told[first] + by)
    return min(ahead, default=None)


def _of_duty(row: DutyRow) -> tuple[datetime | None, ...]:
    """When its state moves, when it is due, and when another number of practice begins to hold for it."""
    sop = row.rule.due.sop
    turns = () if sop is None else sop.turns()
    return (row.next_change_at, due_by(row), *turns)


def _of_facts(facts: Iterable[Fact], now: datetime) -> Iterator[datetime]:
    """Times of facts that lie ahead: not happened yet, inside a coarse time, or not learnt yet."""
    for fact in facts:
        if fact.happened.latest >= now:
            yield fact.happened.earliest
            yield fact.happened.latest
        yield from (learnt.at for learnt in fact.learnt if learnt.at >= now)


def _of_situation(situation: Situation) -> list[datetime]:
    """Every time that the record says: when things happened, and those named in plans, decisions and papers."""
    spans = [value for value in situation.own.values() if isinstance(value, Span)]
    for tellings in situation.told.values():
        for told in tellings:
            spans += [value for value in told.values.values() if isinstance(value, Span)]
    return [end for span in spans for end in (span.earliest, span.latest)]


@lru_cache(maxsize=16)
def _durations(law: Law) -> tuple[timedelta, ...]:
    """Each duration that a condition of this law names, forward and back."""
    found: set[timedelta] = set()
    for tree in _conditions(law):
        for literal in _literals(tree):
            if isinstance(literal.value, timedelta):
                found |= {literal.value, -literal.value}
    return tuple(sorted(found))


def _conditions(law: Law) -> Iterator[Node]:
    for duty in law.duties:
        yield duty.when.tree
        yield from (evidence.needs.tree for evidence in duty.evidence)
        for grounds in (duty.suspended_by, duty.lifted_by, duty.breached_by):
            yield from (ground.when.tree for ground in grounds)
    for prohibition in law.prohibitions:
        yield prohibition.when.tree
        if prohibition.clears is not None:
            yield prohibition.clears.tree


def _literals(node: Node) -> Iterator[Literal]:
    if isinstance(node, Literal):
        yield node
    for part in parts(node):
        yield from _literals(part)
