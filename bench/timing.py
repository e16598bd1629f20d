"""Bench: does the time of an answer tell that something is there which one may not know of?

    python bench/timing.py [--asked 300]

Prints one JSON object. For each of 20 addresses two questions are asked in turns, the order of each pair by lot: one about
a record that others have, one about a number that nobody has. Welch's t of the two groups of times; |t| >= 4.5 would say
that they can be told apart. Times are processor time of this process (its share of the database's is not in them) and time
on the wall; the slowest twentieth of each group is left out, as a machine with other work has such. The limit is asked of
both. The absent numbers are of the same make as the hidden one: a number of another make has other keys to look for, and
would differ by that alone.
"""

import argparse
import json
import logging
import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.record import be_web  # noqa: E402  # found only with the path above
from encircle.host.database import temporary_database  # noqa: E402  # as above

if TYPE_CHECKING:
    from tests.web.access.table import Row
    from tests.web.access.world import Actor

LIMIT = 4.5
KEPT = 0.95
SEED = 2026
ABSENT = 8
"""So many numbers that nobody has are asked in turns: what a single one has by chance is not taken for a difference."""
ADDRESSES = (
    ("GET", "/records/<number>/"),
    ("GET", "/records/<number>/facts/"),
    ("GET", "/records/<number>/days/"),
    ("GET", "/records/<number>/people/"),
    ("GET", "/records/<number>/people/opened/"),
    ("GET", "/records/<number>/looks/"),
    ("GET", "/records/<number>/calendar/"),
    ("GET", "/records/<number>/calendar/download/"),
    ("GET", "/records/<number>/meetings/"),
    ("GET", "/records/<number>/cross-border/"),
    ("GET", "/records/<number>/record/"),
    ("POST", "/records/<number>/record/<slug>/"),
    ("POST", "/records/<number>/people/"),
    ("GET", "/records/<number>/emergencies/"),
    ("GET", "/triage/<concern>/"),
    ("POST", "/search/"),
    ("GET", "/api/v1/records/<number>"),
    ("GET", "/api/v1/records/<number>/people"),
    ("POST", "/api/v1/records/<number>/acts"),
    ("POST", "/api/v1/search"),
)


def main() -> None:
    """Make a world with somebody who may not know of a record, ask, print."""
    parser = argparse.ArgumentParser(description="Measure whether times tell what is hidden.")
    parser.add_argument("--asked", type=int, default=300)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with temporary_database() as cluster, tempfile.TemporaryDirectory() as data:
        be_web(cluster, Path(data))
        print(json.dumps(measured(cluster, asked.asked), indent=2))


def measured(cluster: object, asked: int) -> dict[str, object]:
    """The t of each address."""
    from encircle.host import clock
    from encircle.host.database import EmbeddedDatabase
    from encircle.records.seal import make_installation_key
    from encircle.vocabulary.role import Role
    from encircle.web.api.caller import RATE
    from tests.database import TestDatabase
    from tests.web.access.table import rows
    from tests.web.access.world import scene

    assert isinstance(cluster, EmbeddedDatabase)
    make_installation_key()
    type(RATE).at_once = 10_000_000
    who = scene(TestDatabase(cluster, "encircle")).actor(Role.CHILD_PROTECTION_SERVICE, "elsewhere")
    by_name = {row.name: row for row in rows()}
    found = {f"{method} {name}": told_apart(by_name[name], method, who, asked) for method, name in ADDRESSES}
    greatest = {
        kind: max(abs(one[kind]) for one in found.values())
        for kind in ("t_of_processor_time", "t_of_the_wall")
    }
    return {
        "figure": "timing",
        "at": clock.now().isoformat(timespec="seconds"),
        "pairs_asked_of_each": asked,
        "limit": LIMIT,
        "greatest": greatest,
        "met": max(greatest.values()) < LIMIT,
        "addresses": found,
    }


def told_apart(row: "Row", method: str, who: "Actor", asked: int) -> dict[str, float]:
    """Both t of that address, after some questions that do not count."""
    from encircle.records.roots import new_number
    from tests.web.access.probe import sent

    if row.asks:  # what is looked for is the number, by which alone the two questions differ
        row = replace(row, form={"asked": "{number}"}, json={"text": "{number}"})
    dice = random.Random(SEED)  # a drawing, not a secret
    absent_numbers = [new_number() for _ in range(ABSENT)]
    times: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for number in range(asked + 10):
        pair = [(True, who.record.number), (False, absent_numbers[number % ABSENT])]
        dice.shuffle(pair)
        for is_there, one in pair:
            begun = time.process_time(), time.perf_counter()
            sent(row, method, who, number=one)
            ended = time.process_time(), time.perf_counter()
            if number >= 10:
                times[is_there].append((ended[0] - begun[0], ended[1] - begun[1]))
    hidden, absent = times.values()
    return {
        "t_of_processor_time": welch([one for one, _ in hidden], [one for one, _ in absent]),
        "t_of_the_wall": welch([one for _, one in hidden], [one for _, one in absent]),
        "median_ms": round(statistics.median(one for one, _ in hidden) * 1000, 2),
    }


def welch(first: Sequence[float], second: Sequence[float]) -> float:
    """Welch's t of the two groups, without the slowest twentieth of each."""
    one, other = (sorted(group)[: int(len(group) * KEPT)] for group in (first, second))
    spread = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    return round((statistics.mean(one) - statistics.mean(other)) / math.sqrt(spread), 2)


if __name__ == "__main__":
    main()
