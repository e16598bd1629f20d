"""The search page: by POST alone, kind to whatever is typed, the same to Eva whether a child is hidden or nowhere."""

import logging
import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from encircle.actions.act import Statement, perform
from encircle.records.context import with_context
from encircle.records.roots import add_member, open_root
from encircle.records.seen import root_numbered
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.role import Role
from tests.actions.stating import state
from tests.records.world import Actor, a_fact
from tests.web.reading import read
from tests.web.world import Staff, journal_of, make_staff, numbers_seen

NAME = "Žydrūnė Ozoliņš"


@pytest.fixture
def named(carla: Staff) -> str:
    """A child on record by that name; the name as it is typed."""
    with with_context(agency=carla.agency, actor=carla.person, purpose="record") as ctx:
        root = open_root(Kind.CHILD, ctx=ctx)
    fact = a_fact(root, NameRecorded(name_used=NAME), by=Actor(carla.person, carla.agency))
    state(fact, who=carla.who, follows=None)
    return "ozolins zydrune"


def without_tokens(content: bytes) -> bytes:
    return re.sub(rb'(nonce|name="(csrfmiddlewaretoken|form_mark)" value)="[^"]+"', b"", content)


def test_a_child_is_found_by_name_and_the_page_says_why(
    named: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    answer = as_staff(carla).post("/search/", {"asked": named})
    page = read(answer.content)
    assert (answer.status_code, page.problems, page.count("h1")) == (200, [], 1)
    assert NAME in page.text
    assert "Spelled like" in page.text


def test_a_name_in_the_address_is_not_read(named: str, carla: Staff, as_staff: Callable[[Staff], Client]):
    page = read(as_staff(carla).get("/search/", {"asked": named}).content)
    assert NAME not in page.text
    assert named not in str(page.inputs)
    assert "searched" not in [entry[1] for entry in journal_of(carla)]


def test_eva_gets_the_same_bytes_for_a_hidden_child_as_for_nobody(
    named: str, carla: Staff, eva: Staff, as_staff: Callable[[Staff], Client]
):
    absent = "".join(reversed(named))
    assert NAME in read(as_staff(carla).post("/search/", {"asked": named}).content).text
    client = as_staff(eva)
    answers = [client.post("/search/", {"asked": typed}) for typed in (named, absent)]
    hidden, nowhere = (without_tokens(answer.content) for answer in answers)
    assert hidden.replace(named.encode(), absent.encode()) == nowhere
    assert "Nobody in the records of your agency" in read(hidden).text
    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ("", 200, "Name or case number"),
        ("x", 400, "at least two letters"),
        ("👶👶", 400, "at least two letters"),
        ("\u202bمحمد\u202c", 200, "Nobody found"),
        ("x" * 50_000, 200, "Nobody found"),
        ("<script>alert(1)</script>", 200, "Nobody found"),
        ("\0", 200, "Name or case number"),
    ],
)
def test_whatever_is_typed_gets_a_kind_page(
    typed: str, status: int, told: str, eva: Staff, as_staff: Callable[[Staff], Client]
):
    answer = as_staff(eva).post("/search/", {"asked": typed, "page": "²"})
    page = read(answer.content)
    assert (answer.status_code, page.problems) == (status, [])
    assert told in page.text


def test_without_a_sign_in_the_way_leads_there_without_the_name(named: str):
    answer = Client().post("/search/", {"asked": named})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fsearch%2F")


def test_no_log_and_no_link_holds_the_name(
    named: str, carla: Staff, as_staff: Callable[[Staff], Client], caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("planted").info("looked for %s", named)
        assert named in caplog.text
        caplog.clear()
        answer = as_staff(carla).post("/search/", {"asked": named})
    assert named not in caplog.text
    assert not [link for link in read(answer.content).links if "ozolin" in link.lower()]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_long_answer_is_turned_by_post(
    carla: Staff, as_staff: Callable[[Staff], Client], monkeypatch: pytest.MonkeyPatch
):
    name = f"Aino{uuid4().hex}"
    with with_context(agency=carla.agency, actor=carla.person, purpose="record") as ctx:
        roots = [open_root(Kind.CHILD, ctx=ctx) for _ in range(3)]
    for root in roots:
        fact = a_fact(root, NameRecorded(name_used=name), by=Actor(carla.person, carla.agency))
        state(fact, who=carla.who, follows=None)
    monkeypatch.setattr("encircle.actions.search.ON_A_PAGE", 2)
    client = as_staff(carla)
    first = read(client.post("/search/", {"asked": name}).content)
    second = read(client.post("/search/", {"asked": name, "page": "2"}).content)
    assert [page.text.count(name) for page in (first, second)] == [4, 2]
    assert "Next page" in first.text
    assert not [link for link in (*first.links, *second.links) if name in link]


def test_a_status_that_the_mandate_closes_is_not_told_by_a_search(
    named: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    (number,) = numbers_seen(carla)
    statement = Statement(type="status_set", values={"status": "presumed_victim", "status_reasons": "signs"})
    perform(carla.who, number, [statement], token=str(uuid4()))
    health = make_staff("chidi", Role.HEALTH_SERVICE)
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, health.agency, relation="team")
    mine, theirs = (
        read(as_staff(staff).post("/search/", {"asked": named}).content).text for staff in (carla, health)
    )
    assert "Presumed victim" in mine
    assert NAME in theirs
    assert "Presumed victim" not in theirs
    assert "Not open to your role" in theirs
