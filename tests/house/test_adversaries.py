"""The page of adversaries: every adversary has a row with tests, each of them is there, and what is open is said."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import ROOT, python_files

PAGE = ROOT / "docs" / "developer" / "adversaries.md"
ADVERSARIES = 15
_TEST = re.compile(r"`(tests/[\w/]+\.py::test_\w+)`")


def rows(text: str) -> list[list[str]]:
    """The rows of the table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def faults(text: str) -> Iterator[str]:
    """What is wrong with the page."""
    there = {
        f"{file.path}::{node.name}"
        for file in python_files("tests")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.FunctionDef)
    }
    for adversary, held, tests, open_ in rows(text):
        named = _TEST.findall(tests)
        yield from (f"{adversary}: {test} is not there" for test in named if test not in there)
        if not held or not open_:
            yield f"{adversary}: what holds, or what is open, is not said"
        if not named:
            yield f"{adversary}: no test"


def test_every_adversary_has_its_row_and_every_test_is_there():
    text = PAGE.read_text("utf-8")
    assert list(faults(text)) == []
    assert len(rows(text)) == ADVERSARIES


def test_a_test_that_is_not_there_and_a_row_without_any_are_found():
    head = "| who | what holds | tests | not yet |\n|---|---|---|---|\n"
    planted = f"{head}| a | b | `tests/x.py::test_y` | c |\n| d | e | | |\n"
    assert list(faults(planted)) == [
        "a: tests/x.py::test_y is not there",
        "d: what holds, or what is open, is not said",
        "d: no test",
    ]
