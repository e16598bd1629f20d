"""A call noted on the pages of a helpline: asks for the rule and the words, for no name, and shows a code once."""

from uuid import uuid4

import pytest
from pytest_django import Settings

from encircle.actions.reports import door
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desks import make_desk
from tests.web.page.test_manner import AsStaff
from tests.web.reading import read
from tests.web.world import Staff, make_staff

CANARY = "She says <b>she</b> may not go out. Canary-91c0"


@pytest.fixture
def heli(database: TestDatabase, settings: Settings) -> Staff:
    settings.DEMO = True
    for name in ("dora", "dirk"):
        make_desk(database, name)
    return make_staff("heli", Role.HELPLINE)


def test_a_call_is_asked_for_kindly_keeps_what_was_typed_and_becomes_one_report(
    heli: Staff, as_staff: AsStaff
):
    client, token = as_staff(heli), str(uuid4())
    page = read(client.get("/talks/call/").content)
    assert (page.problems, page.count("h1")) == ([], 1)
    names = {one["name"] for one in page.inputs if one.get("type") != "hidden"}
    assert not {"name", "caller", "number", "phone", "address"} & names
    typed = {"heard": CANARY, "danger": "no", "language": "et", "token": token, "plan_word": "umbrella"}
    missing = client.post("/talks/call/", typed)
    assert (missing.status_code, "Tell the caller first" in read(missing.content).text) == (422, True)
    assert "Canary-91c0" in missing.content.decode()
    noted = [client.post("/talks/call/", {**typed, "rule_told": "yes"}) for _ in range(2)]
    assert {one.status_code for one in noted} == {200}
    codes = {
        read(one.content).text.split("cannot be found again.")[1].split("Both")[0].strip() for one in noted
    }
    assert len(codes) == 1
    inbox = door.open_inbox(codes.pop()[:30])
    assert inbox is not None
    assert inbox.said[0].text == CANARY
    assert inbox.said[1].text.endswith("umbrella")


def test_what_cannot_be_sent_changes_nothing(heli: Staff, as_staff: AsStaff):
    client = as_staff(heli)
    for typed in ({}, {"heard": "x", "rule_told": "yes", "token": "no token"}, {"heard": "x" * 30_000}):
        assert client.post("/talks/call/", typed).status_code == 422
    assert as_staff(make_staff("eva", Role.SCHOOL)).get("/talks/call/").status_code == 403
