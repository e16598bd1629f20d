"""Sessions end: after some time without a click, after a working day, and never in another's browser."""

from collections.abc import Callable

import pytest
from django.conf import settings as django_settings
from django.test import Client

from encircle.host.clock import now
from encircle.web.page.session import SEEN, SINCE
from tests.web.world import Staff


def moved(client: Client, **seconds: int) -> Client:
    """As if the session had begun, or been used last, so many seconds ago."""
    session, at = client.session, int(now().timestamp())
    for name, ago in seconds.items():
        session[{"since": SINCE, "seen": SEEN}[name]] = at - ago
    session.save()
    return client


@pytest.mark.parametrize(
    ("since", "seen", "status"),
    [
        (60, 10, 200),
        (9 * 3600, 29 * 60, 200),
        (3600, 30 * 60, 302),
        (10 * 3600, 10, 302),
    ],
)
def test_a_session_ends_when_it_is_idle_or_old(
    carla: Staff, as_staff: Callable[[Staff], Client], since: int, seen: int, status: int
):
    client = moved(as_staff(carla), since=since, seen=seen)
    assert client.get("/").status_code == status
    assert client.get("/").status_code == status


def test_a_click_keeps_a_session_alive_but_not_beyond_its_day(
    carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = moved(as_staff(carla), since=3600, seen=20 * 60)
    began = client.session[SINCE]
    client.get("/")
    assert int(now().timestamp()) - client.session[SEEN] < 60
    assert client.session[SINCE] == began


def test_what_the_cookies_forbid():
    assert (
        django_settings.SESSION_COOKIE_HTTPONLY,
        django_settings.SESSION_COOKIE_SAMESITE,
        django_settings.CSRF_COOKIE_HTTPONLY,
        django_settings.SESSION_COOKIE_SECURE is django_settings.BEHIND_TLS,
    ) == (True, "Lax", True, True)


def test_a_session_ends_when_the_clock_was_set_back(carla: Staff, as_staff: Callable[[Staff], Client]):
    client = moved(as_staff(carla), since=-3600, seen=-3600)
    assert client.get("/").status_code == 302
