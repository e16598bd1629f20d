"""All tests and all figures, written down: `make test-full` makes docs/developer/test-report.md."""

import json
import os
import platform
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools import coverage, mutants, trial
from tools.figures import FigureFailed, measure, names
from tools.rooms import ROOMS, Room

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "var" / "test-full.xml"
REPORT = ROOT / "docs" / "developer" / "test-report.md"
FAILED = {"failure", "error"}


@dataclass(frozen=True, slots=True)
class Case:
    """One test as pytest reported it."""

    room: str
    name: str
    seconds: float
    outcome: str


def run_tests() -> int:
    """Run every test, also those that take minutes; the exit code of pytest."""
    RESULTS.parent.mkdir(exist_ok=True)
    workers = os.environ.get("WORKERS", "2")
    words = [
        "-m",
        "pytest",
        "--hypothesis-profile=default",
        "-m",
        "",
        "-n",
        workers,
        "--dist",
        "loadfile",
        f"--junit-xml={RESULTS}",
    ]
    return subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode


def read_results(path: Path) -> tuple[str, list[Case]]:
    """When the run began, and its cases."""
    suite = next(ElementTree.parse(path).getroot().iter("testsuite"))
    cases = []
    for case in suite.iter("testcase"):
        kinds = {child.tag for child in case}
        outcome = "failed" if FAILED & kinds else "skipped" if "skipped" in kinds else "passed"
        room = ".".join(case.get("classname", "").split(".")[:2])
        cases.append(Case(room, case.get("name", ""), float(case.get("time", 0)), outcome))
    return suite.get("timestamp", ""), cases


def read_figures(path: Path) -> dict[str, object]:
    """The figures that tests themselves have counted, by their names: of each its property `figure`, a JSON object."""
    found: dict[str, object] = {}
    for one in ElementTree.parse(path).getroot().iter("property"):
        if one.get("name") == "figure":
            figure = json.loads(one.get("value", "{}"))
            found[str(figure.get("figure"))] = figure
    return found


def page(began: str, cases: list[Case], figures: dict[str, object]) -> str:
    """The report."""
    rooms: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        rooms[case.room].append(case)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    lines = [
        "# Last full run",
        "",
        "Made by `make test-full`. The goals and what the figures mean: [performance](performance.md).",
        "",
        f"Began {began[:19]}, commit {commit.stdout.strip()}, Python {platform.python_version()}, "
        f"{platform.machine()}, {os.cpu_count()} cores.",
        "",
        "## Tests",
        "",
        "| room | passed | failed | skipped | seconds |",
        "|---|---|---|---|---|",
    ]
    for room, found in [*sorted(rooms.items()), ("all", cases)]:
        counts = [
            sum(case.outcome == outcome for case in found) for outcome in ("passed", "failed", "skipped")
        ]
        lines.append(
            f"| {room} | {' | '.join(map(str, counts))} | {sum(case.seconds for case in found):.1f} |"
        )
    lines += ["", "Slowest:", ""]
    slowest = sorted(cases, key=lambda case: -case.seconds)[:10]
    lines += [f"- {case.seconds:.1f} s {case.room}: `{case.name}`" for case in slowest]
    lines += ["", "## Figures", ""]
    for name, figure in figures.items():
        lines += [f"### {name}", "", "```json", json.dumps(figure, indent=2, ensure_ascii=False), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def test_tests(room: Room) -> tuple[dict[str, object], bool]:
    """What the tests of a room take and which planted faults they notice, and whether both goals are met."""
    try:
        covered = coverage.cover(room)
        noticed = mutants.score(room, size=mutants.SAMPLE[room.name], seed=mutants.SEED, say=print)
    except (coverage.TestsFailed, mutants.TestsFailed) as error:
        return {"failed": str(error)}, False
    figure: dict[str, object] = {"branches": covered.figure(), "mutants": noticed.figure()}
    return figure, not covered.missed and noticed.percent >= mutants.LEAST


def main() -> int:
    """Run, measure, write. The exit code says whether all tests passed and all figures were had."""
    code = run_tests()
    figures: dict[str, object] = {}
    trial.prepare()
    for room in ROOMS.values():
        figures[f"tests of {room.name}"], met = test_tests(room)
        code = code or int(not met)
    for name in names():
        try:
            figures[name] = measure(name)
        except FigureFailed as error:
            figures[name] = {"failed": str(error)}
            code = code or 1
    figures |= read_figures(RESULTS)
    REPORT.write_text(page(*read_results(RESULTS), figures), "utf-8")
    print(f"written: {REPORT.relative_to(ROOT)}")
    return code


if __name__ == "__main__":
    sys.exit(main())
