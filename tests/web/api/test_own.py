"""Own records by the API: an agency reads and records what it owes as such; the country's is absent to others."""

import json

import pytest

from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.api.conftest import Program, program_of
from tests.web.world import make_staff


@pytest.fixture
def social(database: TestDatabase) -> Program:
    return program_of(database, make_staff("carla", Role.CHILD_PROTECTION_SERVICE))


@pytest.fixture
def coordinator(database: TestDatabase) -> Program:
    return program_of(database, make_staff("maret", Role.COORDINATOR))


def owed(program: Program, path: str, purpose: Purpose) -> dict[str, tuple[str, str]]:
    answer = program.get(path, purpose)
    assert answer.status_code == 200
    return {one["code"]: (one["scope"], one["state"]) for one in json.loads(answer.content)["duties"]}


def test_what_is_recorded_meets_the_duty_and_taken_back_opens_it(social: Program) -> None:
    assert owed(social, "/own-duties", Purpose.OWN_DUTIES)["D61"] == ("agency", "open")
    said = {"type": "contact_point_named", "values": {"reachable": "at_any_hour"}}
    saved = social.post("/own-duties", Purpose.OWN_DUTIES, said)
    assert saved.status_code == 201
    assert owed(social, "/own-duties", Purpose.OWN_DUTIES)["D61"] == ("agency", "met")
    (fact,) = json.loads(saved.content)["facts"]
    back = {
        "type": "withdrawal",
        "values": {"withdrawal_reasons": "Nobody answers"},
        "withdraws": fact["id"],
    }
    assert social.post("/own-duties", Purpose.OWN_DUTIES, back).status_code == 201
    assert owed(social, "/own-duties", Purpose.OWN_DUTIES)["D61"] == ("agency", "open")


def test_nothing_of_a_child_can_be_said_there(social: Program) -> None:
    said = {"type": "status_set", "values": {"status": "presumed_victim"}}
    assert social.post("/own-duties", Purpose.OWN_DUTIES, said).status_code == 422


def test_the_country_is_open_to_its_coordinator_alone(social: Program, coordinator: Program) -> None:
    found = owed(coordinator, "/countrys-duties", Purpose.COUNTRYS_DUTIES)
    assert found["D62"] == ("installation", "open")
    assert social.get("/countrys-duties", Purpose.COUNTRYS_DUTIES).status_code in (403, 404)
