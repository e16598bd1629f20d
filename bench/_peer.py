"""A peer's side of bench/peers.py: told the children once, then asked again and again how long it takes.

Runs in the environment of the peers and knows nothing of Encircle. One JSON object a line, each answered by one.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, Protocol

Answers = list[dict[str, Any]]
"""For each child and duty: not open (False), open (True), or open and when it is due: a day, or a minute."""


class Peer(Protocol):
    """A prepared peer: all its rules are compiled, all its children given."""

    def each(self) -> Answers:
        """Answer the duties of one child after the other."""

    def at_once(self) -> Answers | None:
        """Answer those of all children together; None, where it has no way to."""


def serve(prepare: Callable[[dict[str, Any]], Peer]) -> None:
    """Prepare, answer, and measure as often as is asked."""
    told = json.loads(sys.stdin.readline())
    begun = time.process_time()
    peer = prepare(told)
    prepared_ms = (time.process_time() - begun) * 1e3
    _say({"prepared_ms": prepared_ms, "each": peer.each(), "at_once": peer.at_once()})
    gc.collect()
    gc.freeze()  # as we do: what stays is not gone through again
    many = len(told["children"])
    for _ in sys.stdin:
        spent: dict[str, float] = {"each_us": _spent(peer.each) / many * 1e6}
        if peer.at_once() is not None:
            spent["at_once_us"] = _spent(peer.at_once) / many * 1e6
        _say(spent)


def working_days_after(day: date, amount: int, holidays: Iterable[date]) -> date:
    """The day on which so many working days have passed since that day."""
    for _ in range(amount):
        day += timedelta(days=1)
        while day.weekday() > 4 or day in holidays:
            day += timedelta(days=1)
    return day


def months_after(day: date, months: int) -> date:
    """The same date so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def _spent(asked: Callable[[], object]) -> float:
    begun = time.process_time()
    asked()
    return time.process_time() - begun


def _say(said: object) -> None:
    print(json.dumps(said), flush=True)
