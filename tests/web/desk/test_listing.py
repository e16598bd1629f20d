"""The list of records: only one's own, at the same cost for one and for three, and journalled."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from encircle.web.desk.listing import page_asked
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, journal_of, load, numbers_seen


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
