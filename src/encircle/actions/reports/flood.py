"""Floods: whether a report comes among very many that are alike. Knows no sender; no address is asked for or kept.

A report is suspected where, within the times that practice sets, more reports came than usual and many of them said nearly
the same. It is taken, sealed and given its code as any other; it only stands in the held part of the list. One that tells
of danger is never held.

What is remembered is in this process alone, for as long as those times: the instant, and a few hashes of runs of words
under a key that is made anew at each start. They are of no use to anybody without that key, and are never written down.
"""

import hashlib
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from encircle.law.counting import end_of
from encircle.law.law import Law
from encircle.law.sop import REPORTS_ALIKE, REPORTS_FLOOD

WORDS_IN_A_RUN: Final = 3
WORDS_LOOKED_AT: Final = 300
KEPT_OF_EACH: Final = 8
MOST_REMEMBERED: Final = 20_000
_HASH_BYTES = 8

Sketch = tuple[int, ...]
"""What is remembered of a report: the least of its hashes."""


@dataclass(frozen=True, slots=True)
class Often:
    """From how many on, within how many seconds."""

    times: int
    seconds: float


def numbers_of(law: Law, now: datetime) -> tuple[Often, Often] | None:
    """When many reports are a flood, and when reports are alike; None, where practice sets no such number."""
    found = []
    for code in (REPORTS_FLOOD, REPORTS_ALIKE):
        rule = next((rule for rule in law.sops if rule.code == code), None)
        if rule is None or rule.period is None or rule.times is None:
            return None
        ends = end_of(rule.period, start=now, calendar=law.calendar).at
        found.append(Often(rule.times, (ends - now).total_seconds()))
    many, alike = found
    return many, alike


class Arrivals:
    """What came of late, as one process remembers it."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._key = os.urandom(16)
        self._came: deque[float] = deque(maxlen=MOST_REMEMBERED)
        self._said: deque[tuple[float, Sketch]] = deque()
        self._seen: Counter[int] = Counter()

    def is_suspected(
        self, words: str, codes: Iterable[str], *, in_danger: bool, many: Often, alike: Often
    ) -> bool:
        """Remember this one; whether many came with it, and about half of what it says was said in many of them."""
        sketch = self._sketch(words, codes)
        with self._lock:
            now = self._clock()
            self._forget(now - alike.seconds)
            self._came.append(now)
            self._said.append((now, sketch))
            self._seen.update(sketch)
            is_flood = len(self._came) >= many.times and self._came[-many.times] >= now - many.seconds
            is_alike = sorted(self._seen[one] for one in sketch)[len(sketch) // 2] >= alike.times
            return is_flood and is_alike and not in_danger

    def _forget(self, before: float) -> None:
        while self._said and (self._said[0][0] < before or len(self._said) >= MOST_REMEMBERED):
            _, sketch = self._said.popleft()
            self._seen.subtract(sketch)
            for one in sketch:
                if self._seen[one] <= 0:
                    del self._seen[one]

    def _sketch(self, words: str, codes: Iterable[str]) -> Sketch:
        """The least hashes of its runs of three words; of what was chosen, where there are no words. Numbers do not count."""
        said = "".join(sign if sign.isalnum() else " " for sign in words.casefold()).split()
        said = [one for one in said if one.isalpha()][:WORDS_LOOKED_AT] or sorted(codes)
        last = max(1, len(said) - WORDS_IN_A_RUN + 1)
        runs = {" ".join(said[at : at + WORDS_IN_A_RUN]).encode("utf-8", "replace") for at in range(last)}
        hashed = (hashlib.blake2b(run, digest_size=_HASH_BYTES, key=self._key).digest() for run in runs)
        return tuple(sorted(map(int.from_bytes, hashed))[:KEPT_OF_EACH])


ARRIVALS: Final = Arrivals()
