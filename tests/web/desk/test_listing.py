"""The list of records: only one's own, at the same cost for one and for three, and journalled."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.role import Role
from encircle.web.desk.listing import page_asked
from tests.database import TestDatabase
from tests.records.world import Actor
from tests.web.reading import read
from tests.web.world import Staff, journal_of, load, make_staff, numbers_seen


def test_an_agency_sees_its_own_records_and_no_others(
    aino: str, carla: Staff, eva: Staff, as_staff: Callable[[Staff], Client]
):
    seen = as_staff(carla).get("/records/")
    assert aino in read(seen.content).text
    other = read(as_staff(eva).get("/records/").content)
    assert aino not in other.text
    assert "Your agency takes part in no record." in other.text


def test_three_records_cost_as_many_queries_as_one(
    database: TestDatabase, aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    client.get("/records/")
    with CaptureQueriesContext(connection) as one:
        client.get("/records/")
    load(database, "8.1", seen_by=carla)
    assert len(numbers_seen(carla)) == 3
    with CaptureQueriesContext(connection) as three:
        client.get("/records/")
    assert len(three) == len(one)


def test_a_look_at_the_list_is_journalled(aino: str, carla: Staff, as_staff: Callable[[Staff], Client]):
    as_staff(carla).get("/records/")
    assert journal_of(carla) == [("look", "listed", "work_list", "M", False)]


def test_the_page_is_well_formed(aino: str, carla: Staff, eva: Staff, as_staff: Callable[[Staff], Client]):
    for staff in (carla, eva):
        page = read(as_staff(staff).get("/records/").content)
        assert (page.problems, page.count("h1"), page.landmarks) == ([], 1, page.landmarks)
        assert {"header", "main", "footer", "nav"} <= set(page.landmarks)


def test_a_page_beyond_the_last_one_says_so(carla: Staff, as_staff: Callable[[Staff], Client]):
    assert "No records on this page" in read(as_staff(carla).get("/records/?page=7").content).text


@pytest.mark.parametrize(
    ("text", "page"),
    [("", 1), ("3", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("99999", 1), ("1" * 5000, 1)],
)
def test_a_page_number_that_cannot_be_read_is_the_first_page(text: str, page: int):
    assert page_asked(text) == page


def test_the_list_is_sifted_by_status_alarms_and_order(
    database: TestDatabase, aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    load(database, "8.1", seen_by=carla)
    client = as_staff(carla)

    def listed(query: str) -> list[str]:
        page = read(client.get(f"/records/?{query}").content)
        assert page.problems == []
        return [number for number in numbers_seen(carla) if number in page.text]

    with Actor(carla.person, carla.agency).at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT number, protection FROM situation_row JOIN root ON root.id = root_id")
        statuses = dict(cursor.fetchall())
        cursor.execute("SELECT number FROM root ORDER BY made_at DESC, id")
        in_time = [number for (number,) in cursor.fetchall()]
        cursor.execute(
            "SELECT DISTINCT number FROM alarm_row JOIN root ON root.id = root_id WHERE state = 'raised'"
        )
        alarmed = {number for (number,) in cursor.fetchall()}
    newest = read(client.get("/records/?sort=newest").content).text
    assert sorted(in_time, key=newest.find) == in_time
    assert len(in_time) == 3
    for status in set(filter(None, statuses.values())):
        assert listed(f"status={status}") == [one for one in numbers_seen(carla) if statuses[one] == status]
    assert listed("alarms=raised") == [one for one in numbers_seen(carla) if one in alarmed]
    assert listed("status=died") == []
    assert "No record is like this" in read(client.get("/records/?status=died").content).text


@pytest.mark.parametrize("query", ["status='", "status=%00", "region=zz", "sort=x", "alarms=1"])
def test_what_cannot_be_read_of_the_sieve_counts_as_not_asked(
    query: str, aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    assert aino in read(as_staff(carla).get(f"/records/?{query}").content).text


@pytest.mark.parametrize("query", ["status=concern", "alarms=raised", "sort=newest", ""])
def test_a_sifted_list_shows_an_agency_nothing_of_others(
    query: str, aino: str, eva: Staff, as_staff: Callable[[Staff], Client]
):
    assert aino not in read(as_staff(eva).get(f"/records/?{query}").content).text


def test_what_was_opened_last_comes_first_where_that_is_asked(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client], database: TestDatabase
):
    earlier = load(database, "8.1", seen_by=carla)
    newest = read(as_staff(carla).get("/records/?sort=newest").content).text
    assert newest.index(aino) < newest.index(earlier)
    assert earlier in read(as_staff(carla).get("/records/").content).text


def test_by_a_status_that_is_closed_to_the_role_nothing_is_sifted(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    school = make_staff("school", Role.SCHOOL)
    with Actor(carla.person, carla.agency).at_work():
        root = root_numbered(aino)
        assert root is not None
        add_member(root.id, school.agency, relation="team")
    client = as_staff(school)
    for query in ("status=died", "alarms=raised", ""):
        page = client.get(f"/records/?{query}")
        assert aino in read(page.content).text
        assert 'name="status"' not in page.content.decode()
    assert 'name="status"' in as_staff(carla).get("/records/").content.decode()
