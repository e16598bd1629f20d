"""Carla signs in and sees Aino's record; Eva of another agency must see nothing."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from encircle.host.clock import now
from encircle.vocabulary.role import Role
from encircle.web.page.second_factor import PROVED
from encircle.web.page.session import begin
from tests.database import TestDatabase
from tests.web.world import Staff, load, make_staff

AINO_CASE = "8.3"


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """What one test asked for in another language is not the language of the next."""
    translation.activate("en")
    yield
    translation.activate("en")


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
    """A browser in which that person is signed in, with a second factor."""

    def signed_in(staff: Staff) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(pk=staff.account))
        session = client.session
        session[PROVED] = True
        begin(session, at=now())
        session.save()
        return client

    return signed_in
