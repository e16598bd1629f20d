"""Who takes part, by programs: let in on a legal basis, sent away once, never without somebody who leads."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse

from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.api.conftest import Program, problem, program_of, told
from tests.web.api.test_act import act
from tests.web.desk.test_what_is_open import joined

BASIS = "Child Protection Act 31"
NOWHERE = "00000000-0000-4000-8000-000000000000"


def people(program: Program, number: str) -> Any:
    return told(program.get(f"/records/{number}/people", Purpose.PROTECT))


def let_in(
    program: Program, number: str, agency: str, relation: str = "team", basis: str = BASIS, **headers: str
) -> HttpResponse:
    body = {"agency": agency, "relation": relation, "basis": basis}
    return program.post(f"/records/{number}/people", Purpose.PROTECT, body, **headers)


def sent_away(program: Program, number: str, part: str, **headers: str) -> HttpResponse:
    return program.post(f"/records/{number}/people/{part}/end", Purpose.PROTECT, {}, **headers)


def part_of(program: Program, number: str, other: Program) -> str:
    (part,) = [one["id"] for one in people(program, number)["parts"] if one["agency"] == other.staff.agency]
    return str(part)


def lead(program: Program, number: str, person: str, **headers: str) -> HttpResponse:
    return program.post(f"/records/{number}/lead", Purpose.PROTECT, {"person": person}, **headers)


def test_an_agency_is_let_in_and_sent_away(carlas: Program, dmitris: Program, aino: str):
    path = f"/records/{aino}"
    assert dmitris.get(path, Purpose.PROTECT).status_code == 404
    told(let_in(carlas, aino, dmitris.staff.agency), 201)
    part = next(one for one in people(carlas, aino)["parts"] if one["agency"] == dmitris.staff.agency)
    assert (part["relation"], part["basis"], part["role"]) == ("team", "ChildProtectionAct 31", "police")
    assert dmitris.get(path, Purpose.PROTECT).status_code == 200
    told(sent_away(carlas, aino, part["id"]), 201)
    assert dmitris.get(path, Purpose.PROTECT).status_code == 404
    assert part["id"] not in [one["id"] for one in people(carlas, aino)["parts"]]
    assert [entry[:3] for entry in carlas.journal() if entry[0] == "write"] == [
        ("write", "agency_let_in", "protect"),
        ("write", "part_ended", "protect"),
    ]


def test_the_same_request_does_not_let_in_whom_somebody_has_sent_away_since(
    carlas: Program, dmitris: Program, aino: str
):
    key = {"Idempotency-Key": str(uuid4())}
    assert told(let_in(carlas, aino, dmitris.staff.agency, **key), 201) == {"number": aino, "again": False}
    assert told(let_in(carlas, aino, dmitris.staff.agency, **key)) == {"number": aino, "again": True}
    part = part_of(carlas, aino, dmitris)
    assert not told(sent_away(carlas, aino, part), 201)["again"]
    assert told(sent_away(carlas, aino, part))["again"]
    assert told(let_in(carlas, aino, dmitris.staff.agency, **key))["again"]
    assert dmitris.get(f"/records/{aino}", Purpose.PROTECT).status_code == 404
    told(let_in(carlas, aino, dmitris.staff.agency), 201)
    assert dmitris.get(f"/records/{aino}", Purpose.PROTECT).status_code == 200
    other = problem(let_in(carlas, aino, dmitris.staff.agency, "referred", **key))
    assert (other["status"], other["code"]) == (422, "key_used")


def test_who_is_let_in_is_there_and_on_a_basis(carlas: Program, dmitris: Program, aino: str):
    before = people(carlas, aino)["parts"]
    codes = [
        problem(let_in(carlas, aino, NOWHERE))["code"],
        problem(let_in(carlas, aino, dmitris.staff.agency, basis="because, well; he asked"))["code"],
        problem(let_in(carlas, aino, dmitris.staff.agency, relation="adverse"))["code"],
        problem(sent_away(carlas, aino, NOWHERE))["code"],
    ]
    assert codes == ["no_such_agency", "basis_not_read", "not_valid", "no_such_part"]
    assert people(carlas, aino)["parts"] == before


def test_who_leads_is_named_and_the_last_one_stays(carlas: Program, aino: str):
    key = {"Idempotency-Key": str(uuid4())}
    person = carlas.staff.person
    assert person in [one["id"] for one in people(carlas, aino)["staff"]]
    first = told(lead(carlas, aino, person, **key), 201)
    assert first["facts"][0]["type"] == "case_lead_named"
    (leading,) = [one for one in people(carlas, aino)["parts"] if one["relation"] == "case_lead"]
    assert leading["person"] == person
    said = problem(sent_away(carlas, aino, leading["id"]))
    assert (said["status"], said["code"]) == (409, "last_case_lead")
    again = told(lead(carlas, aino, person, **key))
    assert (again["again"], again["facts"]) == (True, first["facts"])
    assert problem(lead(carlas, aino, NOWHERE))["code"] == "no_such_person"


def test_who_may_not_decide_who_takes_part_is_refused(
    database: TestDatabase, carlas: Program, dmitris: Program, aino: str
):
    school = program_of(database, joined(carlas.staff, aino, Role.SCHOOL))
    seen = people(school, aino)
    assert (seen["may_let"], seen["may_lead"], seen["agencies"], seen["staff"]) == (False, False, [], [])
    for answer in (
        let_in(school, aino, dmitris.staff.agency),
        sent_away(school, aino, seen["parts"][0]["id"]),
        sent_away(school, aino, NOWHERE),
        lead(school, aino, school.staff.person),
    ):
        assert answer.status_code == 403
    assert [entry[0] for entry in school.journal()].count("refusal") == 4


def test_who_is_around_the_child_is_told_where_that_part_is_open(
    database: TestDatabase, carlas: Program, aino: str
):
    named = {"type": "person_recorded", "values": {"relation": "aunt_or_uncle", "name": "Bo Q."}}
    saved = told(act(carlas, aino, named), 201)
    school = program_of(database, joined(carlas.staff, aino, Role.SCHOOL))
    aunt = saved["facts"][0]["subject"]
    assert (aunt, "aunt_or_uncle") in [(one["id"], one["relation"]) for one in people(carlas, aino)["around"]]
    assert people(school, aino)["around"] == []


def test_who_stands_at_the_childs_side_is_told(carlas: Program, aino: str):
    told(act(carlas, aino, {"type": "guardian_appointed", "values": {"capacity": "guardian"}}), 201)
    assert "guardian" in [one["kind"] for one in people(carlas, aino)["at_side"]]


def test_eva_learns_of_nobody_and_changes_nothing(
    evas: Program, carlas: Program, dmitris: Program, aino: str
):
    before = people(carlas, aino)["parts"]
    part = before[0]["id"]
    for ask in (
        lambda number: evas.get(f"/records/{number}/people", Purpose.PROTECT),
        lambda number: let_in(evas, number, evas.staff.agency),
        lambda number: sent_away(evas, number, part),
        lambda number: lead(evas, number, evas.staff.person),
    ):
        there, absent = ask(aino), ask("0000-0000")
        assert there.status_code in (403, 404)
        assert (there.status_code, there.content) == (absent.status_code, absent.content)
    assert people(carlas, aino)["parts"] == before
