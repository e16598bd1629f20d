"""Going through a caseload on its pages: started, one child at a time, stopped, gone on with, corrected; by programs too."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from encircle.host.clock import now
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.api.conftest import program_of, told
from tests.web.desk.test_emergency import led_by
from tests.web.desk.test_record_act import hidden
from tests.web.page.test_manner import AsStaff
from tests.web.reading import read
from tests.web.world import Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")
NUMBERS = "K-1\nK-2\nK-3"


@pytest.fixture
def cara() -> Staff:
    return make_staff("cara", Role.CARER)


@pytest.fixture
def tarmo() -> Staff:
    return make_staff("tarmo", Role.TRIAGE_TEAM)


def started(client: Client, numbers: str = NUMBERS, **typed: str) -> str:
    """The address of the review that is begun."""
    form = client.get("/caseload/")
    assert read(form.content).problems == []
    sent = client.post("/caseload/", {**hidden(form.content), "setting": "care", "numbers": numbers, **typed})
    assert sent.status_code == 302, read(sent.content).text
    return sent.headers["Location"]


def next_child(client: Client, review: str) -> str:
    html = client.get(review).content.decode()
    found = re.search(rf'class="ds-button button" href="({review}[0-9a-f-]+/)"', html)
    assert found is not None
    return found[1]


def answer(client: Client, child: str, outcome: str, **typed: str):
    form = hidden(client.get(child).content)
    return client.post(child, {**form, "outcome": outcome, "reason": "Looked at the plan.", **typed})


def test_a_review_is_started_stopped_and_gone_on_with(cara: Staff, as_staff: AsStaff):
    client = as_staff(cara)
    assert "No review yet" in read(client.get("/caseload/").content).text
    assert "/caseload/" in read(client.get("/").content).links
    review = started(client)
    assert "0 of 3 looked at" in read(client.get(review).content).text
    child = next_child(client, review)
    page = read(client.get(child).content)
    assert (page.problems, page.count("h1"), "K-1" in page.text) == ([], 1, True)
    onward = answer(client, child, "nothing_seen").headers["Location"]
    assert "K-2" in read(client.get(onward).content).text
    assert "1 of 3 looked at" in read(client.get("/caseload/").content).text
    assert next_child(client, review) == onward


def test_signs_are_offered_by_the_place_and_marked_with_how_they_are_known(
    cara: Staff, tarmo: Staff, as_staff: AsStaff
):
    client = as_staff(cara)
    review = started(client)
    child = next_child(client, review)
    html = client.get(child).content.decode()
    signs = re.findall(r'name="(sign-[^"]+)"', html)
    assert len(signs) > 10
    assert html.count("I conclude it from what I know") == len(signs)
    nothing = answer(client, child, "triage", **{signs[0]: "reported"})
    assert (nothing.status_code, "Not known is an answer" in read(nothing.content).text) == (422, True)
    assert f'name="{signs[0]}"' in nothing.content.decode()
    sent = answer(client, child, "triage", danger_now="no", recipient=tarmo.agency, **{signs[0]: "reported"})
    assert sent.status_code == 302, read(sent.content).text
    assert "Sent to triage" in read(client.get(f"{review}?show=triage").content).text
    assert "Somebody told me" in read(client.get(child).content).text
    assert re.search(r'/triage/[^"]+/', as_staff(tarmo).get("/triage/").content.decode())


def test_what_is_not_right_is_said_at_the_field_and_what_was_typed_stays(cara: Staff, as_staff: AsStaff):
    client = as_staff(cara)
    form = hidden(client.get("/caseload/").content)
    refused = client.post("/caseload/", {**form, "setting": "care", "numbers": "K-1\nAino"})
    page = read(refused.content)
    assert (refused.status_code, page.problems) == (422, [])
    assert "Line 2 has no digit, so it may be a name" in page.text
    assert "K-1\nAino" in refused.content.decode()
    child = next_child(client, started(client))
    for typed, words in (
        ({"outcome": ""}, "Choose what you say after looking."),
        ({"outcome": "nothing_seen", "reason": ""}, "Write a short reason."),
        (
            {"outcome": "look_again", "again_on-day": "31", "again_on-month": "2"},
            "Choose a day from tomorrow on",
        ),
    ):
        form = hidden(client.get(child).content)
        again = client.post(child, {**form, "reason": "My own words.", **typed})
        assert again.status_code == 422
        assert words in read(again.content).text
        assert ("My own words." in again.content.decode()) is ("reason" not in typed)


def test_a_day_to_look_again_is_kept_and_the_form_is_filled_with_what_was_said(
    cara: Staff, as_staff: AsStaff
):
    client = as_staff(cara)
    review = started(client, "K-1")
    child = next_child(client, review)
    day = (now() + timedelta(days=9)).date()
    typed = {"again_on-day": str(day.day), "again_on-month": str(day.month), "again_on-year": str(day.year)}
    assert answer(client, child, "look_again", **typed).headers["Location"] == review
    page = read(client.get(f"{review}?show=look_again").content)
    assert (page.problems, day.isoformat() in page.text, "The review is finished" in page.text) == (
        [],
        True,
        True,
    )
    assert "Looked at the plan." in client.get(child).content.decode().partition("<textarea")[2]
    back = answer(client, child, "taken_back")
    assert back.headers["Location"] == child
    assert "0 of 1 looked at" in read(client.get(review).content).text


def test_who_has_not_read_the_last_answer_is_shown_it_first(cara: Staff, as_staff: AsStaff):
    client = as_staff(cara)
    child = next_child(client, started(client, "K-1"))
    form = hidden(client.get(child).content)
    answer(client, child, "nothing_seen")
    stale = {
        **form,
        "token": "0b6f3f0a-98a5-4b6e-8d0c-0a4fd7a1f001",
        "outcome": "nothing_seen",
        "reason": "Mine.",
    }
    late = client.post(child, stale)
    assert (
        late.status_code,
        "Somebody has answered for this child meanwhile" in read(late.content).text,
    ) == (409, True)
    assert "Mine." in late.content.decode()


def test_own_numbers_are_deleted_when_the_review_is_done(cara: Staff, as_staff: AsStaff):
    client = as_staff(cara)
    review = started(client, "K-1")
    assert "Delete the own numbers" not in read(client.get(review).content).text
    answer(client, next_child(client, review), "nothing_seen")
    gone = client.post(review, {**hidden(client.get(review).content), "do": "forget"})
    page = read(client.get(gone.headers["Location"]).content)
    assert ("K-1" in page.text, "Your own numbers are deleted" in page.text) == (False, True)


def test_a_review_of_others_is_as_one_that_is_not_there(cara: Staff, as_staff: AsStaff):
    review = started(as_staff(cara))
    child = next_child(as_staff(cara), review)
    other = as_staff(make_staff("other", Role.CARER))
    nobody = "00000000-0000-4000-8000-000000000000"
    for address in (review, child, f"/caseload/{nobody}/", f"/caseload/{nobody}/{nobody}/"):
        assert other.get(address).status_code == 404
    assert as_staff(make_staff("school", Role.SCHOOL)).get("/caseload/").status_code == 403


def test_three_children_cost_as_many_queries_as_one(carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    led_by(carla)
    one = started(client, "", with_records="yes")
    client.get(one)
    with CaptureQueriesContext(connection) as first:
        client.get(one)
    for _ in range(2):
        led_by(carla)
    three = started(client, "", with_records="yes")
    with CaptureQueriesContext(connection) as second:
        client.get(three)
    assert "0 of 3 looked at" in read(client.get(three).content).text
    assert len(second) == len(first)


def test_a_program_starts_answers_and_reads(database: TestDatabase, cara: Staff):
    program = program_of(database, cara)
    given = {"setting": "care", "with_records": False, "numbers": ["K-1"]}
    review = told(program.post("/caseload", Purpose.CASELOAD, given), 201)["id"]
    (child,) = told(program.get(f"/caseload/{review}", Purpose.CASELOAD))["children"]
    body = {"outcome": "nothing_seen", "reason": "Looked at the plan.", "read": 0}
    address = f"/caseload/{review}/{child['id']}"
    assert told(program.post(address, Purpose.CASELOAD, body), 201) == {"go_on": None}
    assert program.post(address, Purpose.CASELOAD, body).status_code == 409
    (seen,) = told(program.get("/caseload", Purpose.CASELOAD))["reviews"]
    assert (seen["looked"], seen["of"], seen["found"]) == (1, 1, {"nothing_seen": 1})
    assert program.post("/caseload", Purpose.CASELOAD, {**given, "numbers": ["Aino"]}).status_code == 422
