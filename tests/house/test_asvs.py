"""OWASP ASVS: each requirement has its row, each test that a row names is there, and the page says what the table says."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from tests.house.source import ROOT, named_tests
from tools.asvs import CHAPTERS, Requirement, State, asvs_page, requirements, share

ROWS = requirements()
EVERY_LEVEL = {6, 7, 8, 11, 14, 16}
"""Chapters of which level 3 is asked too: signing in, sessions, access, cryptography, data, logs."""
LEVEL_3_ELSEWHERE = {1: 3, 2: 2, 3: 12, 4: 6, 5: 4, 10: 7, 12: 3, 13: 8, 15: 8, 17: 5}
ALL_OF_5_0_0 = dict(
    zip(CHAPTERS, (30, 13, 31, 16, 13, 47, 19, 13, 7, 36, 24, 12, 21, 13, 21, 17, 12), strict=True)
)
"""How many requirements each chapter of the standard has, of all levels."""


THERE = named_tests()


def faults(rows: Iterable[Requirement]) -> Iterator[str]:
    """What is wrong with a row by itself."""
    for one in rows:
        for test in one.tests:
            if test not in THERE:
                yield f"{one.id} names {test}, which is not there"
        if len(set(one.tests)) != len(one.tests):
            yield f"{one.id} names a test twice"
        if one.state is State.TESTED and not one.tests:
            yield f"{one.id} is tested by nothing"
        if one.state is not State.TESTED and not one.reason:
            yield f"{one.id} gives no reason"
        if one.level == 3 and one.place[0] not in EVERY_LEVEL:
            yield f"{one.id} is of a level that is not asked"


def test_every_requirement_that_is_asked_has_one_row_in_its_order():
    places = [one.place for one in ROWS]
    assert places == sorted(set(places))
    asked = {chapter: count - LEVEL_3_ELSEWHERE.get(chapter, 0) for chapter, count in ALL_OF_5_0_0.items()}
    assert dict(Counter(chapter for chapter, *_ in places)) == asked
    assert Counter(one.level for one in ROWS) == {1: 70, 2: 183, 3: 34}
    numbers: dict[tuple[int, int], list[int]] = {}
    for chapter, section, number in places:
        numbers.setdefault((chapter, section), []).append(number)
    begun = [
        key
        for key, found in numbers.items()
        if key[0] in EVERY_LEVEL and found != [*range(1, len(found) + 1)]
    ]
    assert begun == [], "a chapter of which every level is asked has no gap"


def test_each_row_names_tests_that_are_there_or_a_reason():
    assert list(faults(ROWS)) == []


def test_most_of_those_that_apply_are_shown_by_a_test():
    assert share(ROWS) >= 0.7


def test_the_page_says_what_the_table_says():
    page = (ROOT / "docs" / "developer" / "asvs.md").read_text("utf-8")
    assert page == asvs_page(), "run `make docs`"
    assert f"{share(ROWS):.0%} of those that apply" in page


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"tests": ("tests/house/test_asvs.py::test_nobody_wrote_this",)}, "which is not there"),
        ({"tests": ()}, "is tested by nothing"),
        ({"state": State.NOT_YET, "reason": ""}, "gives no reason"),
        ({"id": "V1.2.3", "level": 3}, "is of a level that is not asked"),
    ],
)
def test_a_planted_fault_is_caught(changed: dict[str, object], fault: str):
    sound = Requirement("V6.1.1", 1, "x", State.TESTED, (next(iter(sorted(THERE))),), "")
    assert list(faults([sound])) == []
    (found,) = faults([replace(sound, **changed)])
    assert fault in found


def test_a_row_that_is_taken_away_is_missed():
    tested = [one for one in ROWS if one.state is State.TESTED]
    assert share(tuple(tested)) == 1.0
    assert share(tuple(one for one in ROWS if one not in tested)) == 0.0
