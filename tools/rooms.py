"""The rooms whose tests are themselves tested: every branch reached, and planted faults noticed."""

import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the house, and the tests that answer for it alone."""

    name: str
    tests: tuple[str, ...]

    @property
    def source(self) -> Path:
        """The folder of its code."""
        return ROOT / "src" / "encircle" / self.name

    @property
    def store(self) -> Path:
        """Where what was seen of it is kept between two runs."""
        return ROOT / "var" / "mutants" / self.name

    def files(self) -> list[Path]:
        """Its code, file by file, always in the same order."""
        return sorted(self.source.rglob("*.py"))


ROOMS = {
    room.name: room
    for room in (
        Room("law", ("tests/law",)),
        Room("core", ("tests/core",)),
    )
}


def chosen(names: list[str]) -> list[Room]:
    """The rooms of these names, all where none is named. Refuses: SystemExit, for a name that is not there."""
    unknown = [name for name in names if name not in ROOMS]
    if unknown:
        print(f"no such room: {', '.join(unknown)}. There are: {', '.join(ROOMS)}.", file=sys.stderr)
        raise SystemExit(2)
    return [ROOMS[name] for name in names] or list(ROOMS.values())
