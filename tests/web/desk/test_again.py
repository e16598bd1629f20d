"""Once more: what is sealed or dangerous opens only for a while after a second step; what was typed comes back."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from encircle.host.clock import now
from encircle.web.desk.acts import TABLE
from encircle.web.page.second_factor import PROVED_AT
from tests.actions.act.test_perform import open_record
from tests.database import TestDatabase
from tests.web.desk.test_record_act import hidden, least_typed
from tests.web.desk.test_second_factor import code, set_up
from tests.web.reading import read
from tests.web.world import Staff, journal_of

AsStaff = Callable[[Staff], Client]
NOTE = "Where the child is stays closed"


@pytest.fixture(autouse=True)
def _no_attempts_before() -> None:
    cache.clear()


def long_ago(client: Client, seconds: int = 31 * 60) -> Client:
    """As if the second step had been so long ago."""
    session = client.session
    session[PROVED_AT] = int(now().timestamp()) - seconds
    session.save()
    return client


def groups_of(staff: Staff) -> str:
    """The field groups that the last look at a record opened."""
    return [groups for kind, _o, _p, groups, of_record in journal_of(staff) if of_record and kind == "look"][
        -1
    ]


def test_where_the_child_is_closes_after_a_while_and_the_page_says_so(
    aino: str, carla: Staff, as_staff: AsStaff
):
    client = as_staff(carla)
    opened = read(client.get(f"/records/{aino}/facts/").content)
    assert ("L" in groups_of(carla), NOTE in opened.text) == (True, False)
    closed = read(long_ago(client).get(f"/records/{aino}/facts/").content)
    assert ("L" in groups_of(carla), NOTE in closed.text) == (False, True)
    assert f"/account/again/?next=%2Frecords%2F{aino}%2Ffacts%2F" in closed.links


def test_a_step_that_was_shown_in_the_future_counts_as_none(aino: str, carla: Staff, as_staff: AsStaff):
    client = long_ago(as_staff(carla), seconds=-3600)
    assert NOTE in read(client.get(f"/records/{aino}/").content).text


def test_a_demonstration_asks_nobody(aino: str, carla: Staff, as_staff: AsStaff, settings: Settings):
    settings.DEMO = True
    assert NOTE not in read(long_ago(as_staff(carla)).get(f"/records/{aino}/").content).text


def test_who_has_no_mandate_for_it_is_told_nothing_of_it(eva: Staff, aino: str, as_staff: AsStaff):
    """Eva may not know of the record: hidden and absent look the same, whatever is closed."""
    client = long_ago(as_staff(eva))
    hidden = client.get(f"/records/{aino}/").content.decode().replace(aino, "")
    absent = client.get("/records/zzzz-zzzz/").content.decode().replace("zzzz-zzzz", "")
    assert _masked(hidden) == _masked(absent)


@pytest.mark.parametrize(
    "address",
    ["/emergency/", "/calendar/download/", "/account/password/", "/account/app/", "/account/colleagues/"],
)
def test_what_is_dangerous_asks_first_and_leads_back(carla: Staff, as_staff: AsStaff, address: str):
    client = as_staff(carla)
    assert client.get(address).headers.get("Location", "").startswith("/account/again/") is False
    asked = long_ago(client).get(address)
    assert asked.headers["Location"] == f"/account/again/?next={address.replace('/', '%2F')}"


def test_a_code_opens_it_again_and_leads_back(carla: Staff):
    client = Client()
    secret, _codes = set_up(client, carla)
    long_ago(client)
    way = client.get("/emergency/").headers["Location"]
    page = read(client.get(way).content)
    assert (page.problems, page.count("h1")) == ([], 1)
    wrong = client.post("/account/again/", {"code": "000000", "next": "/emergency/"})
    assert "Wait for the next one" in read(wrong.content).text
    assert client.get("/emergency/").status_code == 302
    before = client.session.session_key
    right = client.post("/account/again/", {"code": code(secret), "next": "/emergency/"})
    assert (right.status_code, right.headers["Location"]) == (302, "/emergency/")
    assert client.get("/emergency/").status_code == 200
    assert client.session.session_key != before
    told = [outcome for kind, outcome, *_ in journal_of(carla) if kind == "sign_in"]
    assert told[-2:] == ["second_factor_refused", "second_factor_again"]


@pytest.mark.parametrize("way", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_it_leads_nowhere_else(carla: Staff, way: str):
    client = Client()
    secret, _codes = set_up(client, carla)
    right = client.post("/account/again/", {"code": code(secret), "next": way})
    assert right.headers["Location"] == "/"


def test_what_was_typed_comes_back_after_it(carla: Staff):
    client = Client()
    secret, _codes = set_up(client, carla)
    mark = _hidden(client.get("/emergency/").content, "form_mark")
    long_ago(client)
    typed = {"number": "7k2m-9p4x", "reason": "She is on the train", "form_mark": mark}
    held_up = client.post("/emergency/", typed)
    assert (held_up.status_code, read(held_up.content).problems) == (403, [])
    first = client.post("/account/again/", {"carried": _hidden(held_up.content, "carried")})
    done = client.post(
        "/account/again/", {"code": code(secret), "carried": _hidden(first.content, "carried")}
    )
    assert "You have shown that it is you." in read(done.content).text
    back = client.post("/emergency/", {"kept": _hidden(done.content, "kept")})
    assert "She is on the train" in back.content.decode()


def test_a_form_that_writes_where_the_child_is_asks_first_and_keeps_it(carla: Staff, as_staff: AsStaff):
    number = open_record(carla)
    act = next(one for one in TABLE if any(step.type == "placement_started" for step in one.steps))
    address, client = f"/records/{number}/record/{act.slug}/", as_staff(carla)
    form = client.get(address)
    marked = {"form_mark": _hidden(form.content, "form_mark")}
    filled = {**hidden(form.content), **least_typed(act, carla), **marked, "do": "save"}
    held_up = long_ago(client).post(address, filled)
    assert (held_up.status_code, 'name="carried"' in held_up.content.decode()) == (403, True)
    assert ("refusal", "not_allowed") not in {(kind, outcome) for kind, outcome, *_ in journal_of(carla)}
    assert long_ago(client, seconds=10).post(address, filled).status_code == 302


def test_the_page_is_only_for_who_is_signed_in(database: TestDatabase):
    assert Client().get("/account/again/").headers["Location"].startswith("/sign-in/")


def _hidden(content: bytes, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', content.decode())[1]


def _masked(page: str) -> str:
    return re.sub(r'nonce="[^"]+"|value="[^"]{20,}"', "", page)
