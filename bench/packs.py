"""Bench: loading and compiling the packs of a country, and the lint of all packs. Prints one JSON object.

    python bench/packs.py [--runs 3]

Each figure is that of a process of its own, so that nothing is remembered: seconds of the processor, and by the clock.
`load`: base, eu and the country, read, merged, checked and compiled. `lint`: `encircle pack lint`, all packs, with the
start of the program. Medians of the runs. Goals: 1.5 s and 10 s.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
COUNTRIES = ("ee", "fi", "dk", "gb")
GOALS = {"load_s": 1.5, "lint_s": 10.0}
_LOAD = """
import sys, time
from encircle.actions.law import law_of
begun, cpu = time.perf_counter(), time.process_time()
law_of(sys.argv[1])
print(time.process_time() - cpu, time.perf_counter() - begun)
"""


def loaded(country: str) -> tuple[float, float]:
    """Seconds of the processor and by the clock, without the start of the program."""
    done = subprocess.run(
        [sys.executable, "-c", _LOAD, country], cwd=ROOT, capture_output=True, text=True, check=True
    )
    cpu, wall = map(float, done.stdout.split())
    return cpu, wall


def linted() -> tuple[float, float]:
    """The same of the whole command. Stops, if the packs are not clean."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "encircle", "pack", "lint"]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def middle(seen: list[tuple[float, float]]) -> dict[str, float]:
    """The median of each."""
    cpu, wall = zip(*seen, strict=True)
    return {"cpu_s": round(statistics.median(cpu), 2), "wall_s": round(statistics.median(wall), 2)}


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3)
    runs = options.parse_args().runs
    shown = {
        "bench": "packs",
        "load": {country: middle([loaded(country) for _ in range(runs)]) for country in COUNTRIES},
        "lint_all": middle([linted() for _ in range(runs)]),
        "goal": GOALS,
    }
    print(json.dumps(shown, indent=2))


if __name__ == "__main__":
    main()
