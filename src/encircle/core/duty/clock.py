"""The clock: the statement from which a duty's time runs, and from when. Knows no deadline."""

from collections.abc import Iterable
from datetime import datetime

from encircle.core.child.situation import Item
from encircle.core.duty.mark import Found, Marked, Marks
from encircle.law.duty import Clock
from encircle.law.mark import Mark
from encircle.vocabulary.moment import Span


class Clocks:
    """The clocks of one record; that which several duties share is looked at once."""

    def __init__(self, marks: Marks, *, at: datetime) -> None:
        self._marks = marks
        self._at = at
        self._of_all: dict[tuple[tuple[Mark, ...], Clock], tuple[Marked | None, Span | None]] = {}

    def of(
        self, starts: tuple[Mark, ...], item: Item | None, *, clock: Clock
    ) -> tuple[Marked | None, Span | None]:
        """The statement from which that clock runs, and from when."""
        if item is not None:
            return self._found(starts, item, clock)
        asked = (starts, clock)
        found = self._of_all.get(asked)
        if found is None:
            found = self._of_all[asked] = self._found(starts, None, clock)
        return found

    def _found(
        self, starts: tuple[Mark, ...], item: Item | None, clock: Clock
    ) -> tuple[Marked | None, Span | None]:
        marks = self._marks
        started = started_by(starts, marks, item, clock=clock)
        if started is None:
            return None, None
        return marks.kept(started), clock_start(started, clock, at=self._at)


def started_by(starts: Iterable[Mark], marks: Marks, item: Item | None, *, clock: Clock) -> Found | None:
    """Of all statements that can start the clock the one from which it runs first; one that nobody knows of last."""
    found: list[Found] = []
    for mark in starts:
        found += marks.readings(mark, item)
    if len(found) < 2:
        return found[0] if found else None
    return min(found, key=lambda one: _runs_from(one, clock))


def _runs_from(found: Found, clock: Clock) -> tuple[bool, datetime, datetime]:
    start = _start(found, clock)
    return (start is None, (start or found.at).earliest, found.at.latest)


def clock_start(started: Found, clock: Clock, *, at: datetime) -> Span | None:
    """From when time runs; None where nobody had learnt the cause by then, unless the law counts from the event."""
    start = _start(started, clock)
    unknown_then = clock is Clock.KNOWN and started.known is not None and started.known.earliest > at
    return None if unknown_then else start


def _start(marked: Found, clock: Clock) -> Span | None:
    """The event itself, or the moment when it was first learnt where that came later.

    What was learnt inside a coarse time had happened by then, so that the clock runs from knowing it.
    """
    if clock is Clock.HAPPENED:
        return marked.at
    if marked.known is None:
        return None
    return marked.at if marked.known.earliest <= marked.at.earliest else marked.known
