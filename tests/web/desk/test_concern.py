"""Report a concern: short, in the words in which it was said; it reaches those who decide, and nobody else."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from encircle.records import facts as rows
from encircle.vocabulary.facts.concern import ConcernRegistered
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.records.world import Actor
from tests.web.reading import read
from tests.web.world import Staff, make_staff, numbers_seen

AsStaff = Callable[[Staff], Client]
WORDS = "The adult answered every question for the child."


@pytest.fixture
def rosa(database: TestDatabase) -> Staff:
    return make_staff("rosa", Role.SCHOOL)


def told(carla: Staff, client: Client) -> dict[str, str]:
    token = re.search(r'name="token" value="([^"]+)"', client.get("/concerns/new/").content.decode())
    assert token is not None
    return {
        "token": token[1],
        "danger_now": "unknown",
        "text": WORDS,
        "certainty": "observed",
        "exact_words": "I want to go home.",
        "signs-0": "IND-G20",
        "signs_known": "inferred",
        "recipient": carla.agency,
    }


def test_a_concern_reaches_those_who_decide_and_nobody_else(
    rosa: Staff, carla: Staff, eva: Staff, as_staff: AsStaff
):
    client = as_staff(rosa)
    answer = client.post("/concerns/new/", told(carla, client))
    (number,) = numbers_seen(rosa)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/concerns/{number}/")
    assert numbers_seen(carla) == [number]
    assert numbers_seen(eva) == []
    said = read(client.get(f"/concerns/{number}/").content)
    assert "The agency of carla" in said.text
    assert said.problems == []
    assert as_staff(eva).get(f"/concerns/{number}/").status_code == 404


def test_what_was_said_stands_on_record_word_by_word(rosa: Staff, carla: Staff, as_staff: AsStaff):
    client = as_staff(rosa)
    client.post("/concerns/new/", told(carla, client))
    with Actor(carla.person, carla.agency).at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT id::text FROM root")
        facts = rows.facts_of(RootId(cursor.fetchone()[0]))
    assert [(fact.type, fact.certainty.value) for fact in facts] == [
        ("concern_registered", "observed"),
        ("indicator_noted", "inferred"),
        ("concern_acknowledged", "observed"),
    ]
    registered = facts[0].payload
    assert isinstance(registered, ConcernRegistered)
    assert (registered.text, registered.exact_words) == (WORDS, "I want to go home.")


def test_the_same_form_sent_twice_is_one_concern(rosa: Staff, carla: Staff, as_staff: AsStaff):
    client = as_staff(rosa)
    form = told(carla, client)
    first, second = (client.post("/concerns/new/", form).headers["Location"] for _ in range(2))
    assert first == second
    assert len(numbers_seen(rosa)) == 1


def test_what_was_typed_stays_beside_the_problem(rosa: Staff, carla: Staff, as_staff: AsStaff):
    client = as_staff(rosa)
    answer = client.post("/concerns/new/", {**told(carla, client), "danger_now": "", "happened": "soon"})
    page = read(answer.content)
    assert answer.status_code == 422
    assert WORDS in page.text
    assert "Choose one. Not known is an answer." in page.text
    answer = client.post("/concerns/new/", {**told(carla, client), "happened": "soon"})
    assert (answer.status_code, numbers_seen(rosa)) == (422, [])
    assert "This cannot be right. Look at it again." in read(answer.content).text


def test_a_concern_goes_only_to_an_agency_that_takes_concerns(
    rosa: Staff, carla: Staff, eva: Staff, as_staff: AsStaff
):
    client = as_staff(rosa)
    answer = client.post("/concerns/new/", {**told(carla, client), "recipient": eva.agency})
    assert (answer.status_code, numbers_seen(eva)) == (422, [])


def test_who_states_nothing_is_told_why(database: TestDatabase, as_staff: AsStaff):
    interpreter = make_staff("ivo", Role.INTERPRETER)
    assert as_staff(interpreter).get("/concerns/new/").status_code == 403
    assert "Report a concern" not in read(as_staff(interpreter).get("/").content).text


def test_the_way_to_the_form_stands_on_ones_work(rosa: Staff, as_staff: AsStaff):
    assert "Report a concern about a child" in read(as_staff(rosa).get("/").content).text
