"""One mutant before the tests that take its line, in a process of its own that begins without the program.

mutmut's own runner begins each mutant in a process that has run all tests already. This house remembers much of what
it has computed (compiled conditions, calendars, needs): there a fault would hide behind what was remembered before.
"""

import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
import traceback
from collections.abc import Iterable, Sequence
from enum import StrEnum
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import NoReturn

import hypothesis
import pytest

from tools.mutant import Mutant
from tools.reach import Reach
from tools.rooms import ROOT

PROFILE = "mutants"
FIRST_SECONDS, TIMES_AS_LONG, TO_CLEAR_UP = 30, 5, 30
"""How much processor time a mutant may take: to begin, for each second that its tests take, and to end in order."""
WAITS = 4
"""How many times as long by the clock: a mutant that waits for what never comes takes no processor time."""
TOOK_TOO_LONG = 97
MEMORY = 4 << 30
NICE = 15
LOADED_BEFORE = (
    "anyio.pytest_plugin",
    "celpy",
    "django.core.management",
    "django.db.backends.postgresql.base",
    "django.test",
    "holidays.countries",
    "hypothesis.strategies",
    "playwright.sync_api",
    "pytest_django.plugin",
    "schemathesis.pytest.plugin",
    "xdist.plugin",
)
"""What all tests load and what takes long to load; nothing of the program."""


class Outcome(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    TIMEOUT = "timeout"
    NOT_REACHED = "not reached"


def prepare() -> None:
    """Load what every trial needs, but nothing of the program, and let Hypothesis stop at the first fault."""
    for name in LOADED_BEFORE:
        importlib.import_module(name)
    hypothesis.settings.register_profile(
        PROFILE,
        parent=hypothesis.settings.get_profile("ci"),
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
    )


def attempt(mutant: Mutant, reach: Reach, *, log: Path) -> Outcome:
    """What the tests that take its line say of a mutant, quick ones first."""
    tests = reach.of(mutant.place.file, mutant.line)
    if not tests:
        return Outcome.NOT_REACHED
    seconds = sum(reach.seconds[test] for test in tests)
    ordered = sorted(tests, key=lambda test: (reach.seconds[test], test))
    code = _apart(mutant, ordered, limit=FIRST_SECONDS + round(TIMES_AS_LONG * seconds), log=log)
    if code in (TOOK_TOO_LONG, -signal.SIGKILL):
        return Outcome.TIMEOUT
    return Outcome.KILLED if code else Outcome.SURVIVED


def _apart(mutant: Mutant, tests: Sequence[str], *, limit: int, log: Path) -> int:
    """The exit code of the tests in a process of their own."""
    child = os.fork()
    if child == 0:
        with _End() as end:
            os.nice(NICE)
            _quiet(log)
            _bounded(limit)
            end.code = _run(mutant, tests)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class _End:
    """Whatever happens inside, the process ends here: what called it goes on in the other one."""

    code = 1

    def __enter__(self) -> "_End":
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> NoReturn:
        if error:
            traceback.print_exception(error)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(TOOK_TOO_LONG if _LATE else self.code)


def _run(mutant: Mutant, tests: Sequence[str]) -> int:
    sys.meta_path.insert(0, _Planted(mutant))
    files = sorted({test.partition("::")[0] for test in tests})
    words = ["-x", "-q", "-p", "no:cacheprovider", "--tb=short", f"--hypothesis-profile={PROFILE}"]
    # Plugins were loaded before, on purpose.
    words += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return int(pytest.main([*words, *files], plugins=[_Chosen(tests)]))


class _Chosen:
    """A plugin of pytest: runs these tests and no others, in this order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.order = {test: number for number, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        kept = [item for item in items if item.nodeid in self.order]
        items[:] = sorted(kept, key=lambda item: self.order[item.nodeid])


class _Planted(importlib.abc.MetaPathFinder):
    """Gives the program one file with a fault in it, and all others as they are."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.mutant.module:
            return None
        file = str(ROOT / self.mutant.place.file)
        return importlib.util.spec_from_file_location(
            fullname, file, loader=_Loader(fullname, file, self.mutant.source)
        )


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, source: str) -> None:
        super().__init__(fullname, path)
        self.source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.source, self.path, "exec", dont_inherit=True)


_LATE: list[bool] = []


def _bounded(limit: int) -> None:
    """Stop in order when the time is up, so that a database of the tests is ended too; at all costs a little later."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        _LATE.append(True)
        raise KeyboardInterrupt

    for sign in (signal.SIGXCPU, signal.SIGALRM):
        signal.signal(sign, stop)
    signal.setitimer(signal.ITIMER_REAL, WAITS * limit)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + TO_CLEAR_UP))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _quiet(log: Path) -> None:
    """What the tests say goes to a file."""
    opened = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(opened, stream)


def count(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many mutants had each outcome."""
    seen = list(outcomes)
    return {outcome.value: seen.count(outcome) for outcome in Outcome}
