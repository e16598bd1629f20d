"""Two laws: what becomes of the same facts under today's law and under the law of their day, side by side. Knows no packs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from encircle.core.duty import DutyRow
from encircle.core.prohibition import Alarm
from encircle.law.counting import Period
from encircle.law.duty import DueRule, Standing
from encircle.law.law import Law
from encircle.law.sop import SopRule
from encircle.law.source import BINDING_KINDS

Row = DutyRow | Alarm
Rows = tuple[Iterable[DutyRow], Iterable[Alarm]]


class LawOf(StrEnum):
    """By which law old facts are read: the law of today, or the one that was in force on the day as of which is asked."""

    TODAY = "today"
    THEN = "then"


class Way(StrEnum):
    """In which way one duty or alarm is another under the other law."""

    ONLY_TODAY = "only_today"
    ONLY_THEN = "only_then"
    NUMBER = "number"
    STATE = "state"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Apart:
    """One duty or alarm that is not the same under both; None on the side on which it does not stand."""

    today: Row | None
    then: Row | None
    ways: tuple[Way, ...]

    @property
    def row(self) -> Row:
        """It, by the law under which it stands; by that of its day, where by both."""
        found = self.then or self.today
        assert found is not None, "It stands under one of the two."
        return found


@dataclass(frozen=True, slots=True)
class NumberSince:
    """A number of practice that is another today: the rule as it holds now, and the one that held then."""

    now: SopRule
    then: SopRule


def apart(today: Rows, then: Rows, *, law_today: Law, law_then: Law) -> tuple[Apart, ...]:
    """Each duty and alarm that differs, by code: first those under one law alone, then numbers, states, sources."""
    news, olds = _by_key(today), _by_key(then)
    found = []
    for key in news.keys() | olds.keys():
        new, old = news.get(key), olds.get(key)
        ways = _ways(new, old, law_today, law_then)
        if ways:
            found.append((list(Way).index(ways[0]), key, Apart(new, old, ways)))
    return tuple(one for _place, _key, one in sorted(found, key=lambda one: one[:2]))


def numbers_since(rows: Iterable[DutyRow], now: Law) -> tuple[NumberSince, ...]:
    """The numbers of practice by which these duties are measured, and which are others now; by code."""
    held = {sop.code: sop for row in rows if (sop := row.rule.due.sop) is not None}
    changed = (NumberSince(sop, held[sop.code]) for sop in now.sops if sop.code in held)
    return tuple(one for one in changed if _set(one.now) != _set(one.then))


def number_of(due: DueRule) -> tuple[Standing, Period | None]:
    """What sets the time of a duty, and the number that counts; None where there are words alone."""
    chosen = due.sop if due.standing is Standing.SOP else due.limit
    counts = chosen is not None and due.standing is not Standing.WORDS
    return due.standing, chosen.period if chosen is not None and counts else None


def _set(sop: SopRule) -> tuple[Period | None, int | None]:
    return sop.period, sop.times


def _by_key(rows: Rows) -> Mapping[tuple[str, str], Row]:
    duties, alarms = rows
    found: dict[tuple[str, str], Row] = {row.key: row for row in duties}
    return found | {alarm.key: alarm for alarm in alarms}


def _ways(new: Row | None, old: Row | None, law_today: Law, law_then: Law) -> tuple[Way, ...]:
    if new is None or old is None:
        return (Way.ONLY_TODAY if old is None else Way.ONLY_THEN,)
    found = []
    if _number(new) != _number(old):
        found.append(Way.NUMBER)
    if new.state.value != old.state.value:
        found.append(Way.STATE)
    if _bases(new, law_today) != _bases(old, law_then):
        found.append(Way.SOURCES)
    return tuple(found)


def _number(row: Row) -> tuple[Standing, Period | None] | None:
    return number_of(row.rule.due) if isinstance(row, DutyRow) else None


def _bases(row: Row, law: Law) -> frozenset[tuple[str, str]]:
    """The provisions that bind there and then."""
    return frozenset(
        (source.act.code, source.at)
        for source in row.rule.sources
        if source.act.kind in BINDING_KINDS and source.binds(law.country, law.on)
    )
