"""The real cases and the small stories: what must, and must not, be reported. Written before the rules."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.case import Expectation, ReplayCase
from encircle.actions.replay.file import read_replay
from encircle.actions.replay.verdict import verdicts
from encircle.law.pack import Law
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.identifier import AgencyId

ON = date(2026, 11, 23)
CASES = tuple(sorted((packs_folder() / "base" / "cases").glob("*.yaml")))
STORIES = tuple(sorted((packs_folder() / "base" / "tests").glob("*.yaml")))
FIRST_DUTIES = ("D01", "D02a", "D02b", "D02c", "D03", "D06", "D07", "D09", "D13", "D15", "D19", "D24", "D31")
FIRST_PROHIBITIONS = ("P1", "P2", "P3", "P7", "P9")


def failures(case: ReplayCase, *, law: Law) -> list[tuple[str, str | None]]:
    return [(v.expectation.id, v.failure) for v in verdicts(case, law=law) if not v.holds]


@pytest.mark.parametrize("path", [*CASES, *STORIES], ids=lambda path: path.stem)
def test_everything_that_the_case_asks_for_is_reported_and_nothing_that_it_forbids(path: Path) -> None:
    case = read_replay(path)
    assert case.expectations
    assert failures(case, law=law_of(case.country)) == []


@pytest.mark.parametrize("country", ["coe", "eu", "gb", "dk", "ee", "fi"])
def test_the_first_duties_and_prohibitions_stand_in_every_pack(country: str) -> None:
    law = law_of(country)
    assert set(FIRST_DUTIES) - {rule.code for rule in law.duties} == set()
    assert set(FIRST_PROHIBITIONS) - {rule.code for rule in law.prohibitions} == set()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_rule_that_is_taken_away_is_missed_by_the_case_that_needs_it(path: Path) -> None:
    case = read_replay(path)
    bare = replace(law_of(case.country), duties=(), prohibitions=())
    asked = {e.id for e in case.expectations if e.code is not None}
    assert {id_ for id_, _ in failures(case, law=bare)} >= asked


@pytest.mark.parametrize("number", ["8.3", "8.4", "8.6"])
def test_who_knew_and_when_changes_the_answer(number: str) -> None:
    case = read_replay(packs_folder() / "base" / "cases" / f"{number}.yaml")
    hidden = [e for e in case.expectations if _hides(e)]
    assert any(e.by for e in hidden)
    assert any(e.known_as_of for e in hidden)
    all_known = replace(case, expectations=tuple(replace(e, by=None, known_as_of=None) for e in hidden))
    still_hidden = {v.expectation.id for v in verdicts(all_known, law=law_of(case.country)) if v.holds}
    assert still_hidden == set()


def _hides(expectation: Expectation) -> bool:
    """Whether it says that with this knowledge something is not seen."""
    limited = expectation.by is not None or expectation.known_as_of is not None
    return limited and (expectation.never is not None or expectation.value == ("false",))


def test_no_case_mixes_what_one_agency_knew_into_the_answer_for_another() -> None:
    case = read_replay(packs_folder() / "base" / "cases" / "8.3.yaml")
    told = tuple(_told_to_the_council(case))
    asked = tuple(e for e in case.expectations if e.id == "E8.3-34")
    assert [e.by for e in asked] == ["waltham_forest"]
    assert failures(replace(case, expectations=asked), law=law_of("gb")) == []
    assert failures(replace(case, facts=told, expectations=asked), law=law_of("gb")) == [
        ("E8.3-34", "D56 is reported")
    ]


def _told_to_the_council(case: ReplayCase) -> Iterator[Fact]:
    for fact in case.facts:
        if fact.id == "samaritans":
            learnt = replace(fact.learnt[0], agency=AgencyId("waltham_forest"))
            yield replace(fact, learnt=(*fact.learnt, learnt))
        else:
            yield fact


def test_every_duty_of_the_base_pack_has_a_basis_that_binds_denmark_too() -> None:
    without = {rule.code for rule in law_of("coe").duties if not rule.basis("DK", ON)}
    assert without == set()


def test_no_number_is_shown_as_law_that_nobody_has_read() -> None:
    limits = {limit.code: limit.is_law("EE", ON) for limit in law_of("ee").limits}
    assert limits == {
        "action_plan_reviewed_within": False,
        "first_court_continues": True,
        "jurisdiction_accepted": True,
        "measures_for_located_child": True,
        "order_executed": True,
        "order_recognised": True,
        "placement_answered": True,
        "recovery_and_reflection": True,
        "report_answered": True,
        "representative_after_application": True,
        "return_application_acknowledged": True,
        "return_application_decided": True,
        "school_after_lodging": False,
        "transfer_answered": False,
    }
