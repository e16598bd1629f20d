"""OWASP ASVS: which requirement is shown by which test. The table is docs/developer/asvs.yaml; the page is made of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import yaml

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "developer" / "asvs.yaml"
CHAPTERS: Mapping[int, str] = MappingProxyType(
    {
        1: "Encoding and cleaning",
        2: "Validation and the logic of the work",
        3: "What the browser is told",
        4: "API and HTTP",
        5: "Files",
        6: "Signing in",
        7: "Sessions",
        8: "Who may what",
        9: "Tokens that carry their content",
        10: "OAuth and OIDC",
        11: "Cryptography",
        12: "The way between machines",
        13: "Configuration",
        14: "Protection of data",
        15: "Code and architecture",
        16: "Logs and faults",
        17: "WebRTC",
    }
)
_ID = re.compile(r"V(\d+)\.(\d+)\.(\d+)")


class State(StrEnum):
    """How a requirement stands."""

    TESTED = "tested"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement, and what shows that it is met, or why not."""

    id: str
    level: int
    gist: str
    state: State
    tests: tuple[str, ...]
    reason: str

    @property
    def place(self) -> tuple[int, int, int]:
        """Chapter, section and number."""
        found = _ID.fullmatch(self.id)
        if found is None:
            raise ValueError(f"{self.id} is no id of a requirement")
        chapter, section, number = map(int, found.groups())
        return chapter, section, number


def requirements(table: Path = TABLE) -> tuple[Requirement, ...]:
    """The table in its order. Refuses (ValueError, TypeError): a state or a key that is not known."""
    rows = yaml.safe_load(table.read_text("utf-8"))
    return tuple(
        Requirement(
            **{
                **row,
                "state": State(row["state"]),
                "tests": tuple(row.get("tests", ())),
                "reason": row.get("reason", ""),
            }
        )
        for row in rows
    )


def share(rows: tuple[Requirement, ...]) -> float:
    """Which part of those that apply is shown by a test."""
    applies = [one for one in rows if one.state is not State.NOT_APPLICABLE]
    return sum(one.state is State.TESTED for one in applies) / len(applies)


def asvs_page() -> str:
    """The table for readers: counts by chapter, then each requirement."""
    rows = requirements()
    lines = [
        "# OWASP ASVS 5.0",
        "",
        "Made of `docs/developer/asvs.yaml` by `make docs`; `tests/house/test_asvs.py` fails when it is stale,",
        "when a row is missing, or when a test that it names is not there. Why it is so: [0054](../decisions/0054-asvs.md).",
        "",
        "The requirements are those of the [Application Security Verification Standard 5.0.0](https://github.com/OWASP/ASVS/tree/v5.0.0)",
        "of levels 1 and 2, and of level 3 in chapters V6, V7, V8, V11, V14 and V16. Ids and levels are theirs; each gist is",
        "ours, shorter than what it stands for: read the standard before you change a row.",
        "",
        "- **tested**: the tests that are named (below `tests/`) would fail if it were not so.",
        "- **met**: no test shows it; the reason was looked at.",
        "- **not applicable**: what it speaks of is not there. Where a test is named, it fails when that comes.",
        "- **not yet**: what is missing.",
        "",
        *_counts(rows),
    ]
    for chapter, name in CHAPTERS.items():
        lines += [
            "",
            f"## V{chapter} {name}",
            "",
            "| id | level | what it asks | state | shown by, or why |",
            "|---|---|---|---|---|",
        ]
        lines += [_row(one) for one in rows if one.place[0] == chapter]
    return "\n".join(lines) + "\n"


def _counts(rows: tuple[Requirement, ...]) -> list[str]:
    lines = [
        f"**{share(rows):.0%} of those that apply are shown by a test.**",
        "",
        f"| chapter | {' | '.join(_said(state) for state in State)} | by test |",
        "|---|---|---|---|---|---|",
    ]
    for chapter, name in CHAPTERS.items():
        lines.append(
            _count(
                f"[V{chapter} {name}](#v{chapter}-{name.lower().replace(' ', '-')})",
                tuple(one for one in rows if one.place[0] == chapter),
            )
        )
    return [*lines, _count("all", rows)]


def _count(name: str, rows: tuple[Requirement, ...]) -> str:
    cells = [str(sum(one.state is state for one in rows)) for state in State]
    applies = any(one.state is not State.NOT_APPLICABLE for one in rows)
    return f"| {name} | {' | '.join(cells)} | {f'{share(rows):.0%}' if applies else ''} |"


def _row(one: Requirement) -> str:
    tests = [f"`{test.removeprefix('tests/')}`" for test in one.tests]
    why = " ".join([", ".join(tests), one.reason]).strip().replace("|", "\\|")
    return f"| {one.id} | {one.level} | {one.gist} | {_said(one.state)} | {why} |"


def _said(state: State) -> str:
    return state.value.replace("_", " ")
