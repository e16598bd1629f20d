"""A record played day by day: both clocks side by side, for those who may look, and each look written down."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from encircle.actions.act import Statement
from encircle.actions.asked import Asked
from encircle.actions.days import ANYBODY, day_of
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from encircle.web.desk.days import day_page
from tests.actions.act.test_perform import open_record
from tests.actions.test_owed_by import state, take_part
from tests.database import TestDatabase
from tests.web.reading import Page, read
from tests.web.world import Staff, journal_of, load, make_staff

ABSENT = "zzzz-zzzz"


def asked(client: Client, number: str, query: str = "", status: int = 200) -> Page:
    response = client.get(f"/records/{number}/days/{query}")
    assert response.status_code == status
    page = read(response.content)
    assert page.problems == []
    return page


def stops(page: Page) -> list[str]:
    """The days of the list, in order, without the two steps above it."""
    days = [link for link in page.links if link.startswith("?as_of=") and "law_of" not in link]
    return list(dict.fromkeys(sorted(days)))


def test_it_begins_with_the_first_day_and_each_step_leads_to_the_next_on_which_something_changed(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    first = asked(client, aino)
    days = stops(first)
    assert f"Day 1 of {len(days)} on which something changed." in first.text
    assert ["No day before" in first.text, "No day after" in first.text] == [True, False]
    for number, day in enumerate(days, start=1):
        page = asked(client, aino, day)
        assert f"Day {number} of {len(days)} on which something changed." in page.text
        around = days[max(number - 2, 0) : number + 1]
        assert [link for link in page.links if link.startswith("?as_of=")][: len(around) - 1] == [
            one for one in around if one != day
        ]
    assert "No day after" in page.text


def test_a_day_shows_what_happened_what_was_known_and_what_was_due(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    page = asked(as_staff(carla), aino, "?as_of=2018-10-25&by=anybody")
    told = page.text
    places = [told.index(words) for words in ("What happened", "What the agencies knew", "What was due")]
    assert places == sorted(places)
    assert "Changed on this day" in told
    assert "Both clocks at the end of this day" in told


def test_what_an_agency_was_not_told_is_shown_as_not_known_and_its_clock_has_no_duty_of_it(
    database: TestDatabase, carla: Staff, as_staff: Callable[[Staff], Client]
):
    number = load(database, "8.6", seen_by=carla)
    client = as_staff(carla)
    then = asked(client, number, "?as_of=1995-06-30&by=anybody")
    later = asked(client, number, "?as_of=1998-07-01&by=anybody")
    assert ["Had happened, not known yet" in page.text for page in (then, later)] == [True, False]
    assert then.text.count("could not be seen") > later.text.count("could not be seen")
    assert "4 years later" in later.text


def test_another_agency_knows_another_day(aino: str, carla: Staff, as_staff: Callable[[Staff], Client]):
    client = as_staff(carla)
    content = client.get(f"/records/{aino}/days/").content.decode()
    options = content.partition('<select class="ds-input" id="by"')[2].partition("</select>")[0]
    agencies = [part.partition('"')[0] for part in options.split('<option value="')[2:]]
    lists = {tuple(stops(asked(client, aino, f"?by={agency}"))) for agency in agencies}
    assert len(lists) > 1


def test_the_child_keeps_its_name_whichever_agency_is_asked_about(
    carla: Staff, as_staff: Callable[[Staff], Client]
):
    number, police = open_record(carla), make_staff("police", Role.POLICE)
    take_part(carla, number, police)
    state(carla, number, Statement(type="name_recorded", values={"name_used": "Liis"}))
    state(police, number, Statement(type="missing_reported", values={"reported_to": "police"}))
    for by in ("anybody", carla.agency, police.agency):
        page = as_staff(carla).get(f"/records/{number}/days/?by={by}").content.decode()
        assert f'<option value="{by}"' in page
        assert "<bdi>Liis</bdi>" in page.partition("<h1>")[0], by


def test_a_day_on_which_nothing_changed_says_so_and_leads_on(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    page = asked(as_staff(carla), aino, "?as_of=2018-10-01")
    assert "Nothing changed on this day." in page.text
    assert "No duty and no alarm changed on this day." in page.text
    assert ["No day before" in page.text, "No day after" in page.text] == [False, False]


@pytest.mark.parametrize(
    "query", ["?as_of=garbage", "?as_of=2018-02-31", "?by=11111111-1111-1111-1111-111111111111"]
)
def test_what_cannot_be_read_is_told_and_the_rest_answered(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client], query: str
):
    page = asked(as_staff(carla), aino, query, status=400)
    assert "There is a problem with the question" in page.text
    assert "What happened" in page.text


def test_the_first_day_that_there_is_has_a_day_before_it(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    assert "Nothing changed on this day." in asked(as_staff(carla), aino, "?as_of=1850-01-01").text


def test_a_record_of_others_answers_exactly_like_one_that_is_not_there(
    aino: str, eva: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(eva)
    hidden, absent = client.get(f"/records/{aino}/days/"), client.get(f"/records/{ABSENT}/days/")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content == absent.content


def test_each_day_looked_at_is_journalled(aino: str, carla: Staff, as_staff: Callable[[Staff], Client]):
    client = as_staff(carla)
    for query in ("", "?as_of=2018-10-25"):
        asked(client, aino, query)
    entries = journal_of(carla)
    assert [entry[:3] for entry in entries] == [("look", "days", "protect")] * 2
    assert all(str(groups).startswith("M") and names_record for *_, groups, names_record in entries)


def test_the_home_of_a_record_leads_to_the_day_that_is_looked_at(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    today, past = (
        read(client.get(f"/records/{aino}/{query}").content) for query in ("", "?as_of=2018-10-25")
    )
    assert f"/records/{aino}/days/" in today.links
    assert f"/records/{aino}/days/?as_of=2018-10-25" in past.links


def test_a_long_record_costs_as_many_queries_as_a_short_one(
    database: TestDatabase, aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    longer = load(database, "8.8", seen_by=carla)
    client = as_staff(carla)
    counts = []
    for number in (aino, longer):
        last = stops(asked(client, number))[-1]
        with CaptureQueriesContext(connection) as queries:
            asked(client, number, last)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_duty_that_stood_the_evening_before_and_does_not_any_more_is_told(
    database: TestDatabase, carla: Staff
):
    number = load(database, "8.3", seen_by=carla)
    asked_for = Asked(as_of="2018-10-26", by=ANYBODY)
    told = day_of(carla.who, number, purpose=Purpose.PROTECT, asked=asked_for)
    duty = told.happened.look.answer.duties[0]
    answer = replace(told.happened.look.answer, duties=told.happened.look.answer.duties[1:])
    without = replace(told.happened, look=replace(told.happened.look, answer=answer))
    before, after = (
        day_page(one, asked_for, language="en").changed for one in (told, replace(told, happened=without))
    )
    assert ["does not stand" in str(page) for page in (before, after)] == [False, True]
    assert duty.rule.code in str(after)
