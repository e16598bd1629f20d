"""All tests and all figures, written down: `make test-full` makes docs/developer/test-report.md.

    make test-full                              every part that was not run on this commit
    make test-full ARGS="'tests' 'figure: look'"   these parts, run anew
    make test-full ARGS=--list                  the parts there are

Each part says on which commit it was run, so that a report can be made in several evenings.
"""

import argparse
import json
import os
import platform
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence

from tools.full_parts import ROOT, Case, Part, commit, keep, kept, part_names, run

REPORT = ROOT / "docs" / "developer" / "test-report.md"
SLOWEST = 12


def page(parts: Sequence[Part], *, now: str) -> str:
    """The report. `now`: the commit of the tree when it was written."""
    cases = [case for part in parts for case in part.cases]
    lines = [
        "# Last full run",
        "",
        "Made by `make test-full`. The goals and what the figures mean: [performance](performance.md).",
        "",
        f"Written at {now}. Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores. "
        "A commit that ends in + had changes beside it. `load`: how many processes wanted to run when the part ended; "
        "times beside a high load say little.",
        "",
        "## Parts",
        "",
        "| part | commit | began (UTC) | minutes | load | passed | failed | skipped | all well |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_part_row(part) for part in parts),
        "",
        *_of_tests(cases),
        "## Figures",
        "",
    ]
    for part in parts:
        for name, figure in part.figures.items():
            text = json.dumps(figure, indent=2, ensure_ascii=False)
            lines += [f"### {name}", "", f"At {part.commit}.", "", "```json", text, "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def _part_row(part: Part) -> str:
    counts = " | ".join(map(str, _counts(part.cases))) if part.cases else "- | - | -"
    well = "yes" if part.passed else "**no**"
    return f"| {part.name} | {part.commit} | {part.began[:16]} | {part.seconds / 60:.1f} | {part.load} | {counts} | {well} |"


def _counts(cases: Iterable[Case]) -> tuple[int, int, int]:
    outcomes = [case.outcome for case in cases]
    return outcomes.count("passed"), outcomes.count("failed"), outcomes.count("skipped")


def _of_tests(cases: Sequence[Case]) -> list[str]:
    rooms: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        rooms[case.room].append(case)
    lines = ["## Tests", "", "| room | passed | failed | skipped | seconds |", "|---|---|---|---|---|"]
    for room, found in [*sorted(rooms.items()), ("all", list(cases))]:
        seconds = sum(case.seconds for case in found)
        lines.append(f"| {room} | {' | '.join(map(str, _counts(found)))} | {seconds:.1f} |")
    failed = [case for case in cases if case.outcome == "failed"]
    lines += ["", "Failed:" if failed else "None failed.", ""]
    lines += [f"- {case.room}: `{case.name}`" for case in failed] + [""] * bool(failed)
    slowest = sorted(cases, key=lambda case: -case.seconds)[:SLOWEST]
    return [
        *lines,
        "Slowest:",
        "",
        *(f"- {case.seconds:.1f} s {case.room}: `{case.name}`" for case in slowest),
        "",
    ]


def main(words: Sequence[str]) -> int:
    """Run what is asked for and write the report. The exit code says whether all parts there are went well."""
    asked = argparse.ArgumentParser(description="Run all tests and figures, in parts that are kept.")
    asked.add_argument("parts", nargs="*", help="parts to run anew; default: those not run on this commit")
    asked.add_argument("--list", action="store_true", help="name the parts")
    asked.add_argument("--write", action="store_true", help="run nothing; write the report from what is kept")
    chosen, names = asked.parse_args(words), part_names()
    if chosen.list:
        print("\n".join(names))
        return 0
    unknown = [name for name in chosen.parts if name not in names]
    if unknown:
        print(f"no such part: {', '.join(unknown)}. make test-full ARGS=--list names them.", file=sys.stderr)
        return 2
    known, now = {part.name: part for part in kept()}, commit()
    todo = chosen.parts or [name for name in names if name not in known or known[name].commit != now]
    for name in [] if chosen.write else todo:
        known[name] = run(name)
        keep(known[name])
        print(f"{name}: {'well' if known[name].passed else 'NOT WELL'}", flush=True)
    parts = [known[name] for name in names if name in known]
    REPORT.write_text(page(parts, now=now), "utf-8")
    missing = [name for name in names if name not in known]
    print(
        f"written: {REPORT.relative_to(ROOT)}" + (f"; not run yet: {', '.join(missing)}" if missing else "")
    )
    return 0 if not missing and all(part.passed for part in parts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
