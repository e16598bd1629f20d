"""Who knows a fact since when, by programs: once, never before it happened, and nothing of what is closed."""

from typing import Any

import pytest
from django.http import HttpResponse

from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.api.conftest import Program, problem, program_of, told
from tests.web.api.test_act import ABSENT, act, facts
from tests.web.desk.test_what_is_open import joined

NOWHERE = "00000000-0000-4000-8000-000000000000"
WISH = {"type": "view_heard", "values": {"about": "other", "words": "stay with her aunt"}}


@pytest.fixture
def police(database: TestDatabase, carlas: Program, aino: str) -> Program:
    return program_of(database, joined(carlas.staff, aino, Role.POLICE))


def learnt(program: Program, number: str, fact: str, **body: Any) -> HttpResponse:
    return program.post(f"/records/{number}/facts/{fact}/learnt", Purpose.RECORD, body)


def written(program: Program, number: str, statement: dict[str, Any]) -> str:
    return str(told(act(program, number, statement), 201)["facts"][0]["id"])


def knowing(program: Program, number: str, fact: str) -> list[str]:
    return [each["agency"] for one in facts(program, number) if one["id"] == fact for each in one["learnt"]]


def test_an_agency_says_once_that_it_knows_a_fact(carlas: Program, police: Program, aino: str):
    fact = written(carlas, aino, ABSENT)
    assert knowing(carlas, aino, fact) == [carlas.staff.agency]
    assert [told(learnt(police, aino, fact), status)["again"] for status in (201, 200)] == [False, True]
    assert sorted(knowing(carlas, aino, fact)) == sorted([carlas.staff.agency, police.staff.agency])
    assert ("write", "learnt", "record", "M", True) in police.journal()


def test_nobody_learnt_it_in_the_future(carlas: Program, police: Program, aino: str):
    fact = written(carlas, aino, ABSENT)
    said = problem(learnt(police, aino, fact, at="2099-01-01"))
    assert (said["status"], said["errors"][0]["code"]) == (422, "in_the_future")
    assert knowing(carlas, aino, fact) == [carlas.staff.agency]


def test_what_is_closed_is_answered_as_what_is_not_there(
    database: TestDatabase, carlas: Program, evas: Program, aino: str
):
    fact = written(carlas, aino, WISH)
    school = program_of(database, joined(carlas.staff, aino, Role.SCHOOL))
    closed, nothing = learnt(school, aino, fact), learnt(school, aino, NOWHERE)
    assert (closed.status_code, nothing.status_code) == (422, 422)
    assert closed.content == nothing.content
    others, absent = learnt(evas, aino, fact), learnt(evas, "0000-0000", fact)
    assert (others.status_code, absent.status_code) == (404, 404)
    assert others.content == absent.content
    assert knowing(carlas, aino, fact) == [carlas.staff.agency]
