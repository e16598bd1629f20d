"""Nobody locks a colleague out: wrong attempts slow strangers, not a browser that is known, nor a session that is open."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

from encircle.actions.account import end_sessions
from encircle.actions.sign_in import Attempts
from encircle.host.database import DatabaseRole
from encircle.web.page.known_device import COOKIE
from tests.database import TestDatabase
from tests.web.desk.test_second_factor import code, set_up
from tests.web.world import PASSWORD, Staff

AsStaff = Callable[[Staff], Client]
SECOND = "/account/second-factor/"


@pytest.fixture(autouse=True)
def _no_attempts_before() -> None:
    cache.clear()


def password(client: Client, staff: Staff, said: str = PASSWORD) -> object:
    return client.post("/sign-in/", {"login": staff.login, "password": said})


def attack(staff: Staff) -> None:
    """A stranger tries until the login waits."""
    for _ in range(Attempts.free + 3):
        password(Client(), staff, "wrong")


@pytest.fixture
def known(carla: Staff) -> Client:
    """Carla's own browser, in which she has signed in with both steps and signed out again."""
    client = Client()
    secret, _codes = set_up(client, carla)
    client.post("/sign-out/")
    password(client, carla)
    client.post(SECOND, {"code": code(secret)})
    client.post("/sign-out/")
    cache.clear()
    return client


def test_a_stranger_waits_even_with_the_right_password(carla: Staff):
    attack(carla)
    assert password(Client(), carla).status_code == 400


def test_a_browser_that_is_known_signs_in_all_the_same(carla: Staff, known: Client):
    attack(carla)
    assert password(known, carla).headers["Location"] == SECOND
    assert password(Client(), carla).status_code == 400


def test_a_known_browser_is_slowed_by_its_own_wrong_attempts(carla: Staff, known: Client):
    for _ in range(Attempts.free):
        password(known, carla, "wrong")
    assert password(known, carla).status_code == 400


def test_an_open_session_goes_on(carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    attack(carla)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("forged", ["", "x", "WzFd:1abcde:forged", "a" * 5000])
def test_a_forged_device_helps_nobody(carla: Staff, forged: str):
    attack(carla)
    thief = Client()
    thief.cookies[COOKIE] = forged
    assert password(thief, carla).status_code == 400


def test_the_device_of_one_account_helps_no_other(carla: Staff, eva: Staff, known: Client):
    attack(eva)
    assert password(known, eva).status_code == 400


def test_a_device_is_forgotten_when_all_sessions_are_ended(
    database: TestDatabase, carla: Staff, known: Client
):
    with database.used_as(DatabaseRole.JOBS):
        end_sessions(carla.login)
    attack(carla)
    assert password(known, carla).status_code == 400


def test_a_password_alone_makes_no_known_browser(carla: Staff):
    set_up(Client(), carla)
    client = Client()
    password(client, carla)
    assert COOKIE not in client.cookies


def test_the_cookie_is_for_the_sign_in_alone_and_names_nobody(carla: Staff, known: Client):
    cookie = known.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/sign-in/", True, "Lax")
    assert carla.login not in cookie.value


def test_a_session_that_was_ended_opens_nothing_when_it_is_sent_again(carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    kept = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    client.post("/sign-out/")
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = kept
    assert thief.get("/").status_code == 302


@pytest.mark.parametrize("forged", ["a" * 32, "", "../../etc/passwd", "%00", "0" * 5000])
def test_a_forged_session_opens_nothing(carla: Staff, forged: str):
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = forged
    assert thief.get("/").status_code == 302


def test_a_form_token_of_another_session_is_refused(carla: Staff, as_staff: AsStaff):
    hers, evil = as_staff(carla), Client(enforce_csrf_checks=True)
    hers.handler.enforce_csrf_checks = True
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', evil.get("/sign-in/").content.decode())[1]
    hers.get("/account/sessions/")
    refused = hers.post("/account/sessions/", {"do": "others", "csrfmiddlewaretoken": token})
    assert refused.status_code == 403
