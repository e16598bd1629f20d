"""Reports on the pages of a desk: listed without a word, opened with one's key, answered; nothing typed is lost."""

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from encircle.actions.reports import desk, door
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desks import PASSPHRASE, DeskStaff, make_desk
from tests.web.page.test_manner import AsStaff
from tests.web.reading import read
from tests.web.world import colleague_of, make_staff

CANARY = "Canary-52e8 <b>he</b> waits outside"


@pytest.fixture(autouse=True)
def _cheap(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def dora(database: TestDatabase) -> DeskStaff:
    return make_desk(database, "dora")


@pytest.fixture
def dirk(database: TestDatabase) -> DeskStaff:
    return make_desk(database, "dirk")


@pytest.fixture
def code(dora: DeskStaff, dirk: DeskStaff) -> door.Code:
    """Of a report that both desks receive."""
    return door.send(
        door.new_form(), door.Account(text=CANARY, who="me", picked=("afraid",), danger="yes", language="et")
    )


def address(of: DeskStaff) -> str:
    return f"/reports/{desk.reports(of.first.who).reports[0].open.id}/"


def unlocked(client: Client, report: str) -> Client:
    assert client.post(report, {"do": "unlock", "passphrase": PASSPHRASE}).status_code == 302
    return client


def test_the_list_tells_danger_hour_and_owner_and_not_a_word(
    dora: DeskStaff, code: door.Code, as_staff: AsStaff
):
    page = as_staff(dora.first).get("/reports/")
    said = read(page.content)
    assert (said.problems, said.count("h1")) == ([], 1)
    assert all(word in said.text for word in ("Danger now", "Not opened yet", "open it by", "Estonian"))
    assert "Canary" not in page.content.decode()
    assert code.words not in page.content.decode()


def test_without_an_open_key_the_page_says_that_it_is_sealed_and_nobody_has_read_it(
    dora: DeskStaff, code: door.Code, as_staff: AsStaff
):
    client, report = as_staff(dora.first), address(dora)
    shut = read(client.get(report).content)
    assert "This report is sealed" in shut.text
    wrong = client.post(report, {"do": "unlock", "passphrase": "not this one at all"})
    assert (wrong.status_code, "does not open your key" in read(wrong.content).text) == (422, True)
    inbox = door.open_inbox(code.words)
    assert inbox is not None
    assert not inbox.is_read
    opened = read(unlocked(client, report).get(report).content)
    assert (opened.problems, "Canary-52e8 <b>he</b> waits outside" in opened.text) == ([], True)
    assert all(word in opened.text for word in ("For me", "I am afraid", "Danger now"))
    inbox = door.open_inbox(code.words)
    assert inbox is not None
    assert inbox.is_read


def test_an_answer_is_read_with_the_code_and_an_empty_one_is_asked_for_again(
    dora: DeskStaff, code: door.Code, as_staff: AsStaff
):
    report = address(dora)
    client = unlocked(as_staff(dora.second), report)
    empty = client.post(report, {"do": "answer", "words": " ", "token": str(uuid4())})
    assert (empty.status_code, "Write something to send" in read(empty.content).text) == (422, True)
    sent = client.post(report, {"do": "answer", "words": "We are here.", "token": str(uuid4())})
    assert sent.headers["Location"] == f"{report}?done=answer"
    inbox = door.open_inbox(code.digits)
    assert inbox is not None
    assert [one.text for one in inbox.said if one.theirs] == ["We are here."]


def test_what_was_typed_before_the_key_was_shut_comes_back_when_it_is_open_again(
    dora: DeskStaff, code: door.Code, as_staff: AsStaff
):
    client, report, token = as_staff(dora.first), address(dora), str(uuid4())
    shut = client.post(report, {"do": "answer", "words": "A long and careful answer", "token": token})
    assert shut.status_code == 409
    held = {one["name"]: one["value"] for one in read(shut.content).inputs if one.get("type") == "hidden"}
    assert (held["words"], held["token"]) == ("A long and careful answer", token)
    again = client.post(report, {**held, "do": "unlock", "passphrase": PASSPHRASE})
    assert again.status_code == 200
    assert "A long and careful answer" in again.content.decode()
    assert token in again.content.decode()


def test_a_concern_begins_with_the_words_of_the_report(dora: DeskStaff, code: door.Code, as_staff: AsStaff):
    report = address(dora)
    client = unlocked(as_staff(dora.first), report)
    opened = client.post(report, {"do": "concern"})
    assert opened.headers["Location"].startswith("/triage/")
    assert "Canary-52e8 <b>he</b> waits outside" in read(client.get(opened.headers["Location"]).content).text
    assert client.post(report, {"do": "concern"}).headers["Location"] == opened.headers["Location"]
    assert "A concern was opened" in read(client.get("/reports/?show=done").content).text


def test_two_agencies_set_it_aside_and_the_first_cannot_agree_with_itself(
    dora: DeskStaff, dirk: DeskStaff, code: door.Code, as_staff: AsStaff
):
    report = address(dora)
    hers, theirs = unlocked(as_staff(dora.first), report), unlocked(as_staff(dirk.first), report)
    assert client_says(hers.post(report, {"do": "aside"})) == (422, "Choose why nothing more follows.")
    assert hers.post(report, {"do": "aside", "because": "advice_given"}).status_code == 302
    assert client_says(hers.post(report, {"do": "agree"})) == (
        409,
        "Another agency has to look at it as well.",
    )
    assert theirs.post(report, {"do": "agree"}).status_code == 302
    assert "Nothing more follows" in read(theirs.get("/reports/?show=done").content).text
    assert theirs.post(report, {"do": "back"}).status_code == 302


def client_says(answer: object) -> tuple[int, str]:
    told = ("Choose why nothing more follows.", "Another agency has to look at it as well.")
    text = read(answer.content).text
    return answer.status_code, next((one for one in told if one in text), "")


def test_a_report_of_others_is_as_one_that_is_not_there(
    database: TestDatabase, dora: DeskStaff, code: door.Code, as_staff: AsStaff
):
    late, report = make_desk(database, "late"), address(dora)
    client = as_staff(late.first)
    hidden, absent = client.get(report), client.get(f"/reports/{uuid4()}/")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert client.post(report, {"do": "take"}).status_code == 404
    eva = as_staff(make_staff("eva", Role.SCHOOL))
    assert {eva.get(one).status_code for one in ("/reports/", report, f"/reports/{uuid4()}/")} == {403}


def test_a_desk_is_told_on_its_pages_that_reports_wait_and_others_are_not(
    dora: DeskStaff, code: door.Code, as_staff: AsStaff
):
    social = colleague_of(dora.first, Role.CHILD_PROTECTION_SERVICE)
    school = colleague_of(dora.first, Role.SCHOOL)
    assert "report from the door waits" in read(as_staff(social).get("/").content).text
    assert "from the door" not in read(as_staff(school).get("/").content).text
    assert "/reports/" in read(as_staff(dora.first).get("/triage/").content).links


def test_an_agency_that_receives_none_is_told_so(database: TestDatabase, as_staff: AsStaff):
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    page = read(as_staff(carla).get("/reports/").content)
    assert "Your agency receives no reports" in page.text
    assert "No report waits" in page.text
