"""Which tests take which line of a room, and how long each lasts: `python -m tools.reach law FILE`.

What the program remembers from an earlier test is forgotten before each, so that a line that is taken once and then
remembered belongs to each test that needs it. What happens while a file of tests is read belongs to all its tests.
"""

import gc
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import _lru_cache_wrapper, lru_cache
from pathlib import Path

import coverage
import pytest

from tools.rooms import ROOT, Room, chosen


@dataclass(frozen=True, slots=True)
class Reach:
    """What the tests of a room take."""

    seconds: dict[str, float]
    """How long each test lasts, its fixtures included."""
    takers: dict[str, dict[int, frozenset[str]]]
    """The tests that take a line, by file and line; a file of tests stands for all its tests."""

    def of(self, file: str, line: int) -> frozenset[str]:
        """The tests that take a line; all, where it is taken only while the program is loaded, for all alike."""
        found = self.takers.get(file, {}).get(line)
        if found is None:
            return frozenset()
        files = tuple(f"{each}::" for each in found if "::" not in each)
        if len(files) == len(found):
            return frozenset(self.seconds)
        return frozenset(test for test in self.seconds if test in found or test.startswith(files))


def write(reach: Reach, path: Path) -> None:
    """Keep it in a file."""
    takers = {
        file: {str(line): sorted(tests) for line, tests in lines.items()}
        for file, lines in reach.takers.items()
    }
    path.write_text(json.dumps({"seconds": reach.seconds, "takers": takers}), "utf-8")


def read(path: Path) -> Reach:
    """What was kept in a file."""
    kept = json.loads(path.read_text("utf-8"))
    takers = {
        file: {int(line): frozenset(tests) for line, tests in lines.items()}
        for file, lines in kept["takers"].items()
    }
    return Reach(kept["seconds"], takers)


class Watch:
    """A plugin of pytest: tells coverage.py whose turn it is."""

    def __init__(self, watched: coverage.Coverage) -> None:
        self.watched = watched
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Iterator[None]:
        """A file of tests is read."""
        self.watched.switch_context(collector.nodeid if isinstance(collector, pytest.Module) else "")
        report = yield
        self.watched.switch_context("")
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """A test runs, with its fixtures."""
        forget()
        self.watched.switch_context(item.nodeid)
        began = time.process_time()
        done = yield
        self.seconds[item.nodeid] = round(time.process_time() - began, 4)
        self.watched.switch_context("")
        return done


def forget() -> None:
    """Forget what functions of the program remember from earlier calls."""
    for each in _remembering(len(sys.modules)):
        each.cache_clear()


@lru_cache(maxsize=1)
def _remembering(_modules: int) -> "list[_lru_cache_wrapper[object]]":
    """Such functions; looked for again when more modules are loaded."""
    # By its type alone: asking a lazy object for its class would wake it.
    found = [each for each in gc.get_objects() if type(each) is _lru_cache_wrapper]
    return [each for each in found if str(each.__module__).startswith("encircle.")]


def watch(room: Room) -> Reach:
    """Run the tests of a room and see what each takes. Refuses: SystemExit, where one fails."""
    watched = coverage.Coverage(source=[str(room.source)], data_file=None)
    plugin = Watch(watched)
    watched.start()
    code = pytest.main(["-q", "-p", "no:cacheprovider", *room.tests], plugins=[plugin])
    watched.stop()
    if code != 0:
        raise SystemExit(int(code))
    data = watched.get_data()
    takers: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
    for measured in data.measured_files():
        file = str(Path(measured).relative_to(ROOT))
        for line, tests in data.contexts_by_lineno(measured).items():
            takers[file][line] = frozenset(filter(None, tests))
    return Reach(plugin.seconds, dict(takers))


def main(words: list[str]) -> int:
    """Watch the tests of one room and keep what was seen in a file."""
    name, path = words
    write(watch(chosen([name])[0]), Path(path))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
