"""Kill rounds and start times of the embedded database, as root and as a plain account, as JSON.

Run from the root of the repository: python -m bench.database_faults [--rounds 20]
As root both kinds are measured; else only the plain one.
"""

import argparse
import json
import os
import statistics
import time
from pathlib import Path

from tests.host.rounds import (
    kill_everything,
    kill_itself,
    rounds_with_a_new_start,
    rounds_with_the_server_killed,
)
from tests.host.world import World, processes_of, world_of

STARTS = 5
DISK = "/var/tmp"


def start_times(world: World) -> dict[str, float]:
    """Milliseconds of the first start (with initdb), a later one and the end; memory at rest (PSS, kB)."""
    first = _timed(world)
    later = [_timed(world) for _ in range(STARTS)]
    with world.open() as database:
        numbers = processes_of(world, database.place.cluster)
        memory = sum(_pss_kb(number) for number in numbers)
    return {
        "first_start_ms": first[0],
        "warm_start_ms": statistics.median(start for start, _ in later),
        "stop_ms": statistics.median(stop for _, stop in later),
        "server_processes": len(numbers),
        "server_pss_kb": memory,
    }


def _timed(world: World) -> tuple[float, float]:
    begun = time.perf_counter()
    database = world.open()
    ready = time.perf_counter()
    database.close()
    return round((ready - begun) * 1000, 1), round((time.perf_counter() - ready) * 1000, 1)


def _pss_kb(number: int) -> int:
    lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def measure(kind: str, *, rounds: int) -> dict[str, object]:
    """All figures of one kind of account."""
    found: dict[str, object] = {}
    with world_of(kind, parent=DISK) as world:
        found["start"] = world.run(start_times)
    for name, kill in (("itself", kill_itself), ("everything", kill_everything)):
        with world_of(kind, parent=DISK) as world:
            outcome = world.run(
                lambda here, kill=kill: rounds_with_a_new_start(here, rounds=rounds, kill=kill)
            )
            found[name] = outcome.as_words
    with world_of(kind, parent=DISK) as world:
        found["server"] = world.run(lambda here: rounds_with_the_server_killed(here, rounds=rounds)).as_words
    return found


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=20)
    rounds = asked.parse_args().rounds
    kinds = ["root", "plain"] if os.geteuid() == 0 else ["plain"]
    print(json.dumps({kind: measure(kind, rounds=rounds) for kind in kinds}, indent=1))


if __name__ == "__main__":
    main()
