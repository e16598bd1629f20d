"""A program reads that emergencies took place and what is opened to whom; begun, opened and ended is that by people alone."""

from typing import Any
from uuid import uuid4

import pytest

from encircle.actions.by_person import NeedsPerson
from encircle.actions.context import Who, at_work
from encircle.actions.emergency import Found, close_emergency, open_in_emergency, review_emergency
from encircle.actions.opened import end_opened_part, open_part_to
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.api.conftest import Program, problem, program_of, told
from tests.web.desk.test_emergency import led_by
from tests.web.world import Staff, colleague_of, make_staff

WHY = "The child stands at the counter, alone, and needs help before the morning."
FOUND = "I called her at once: the child was brought to the shelter."
NEEDED = "To send a teacher there."


@pytest.fixture
def dmitri() -> Staff:
    return make_staff("dmitri", Role.GENERAL_POLICE)


@pytest.fixture
def rosa() -> Staff:
    return make_staff("rosa", Role.SCHOOL)


@pytest.fixture
def aino(database: TestDatabase, carla: Staff, rosa: Staff) -> str:
    number = led_by(carla)
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, rosa.agency, relation=Relation.TEAM)
    return number


@pytest.fixture
def lenas(database: TestDatabase, aino: str, carla: Staff) -> Program:
    """Of a lawyer who takes part: comes to see who has looked, and leads nothing."""
    lena = make_staff("lena", Role.LAWYER)
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(aino)
        assert root is not None
        add_member(root.id, lena.agency, relation=Relation.TEAM)
    return program_of(database, lena)


@pytest.fixture
def rosas(database: TestDatabase, rosa: Staff) -> Program:
    return program_of(database, rosa)


def opened_by(dmitri: Staff, number: str) -> None:
    open_in_emergency(dmitri.who, number, reason=WHY, token=str(uuid4()))


def decided_by(carla: Staff, number: str, rosa: Staff) -> None:
    open_part_to(
        carla.who,
        number,
        rosa.agency,
        FieldGroup.LOCATION,
        days=30,
        basis="Child Protection Act 31",
        reason=NEEDED,
        token=str(uuid4()),
    )


def emergencies(program: Program, number: str = "") -> Any:
    if number:
        return told(program.get(f"/records/{number}/emergencies", Purpose.PROTECT))["emergencies"]
    return told(program.get("/emergencies", Purpose.ACCOUNT_FOR))["emergencies"]


def as_program(staff: Staff) -> Who:
    return Who(f"token:{uuid4()}", staff.agency, staff.role, only=frozenset(FieldGroup))


def test_an_emergency_is_read_by_those_who_lead_the_record_and_by_nobody_else(
    database: TestDatabase, carlas: Program, rosas: Program, lenas: Program, aino: str, dmitri: Staff
):
    assert emergencies(carlas) == emergencies(carlas, aino) == []
    opened_by(dmitri, aino)
    (listed,), (one,) = emergencies(carlas), emergencies(carlas, aino)
    assert {name: one[name] for name in one if name not in ("id", "began_at", "until", "review_by")} == {
        "agency": dmitri.agency,
        "agency_name": "The agency of dmitri",
        "role": "general_police",
        "runs": True,
        "found": None,
        "reviewed_at": None,
        "reason": WHY,
        "review": None,
    }
    assert listed == {"number": aino, **{name: one[name] for name in one if name not in ("reason", "review")}}
    assert dmitri.person not in str((listed, one))
    assert [entry[:3] for entry in carlas.journal()[-2:]] == [
        ("look", "emergencies_listed", "account_for"),
        ("look", "emergencies", "protect"),
    ]
    assert told(rosas.get(f"/records/{aino}/emergencies", Purpose.PROTECT))["is_told"] is False
    assert emergencies(rosas, aino) == []
    assert rosas.get("/emergencies", Purpose.ACCOUNT_FOR).status_code == 403
    assert emergencies(lenas) == emergencies(lenas, aino) == []
    elsewhere = program_of(database, make_staff("eva", Role.CHILD_PROTECTION_SERVICE))
    assert emergencies(elsewhere) == []


def test_what_a_second_person_found_of_it_is_read_too(
    carlas: Program, carla: Staff, aino: str, dmitri: Staff
):
    opened_by(dmitri, aino)
    (one,) = emergencies(carlas)
    review_emergency(colleague_of(carla).who, aino, one["id"], found=Found.NEEDED, words=FOUND)
    (after,) = emergencies(carlas, aino)
    assert (after["found"], after["review"], after["reviewed_at"] is None) == ("needed", FOUND, False)
    assert [one["found"] for one in emergencies(carlas)] == ["needed"]


def test_a_program_of_who_opened_it_learns_nothing_of_it(
    database: TestDatabase, aino: str, dmitri: Staff, carlas: Program
):
    opened_by(dmitri, aino)
    program = program_of(database, dmitri)
    answer = program.get(f"/records/{aino}/emergencies", Purpose.PROTECT)
    assert (answer.status_code, answer.content) == (
        404,
        program.get("/records/0000-0000/emergencies", Purpose.PROTECT).content,
    )
    assert len(emergencies(carlas)) == 1


def test_what_is_opened_to_whom_until_when_is_read_by_who_takes_part(
    carlas: Program, rosas: Program, carla: Staff, rosa: Staff, aino: str
):
    address = f"/records/{aino}/people/opened"
    assert told(rosas.get(address, Purpose.PROTECT)) == {"number": aino, "parts": []}
    decided_by(carla, aino, rosa)
    (one,) = told(rosas.get(address, Purpose.PROTECT))["parts"]
    assert {name: one[name] for name in one if name not in ("id", "since", "until")} == {
        "agency": rosa.agency,
        "agency_name": "The agency of rosa",
        "group": "L",
        "words": True,
        "basis": "ChildProtectionAct 31",
        "runs": True,
        "by_agency": "The agency of carla",
        "agreement": None,
        "onward": None,
        "reason": NEEDED,
    }
    assert told(carlas.get(address, Purpose.PROTECT))["parts"] == [one]
    assert rosas.journal()[-1][:3] == ("look", "opened_parts", "protect")


def test_who_takes_no_part_reads_the_same_of_a_record_that_is_not_there(
    evas: Program, carla: Staff, rosa: Staff, aino: str, dmitri: Staff
):
    opened_by(dmitri, aino)
    decided_by(carla, aino, rosa)
    for path in ("emergencies", "people/opened"):
        for ask in (
            lambda at: evas.get(at, Purpose.PROTECT),
            lambda at: evas.post(at, Purpose.PROTECT, {}),
        ):
            hidden, absent = ask(f"/records/{aino}/{path}"), ask(f"/records/0000-0000/{path}")
            assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_a_token_without_the_minimum_reads_no_reason(
    database: TestDatabase, carla: Staff, rosa: Staff, aino: str, dmitri: Staff
):
    opened_by(dmitri, aino)
    decided_by(carla, aino, rosa)
    narrow = program_of(database, carla, groups=[FieldGroup.LOCATION])
    (one,) = emergencies(narrow, aino)
    (part,) = told(narrow.get(f"/records/{aino}/people/opened", Purpose.PROTECT))["parts"]
    assert (one["reason"], part["reason"], one["role"], part["group"]) == (
        None,
        None,
        "general_police",
        "L",
    )


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/emergencies", "/emergency/"),
        ("/records/{aino}/emergencies", "/records/{aino}/emergencies/"),
        ("/records/{aino}/people/opened", "/records/{aino}/people/opened/"),
    ],
)
def test_a_program_that_tries_is_told_that_a_person_does_it_and_where(
    carlas: Program, aino: str, path: str, page: str
):
    body = {"number": aino, "reason": WHY}
    said = problem(carlas.post(path.format(aino=aino), Purpose.PROTECT, body))
    assert said == {
        "type": "/api/v1/#needs_person",
        "title": "This needs a person",
        "status": 403,
        "code": "needs_person",
        "detail": "No program does this: a person weighs it, does it under their own name, and answers for it.",
        "instead": "Tell somebody of your agency, who signs in and does it on the page.",
        "page": page.format(aino=aino),
    }
    assert carlas.journal()[-1] == ("refusal", "needs_person", "protect", "", False)


def test_the_acts_themselves_refuse_a_program_whatever_its_role_may(
    carla: Staff, rosa: Staff, dmitri: Staff, aino: str, carlas: Program
):
    opened_by(dmitri, aino)
    decided_by(carla, aino, rosa)
    (emergency,) = emergencies(carlas)
    (part,) = told(carlas.get(f"/records/{aino}/people/opened", Purpose.PROTECT))["parts"]
    program = as_program(carla)
    for tried in (
        lambda: open_in_emergency(as_program(dmitri), aino, reason=WHY, token=str(uuid4())),
        lambda: close_emergency(program, aino, emergency["id"]),
        lambda: review_emergency(program, aino, emergency["id"], found=Found.NEEDED, words=FOUND),
        lambda: open_part_to(
            program,
            aino,
            rosa.agency,
            FieldGroup.LOCATION,
            days=7,
            basis="Act 1",
            reason=WHY,
            token=str(uuid4()),
        ),
        lambda: end_opened_part(program, aino, part["id"]),
    ):
        with pytest.raises(NeedsPerson):
            tried()
    assert len(emergencies(carlas)) == 1
    assert told(carlas.get(f"/records/{aino}/people/opened", Purpose.PROTECT))["parts"] == [part]
