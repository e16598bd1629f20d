"""Eras: the stretches of days in which the law of a country is the same. Knows no facts and no clock."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from encircle.law.law import Law
from encircle.law.source import Source

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Era:
    """From the first to the last day of one law; None where its packs tell no day before or after which it is another."""

    first: date | None
    last: date | None

    def holds(self, on: date) -> bool:
        """Whether that day is in it."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)

    def day(self, on: date) -> date:
        """The one day by which the law of all of its days is made: the first, else the last; `on`, where it has neither."""
        return self.first or self.last or on


@lru_cache(maxsize=32)
def turns(law: Law) -> tuple[date, ...]:
    """The days on which another law begins: where a source begins to be in force, or has ceased to be.

    The same for the law of any day: what is not in force is set aside with its sources, never left out.
    """
    days = {day for source in _sources(law) for day in _of(source)}
    return tuple(sorted(days))


def era_of(law: Law, on: date) -> Era:
    """The era of that day. `law`: that of the same packs for any day."""
    days = turns(law)
    place = bisect_right(days, on)
    return Era(
        first=days[place - 1] if place else None,
        last=days[place] - _DAY if place < len(days) else None,
    )


def _of(source: Source) -> Iterator[date]:
    """As `Source.in_force` counts them: its own days, else those of its act. What is no law yet has none."""
    first, last = source.from_ or source.act.from_, source.until or source.act.until
    for day in (first, None if last is None or last == date.max else last + _DAY):
        if day is not None and source.in_force(None):
            yield day


def _sources(law: Law) -> Iterator[Source]:
    """Every source that something of the law rests on."""
    several: Iterable[Iterable[Source]] = (
        *(rule.sources for rule in law.duties),
        *(rule.sources for rule in law.prohibitions),
        *(rule.sources for rule in law.limits),
        *(rule.sources for rule in law.mandates),
        *(rule.sources for rule in law.channels),
        *(rule.sources for rule in law.set_aside),
    )
    for sources in several:
        yield from sources
