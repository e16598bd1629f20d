"""How many small faults planted in a room its tests notice: `python -m tools.mutants law core --sample 300 --seed 1`.

A run that was stopped goes on where it stood, as long as neither the room nor its tests have changed since.
"""

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from tools import mutant, reach, trial
from tools.mutant import Place
from tools.rooms import ROOT, WHOLLY, Room, chosen
from tools.trial import Outcome

SAMPLE = {"law": 300, "core": 200, "crypto": 200, "reports": 12}
SEED = 2026
LEAST, LEAST_BY_LOT = 85.0, 80.0
"""In hundredths: of the rooms that are wholly tested, and of those that seal."""


class TestsFailed(Exception):
    """The tests of the room do not pass as they are, or changed meanwhile, so that no outcome would mean anything."""


@dataclass(slots=True)
class Kept:
    """What is known of the mutants of a room as room and tests are now; written down one by one."""

    path: Path
    outcomes: dict[Place, Outcome] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Kept":
        """What an earlier run of the same room and the same tests has left."""
        kept = cls(path)
        with suppress(FileNotFoundError):
            for line in path.read_text("utf-8").splitlines():
                file, number, outcome = json.loads(line)
                kept.outcomes[Place(file, number)] = Outcome(outcome)
        return kept

    def add(self, place: Place, outcome: Outcome) -> None:
        """One more."""
        self.outcomes[place] = outcome
        with self.path.open("a", encoding="utf-8") as file:
            print(json.dumps([place.file, place.number, outcome.value]), file=file)


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the mutants that were drawn."""

    room: str
    mutants: int
    seed: int
    outcomes: dict[Place, Outcome]

    @property
    def percent(self) -> float:
        """Share of the mutants drawn that a test notices, in hundredths; to take too long is not to be noticed."""
        killed = sum(outcome is Outcome.KILLED for outcome in self.outcomes.values())
        return 100 * killed / len(self.outcomes) if self.outcomes else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether the goal of the room is met."""
        return self.percent >= (LEAST if self.room in WHOLLY else LEAST_BY_LOT)

    def figure(self) -> dict[str, object]:
        """As a figure of the report."""
        return {
            "mutants": self.mutants,
            "drawn": len(self.outcomes),
            "seed": self.seed,
            **trial.count(self.outcomes.values()),
            "percent": round(self.percent, 1),
        }


def state(room: Room) -> str:
    """A name for a room, its tests and what they run with, as they are now."""
    paths = [*room.files(), ROOT / "uv.lock", ROOT / "tests" / "conftest.py"]
    paths += sorted(
        path
        for named in room.tests
        for path in (ROOT / named, *(ROOT / named).rglob("*"))
        if path.suffix in _READ
    )
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


_READ = {".py", ".yaml"}


def reached(room: Room, now: str) -> reach.Reach:
    """Which tests take which line, as room and tests are now. Refuses: TestsFailed."""
    path = room.store / f"{now}.reach.json"
    if not path.exists():
        room.store.mkdir(parents=True, exist_ok=True)
        words = [sys.executable, "-m", "tools.reach", room.name, str(path)]
        if subprocess.run(words, cwd=ROOT, check=False).returncode != 0:
            raise TestsFailed(f"the tests of {room.name} do not pass")
    return reach.read(path)


def check(room: Room, place: Place, found: reach.Reach) -> None:
    """Try a mutant that is none: where its tests fail, no outcome would mean anything. Refuses: TestsFailed."""
    made = mutant.make(place)
    log = room.store / "as-it-is.log"
    whole = replace(made, source=(ROOT / place.file).read_text("utf-8"))
    if trial.attempt(whole, found, log=log) in (Outcome.KILLED, Outcome.TIMEOUT):
        raise TestsFailed(f"the tests of {room.name} do not pass in a process of their own: {log}")


def score(room: Room, *, size: int, seed: int, say: Callable[[str], None], only: str = "") -> Score:
    """Try a sample of the mutants of a room, or those of one file. Refuses: TestsFailed."""
    now = state(room)
    found = reached(room, now)
    there = [each for each in mutant.places(room) if only in each.file]
    drawn = mutant.sample(there, size=size, seed=seed)
    check(room, drawn[0], found)
    kept = Kept.read(room.store / f"{now}.jsonl")
    for number, each in enumerate(drawn, start=1):
        if kept.outcomes.get(each) is Outcome.KILLED:
            continue
        made = mutant.make(each)
        if each not in kept.outcomes:
            if state(room) != now:
                raise TestsFailed(f"{room.name} or its tests changed during the run: start it anew")
            kept.add(each, trial.attempt(made, found, log=room.store / "last.log"))
        outcome = kept.outcomes[each]
        if outcome is not Outcome.KILLED:
            say(f"{number} of {len(drawn)} {outcome.value}: {each.file}:{made.line}\n{made.change}")
    return Score(room.name, len(there), seed, {each: kept.outcomes[each] for each in drawn})


def lines(found: Score) -> Iterator[str]:
    """The score in words."""
    figure = found.figure()
    counts = ", ".join(f"{figure[outcome.value]} {outcome.value}" for outcome in Outcome)
    yield (
        f"{found.room}: {figure['percent']} % of {figure['drawn']} drawn from {found.mutants} mutants "
        f"with seed {found.seed}: {counts}"
    )


def main(words: list[str]) -> int:
    """Print what was not noticed, then the score; the exit code is 1 where a room is below its goal."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"{', '.join(SAMPLE)} (default: law, core)")
    parser.add_argument("--sample", type=int, metavar="N", help=f"how many are drawn (default: {SAMPLE})")
    parser.add_argument(
        "--seed", type=int, default=SEED, help="what the lot begins with (default: %(default)s)"
    )
    parser.add_argument("--file", default="", metavar="PART", help="only files with this in their path")
    given = parser.parse_args(words)
    trial.prepare()
    found = []
    for room in chosen(given.rooms):
        size = given.sample or SAMPLE[room.name]
        try:
            found.append(score(room, size=size, seed=given.seed, only=given.file, say=_say))
        except TestsFailed as refused:
            print(refused, file=sys.stderr)
            return 2
        for line in lines(found[-1]):
            _say(line)
    return int(not all(each.is_enough for each in found))


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
