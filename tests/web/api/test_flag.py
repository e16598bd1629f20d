"""Do not contact, by programs: set at once, lifted by a decision in writing only, and closed to whom it is closed."""

from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.api.conftest import Program, problem, program_of, told
from tests.web.api.test_act import act
from tests.web.desk.test_what_is_open import joined
from tests.web.world import make_staff

FLAG = {"scope": ["country", "family"], "because": "risk_to_child", "country": "SE"}
NOWHERE = "00000000-0000-4000-8000-000000000000"


def flags(program: Program, number: str) -> Any:
    return told(program.get(f"/records/{number}/flags", Purpose.CROSS_BORDER))


def sent(program: Program, number: str, way: str, body: dict[str, Any], **headers: str) -> HttpResponse:
    return program.post(f"/records/{number}/flags{way}", Purpose.CROSS_BORDER, body, **headers)


@pytest.fixture
def flag(carlas: Program, aino: str) -> str:
    """A flag on Aino's record: nobody in Sweden."""
    return str(told(sent(carlas, aino, "", FLAG), 201)["facts"][0]["subject"])


@pytest.fixture
def lifting(carlas: Program, aino: str) -> dict[str, Any]:
    """A best-interests decision in writing, guardian and lawyer heard."""
    saved = told(
        act(
            carlas,
            aino,
            {"type": "interests_assessed", "values": {"elements": ["views"]}, "label": "d"},
            {
                "type": "decision_made",
                "subject": "@d",
                "values": {"decision_kind": "family_contact", "in_writing": True},
            },
        ),
        201,
    )
    return {"decision": saved["facts"][0]["subject"], "guardian_heard": True, "lawyer_heard": True}


def test_a_flag_is_set_kept_and_lifted(carlas: Program, aino: str, flag: str, lifting: dict[str, Any]):
    (set_one,) = flags(carlas, aino)["flags"]
    assert set_one["stands"]
    assert [set_one[name] for name in FLAG] == list(FLAG.values())
    assert lifting["decision"] in [one["id"] for one in flags(carlas, aino)["decisions"]]
    told(sent(carlas, aino, f"/{flag}/review", {"review_due": "2099-03-01"}), 201)
    assert flags(carlas, aino)["flags"][0]["review_due"] == "2099-03-01"
    told(sent(carlas, aino, f"/{flag}/lift", lifting), 201)
    (lifted,) = flags(carlas, aino)["flags"]
    assert (lifted["id"], lifted["stands"]) == (flag, False)
    assert lifted["lifted"] is not None
    for way, body in (("review", {}), ("lift", lifting)):
        said = problem(sent(carlas, aino, f"/{flag}/{way}", body))
        assert (said["status"], said["code"]) == (409, "flag_lifted")


@pytest.mark.parametrize("lacks", ["guardian_heard", "lawyer_heard", "decision"])
def test_a_flag_stays_without_decision_guardian_or_lawyer(
    carlas: Program, aino: str, flag: str, lifting: dict[str, Any], lacks: str
):
    spoken = {"type": "decision_made", "values": {"decision_kind": "family_contact", "in_writing": False}}
    other = told(act(carlas, aino, spoken), 201)["facts"][0]["subject"]
    wrong = {**lifting, lacks: other if lacks == "decision" else False}
    said = problem(sent(carlas, aino, f"/{flag}/lift", wrong))
    assert (said["status"], said["code"]) == (409, "not_lifted")
    assert ("refusal", "not_lifted", "cross_border", "", True) in carlas.journal()
    absent = problem(sent(carlas, aino, f"/{flag}/lift", {**lifting, "decision": NOWHERE}))
    assert (absent["status"], absent["code"]) == (422, "not_taken")
    assert flags(carlas, aino)["flags"][0]["stands"]


def test_no_act_of_another_address_lifts_a_flag_either(
    carlas: Program, aino: str, flag: str, lifting: dict[str, Any]
):
    for values in ({}, {"guardian_heard": True, "lawyer_heard": True, "in_writing": True}):
        lift = {"type": "do_not_contact_lifted", "subject": flag, "values": values}
        said = problem(act(carlas, aino, lift))
        assert (said["status"], said["code"]) == (409, "not_lifted")
    assert flags(carlas, aino)["flags"][0]["stands"]
    assert ("refusal", "not_lifted", "record", "", True) in carlas.journal()
    told(act(carlas, aino, {**lift, "values": lifting}), 201)
    assert not flags(carlas, aino)["flags"][0]["stands"]


def test_the_same_request_is_saved_once_and_answered_again(
    carlas: Program, aino: str, lifting: dict[str, Any]
):
    key = {"Idempotency-Key": str(uuid4())}
    first = told(sent(carlas, aino, "", FLAG, **key), 201)
    assert told(sent(carlas, aino, "", FLAG, **key)) == {**first, "again": True, "raised": [], "met": []}
    flag = first["facts"][0]["subject"]
    lift = {"Idempotency-Key": str(uuid4())}
    told(sent(carlas, aino, f"/{flag}/lift", lifting, **lift), 201)
    assert told(sent(carlas, aino, f"/{flag}/lift", lifting, **lift))["again"]
    other = problem(sent(carlas, aino, "", {**FLAG, "country": "LV"}, **key))
    assert (other["status"], other["code"]) == (422, "key_used")
    assert len(flags(carlas, aino)["flags"]) == 1


def test_a_flag_names_a_person_of_the_record_that_is_open(database: TestDatabase, carlas: Program, aino: str):
    named = {"type": "person_recorded", "values": {"relation": "parent"}}
    person = told(act(carlas, aino, named), 201)["facts"][0]["subject"]
    about = {"scope": ["person"], "because": "risk_to_child"}
    authority = program_of(database, joined(carlas.staff, aino, Role.CENTRAL_AUTHORITY))
    guessed = [sent(authority, aino, "", {**about, "person": one}) for one in (person, NOWHERE)]
    assert [answer.status_code for answer in guessed] == [422, 422]
    assert guessed[0].content == guessed[1].content
    told(sent(carlas, aino, "", {**about, "person": person}), 201)
    assert [one["person"] for one in flags(carlas, aino)["flags"]] == [person]


def test_whom_flags_are_closed_to_finds_them_as_if_there_were_none(
    database: TestDatabase, carlas: Program, aino: str, lifting: dict[str, Any]
):
    focal = program_of(database, joined(carlas.staff, aino, Role.FOCAL_POINT))
    path = f"/records/{aino}/flags"
    before = focal.get(path, Purpose.CROSS_BORDER)
    flag = told(sent(carlas, aino, "", FLAG), 201)["facts"][0]["subject"]
    after = focal.get(path, Purpose.CROSS_BORDER)
    assert before.content == after.content
    assert told(after)["flags"] == []
    assert (told(after)["are_open"], told(after)["may_set"]) == (False, False)
    for way, body in (("review", {}), ("lift", lifting)):
        there, absent = (sent(focal, aino, f"/{one}/{way}", body) for one in (flag, NOWHERE))
        assert (there.status_code, absent.status_code) == (404, 404)
        assert there.content == absent.content
    assert sent(focal, aino, "", FLAG).status_code == 403


def test_a_school_has_no_business_with_flags(database: TestDatabase, carlas: Program, aino: str, flag: str):
    school = program_of(database, joined(carlas.staff, aino, Role.SCHOOL))
    for one in (flag, NOWHERE):
        assert problem(sent(school, aino, f"/{one}/review", {}))["code"] == "token_purpose"


def test_another_agency_finds_no_flag_and_sets_none(
    database: TestDatabase, evas: Program, carlas: Program, aino: str, flag: str
):
    other = program_of(database, make_staff("other", Role.CENTRAL_AUTHORITY))
    before = flags(carlas, aino)
    for program, status in ((other, 404), (evas, 403)):
        for there, absent in (
            [program.get(f"/records/{one}/flags", Purpose.CROSS_BORDER) for one in (aino, "0000-0000")],
            [sent(program, one, "", FLAG) for one in (aino, "0000-0000")],
            [sent(program, one, f"/{flag}/review", {}) for one in (aino, "0000-0000")],
        ):
            assert (there.status_code, absent.status_code) == (status, status)
            assert there.content == absent.content
    assert flags(carlas, aino) == before
