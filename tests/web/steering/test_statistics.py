"""The statistics pages: published figures for everybody on staff, and no way from them to a count or a child."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from itertools import islice

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from encircle.actions.examples import load_case
from encircle.actions.statistics import release_statistics
from encircle.actions.synthetic import synthetic_cases
from encircle.core.disclosure import CATALOGUE
from encircle.vocabulary.role import Role
from encircle.web.page.spreadsheet import harmless
from encircle.web.steering.words import CODES, DIMENSIONS, TABLES, THEMES
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, loading, make_staff

CHILDREN = 8


@pytest.fixture
def school(own_database: TestDatabase) -> Staff:
    """Somebody at a school, who takes part in no record."""
    return make_staff("eva", Role.SCHOOL)


@pytest.fixture
def client(school: Staff, as_staff: Callable[[Staff], Client]) -> Client:
    return as_staff(school)


@pytest.fixture
def release(own_database: TestDatabase, school: Staff) -> str:
    """The quarter of which figures of eight children are published."""
    with loading(own_database):
        for case in islice(synthetic_cases(3), CHILDREN):
            load_case(case, seen_by=())
        made = release_statistics()
    assert made is not None
    return made.period


def figures_of(page: bytes) -> Iterator[int]:
    for cell in re.findall(r"<td>(.*?)</td>", page.decode(), re.DOTALL):
        yield 0 if "–" in cell else int(cell.replace(",", ""))


def test_without_a_release_the_page_says_how_one_is_made(client: Client):
    page = read(client.get("/statistics/").content)
    assert page.problems == []
    assert "No figures yet" in page.text
    assert "once for each quarter" in page.text
    assert client.get("/statistics/protection/").status_code == 404


def test_a_school_reads_all_tables_and_every_figure_is_a_multiple_of_five(release: str, client: Client):
    start = client.get("/statistics/")
    assert read(start.content).problems == []
    for table in CATALOGUE:
        way = f"/statistics/{table.code}/"
        assert way in start.content.decode()
        answer = client.get(way)
        page = read(answer.content)
        assert (page.problems, page.count("h1")) == ([], 1), table.code
        found = list(figures_of(answer.content))
        assert all(figure % 5 == 0 for figure in found)


def test_who_is_not_signed_in_is_led_to_the_sign_in(release: str):
    for way in ("/statistics/", "/statistics/age/", "/statistics/age.csv", "/statistics/age.json"):
        answer = Client().get(way)
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in/")


def test_a_school_sees_no_record(release: str, client: Client):
    assert "Your agency takes part in no record." in read(client.get("/records/").content).text


def test_page_csv_and_json_have_the_same_figures_and_no_others(release: str, client: Client):
    for table in CATALOGUE:
        lines = list(
            csv.DictReader(
                io.StringIO(client.get(f"/statistics/{table.code}.csv").content.decode("utf-8-sig"))
            )
        )
        dataset = json.loads(client.get(f"/statistics/{table.code}.json").content)
        assert [int(line["figure"]) for line in lines] == dataset["value"]
        assert all(figure % 5 == 0 for figure in dataset["value"])
        assert {line["mark"] for line in lines if line["figure"] == "0"} <= {"none_or_few"}
        assert dataset["size"][0] * dataset["size"][1] == len(dataset["value"])
        shown = sorted(
            figure for figure in figures_of(client.get(f"/statistics/{table.code}/").content) if figure
        )
        assert shown == sorted(figure for figure in dataset["value"] if figure)


def test_the_same_release_gives_the_same_bytes(release: str, client: Client, own_database: TestDatabase):
    ways = (
        "/statistics/protection.csv",
        f"/statistics/protection.csv?release={release}",
        "/statistics/age.json",
    )
    before = [client.get(way).content for way in ways]
    with loading(own_database):
        load_case(next(islice(synthetic_cases(9), 1, None)), seen_by=())
        assert release_statistics() is None
    assert [client.get(way).content for way in ways] == before


@pytest.mark.parametrize(
    "way",
    [
        "/statistics/names/",
        "/statistics/names.csv",
        "/statistics/names.json",
        "/statistics/protection/?release=1999-q1",
        "/statistics/protection.csv?release=2026-q3%27--",
        "/statistics/protection.json?release=%00",
    ],
)
def test_a_table_or_a_quarter_that_is_not_there_is_not_found(way: str, release: str, client: Client):
    assert client.get(way).status_code == 404


def test_one_release_costs_as_many_queries_as_three(release: str, client: Client, own_database: TestDatabase):
    client.get("/statistics/protection/")
    with CaptureQueriesContext(connection) as one:
        client.get("/statistics/protection/")
    with own_database.connect_as_keeper() as keeper:
        for period in ("2020-q1", "2020-q2"):
            keeper.execute(
                "INSERT INTO statistic_release (id, period, method, pack, tables, digest)"
                " SELECT gen_random_uuid(), %s, method, pack, tables, digest FROM statistic_release LIMIT 1",
                (period,),
            )
    with CaptureQueriesContext(connection) as three:
        answer = client.get("/statistics/protection/")
    assert len(three) == len(one)
    assert "quarter 1 of 2020" in read(answer.content).text


def test_from_right_to_left_the_bars_begin_on_the_right(release: str, client: Client):
    left = client.get("/statistics/protection/").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    right = client.get("/statistics/protection/").content.decode()
    assert '<rect x="0"' in left
    assert 'dir="rtl"' in right
    assert '<text x="100%"' in right
    assert '<rect x="0"' not in right


def test_a_download_is_a_file_of_a_plain_name(release: str, client: Client):
    answer = client.get("/statistics/age.csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="age-{release}.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-", "'-"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("north", "north"),
        ("", ""),
    ],
)
def test_no_word_becomes_a_formula(word: str, written: str):
    assert harmless(word) == written


def test_each_table_and_dimension_has_its_words():
    assert set(TABLES) == {table.code for table in CATALOGUE}
    assert set(THEMES) == {table.theme for table in CATALOGUE}
    assert {name for table in CATALOGUE for name in (table.rows, table.columns)} <= set(DIMENSIONS)
    assert {"total", "taken_together", "unknown"} <= set(CODES)
