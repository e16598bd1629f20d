"""The case page: what it shows, to whom, at what cost, and that each look and each refusal is journalled."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from encircle.host.clock import now
from encircle.web.page.when import typed
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, journal_of, load

ABSENT = "zzzz-zzzz"


def test_each_look_is_journalled_with_the_field_groups_shown(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    for _ in range(3):
        assert client.get(f"/records/{aino}/").status_code == 200
    entries = journal_of(carla)
    assert [entry[:3] for entry in entries] == [("look", "shown", "protect")] * 3
    assert all(str(groups).startswith("M") and names_record for *_, groups, names_record in entries)


def test_a_record_of_others_answers_exactly_like_one_that_is_not_there(
    aino: str, eva: Staff, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(eva)
    hidden, absent = client.get(f"/records/{aino}/"), client.get(f"/records/{ABSENT}/")
    assert as_staff(carla).get(f"/records/{aino}/").status_code == 200
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content == absent.content
    assert dict(hidden.headers) == dict(absent.headers)


def test_a_refused_look_is_journalled(aino: str, eva: Staff, as_staff: Callable[[Staff], Client]):
    as_staff(eva).get(f"/records/{aino}/")
    assert journal_of(eva) == [("refusal", "not_seen", "protect", "", False)]


def test_a_record_of_many_facts_costs_as_many_queries_as_one_of_few(
    database: TestDatabase, aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    longer = load(database, "8.7", seen_by=carla)
    client = as_staff(carla)
    client.get(f"/records/{longer}/")
    counts = []
    for number in (aino, longer):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/records/{number}/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_another_day_draws_another_ledger(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client], settings: Settings
):
    settings.DEMO = True
    client = as_staff(carla)
    days = ("2016", "2018-10-25", "2018-10-26", "2018-11-30")
    pages = [read(client.get(f"/records/{aino}/?law=gb&as_of={day}").content) for day in days]
    duties = [sum(one.startswith("duty-") for one in page.ids) for page in pages]
    overdue = [page.text.count("Overdue") for page in pages]
    assert duties[0] == 0 < duties[2]
    assert overdue[0] == 0 < overdue[2] < overdue[3]


def test_another_knowledge_draws_another_page(aino: str, carla: Staff, as_staff: Callable[[Staff], Client]):
    client = as_staff(carla)
    hindsight = read(client.get(f"/records/{aino}/?as_of=2018-10-25T22:00").content)
    then = read(client.get(f"/records/{aino}/?as_of=2018-10-25T22:00&known_as_of=2018-10-25T22:00").content)
    assert "was not known then" not in hindsight.text
    assert "was not known then" in then.text


def test_the_knowledge_of_one_agency_can_be_asked_for(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    page = client.get(f"/records/{aino}/?as_of=2018-10-26").content.decode()
    options = page.partition('<option value="">')[2].partition("</select>")[0]
    agency = options.partition('<option value="')[2].partition('"')[0]
    seen = read(client.get(f"/records/{aino}/?as_of=2018-10-26&by={agency}").content)
    assert "Seen with only what" in seen.text


def test_who_looks_at_the_past_is_told_so(aino: str, carla: Staff, as_staff: Callable[[Staff], Client]):
    client = as_staff(carla)
    assert "You are looking at today" in read(client.get(f"/records/{aino}/").content).text
    assert (
        "You are looking at 25 October 2018"
        in read(client.get(f"/records/{aino}/?as_of=2018-10-25").content).text
    )


def test_who_asks_for_this_minute_reads_the_minute_and_not_how_far_it_is(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    minute = typed(now(), "Europe/Tallinn")
    page = read(as_staff(carla).get(f"/records/{aino}/?as_of={minute}").content)
    assert ["You are looking at today" in page.text, "from today" in page.text] == [False, False]
    assert f"You are looking at {int(minute[8:10])} " in page.text


@pytest.mark.parametrize(
    ("query", "field", "typed"),
    [
        ("as_of=garbage", "as_of", "garbage"),
        ("as_of=2018-02-31", "as_of", "2018-02-31"),
        ("as_of=2018/2019", "as_of", "2018/2019"),
        ("known_as_of=%3Cscript%3E", "known_as_of", "&lt;script&gt;"),
        ("as_of=%00", None, ""),
        ("by=11111111-1111-1111-1111-111111111111", "by", ""),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field_and_kept(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client], query: str, field: str | None, typed: str
):
    response = as_staff(carla).get(f"/records/{aino}/?{query}")
    page, content = read(response.content), response.content.decode()
    assert page.problems == []
    assert response.status_code == (200 if field is None else 400)
    assert f'value="{typed}"' in content or not typed
    if field is not None:
        assert "There is a problem with the question" in page.text
        assert f"{field}-problem" in page.ids
        assert f"#{field}" in page.links
    assert "Duties towards this child" in page.text


def test_a_problem_in_one_field_changes_no_other_field(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    page = read(as_staff(carla).get(f"/records/{aino}/?as_of=2018-10-25&known_as_of=garbage").content)
    assert "You are looking at 25 October 2018" in page.text


@pytest.mark.parametrize(
    ("case", "zoom"),
    [(f"8.{number}", "all") for number in range(1, 9)]
    + [(case, zoom) for case in ("8.3", "8.7") for zoom in ("year", "month", "day", "nonsense")],
)
def test_the_page_is_well_formed_for_each_real_case(
    database: TestDatabase, carla: Staff, as_staff: Callable[[Staff], Client], case: str, zoom: str
):
    number = load(database, case, seen_by=carla)
    page = read(as_staff(carla).get(f"/records/{number}/?zoom={zoom}").content)
    assert page.problems == []
    assert page.count("h1") == 1


QUESTION = {"as_of", "known_as_of", "by", "law", "law_of", "zoom"}
RANDOM_ID = re.compile(r"[0-9a-f-]{36}")


def test_links_on_the_page_hold_nothing_but_the_question_and_random_ids(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    page = read(as_staff(carla).get(f"/records/{aino}/?as_of=2018-10-25&zoom=month").content)
    links = {urlsplit(link) for link in page.links}
    of_others = {
        link.path for link in links if not link.path.startswith((f"/records/{aino}/", "/law/")) and link.query
    }
    told = {
        (name, value)
        for link in links
        for name, value in parse_qsl(link.query)
        if name not in QUESTION and RANDOM_ID.fullmatch(value) is None
    }
    assert of_others <= {""}
    assert told == set()


def test_the_law_of_another_country_cannot_be_asked_for_outside_a_demonstration(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    page = read(as_staff(carla).get(f"/records/{aino}/?law=gb").content)
    assert "Estonia" in page.text
    assert "By the law of" not in page.text
