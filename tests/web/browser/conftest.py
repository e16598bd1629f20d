"""One browser for each worker, screens for each test, and a site whose database is that of the test."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker, Settings

from encircle.actions.demonstration import add_country, add_people_of
from encircle.actions.examples import load_case, real_cases
from encircle.actions.synthetic import synthetic_cases
from encircle.host.database import DatabaseRole
from tests.browser import MISSING, find_browser, is_left_out, start
from tests.database import TestDatabase
from tests.web.browser.screen import Screen, screen_of
from tests.web.browser.server import Site, served
from tests.web.browser.variant import PLAIN, Variant
from tests.web.world import Staff

HERE = Path(__file__).parent
CHILDREN = 8
OpenScreen = Callable[..., Screen]
SignedIn = Callable[[Staff], str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser, and with leave to go on without: skip, to be counted at the end."""
    if is_left_out():
        for item in items:
            if HERE in item.path.parents and "browser" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason="no browser"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One process, used by all tests of this room in this worker."""
    if find_browser() is None:
        pytest.fail(MISSING, pytrace=False)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop running in this thread, and Django would take each query for a fault.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = start(playwright)
        yield opened
        opened.close()


@pytest.fixture
def site(database: TestDatabase) -> Iterator[Site]:
    """The pages, over the database of this worker, in the role web."""
    with served() as opened:
        yield opened


@pytest.fixture
def screen(browser: Browser, site: Site, signed_in: SignedIn) -> Iterator[OpenScreen]:
    """Opens a screen for somebody: `screen(carla, NO_SCRIPT)`; without anybody, nobody is signed in."""
    with ExitStack() as stack:

        def opened(staff: Staff | None = None, variant: Variant = PLAIN) -> Screen:
            made = stack.enter_context(screen_of(browser, site, variant))
            if variant.language != "en":
                made.speak(variant.language)
            if staff is not None:
                made.sign_in(signed_in(staff))
            return made

        yield opened


@pytest.fixture
def signed_in(as_staff: Callable[[Staff], Client]) -> SignedIn:
    """The session of somebody who has signed in, as the cookie that carries it."""

    def cookie(staff: Staff) -> str:
        return as_staff(staff).cookies["encircle"].value

    return cookie


@pytest.fixture(scope="package")
def country(cloned: Callable[[], TestDatabase], django_db_blocker: DjangoDbBlocker) -> TestDatabase:
    """A database with the demonstration: its people, its first children and one real case."""
    database = cloned()
    with (
        django_db_blocker.unblock(),
        database.used_as(DatabaseRole.JOBS),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(django_settings, "DEMO", True)
        add_country(1)
        real = next(iter(real_cases()))
        load_case(real, seen_by=())
        add_people_of(real, 1)
        for case in islice(synthetic_cases(1), CHILDREN):
            load_case(case, seen_by=())
    return database


@pytest.fixture
def demonstration(
    country: TestDatabase, settings: Settings, django_db_blocker: DjangoDbBlocker
) -> Iterator[TestDatabase]:
    """The demonstration as its pages meet it."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.web.demonstration_urls"
    with django_db_blocker.unblock(), country.used_as(DatabaseRole.WEB):
        yield country
