"""The goals of the door: each has its row, each test and figure that a row names is there, and what is open is said."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from tests.house.source import ROOT, named_tests
from tools.door_goals import Goal, State, door_goals_page, goals

ROWS = goals()
THERE = named_tests()
ALL = 41


def faults(rows: Iterable[Goal]) -> Iterator[str]:
    """What is wrong with a row by itself."""
    for one in rows:
        yield from (f"{one.id} names {test}, which is not there" for test in one.tests if test not in THERE)
        yield from (
            f"{one.id} names {name}, which is not there"
            for name in one.figures
            if not (ROOT / name).is_file()
        )
        if one.state is not State.OPEN and not one.tests and not one.figures:
            yield f"{one.id} is shown by nothing"
        if (one.state is State.TESTED) == bool(one.missing):
            yield f"{one.id} has to say what is missing, and only where something is"


def test_every_goal_has_one_row_in_its_order():
    assert [one.id for one in ROWS] == [f"W{number}" for number in range(1, ALL + 1)]


def test_each_row_names_tests_that_are_there_or_says_what_is_open():
    assert list(faults(ROWS)) == []


def test_the_page_says_what_the_table_says():
    page = (ROOT / "docs" / "developer" / "door-goals.md").read_text("utf-8")
    assert page == door_goals_page(), "run `make docs`"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"tests": ("tests/house/test_door_goals.py::test_nobody_wrote_this",)}, "which is not there"),
        ({"figures": ("bench/nothing.py",)}, "which is not there"),
        ({"tests": ()}, "is shown by nothing"),
        ({"missing": "something"}, "only where something is"),
        ({"state": State.PARTLY}, "has to say what is missing"),
    ],
)
def test_a_planted_fault_is_caught(changed: dict[str, object], fault: str):
    sound = Goal("W1", "x", State.TESTED, (min(THERE),))
    assert list(faults([sound])) == []
    (found,) = faults([replace(sound, **changed)])
    assert fault in found
