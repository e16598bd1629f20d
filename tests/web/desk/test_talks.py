"""Talks on the pages of a desk: listed without a word, taken, answered, planned, passed on, given to the reports, ended."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from encircle.actions.reports import door, talk, talk_desk
from encircle.actions.sessions import SEEN
from encircle.vocabulary.role import Role
from encircle.web.page.session import SEEN_ANEW_SECONDS
from tests.database import TestDatabase
from tests.web.desks import PASSPHRASE, DeskStaff, make_desk
from tests.web.page.test_manner import AsStaff
from tests.web.reading import read
from tests.web.world import make_staff

CANARY = "Canary-88f0 <b>may</b> I ask something?"


@pytest.fixture(autouse=True)
def _cheap(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def dora(database: TestDatabase) -> DeskStaff:
    return make_desk(database, "dora")


@pytest.fixture
def code(database: TestDatabase, dora: DeskStaff) -> str:
    make_desk(database, "dirk")
    form = door.new_form()
    return talk.begin(form, CANARY, shown=talk.rule_shown(form), account=door.Account(language="et"))[
        0
    ].digits


def address(of: DeskStaff) -> str:
    return f"/talks/{talk_desk.talks_at_desk(of.first.who).talks[0].open.report}/"


def unlocked(client: Client, page: str) -> Client:
    assert client.post(page, {"do": "unlock", "passphrase": PASSPHRASE}).status_code == 302
    return client


def taken(client: Client, page: str) -> Client:
    assert unlocked(client, page).post(page, {"do": "take"}).headers["Location"] == f"{page}?done=take"
    return client


def said(code: str) -> list[str]:
    found = talk.look(code)
    assert found is not None
    return [one.text for one in found.said]


def test_the_list_shows_who_waits_and_not_a_word(dora: DeskStaff, code: str, as_staff: AsStaff):
    page = as_staff(dora.first).get("/talks/")
    shown = read(page.content)
    assert (shown.problems, shown.count("h1")) == ([], 1)
    assert all(word in shown.text for word in ("Waits for somebody", "Estonian"))
    assert "Canary" not in page.content.decode()


def test_it_is_unlocked_taken_and_answered_and_the_page_says_not_to_ask_for_a_name(
    dora: DeskStaff, code: str, as_staff: AsStaff
):
    client, page = as_staff(dora.first), address(dora)
    assert "This talk is sealed" in read(client.get(page).content).text
    taken(client, page)
    shown = read(client.get(page).content)
    assert (shown.problems, CANARY in shown.text) == ([], True)
    assert "Do not ask who they are." in shown.text
    token = str(uuid4())
    for _ in range(2):
        sent = client.post(page, {"do": "say", "words": "We are here.", "token": token})
        assert sent.headers["Location"] == f"{page}?done=say"
    empty = client.post(page, {"do": "say", "words": " ", "token": str(uuid4())})
    assert (empty.status_code, "Write something to send" in read(empty.content).text) == (422, True)
    assert said(code) == [CANARY, "We are here."]


def test_of_two_who_press_at_once_one_answers_and_the_other_is_told_kindly(
    dora: DeskStaff, code: str, as_staff: AsStaff
):
    page = address(dora)
    first, second = unlocked(as_staff(dora.first), page), unlocked(as_staff(dora.second), page)
    assert first.post(page, {"do": "take"}).status_code == 302
    late = second.post(page, {"do": "take"})
    assert (late.status_code, "One person answers in a talk" in read(late.content).text) == (409, True)
    assert "I answer instead" in read(late.content).text
    refused = second.post(page, {"do": "say", "words": "And me", "token": str(uuid4())})
    assert (refused.status_code, said(code)) == (409, [CANARY])
    over = {"do": "over", "to": dora.second.person, "instead_of": dora.first.person}
    assert second.post(page, over).headers["Location"] == f"{page}?done=over"
    assert (
        second.post(page, {"do": "say", "words": "Now I am here", "token": str(uuid4())}).status_code == 302
    )
    assert said(code) == [CANARY, "Now I am here"]


def test_a_plan_goes_in_the_language_of_who_asks_with_what_was_filled_in(
    dora: DeskStaff, code: str, as_staff: AsStaff
):
    page = address(dora)
    client = taken(as_staff(dora.first), page)
    empty = client.post(page, {"do": "plan", "token": str(uuid4())})
    assert empty.status_code == 422
    plan = {"plan_person": "my aunt", "plan_word": "umbrella", "plan_place": " "}
    assert client.post(page, {"do": "plan", "token": str(uuid4()), **plan}).status_code == 302
    sent = said(code)[-1]
    assert [line.split(": ")[-1] for line in sent.splitlines()] == ["my aunt", "umbrella"]
    assert "safe for me" not in sent


def test_ready_words_go_into_the_answer_beside_what_was_typed_and_nothing_is_sent(
    dora: DeskStaff, code: str, as_staff: AsStaff
):
    page = address(dora)
    client = taken(as_staff(dora.first), page)
    put = client.post(page, {"ready": "at_your_pace", "words": "Hello.", "token": str(uuid4())})
    (shown,) = re.findall(r"(?s)<textarea[^>]*name=\"words\"[^>]*>(.*?)</textarea>", put.content.decode())
    assert (put.status_code, shown.strip().split("\n")[0]) == (200, "Hello.")
    assert "Sina otsustad" in shown
    assert said(code) == [CANARY]


def test_a_report_comes_of_it_with_nothing_typed_again_and_who_asks_is_told_first(
    dora: DeskStaff, code: str, as_staff: AsStaff
):
    page = address(dora)
    client = taken(as_staff(dora.first), page)
    missing = client.post(page, {"do": "give", "told": "I must act.", "token": str(uuid4())})
    assert (missing.status_code, "Choose why" in read(missing.content).text) == (422, True)
    given = client.post(
        page, {"do": "give", "told": "I must act.", "because": "danger", "token": str(uuid4())}
    )
    assert given.status_code == 302
    assert said(code) == [CANARY, "I must act."]
    report = page.replace("talks", "reports")
    assert CANARY in read(client.get(report).content).text
    assert client.post(report, {"do": "concern"}).headers["Location"].startswith("/triage/")


def test_it_ends_with_a_summary_that_who_asks_does_not_read(dora: DeskStaff, code: str, as_staff: AsStaff):
    page = address(dora)
    client = taken(as_staff(dora.first), page)
    ended = client.post(page, {"do": "end", "summary": "Asked about school.", "token": str(uuid4())})
    assert ended.headers["Location"] == f"{page}?done=end"
    assert "Asked about school." in read(client.get(page).content).text
    assert said(code) == [CANARY]
    assert "Ended" in read(client.get("/talks/?show=over").content).text


def test_the_page_asks_for_more_only_when_there_is_more_and_does_not_keep_the_visit_open(
    dora: DeskStaff, code: str, as_staff: AsStaff
):
    page = address(dora)
    client = taken(as_staff(dora.first), page)
    lines = next(one for one in read(client.get(page).content).inputs if one["name"] == "lines")["value"]
    session = client.session
    session[SEEN] -= 2 * SEEN_ANEW_SECONDS
    session.save()
    before = session[SEEN]
    assert client.get(page, {"lines": lines}, headers={"Encircle-By-Itself": "yes"}).status_code == 204
    talk.go_on(code, "More", form=door.new_form())
    more = client.get(page, {"lines": lines}, headers={"Encircle-By-Itself": "yes"})
    assert (more.status_code, "More" in read(more.content).text) == (200, True)
    assert client.session[SEEN] == before
    client.get(page)
    assert client.session[SEEN] > before


def test_what_was_typed_before_the_key_was_shut_comes_back(dora: DeskStaff, code: str, as_staff: AsStaff):
    page, client, token = address(dora), as_staff(dora.first), str(uuid4())
    shut = client.post(page, {"do": "say", "words": "A long and careful answer", "token": token})
    assert shut.status_code == 409
    held = {one["name"]: one["value"] for one in read(shut.content).inputs if one.get("type") == "hidden"}
    again = client.post(page, {**held, "do": "unlock", "passphrase": PASSPHRASE})
    assert again.status_code == 200


def test_others_and_what_is_not_there_look_the_same(
    database: TestDatabase, dora: DeskStaff, code: str, as_staff: AsStaff
):
    late = make_desk(database, "late").first
    pages = [as_staff(late).get(address(dora)), as_staff(dora.first).get(f"/talks/{uuid4()}/")]
    assert {page.status_code for page in pages} == {404}
    assert as_staff(make_staff("eva", Role.SCHOOL)).get("/talks/").status_code == 403
