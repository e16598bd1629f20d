"""Dmitri links the sign-in of his organisation, signs in by it from another browser, and is told when it does not work."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser
from pytest_django import Settings

from encircle.host.clock import now
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.provider import real_provider, written
from tests.web.browser.conftest import SignedIn
from tests.web.browser.screen import Screen, none_left, screen_of
from tests.web.browser.server import Site
from tests.web.browser.variant import EITHER, NO_SCRIPT, Variant, rest_in_full
from tests.web.desk.coming import STEPS, agency_code, at_provider
from tests.web.world import Staff, make_staff

STYLES = "https://cdn.jsdelivr.net/**"
"""Of the page of the provider: nothing of the tests asks the world."""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("real")
    with real_provider(folder) as issuer:
        yield issuer, folder


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    cache.clear()
    return make_staff("dmitri", Role.POLICE)


def sign_in_there(page: Screen, issuer: str, name: str) -> None:
    """What a person does at the provider. What its own page asks for and says is not ours to judge."""
    assert page.page.url.startswith(issuer)
    page.page.locator("input[name=sub]").first.fill(name)
    page.page.get_by_role("button", name="Authorize").click()
    page.page.wait_for_url(f"{page.site.address}/**")
    page.faults[:] = [fault for fault in page.faults if page.site.address in fault]


@pytest.mark.parametrize("variant", rest_in_full(EITHER, NO_SCRIPT))
def test_it_is_linked_and_signs_in(
    browser: Browser,
    site: Site,
    signed_in: SignedIn,
    real: tuple[str, Path],
    dmitri: Staff,
    settings: Settings,
    variant: Variant,
):
    issuer, folder = real
    settings.PROVIDERS, name = (written(folder, issuer, {agency_code(dmitri): STEPS}),), uuid4().hex
    told = json.dumps({"amr": ["otp"], "auth_time": int(now().timestamp())}).encode()
    at_provider(f"{issuer}/users/{name}", folder, told, method="PUT", kind="application/json")
    with screen_of(browser, site, variant, elsewhere=issuer) as office:
        office.page.context.route(STYLES, lambda route: route.abort())
        office.sign_in(signed_in(dmitri))
        office.open("/account/").follow("Other ways to sign in")
        office.check()
        office.press(re.compile("^Link it"))
        none_left(office.problems())
        office.page.get_by_role("link", name="Go on at State sign-in").click()
        sign_in_there(office, issuer, name)
        assert office.path == "/account/linked/"
        office.check()
        assert "Let it go" in office.text
    with screen_of(browser, site, variant, elsewhere=issuer) as elsewhere:
        elsewhere.page.context.route(STYLES, lambda route: route.abort())
        elsewhere.open("/search/")
        assert elsewhere.path == "/sign-in/"
        elsewhere.check()
        elsewhere.page.get_by_role("link", name="Sign in with State sign-in").click()
        with elsewhere.expecting(400):
            sign_in_there(elsewhere, issuer, "a stranger")
        assert elsewhere.heading == "That did not work"
        elsewhere.check()
        elsewhere.open("/search/")
        elsewhere.page.get_by_role("link", name="Sign in with State sign-in").click()
        sign_in_there(elsewhere, issuer, name)
        assert elsewhere.path == "/search/"
