"""Carla signs in and sees Aino's record; Eva of another agency must see nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.test.client import FakePayload
from django.utils import translation
from pytest_django import Settings

from encircle.actions.reports import door
from encircle.actions.reports.flood import Arrivals
from encircle.host.clock import now
from encircle.vocabulary.role import Role
from encircle.web.page.second_factor import PROVED
from encircle.web.page.session import begin
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, load, make_staff

AINO_CASE = "8.3"


class Purposeful(Client):
    """A browser that, asked for the purpose of its visit, chooses the last one, and goes on to where it wanted to go."""

    def request(self, **asked: Any) -> HttpResponse:
        """Asked first, then as it was."""
        body = asked["wsgi.input"].read() if "wsgi.input" in asked else None
        answer = super().request(**self._anew(asked, body))
        way, _, back = answer.headers.get("Location", "").partition("?next=")
        if answer.status_code != 302 or not way.endswith("/purpose/") or not back:
            return answer
        offered = [one["value"] for one in read(self.get(way).content).inputs if one.get("name") == "visit"]
        self.post(way, {"visit": offered[-1]})
        return super().request(**self._anew(asked, body))

    @staticmethod
    def _anew(asked: dict[str, Any], body: bytes | None) -> dict[str, Any]:
        return asked if body is None else {**asked, "wsgi.input": FakePayload(body)}


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """What one test asked for in another language is not the language of the next."""
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture(autouse=True)
def _no_flood(monkeypatch: pytest.MonkeyPatch) -> None:
    """What came in other tests makes no flood of this one's reports."""
    monkeypatch.setattr(door, "ARRIVALS", Arrivals())


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def eva(database: TestDatabase) -> Staff:
    return make_staff("eva", Role.NGO)


@pytest.fixture
def aino(database: TestDatabase, carla: Staff) -> str:
    """The number of a record of 20 facts, that of a boy found in a house where drugs are sold (8.3)."""
    return load(database, AINO_CASE, seen_by=carla)


@pytest.fixture
def as_staff() -> Callable[[Staff], Client]:
    """A browser in which that person is signed in, with a second factor. It answers to what end it opens a record."""

    def signed_in(staff: Staff) -> Client:
        client = Purposeful()
        client.force_login(get_user_model().objects.get(pk=staff.account))
        session = client.session
        session[PROVED] = True
        begin(session, at=now())
        session.save()
        return client

    return signed_in
