"""Referrals by programs: the agency that is asked reads codes, accepts once, and reads the record from then on."""

from typing import Any
from uuid import uuid4

import pytest

from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.api.conftest import Program, problem, program_of, told
from tests.web.world import make_staff


@pytest.fixture
def noras(database: TestDatabase) -> Program:
    return program_of(database, make_staff("nora", Role.NGO))


def refer(carlas: Program, number: str, to: Program, **more: Any) -> Any:
    body = {
        "agency": to.staff.agency,
        "asked": "ngo",
        "need": "safe_place",
        "urgency": "today",
        "basis": "Child Protection Act 31",
    }
    return carlas.post(f"/records/{number}/referrals", Purpose.PROTECT, {**body, **more})


def waiting(program: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told(program.get("/referrals", Purpose.COOPERATE))["offers"]
    return found


def test_a_referral_is_weighed_accepted_and_opens_the_record(carlas: Program, noras: Program, aino: str):
    told(refer(carlas, aino, noras), 201)
    (offer,) = waiting(noras)
    assert (offer["need"], offer["urgency"], offer["giver"]) == (
        "safe_place",
        "today",
        carlas.staff.agency,
    )
    assert aino not in str(offer)
    record = f"/records/{aino}"
    assert noras.get(record, Purpose.PROTECT).status_code == 404
    accept, key = f"/referrals/{offer['id']}/accept", {"Idempotency-Key": uuid4().hex}
    assert told(noras.post(accept, Purpose.COOPERATE, {}, **key), 201) == {"number": aino}
    assert told(noras.post(accept, Purpose.COOPERATE, {}, **key), 201) == {"number": aino}
    assert noras.get(record, Purpose.PROTECT).status_code == 200
    assert waiting(noras) == []
    (made,) = told(carlas.get(f"/records/{aino}/referrals", Purpose.PROTECT))["offers"]
    assert (made["outcome"], made["waits"]) == ("accepted", False)


def test_one_that_is_declined_or_taken_back_is_as_one_that_is_not_there(
    carlas: Program, noras: Program, aino: str
):
    told(refer(carlas, aino, noras), 201)
    (offer,) = waiting(noras)
    declined = {"because": "not_our_area"}
    told(noras.post(f"/referrals/{offer['id']}/decline", Purpose.COOPERATE, declined), 201)
    for gone in (offer["id"], str(uuid4())):
        answer = noras.post(f"/referrals/{gone}/accept", Purpose.COOPERATE, {})
        assert problem(answer)["code"] == "no_such_offer"
        assert answer.status_code == 404
    told(refer(carlas, aino, noras), 201)
    (again,) = waiting(noras)
    told(carlas.post(f"/records/{aino}/referrals/{again['id']}/withdraw", Purpose.PROTECT, {}), 201)
    assert waiting(noras) == []


def test_what_cannot_be_asked_is_told_by_its_field(carlas: Program, noras: Program, aino: str):
    answer = refer(carlas, aino, noras, agency=str(uuid4()))
    assert (answer.status_code, problem(answer)["code"]) == (422, "not_to_be_asked")


def test_a_token_for_other_purposes_weighs_nothing(database: TestDatabase, noras: Program):
    narrow = program_of(database, noras.staff, purposes=[Purpose.PROTECT])
    assert narrow.get("/referrals", Purpose.COOPERATE).status_code == 403
