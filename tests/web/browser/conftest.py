"""One browser for each worker, screens for each test, and a site whose database is that of the test."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from tests.browser import MISSING, find_browser, is_left_out, start
from tests.database import TestDatabase
from tests.web.browser.screen import Screen, screen_of
from tests.web.browser.server import Site, served
from tests.web.browser.variant import PLAIN, Variant
from tests.web.world import Staff

HERE = Path(__file__).parent
OpenScreen = Callable[..., Screen]


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
def screen(browser: Browser, site: Site) -> Iterator[OpenScreen]:
    """Opens a screen for somebody: `screen(carla, NO_SCRIPT)`; without anybody, nobody is signed in."""
    with ExitStack() as stack:

        def opened(staff: Staff | None = None, variant: Variant = PLAIN) -> Screen:
            made = stack.enter_context(screen_of(browser, site, variant))
            if variant.language != "en":
                made.speak(variant.language)
            if staff is not None:
                made.sign_in(session_of(staff))
            return made

        yield opened


def session_of(staff: Staff) -> str:
    """The session of somebody who has signed in, as the cookie that carries it."""
    client = Client()
    client.force_login(get_user_model().objects.get(pk=staff.account))
    return client.cookies["encircle"].value
