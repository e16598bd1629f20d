"""Changes of practice by the API: programs read them as staff do on the pages, and decide nothing."""

from datetime import timedelta

import pytest

from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.practice_world import ASSESSMENT, Two, a_number, today, two_of
from tests.database import TestDatabase
from tests.web.api.conftest import Program, problem, program_of, told
from tests.web.world import make_staff

LAW = Purpose.LAW


@pytest.fixture
def two(own_database: TestDatabase) -> Two:
    return two_of(own_database)


@pytest.fixture
def lawyers(own_database: TestDatabase, two: Two) -> Program:
    return program_of(own_database, two.lawyer)


def test_proposals_are_listed_the_newest_first_page_by_page(
    two: Two, lawyers: Program, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("encircle.actions.practice.reading.ON_A_PAGE", 2)
    for amount in range(1, 5):
        two.proposes(a_number(str(amount)))
    first, second = (told(lawyers.get(f"/practice?page={page}", LAW)) for page in (1, 2))
    assert [one["number"] for one in (*first["proposals"], *second["proposals"])] == [4, 3, 2, 1]
    assert (first["more"], second["more"]) == (True, False)
    assert told(lawyers.get("/practice?state=decided", LAW))["proposals"] == []
    assert lawyers.journal()[-1][:3] == ("look", "practice_listed", "law")


def test_one_is_told_with_its_difference_its_effect_and_what_became_of_it(two: Two, lawyers: Program):
    two.adopt(a_number())
    found = told(lawyers.get("/practice/1", LAW))
    assert (found["state"], found["effect"], found["problems"]) == ("approved", None, [])
    assert found["sets"]["amount"] == 5
    assert [(step["kind"], step["role"]) for step in found["steps"]][:1] == [("approved", "ministry")]
    assert {"code": "D03", "says": "due in numbers", "before": ""}.items() <= found["changes"][0].items()
    said = problem(lawyers.get("/practice/99", LAW))
    assert (said["status"], said["code"]) == (404, "not_there")


def test_what_holds_is_told_as_files_of_its_day(two: Two, lawyers: Program):
    assert problem(lawyers.get("/practice/files/ee", LAW))["status"] == 404
    two.adopt(a_number())
    found = told(lawyers.get("/practice/files/ee", LAW))
    assert (found["pack"], [one["path"] for one in found["files"]]) == (
        "ee-practice",
        ["packs/ee-practice/pack.yaml", "packs/ee-practice/sops/practice.yaml"],
    )
    assert f"- set: {ASSESSMENT}" in found["files"][1]["text"]
    yesterday = (today() - timedelta(days=1)).isoformat()
    assert problem(lawyers.get(f"/practice/files/ee?on={yesterday}", LAW))["status"] == 404
    assert problem(lawyers.get("/practice/files/atlantis", LAW))["status"] == 404


def test_a_program_proposes_and_decides_nothing_and_one_without_the_purpose_reads_nothing(
    own_database: TestDatabase, two: Two, lawyers: Program
):
    """A token cannot show that there were two persons."""
    two.proposes(a_number())
    assert problem(lawyers.post("/practice", LAW, {}))["status"] == 405
    assert problem(lawyers.post("/practice/1", LAW, {}))["status"] == 405
    school = program_of(own_database, make_staff("school", Role.BARNAHUS))
    said = problem(school.get("/practice/1", LAW))
    assert (said["status"], said["code"]) == (403, "token_purpose")
