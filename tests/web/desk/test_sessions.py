"""Sessions: each open one is listed without an address, and ends at the next click where its owner ends it."""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from pytest_django import Settings

from encircle.actions.account import end_sessions
from encircle.actions.sessions import sessions_of
from encircle.host.database import DatabaseRole
from encircle.records.sessions import SEEN, hashed
from encircle.vocabulary.role import Role
from encircle.web.page.device import device_of
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import PASSWORD, Staff, colleague_of, journal_of, make_staff

AsStaff = Callable[[Staff], Client]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.0 Mobile/15E148 Safari/604.1"
)
LIST = "/account/sessions/"
PEOPLE = "/account/colleagues/"


@pytest.fixture
def greta(database: TestDatabase) -> Staff:
    """The supervisor of an agency."""
    return make_staff("greta", Role.SUPERVISOR)


def ids_of(staff: Staff) -> list[str]:
    return [one.id for one in sessions_of(get_user_model().objects.get(pk=staff.account).pk, own="none")]


def signed_in(staff: Staff, device: str) -> Client:
    """In a demonstration, so that the password is enough."""
    client = Client(headers={"user-agent": device})
    client.post("/sign-in/", {"login": staff.login, "password": PASSWORD})
    client.get("/")
    return client


def test_each_open_session_is_listed_with_its_device_and_one_is_this_one(carla: Staff, settings: Settings):
    settings.DEMO = True
    here = signed_in(carla, FIREFOX)
    signed_in(carla, IPHONE)
    page = read(here.get(LIST).content)
    assert (page.problems, page.count("h1")) == ([], 1)
    told = {words: words in page.text for words in ("Firefox on Linux", "Safari on iOS", "Edge")}
    assert told == {"Firefox on Linux": True, "Safari on iOS": True, "Edge": False}
    assert page.text.count("This one") == 1


def test_ending_one_session_ends_it_at_the_next_click_and_no_other(carla: Staff, as_staff: AsStaff):
    here, lost = as_staff(carla), as_staff(carla)
    theirs = hashed(lost.session.session_key)
    assert here.post(LIST, {"do": f"end-{theirs}"}).status_code == 302
    assert (here.get("/").status_code, lost.get("/").status_code) == (200, 302)
    assert ("sign_in", "session_ended", "sign_in", "", False) in journal_of(carla)


def test_ending_all_others_keeps_this_one(carla: Staff, as_staff: AsStaff):
    here, *others = (as_staff(carla) for _ in range(3))
    here.post(LIST, {"do": "others"})
    assert [client.get("/").status_code for client in (here, *others)] == [200, 302, 302]


def test_nobody_ends_the_session_of_somebody_else_by_its_id(carla: Staff, eva: Staff, as_staff: AsStaff):
    hers = as_staff(carla)
    as_staff(eva).post(LIST, {"do": f"end-{hashed(hers.session.session_key)}"})
    assert hers.get("/").status_code == 200


def test_a_supervisor_ends_all_sessions_of_a_colleague(greta: Staff, as_staff: AsStaff):
    colleague = colleague_of(greta)
    first, second, own = as_staff(colleague), as_staff(colleague), as_staff(greta)
    page = read(own.get(PEOPLE).content)
    assert (page.problems, page.count("h1")) == ([], 1)
    assert colleague.login in page.text
    own.post(PEOPLE, {"do": f"end-{colleague.person}"})
    assert [client.get("/").status_code for client in (first, second, own)] == [302, 302, 200]
    assert ("sign_in", "colleague_signed_out", "sign_in", "", False) in journal_of(greta)


def test_a_supervisor_ends_nothing_at_another_agency(greta: Staff, carla: Staff, as_staff: AsStaff):
    hers = as_staff(carla)
    assert as_staff(greta).post(PEOPLE, {"do": f"end-{carla.person}"}).status_code == 403
    assert hers.get("/").status_code == 200


def test_who_keeps_no_people_sees_no_list_of_them_and_the_attempt_is_journalled(
    carla: Staff, as_staff: AsStaff
):
    colleague = colleague_of(carla)
    client = as_staff(carla)
    refused = client.get(PEOPLE)
    assert (refused.status_code, colleague.login in refused.content.decode()) == (403, False)
    assert PEOPLE not in read(client.get("/account/").content).links
    assert ("refusal", "not_a_people_keeper", "sign_in", "", False) in journal_of(carla)


def test_an_operator_ends_all_sessions_of_an_account(database: TestDatabase, carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    assert client.get("/").status_code == 200
    with database.used_as(DatabaseRole.JOBS):
        end_sessions(carla.login)
    assert client.get("/").status_code == 302


def test_an_idle_session_is_not_listed_as_open(carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    assert len(ids_of(carla)) == 1
    session = client.session
    session[SEEN] -= 3600
    session.save()
    assert ids_of(carla) == []


def test_the_database_holds_neither_cookie_nor_address_nor_what_the_browser_says(
    carla: Staff, settings: Settings
):
    settings.DEMO = True
    client = signed_in(carla, FIREFOX)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM staff_session WHERE account_id = %s", (carla.account,))
        stored = json.dumps(cursor.fetchall(), default=str)
    assert hashed(client.session.session_key) in stored
    told = (client.cookies["encircle"].value, "127.0.0.1", "rv:128", "Mozilla")
    assert [plain for plain in told if plain in stored] == []


def test_what_lies_in_the_database_opens_nothing_as_a_cookie(carla: Staff, as_staff: AsStaff):
    stored = hashed(as_staff(carla).session.session_key)
    thief = Client()
    thief.cookies["encircle"] = stored
    assert thief.get("/").status_code == 302


def test_a_device_is_told_from_a_short_list(rf: object):
    def told(agent: str) -> str:
        return device_of(rf.get("/", headers={"user-agent": agent}))

    edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"
    phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
    agents = (FIREFOX, IPHONE, edge, phone, "curl/8", "")
    assert [told(agent) for agent in agents] == [
        *("firefox_linux", "safari_ios", "edge_windows", "chrome_android", "other_other", "other_other"),
    ]
