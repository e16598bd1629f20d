"""Requests abroad by programs: what became of them is said once and in its time, as on the page of the request."""

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

FINLAND = {"instrument": "brussels_iib", "request_kind": "situation_report", "to_country": "FI"}
NOWHERE = "00000000-0000-4000-8000-000000000000"
ANSWERED = {"answer": "information"}


def done(program: Program, number: str, way: str, body: dict[str, Any], **headers: str) -> HttpResponse:
    return program.post(f"/records/{number}/{way}", Purpose.CROSS_BORDER, body, **headers)


def requests(program: Program, number: str) -> dict[str, str]:
    """Each request and where it stands."""
    found = told(program.get(f"/records/{number}/requests", Purpose.CROSS_BORDER))["requests"]
    return {one["id"]: one["state"] for one in found}


@pytest.fixture
def sent(carlas: Program, aino: str) -> str:
    """A request to Finland that has gone."""
    return str(
        told(act(carlas, aino, {"type": "request_sent", "values": FINLAND}), 201)["facts"][0]["subject"]
    )


@pytest.fixture
def prepared(carlas: Program, aino: str) -> str:
    """A request to Latvia that has not gone yet."""
    asked = {"need": "situation_report", "to_country": "LV", "contents": ["identity"]}
    found = told(carlas.post(f"/records/{aino}/requests/check", Purpose.CROSS_BORDER, asked))
    asked["channel"] = found["channels"][0]["code"]
    return str(told(done(carlas, aino, "requests", asked), 201)["facts"][0]["subject"])


def test_a_request_arrives_is_late_and_is_answered(carlas: Program, aino: str, sent: str):
    told(done(carlas, aino, f"requests/{sent}/acknowledged", {}), 201)
    twice = problem(done(carlas, aino, f"requests/{sent}/acknowledged", {}))
    assert (twice["status"], twice["code"]) == (409, "request_not_open")
    told(done(carlas, aino, f"requests/{sent}/delayed", {"reasons": "The court is closed."}), 201)
    told(done(carlas, aino, f"requests/{sent}/answered", ANSWERED), 201)
    assert requests(carlas, aino)[sent] == "answered"
    over = problem(done(carlas, aino, f"requests/{sent}/delayed", {"reasons": "Again."}))
    assert (over["status"], over["code"]) == (409, "request_not_open")


def test_a_request_that_has_not_gone_has_no_answer(carlas: Program, aino: str, prepared: str):
    said = problem(done(carlas, aino, f"requests/{prepared}/answered", ANSWERED))
    assert (said["status"], said["code"]) == (409, "request_not_open")


def test_what_has_gone_already_is_recorded_once(carlas: Program, aino: str, prepared: str):
    gone, key = {"happened": "2026-11-20"}, {"Idempotency-Key": str(uuid4())}
    first = told(done(carlas, aino, f"requests/{prepared}/gone", gone, **key), 201)
    assert told(done(carlas, aino, f"requests/{prepared}/gone", gone, **key))["facts"] == first["facts"]
    for way, body in (("gone", gone), ("send", {})):
        said = problem(done(carlas, aino, f"requests/{prepared}/{way}", body))
        assert (said["status"], said["code"]) == (409, "request_sent")
    assert requests(carlas, aino)[prepared] != "prepared"


def test_a_request_of_another_country_is_registered_and_answered_not_sent(carlas: Program, aino: str):
    came = {"from_country": "FI", "need": "situation_report"}
    request = told(done(carlas, aino, "requests/received", came), 201)["facts"][0]["subject"]
    said = problem(done(carlas, aino, f"requests/{request}/send", {}))
    assert (said["status"], said["code"]) == (409, "request_sent")
    told(done(carlas, aino, f"requests/{request}/answered", ANSWERED), 201)
    unknown = problem(done(carlas, aino, "requests/received", {**came, "need": "gossip"}))
    assert (unknown["status"], unknown["code"]) == (422, "no_such_need")


def test_a_contact_that_should_not_have_been_made_is_recorded_and_alarms(carlas: Program, aino: str):
    flag = {"scope": ["everybody_there"], "because": "asylum", "country": "VN"}
    told(done(carlas, aino, "flags", flag), 201)
    contact = {"contact_kind": "consular_check", "country": "VN", "with_authority": True, "child_named": True}
    saved = told(done(carlas, aino, "contacts", contact), 201)
    assert "P2" in [code.partition("-")[0] for code in saved["alarms"]]


@pytest.mark.parametrize(
    ("way", "body"),
    [("acknowledged", {}), ("delayed", {"reasons": "The court is closed."}), ("answered", ANSWERED)],
)
def test_the_same_request_is_saved_once_and_answered_again(
    carlas: Program, aino: str, sent: str, way: str, body: dict[str, Any]
):
    key = {"Idempotency-Key": str(uuid4())}
    first = told(done(carlas, aino, f"requests/{sent}/{way}", body, **key), 201)
    again = told(done(carlas, aino, f"requests/{sent}/{way}", body, **key))
    assert (again["again"], again["facts"]) == (True, first["facts"])
    other = problem(done(carlas, aino, f"requests/{sent}/{way}", {**body, "happened": "2026-11-20"}, **key))
    assert (other["status"], other["code"]) == (422, "key_used")


@pytest.mark.parametrize("role", [Role.CENTRAL_AUTHORITY, Role.FOCAL_POINT])
def test_a_flagged_request_is_answered_as_one_that_was_never_there(
    role: Role, database: TestDatabase, carlas: Program, aino: str, sent: str, prepared: str
):
    for country in ("FI", "LV"):
        flag = {"scope": ["country"], "because": "risk_to_child", "country": country}
        told(done(carlas, aino, "flags", flag), 201)
    program = program_of(database, joined(carlas.staff, aino, role))
    assert requests(program, aino) == {}
    for way, body in (
        ("acknowledged", {}),
        ("delayed", {"reasons": "The court is closed."}),
        ("answered", ANSWERED),
        ("gone", {"happened": "2026-11-20"}),
        ("send", {}),
    ):
        flagged = [done(program, aino, f"requests/{one}/{way}", body) for one in (sent, prepared)]
        nothing = done(program, aino, f"requests/{NOWHERE}/{way}", body)
        assert [answer.status_code for answer in (*flagged, nothing)] == [404, 404, 404]
        assert {answer.content for answer in flagged} == {nothing.content}


def test_who_takes_no_part_finds_no_request(database: TestDatabase, evas: Program, aino: str, sent: str):
    for way, body in ((f"requests/{sent}/answered", ANSWERED), ("requests/received", {}), ("contacts", {})):
        answers = [done(evas, number, way, body) for number in (aino, "0000-0000")]
        assert {answer.status_code for answer in answers} == {403}
        assert answers[0].content == answers[1].content
