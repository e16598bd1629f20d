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
    folder: str = ""
    """Where its code is, where that is not its name."""
    only: tuple[str, ...] = ()
    """The files that are looked at; none named: all of the folder."""

    @property
    def source(self) -> Path:
        """The folder of its code."""
        return ROOT / "src" / "encircle" / (self.folder or self.name)

    @property
    def store(self) -> Path:
        """Where what was seen of it is kept between two runs."""
        return ROOT / "var" / "mutants" / self.name

    def files(self) -> list[Path]:
        """Its code, file by file, always in the same order."""
        return sorted(file for file in self.source.rglob("*.py") if not self.only or file.name in self.only)


ROOMS = {
    room.name: room
    for room in (
        Room("law", ("tests/law",)),
        Room("core", ("tests/core",)),
        Room("crypto", ("tests/crypto",)),
        Room(
            "reports",
            (
                "tests/actions/test_reports.py",
                "tests/web/door/test_files.py",
                "tests/web/desk/test_report_files.py",
                "tests/web/door/test_sent_file.py",
                "tests/actions/test_talks.py",
            ),
            folder="actions/reports",
            only=("door.py", "files.py", "form.py", "sent_file.py"),
        ),
    )
}
WHOLLY = ("law", "core")
"""Those of which every branch is asked for: the others are asked for by lot alone."""


def chosen(names: list[str]) -> list[Room]:
    """The rooms of these names, the wholly tested ones where none is named. Refuses: SystemExit, a name that is not there."""
    unknown = [name for name in names if name not in ROOMS]
    if unknown:
        print(f"no such room: {', '.join(unknown)}. There are: {', '.join(ROOMS)}.", file=sys.stderr)
        raise SystemExit(2)
    return [ROOMS[name] for name in names or WHOLLY]
