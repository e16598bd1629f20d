"""My work: what is due, late first, each duty with why it stands and the form that meets it; nobody else's, and no more."""

import re
from collections.abc import Callable
from datetime import UTC, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from encircle.host.clock import now
from encircle.records.roots import add_member, open_root
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.role import Role
from tests.actions.stating import state
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact
from tests.web.reading import read
from tests.web.world import Staff, journal_of, load, make_staff

AsStaff = Callable[[Staff], Client]


def a_concern(staff: Staff, *, days_ago: int) -> RootId:
    """A child with a concern of that day: in England triage has a day for the first decision on it."""
    actor = Actor(staff.person, staff.agency)
    with actor.at_work() as ctx:
        root = open_root(Kind.CHILD, ctx=ctx)
    at = (now() - timedelta(days=days_ago)).replace(second=0, microsecond=0)
    fact = a_fact(
        root,
        read_payload("concern_registered", {"channel": "telephone"}),
        by=actor,
        type_name="concern_registered",
        happened=at.strftime("%Y-%m-%dT%H:%M"),
        learnt=at.astimezone(UTC),
    )
    state(fact, who=staff.who, follows=None)
    return root


@pytest.fixture
def triage(database: TestDatabase, settings: Settings) -> Staff:
    settings.COUNTRY = "gb"
    return make_staff("hanna", Role.TRIAGE_TEAM)


def test_what_is_overdue_stands_first_with_how_late_it_is_and_the_form_that_meets_it(
    triage: Staff, as_staff: AsStaff
):
    a_concern(triage, days_ago=9)
    page = read(as_staff(triage).get("/").content)
    assert page.problems == []
    assert page.text.index("Overdue") < page.text.index("Triage of a concern")
    assert re.search(r"\d+ days late", page.text)
    assert "Why: Concern registered" in page.text
    answer = as_staff(triage).get("/").content.decode()
    assert re.search(r'href="/records/[a-z0-9-]+/record/[a-z-]+/', answer)


def test_the_filters_keep_what_they_say(triage: Staff, as_staff: AsStaff):
    first, second = a_concern(triage, days_ago=9), a_concern(triage, days_ago=8)
    numbers = [_number(root, triage) for root in (first, second)]
    client = as_staff(triage)
    whole = read(client.get("/").content).text
    assert all(number in whole for number in numbers)
    one = read(client.get(f"/?child={numbers[0]}").content).text
    assert (numbers[0] in one, numbers[1] in one) == (True, False)
    assert (
        "Overdue" not in read(client.get("/?show=unknown").content).text.partition("Nothing of this kind")[2]
    )
    led = read(client.get("/?whose=mine").content).text
    assert "Nothing of this kind waits" in led


def test_a_child_whom_one_leads_is_on_ones_own_list(triage: Staff, as_staff: AsStaff, database: TestDatabase):
    root, other = a_concern(triage, days_ago=9), a_concern(triage, days_ago=8)
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "INSERT INTO membership (id, root_id, agency_id, person_id, relation, since)"
            " VALUES (gen_random_uuid(), %s, %s, %s, 'case_lead', now())",
            (root, triage.agency, triage.person),
        )
    led = read(as_staff(triage).get("/?whose=mine").content).text
    assert (_number(root, triage) in led, _number(other, triage) in led) == (True, False)


def test_the_work_of_one_child_that_one_may_not_see_is_not_there(
    triage: Staff, eva: Staff, as_staff: AsStaff
):
    number = _number(a_concern(triage, days_ago=9), triage)
    assert as_staff(triage).get(f"/?child={number}").status_code == 200
    assert as_staff(eva).get(f"/?child={number}").status_code == 404
    assert as_staff(eva).get("/?child=zzzz-zzzz").status_code == 404


def test_who_has_nothing_to_do_is_told_so_kindly(eva: Staff, as_staff: AsStaff):
    page = read(as_staff(eva).get("/").content)
    assert "Nothing waits for you" in page.text
    assert page.problems == []
    assert "Nothing on this page" in read(as_staff(eva).get("/?page=9").content).text


def test_alarms_stand_above_all_with_the_way_to_answer(aino: str, carla: Staff, as_staff: AsStaff):
    answer = as_staff(carla).get("/").content.decode()
    page = read(answer.encode())
    if f"/records/{aino}/alarms/" in answer:
        assert page.text.index("Alarms: say what was done") < page.text.index("Why:")
    assert page.problems == []
    assert {"header", "main", "footer", "nav"} <= set(page.landmarks)


def test_an_alarm_is_shown_to_who_leads_and_not_to_a_school(
    database: TestDatabase, carla: Staff, as_staff: AsStaff
):
    number = load(database, "8.1", seen_by=carla)
    with Actor(carla.person, carla.agency).at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM alarm_row WHERE state = 'raised'")
        raised = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM root WHERE number = %s", (number,))
        root = cursor.fetchone()[0]
        school = make_staff("rosa", Role.SCHOOL)
        add_member(root, school.agency, relation="team")
    assert raised > 0
    assert "Alarms: say what was done" in read(as_staff(carla).get("/").content).text
    assert "Alarms: say what was done" not in read(as_staff(school).get("/").content).text


def test_three_children_cost_as_many_queries_as_one(triage: Staff, as_staff: AsStaff):
    client = as_staff(triage)
    a_concern(triage, days_ago=9)
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    a_concern(triage, days_ago=8)
    a_concern(triage, days_ago=7)
    with CaptureQueriesContext(connection) as three:
        client.get("/")
    assert len(three) == len(one)


def test_a_look_at_ones_work_is_journalled(triage: Staff, as_staff: AsStaff):
    a_concern(triage, days_ago=9)
    before = journal_of(triage)
    as_staff(triage).get("/")
    assert journal_of(triage)[len(before) :] == [
        ("look", "duties_listed", "work_list", "M", False),
        ("look", "actions_listed", "work_list", "", False),
    ]


def _number(root: RootId, staff: Staff) -> str:
    with Actor(staff.person, staff.agency).at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM root WHERE id = %s", (root,))
        number: str = cursor.fetchone()[0]
    return number


def test_who_leads_finds_what_is_owed_by_roles_that_nobody_here_has(
    carla: Staff, triage: Staff, as_staff: AsStaff
):
    root = a_concern(carla, days_ago=9)
    with Actor(carla.person, carla.agency).at_work():
        add_member(root, carla.agency, relation="case_lead", person=carla.person)
    words = "whoever owes it does not take part"
    found = read(as_staff(carla).get("/?whose=nobody").content)
    assert found.problems == []
    assert words in found.text
    assert "Triage of a concern" in found.text
    assert "Triage of a concern" not in read(as_staff(carla).get("/").content).text
    assert words not in read(as_staff(triage).get("/?whose=nobody").content).text
