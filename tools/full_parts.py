"""The parts of the full run, each of which is kept as it ended: a run of hours that was stopped goes on where it stood."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from tools import coverage, mutants, trial
from tools.figures import FigureFailed, measure, names
from tools.rooms import ROOMS, WHOLLY

ROOT = Path(__file__).parents[1]
STORE = ROOT / "var" / "test-full"
FAILED = {"failure", "error"}
TESTS = "tests"
LONG = "long tests: "
ROOM = "tests of tests: "
FIGURE = "figure: "


@dataclass(frozen=True, slots=True)
class Case:
    """One test as pytest reported it."""

    room: str
    name: str
    seconds: float
    outcome: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one part came to.

    `commit` ends in `+` where the tree held what no commit held. `seconds`: by the clock. `load`: how many processes wanted
    to run, the mean of the last minute of the part.
    """

    name: str
    commit: str
    began: str
    seconds: float
    load: float
    passed: bool
    cases: tuple[Case, ...] = ()
    figures: dict[str, object] = field(default_factory=dict)


def part_names() -> list[str]:
    """All parts, in the order in which they are run: tests, tests that take minutes, tests of tests, figures."""
    return [
        TESTS,
        *(LONG + path for path in long_tests()),
        *(ROOM + name for name in ROOMS),
        *(FIGURE + name for name in names()),
    ]


def long_tests() -> list[str]:
    """The files with tests that are left out of `make test`."""
    marks = ("pytest.mark.full", "rest_in_full(")
    return sorted(
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if any(mark in path.read_text("utf-8") for mark in marks)
    )


def commit() -> str:
    """The commit of the tree, with a sign where files that are kept differ from it."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = git(
        "status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/developer/test-report.md"
    )
    return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def kept(store: Path = STORE) -> Iterator[Part]:
    """The parts of earlier runs."""
    for path in sorted(store.glob("*.json")):
        said = json.loads(path.read_text("utf-8"))
        yield Part(**{**said, "cases": tuple(Case(**case) for case in said["cases"])})


def keep(part: Part, store: Path = STORE) -> None:
    """Write down what became of a part, in place of what was known of it."""
    store.mkdir(parents=True, exist_ok=True)
    path = store / f"{_slug(part.name)}.json"
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(part), ensure_ascii=False), "utf-8")
    beside.replace(path)


def _slug(name: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in name)


def run(name: str) -> Part:
    """Run one part. Refuses: ValueError, for a name that is none."""
    begun, began = time.monotonic(), datetime.now(UTC).isoformat(timespec="seconds")
    at = commit()
    if name == TESTS:
        part = _pytest(name, "not full", [])
    elif name.startswith(LONG):
        part = _pytest(name, "full", [name.removeprefix(LONG)])
    elif name.startswith(ROOM):
        part = _of_room(name)
    elif name.startswith(FIGURE):
        part = _of_figure(name)
    else:
        raise ValueError(f"no such part: {name}")
    seconds = round(time.monotonic() - begun, 1)
    return replace(part, commit=at, began=began, seconds=seconds, load=round(os.getloadavg()[0], 1))


def _empty(name: str, *, passed: bool, **known: object) -> Part:
    return Part(name, "", "", 0, 0, passed, **known)  # type: ignore[arg-type]  # fields and their values


_KEPT = ("-o", "junit_family=xunit1")
"""The newer form has no place for what tests have counted."""


def _pytest(name: str, mark: str, files: list[str]) -> Part:
    results = STORE / f"{_slug(name)}.xml"
    results.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        results.unlink()
    many = os.environ.get("WORKERS", "0" if files else "2")
    workers = ["-n", many, *([] if files else ["--dist", "loadfile", "--no-loadscope-reorder"])]
    profile = ["--hypothesis-profile=default"] if files else []
    words = ["-m", "pytest", "-m", mark, *profile, *workers, f"--junit-xml={results}", *_KEPT, *files]
    code = subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode
    if not results.exists():
        return _empty(name, passed=False)
    cases = tuple(read_results(results))
    ran = any(case.outcome != "skipped" for case in cases)
    return _empty(name, passed=code == 0 and ran, cases=cases, figures=read_figures(results))


def _of_room(name: str) -> Part:
    """What the tests of a room take and which planted faults they notice."""
    room = ROOMS[name.removeprefix(ROOM)]
    trial.prepare()
    try:
        covered = coverage.cover(room)
        noticed = mutants.score(room, size=mutants.SAMPLE[room.name], seed=mutants.SEED, say=print)
    except (coverage.TestsFailed, mutants.TestsFailed) as error:
        return _empty(name, passed=False, figures={name: {"failed": str(error)}})
    figure = {"branches": covered.figure(), "mutants": noticed.figure()}
    good = (not covered.missed or room.name not in WHOLLY) and noticed.is_enough
    return _empty(name, passed=good, figures={name: figure})


def _of_figure(name: str) -> Part:
    bench = name.removeprefix(FIGURE)
    try:
        return _empty(name, passed=True, figures={bench: measure(bench)})
    except FigureFailed as error:
        return _empty(name, passed=False, figures={bench: {"failed": str(error)}})


def read_results(path: Path) -> list[Case]:
    """The cases of a run of pytest."""
    cases = []
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        kinds = {child.tag for child in case}
        outcome = "failed" if FAILED & kinds else "skipped" if "skipped" in kinds else "passed"
        room = ".".join(case.get("classname", "").split(".")[:2])
        cases.append(Case(room, case.get("name", ""), float(case.get("time", 0)), outcome))
    return cases


def read_figures(path: Path) -> dict[str, object]:
    """The figures that tests themselves have counted, by their names: of each its property `figure`, a JSON object."""
    found: dict[str, object] = {}
    for one in ElementTree.parse(path).getroot().iter("property"):
        if one.get("name") == "figure":
            figure = json.loads(one.get("value", "{}"))
            found[str(figure.get("figure"))] = figure
    return found
