"""What an act is told to have changed: nothing of duties and alarms that are closed to who wrote it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from encircle.actions.act import Performed, Statement, perform, writing_of
from encircle.actions.permit import permitted
from encircle.records.projection import states
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import open_record
from tests.database import TestDatabase
from tests.web.api.conftest import program_of, told
from tests.web.desk.test_record_act import post
from tests.web.desk.test_what_is_open import joined
from tests.web.reading import read
from tests.web.world import Staff

SignedIn = Callable[[Staff], Client]
AGE = {"claimed_child": True, "claimed_years": 15}
CARE = {"parental_care": "absent"}


@pytest.fixture
def aino(carla: Staff) -> str:
    """The number of a record on which nothing stands yet."""
    return open_record(carla)


def standing(staff: Staff, number: str) -> set[str]:
    """The codes of all duties and alarms that stand on the record, whoever may see them."""
    with permitted(staff.who, number, purpose=Purpose.PROTECT) as permit:
        return {
            code for (code, _), state in states(permit.root.id).items() if state not in ("not_applicable",)
        }


def told_of(done: Performed) -> set[str]:
    return {*done.met, *done.raised, *done.alarms}


def test_who_leads_is_told_all_and_a_school_only_what_it_sees(carla: Staff, aino: str):
    school = joined(carla, aino, Role.SCHOOL)
    before = standing(carla, aino)
    done = perform(school.who, aino, [Statement(type="age_claimed", values=AGE)], token=str(uuid4()))
    changed = standing(carla, aino) - before
    seen = writing_of(school.who, aino)
    opened = {row.rule.code for row in seen.duties} | {one.rule.code for one in seen.alarms}
    assert changed - opened != set(), "nothing closed changed: this test could show no leak"
    assert told_of(done) <= opened
    assert told_of(done) == changed & opened


def test_the_page_and_the_program_of_a_school_name_no_duty_that_is_closed_to_it(
    database: TestDatabase, carla: Staff, aino: str, as_staff: SignedIn
):
    other = open_record(carla)
    leads = perform(
        carla.who, other, [Statement(type="parental_care_recorded", values=CARE)], token=str(uuid4())
    )
    school = joined(carla, aino, Role.SCHOOL)
    client, address = as_staff(school), f"/records/{aino}/record/care/"
    saved = post(client, address, {"parental_care_recorded-parental_care": "absent"}, "save")
    assert saved.status_code == 302
    page = read(client.get(f"/records/{aino}/record/").content)
    body = {"statements": [{"type": "age_claimed", "values": AGE}]}
    program = program_of(database, school)
    answer = told(program.post(f"/records/{aino}/acts", Purpose.RECORD, body, **{"If-Match": "*"}), 201)
    seen = writing_of(school.who, aino)
    opened = {row.rule.code for row in seen.duties} | {one.rule.code for one in seen.alarms}
    closed = told_of(leads) - opened
    assert closed != set()
    assert not [code for code in closed if f"{code} " in page.text]
    assert {*answer["met"], *answer["raised"], *answer["alarms"]} <= opened
