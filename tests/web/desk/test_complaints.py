"""Complaints on the pages of the body that answers them: listed without a word, opened with one's key, answered."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from encircle.actions.reports import body, complaint, door
from encircle.actions.reports.complaint import Complaint
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.complaint_bodies import make_body
from tests.web.desks import PASSPHRASE, DeskStaff
from tests.web.page.test_manner import AsStaff
from tests.web.reading import read
from tests.web.world import make_staff

CANARY = "Canary-3b77 <b>they</b> do not listen"
WHO_SEES = {role: role is Role.OMBUDSPERSON for role in Role}
"""Who sees a complaint: the body, and nobody else, whatever the role."""


@pytest.fixture(autouse=True)
def _cheap(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def ombud(database: TestDatabase) -> DeskStaff:
    return make_body("oda")


@pytest.fixture
def code(ombud: DeskStaff) -> door.Code:
    return complaint.complain(
        door.new_form(), Complaint(text=CANARY, about="guardian", complainant="child", language="et")
    )


def address(of: DeskStaff) -> str:
    return f"/complaints/{body.complaints(of.first.who).complaints[0].open.id}/"


def unlocked(client: Client, page: str) -> Client:
    assert client.post(page, {"do": "unlock", "passphrase": PASSPHRASE}).status_code == 302
    return client


def test_the_list_tells_of_whom_and_by_when_and_not_a_word(
    ombud: DeskStaff, code: door.Code, as_staff: AsStaff
):
    page = as_staff(ombud.first).get("/complaints/")
    said = read(page.content)
    assert (said.problems, said.count("h1")) == ([], 1)
    assert all(
        word in said.text
        for word in ("Guardian", "A child complains", "Estonian", "Not opened yet", "say that it arrived")
    )
    assert "Canary" not in page.content.decode()


def test_a_list_without_complaints_says_what_will_stand_there(database: TestDatabase, as_staff: AsStaff):
    fresh = as_staff(make_body("fresh").first)
    assert "No complaint waits" in read(fresh.get("/complaints/").content).text
    assert "Nothing is answered yet" in read(fresh.get("/complaints/?show=done").content).text
    assert "Nothing on this page" in read(fresh.get("/complaints/?page=3").content).text


def test_it_is_opened_promised_answered_and_read_with_the_code(
    ombud: DeskStaff, code: door.Code, as_staff: AsStaff
):
    client, page = as_staff(ombud.first), address(ombud)
    assert "This complaint is sealed" in read(client.get(page).content).text
    assert "Canary-3b77 <b>they</b>" in read(unlocked(client, page).get(page).content).text
    day = (body.complaints(ombud.first.who).at + timedelta(days=9)).date().isoformat()
    assert client.post(page, {"do": "promise", "promised": day}).headers["Location"] == f"{page}?done=promise"
    empty = client.post(page, {"do": "conclude", "outcome": "right", "answer": " ", "token": str(uuid4())})
    assert (empty.status_code, "Write something to send" in read(empty.content).text) == (422, True)
    answer = {"do": "conclude", "outcome": "right", "answer": "They must listen.", "token": str(uuid4())}
    assert client.post(page, answer).headers["Location"] == f"{page}?done=conclude"
    client.post(page, answer)
    inbox = door.open_inbox(code.words)
    assert inbox is not None
    assert [one.text for one in inbox.said if one.theirs] == ["They must listen."]
    assert "The one who complained is right" in read(client.get("/complaints/?show=done").content).text


@pytest.mark.parametrize("typed", ["", "yesterday", "31.02.2027", "1999-01-01", "x" * 400, "٣"])
def test_a_day_that_cannot_be_is_asked_for_again(
    ombud: DeskStaff, code: door.Code, as_staff: AsStaff, typed: str
):
    client, page = as_staff(ombud.first), address(ombud)
    answer = unlocked(client, page).post(page, {"do": "promise", "promised": typed})
    assert answer.status_code == 422
    assert "Give a day from today on" in read(answer.content).text


def test_it_is_given_on_only_where_who_complained_agreed(
    ombud: DeskStaff, code: door.Code, as_staff: AsStaff
):
    client, page = as_staff(ombud.first), address(ombud)
    answer = unlocked(client, page).post(page, {"do": "give_on"})
    assert (answer.status_code, "Ask first." in read(answer.content).text) == (422, True)
    assert client.post(page, {"do": "give_on", "agreed": "yes"}).status_code == 302
    assert "Given on" in read(client.get(page).content).text


def test_what_was_typed_before_the_key_was_shut_comes_back(
    ombud: DeskStaff, code: door.Code, as_staff: AsStaff
):
    client, page = as_staff(ombud.first), address(ombud)
    shut = client.post(
        page, {"do": "conclude", "outcome": "right", "answer": "A long answer", "token": str(uuid4())}
    )
    assert shut.status_code == 409
    held = {one["name"]: one["value"] for one in read(shut.content).inputs if one.get("type") == "hidden"}
    again = client.post(page, {**held, "do": "unlock", "passphrase": PASSPHRASE})
    assert (again.status_code, "A long answer" in again.content.decode()) == (200, True)


def test_the_truth_table_of_who_sees_a_complaint(ombud: DeskStaff, code: door.Code, as_staff: AsStaff):
    page, seen = address(ombud), {}
    for role in Role:
        client = as_staff(make_staff(f"sees-{role.value}", role))
        answers = {client.get("/complaints/").status_code, client.get(page).status_code}
        assert "Canary" not in client.get(page).content.decode()
        seen[role] = 200 in answers
    assert seen == WHO_SEES
