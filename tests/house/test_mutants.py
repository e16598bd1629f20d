"""How tests are tested: faults are planted where they are said to be, drawn by lot, and counted without flattery."""

from dataclasses import replace
from pathlib import Path

import pytest

from tools import coverage, reach
from tools.mutant import Place, make, mutant, places, sample, statement
from tools.mutants import Kept, Score, lines, state
from tools.reach import Reach
from tools.rooms import ROOMS, Room, chosen
from tools.trial import Outcome

PLACE = Place("src/encircle/law/counting.py", 0)
BEFORE = """def due(day):
    if day > 3:
        return (
            day,
            4,
        )
    return None
"""
OUTCOMES = {
    Place("a.py", 0): Outcome.KILLED,
    Place("a.py", 1): Outcome.SURVIVED,
    Place("a.py", 2): Outcome.TIMEOUT,
    Place("b.py", 0): Outcome.NOT_REACHED,
}
FIGURE = {
    "mutants": 9,
    "drawn": 4,
    "seed": 7,
    "killed": 1,
    "survived": 1,
    "timeout": 1,
    "not reached": 1,
    "percent": 25.0,
}
TWO = "tests/law/test_a.py::test_one", "tests/law/test_b.py::test_two"
THIRD = "tests/law/test_c.py::test_three"


def test_a_planted_fault_is_one_change_in_the_file_that_it_names():
    planted = make(PLACE)
    whole = Path(PLACE.file).read_text("utf-8")
    assert planted == mutant(PLACE, was=whole, source=planted.source)
    assert (planted.module, planted.source != whole) == ("encircle.law.counting", True)
    assert [line[0] for line in planted.change.splitlines()] == ["-", "+"]


def test_a_fault_belongs_to_the_statement_in_which_it_stands():
    found = mutant(PLACE, was=BEFORE, source=BEFORE.replace("4", "5"))
    assert (found.line, found.change) == (3, "-            4,\n+            5,")
    assert [statement(BEFORE, line=line) for line in (1, 2, 5, 7)] == [1, 2, 3, 7]


def test_a_smaller_sample_is_the_beginning_of_a_larger_one_with_the_same_seed():
    there = [Place("a.py", number) for number in range(50)]
    assert sample(there, size=5, seed=1) == sample(there[::-1], size=9, seed=1)[:5]
    assert sample(there, size=5, seed=1) != sample(there, size=5, seed=2)
    assert sorted(sample(there, size=60, seed=1)) == there


def test_a_line_belongs_to_the_tests_that_take_it_and_one_taken_in_loading_to_all(tmp_path: Path):
    lines = {
        1: frozenset({"tests/law/test_a.py"}),
        2: frozenset({TWO[1]}),
        3: frozenset[str](),
        4: frozenset({"tests/law/test_a.py", TWO[1]}),
    }
    seen = Reach(dict.fromkeys((*TWO, THIRD), 0.5), {"a.py": lines})
    reach.write(seen, tmp_path / "reach.json")
    assert reach.read(tmp_path / "reach.json") == seen
    every = {*TWO, THIRD}
    assert [seen.of("a.py", line) for line in (1, 2, 3, 4, 5)] == [every, {TWO[1]}, every, set(TWO), set()]


def test_a_mutant_that_no_test_reaches_or_that_only_takes_long_is_not_counted_as_noticed():
    score = Score("law", 9, 7, OUTCOMES)
    assert score.figure() == FIGURE
    assert list(lines(score)) == [
        "law: 25.0 % of 4 drawn from 9 mutants with seed 7: 1 killed, 1 survived, 1 timeout, 1 not reached"
    ]


def test_a_run_that_was_stopped_goes_on_where_it_stood(tmp_path: Path):
    kept = Kept(tmp_path / "kept.jsonl")
    kept.add(PLACE, Outcome.SURVIVED)
    assert Kept.read(tmp_path / "kept.jsonl").outcomes == {PLACE: Outcome.SURVIVED}
    assert Kept.read(tmp_path / "none.jsonl").outcomes == {}


def test_coverage_names_the_lines_and_branches_that_no_test_takes():
    totals = {"num_statements": 10, "covered_lines": 9, "num_branches": 4, "covered_branches": 2}
    file = {"missing_lines": [5], "missing_branches": [[5, 6], [7, 9], [8, -1]]}
    whole = {"missing_lines": [], "missing_branches": []}
    found = coverage.read("law", {"files": {"a.py": file, "b.py": whole}, "totals": totals})
    assert [str(each) for each in found.missed] == ["a.py: lines 5; branches 7->9, 8->exit"]
    assert found.figure() == {
        "statements": 10,
        "statements taken": 9,
        "branches": 4,
        "branches taken": 2,
        "percent": 78.57,
        "missed": ["a.py: lines 5; branches 7->9, 8->exit"],
    }


def test_an_unknown_room_is_refused_and_the_known_ones_are_named(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        chosen(["lore"])
    assert capsys.readouterr().err == "no such room: lore. There are: law, core, crypto, reports.\n"
    assert chosen([]) == [ROOMS["law"], ROOMS["core"]]


def test_a_room_of_some_files_has_no_other_and_a_file_of_tests_is_among_what_it_stands_on():
    room = ROOMS["reports"]
    assert [file.name for file in room.files()] == ["door.py", "files.py", "form.py", "sent_file.py"]
    assert {file.parent.name for file in ROOMS["crypto"].files()} == {"crypto"}
    assert state(room) == state(room) != state(replace(room, tests=()))


def test_rooms_that_seal_are_asked_for_eighty_of_a_hundred_and_law_for_more():
    noticed = {Place("a.py", number): Outcome.KILLED for number in range(82)}
    found = noticed | {Place("b.py", number): Outcome.SURVIVED for number in range(18)}
    assert [Score(room, 100, 7, found).is_enough for room in ("law", "core", "crypto")] == [
        False,
        False,
        True,
    ]


def test_the_mutants_of_a_file_are_numbered_and_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Room, "store", property(lambda _room: tmp_path))
    monkeypatch.setattr(Room, "files", lambda _room: [Path(PLACE.file).resolve()])
    first = places(ROOMS["law"])
    assert first[0] == PLACE
    assert [place.number for place in first] == list(range(len(first)))
    assert places(ROOMS["law"]) == first
