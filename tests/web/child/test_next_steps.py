"""What the child does next: a card to print, a wish for a talk, and a page about the sea under duress."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from encircle.actions.act import Statement, perform
from encircle.actions.childs_page.code import is_short
from encircle.actions.childs_page.handing import Check, Company, Device, hand_over
from encircle.host.clock import now
from encircle.records.context import with_context
from encircle.records.facts import facts_of
from encircle.records.seen import root_numbered
from tests.web.reading import read
from tests.web.world import Staff

SURNAME = "Canary-90ce"


@pytest.fixture
def code(aino: str, carla: Staff) -> str:
    return hand_over(carla.who, aino, Check(Company.ALONE, Device.OWN, wished=True), token=str(uuid4()))


@pytest.fixture
def child(code: str) -> Client:
    client = Client()
    client.post("/my/", {"code": code})
    return client


def said(aino: str, carla: Staff) -> list[str]:
    with with_context(agency=carla.agency, actor=carla.person, purpose="protect"):
        root = root_numbered(aino)
        assert root is not None
        facts = [fact for fact in facts_of(root.id) if fact.type == "view_heard" and fact.said_by == "child"]
    return [str(getattr(fact.payload, "words", "")) for fact in facts]


def test_a_child_asks_for_a_talk_with_one_tap_and_it_is_saved_once(child: Client, aino: str, carla: Staff):
    page = child.get("/my/people/")
    assert "I want to talk to the person who gave me this page." in read(page.content).text
    form = {"who": "giver", "token": str(uuid4())}
    for _ in range(2):
        answer = child.post("/my/people/", form, follow=True)
    assert "Your social worker reads that you want to talk" in read(answer.content).text
    assert said(aino, carla) == ["I want to talk to the person who gave me this page."]


@pytest.mark.parametrize("who", ["", "police", "x" * 999, "\x00"])
def test_a_talk_with_nobody_is_not_put_down(child: Client, aino: str, carla: Staff, who: str):
    assert child.post("/my/people/", {"who": who, "token": "no"}).headers["Location"] == "/my/people/"
    assert said(aino, carla) == []


def test_a_wish_is_on_record_in_the_childs_language_and_in_english(child: Client, aino: str, carla: Staff):
    child.post("/my/language/", {"language": "et", "next": "/my/people/"})
    child.post("/my/people/", {"who": "giver", "token": str(uuid4())})
    (wish,) = said(aino, carla)
    assert wish.endswith("\nI want to talk to the person who gave me this page.")


def test_the_card_tells_what_is_next_and_names_nobody_and_no_place(child: Client, aino: str, carla: Staff):
    assert "Nothing is planned now." in read(child.get("/my/card/").content).text
    when = (now() + timedelta(days=9)).strftime("%Y-%m-%dT10:00")
    facts = (
        Statement(type="guardian_appointed", values={"capacity": "guardian", "name": f"Bo {SURNAME}"}),
        Statement(type="hearing_scheduled", values={"at": when, "child_to_attend": True}),
    )
    perform(carla.who, aino, facts, token=str(uuid4()))
    page = read(child.get("/my/card/").content)
    assert all(words in page.text for words in ("I need a break.", "A day with a judge", "Your guardian"))
    assert page.count("h1") == 1
    assert all(name not in page.text for name in ("Carla", "Bo", SURNAME, aino))


def test_who_is_made_to_open_the_page_shows_a_page_about_the_sea(code: str):
    client = Client()
    for typed in (code[:14], code[:14].upper(), "0000 0000 0000"):
        answer = client.post("/my/", {"code": typed})
        assert (answer.status_code, answer.headers["Location"], dict(answer.cookies)) == (302, "/read/", {})
    assert client.get("/my/").status_code == 200
    assert "Type your code" in read(client.get("/my/").content).text


@pytest.mark.parametrize(
    ("typed", "short"),
    [("", False), ("abcd efgh jkmn", True), ("abcd efgh jkm", False), ("abcd efgh jkmn pqrs", False)],
)
def test_only_a_code_without_its_last_group_is_short(typed: str, short: bool):
    assert is_short(typed) == short
