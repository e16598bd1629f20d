"""Which lines and branches of a room its own tests never take: `python -m tools.coverage law core`."""

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.rooms import ROOT, Room, chosen


class TestsFailed(Exception):
    """The tests of the room do not pass, so that what they reach says nothing."""


@dataclass(frozen=True, slots=True)
class Missed:
    """What no test takes in one file."""

    file: str
    lines: tuple[int, ...]
    branches: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        ways = [f"{start}->{'exit' if end < 0 else end}" for start, end in self.branches]
        said = [f"lines {', '.join(map(str, self.lines))}"] if self.lines else []
        said += [f"branches {', '.join(ways)}"] if ways else []
        return f"{self.file}: {'; '.join(said)}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a room its tests take."""

    room: str
    statements: int
    statements_taken: int
    branches: int
    branches_taken: int
    missed: tuple[Missed, ...]

    @property
    def percent(self) -> float:
        """Share of statements and branches that are taken, in hundredths; 100 only where none is missed."""
        taken, there = self.statements_taken + self.branches_taken, self.statements + self.branches
        return 100 * taken / there if there else 100.0

    def figure(self) -> dict[str, object]:
        """As a figure of the report."""
        return {
            "statements": self.statements,
            "statements taken": self.statements_taken,
            "branches": self.branches,
            "branches taken": self.branches_taken,
            "percent": round(self.percent, 2),
            "missed": [str(each) for each in self.missed],
        }


def read(room: str, report: dict[str, Any]) -> Coverage:
    """The coverage that coverage.py reported as JSON."""
    missed = []
    for name, file in sorted(report["files"].items()):
        lines = tuple(file["missing_lines"])
        branches = tuple((start, end) for start, end in file["missing_branches"] if start not in lines)
        if lines or branches:
            missed.append(Missed(name, lines, branches))
    totals = report["totals"]
    return Coverage(
        room,
        totals["num_statements"],
        totals["covered_lines"],
        totals["num_branches"],
        totals["covered_branches"],
        tuple(missed),
    )


def cover(room: Room) -> Coverage:
    """Run the tests of a room and see what they take. Refuses: TestsFailed."""
    room.store.mkdir(parents=True, exist_ok=True)
    data, report = room.store / "branches", room.store / "coverage.json"
    tests = ["-m", "pytest", "-q", "-p", "no:cacheprovider", *room.tests]
    seen = _coverage(
        "run", "--branch", f"--source={room.source.relative_to(ROOT)}", f"--data-file={data}", *tests
    )
    if seen != 0:
        raise TestsFailed(f"the tests of {room.name} do not pass")
    if _coverage("json", "--quiet", f"--data-file={data}", "-o", str(report)) != 0:
        raise TestsFailed(f"what the tests of {room.name} reach could not be read")
    return read(room.name, json.loads(Path(report).read_text("utf-8")))


def _coverage(*words: str) -> int:
    done = subprocess.run([sys.executable, "-m", "coverage", *words], cwd=ROOT, check=False)
    return done.returncode


def main(words: list[str]) -> int:
    """Print what is not taken; the exit code is 1 where anything is not."""
    parser = argparse.ArgumentParser(prog="python -m tools.coverage", description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="law, core (default: both)")
    try:
        found = [cover(room) for room in chosen(parser.parse_args(words).rooms)]
    except TestsFailed as refused:
        print(refused, file=sys.stderr)
        return 2
    for each in found:
        for missed in each.missed:
            print(missed)
        print(
            f"{each.room}: {each.statements_taken} of {each.statements} statements, "
            f"{each.branches_taken} of {each.branches} branches, {each.percent:.2f} %"
        )
    return int(any(each.missed for each in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
