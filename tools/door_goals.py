"""The goals of the door, W1 to W41: which test shows each, or what is open. The table is docs/developer/door-goals.yaml."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "developer" / "door-goals.yaml"


class State(StrEnum):
    """How a goal stands."""

    TESTED = "tested"
    PARTLY = "partly"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal. `missing`: what is open of it, in words; `figures`: the files of `bench/` that measure it."""

    id: str
    gist: str
    state: State
    tests: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    missing: str = ""


def goals(table: Path = TABLE) -> tuple[Goal, ...]:
    """The table in its order. Refuses (ValueError, TypeError): a state or a key that is not known."""
    rows = yaml.safe_load(table.read_text("utf-8"))
    return tuple(
        Goal(
            **{
                **row,
                "state": State(row["state"]),
                "tests": tuple(row.get("tests", ())),
                "figures": tuple(row.get("figures", ())),
            }
        )
        for row in rows
    )


def door_goals_page() -> str:
    """The table for readers."""
    rows = goals()
    counts = ", ".join(f"{state} {sum(one.state is state for one in rows)}" for state in State)
    lines = [
        "# Goals of the door",
        "",
        "Made of `docs/developer/door-goals.yaml` by `make docs`; `tests/house/test_door_goals.py` fails when it is stale",
        "or when a test or a figure that it names is not there. Figures: [performance](performance.md).",
        "",
        "- **tested**: the tests that are named (below `tests/`) would fail if it were not so.",
        "- **partly**: they show some of it; what is missing is said.",
        "- **open**: why it is.",
        "",
        f"{len(rows)} goals: {counts}.",
        "",
        "| goal | what it asks | state | shown by | open |",
        "|---|---|---|---|---|",
        *(_row(one) for one in rows),
    ]
    return "\n".join(lines) + "\n"


def _row(one: Goal) -> str:
    shown = [f"`{name.removeprefix('tests/')}`" for name in (*one.tests, *one.figures)]
    return f"| {one.id} | {one.gist} | {one.state} | {', '.join(shown)} | {one.missing} |".replace(
        "|  |", "| |"
    )
