"""Dmitri signs in for the first time by the pages themselves, sets up his second step, and comes back the next day."""

import re

import pytest
from django.core.cache import cache

from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.screen import Screen
from tests.web.browser.variant import EITHER, Variant
from tests.web.browser.walk import Walk
from tests.web.desk.test_second_factor import code
from tests.web.world import PASSWORD, Staff, make_staff


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    cache.clear()
    return make_staff("dmitri", Role.POLICE)


def say_password(screen: Screen, who: Staff, password: str, *, status: int = 200) -> None:
    screen.fill("Login", who.login).fill("Password", password).press("Sign in", status=status)


@pytest.mark.parametrize("variant", EITHER, ids=lambda variant: variant.name)
def test_a_police_officer_signs_in_by_the_pages_themselves(
    screen: OpenScreen, dmitri: Staff, variant: Variant
):
    walk = Walk(screen, variant)
    with walk.given("nobody is signed in, and somebody asks for the records") as page:
        page.open("/")
        assert page.path == "/sign-in/"
    with walk.when("Dmitri types a wrong password") as page:
        say_password(page, dmitri, "a wrong password", status=400)
        assert page.page.get_by_label("Login", exact=True).input_value() == dmitri.login
    with walk.when("he types the right one") as page:
        say_password(page, dmitri, PASSWORD)
        assert page.path == "/account/"
    with walk.when("he sets up the app on his telephone") as page:
        page.follow("Set up an app")
        page.check()
        secret = re.search(r"Key: ([A-Z2-7]{32})", page.text)[1]
        page.fill("Code", code(secret)).press("Set it up")
        assert page.path == "/account/recovery-codes/"
    with walk.then("his records open, and he signs out") as page:
        page.open("/")
        assert page.heading == "My work"
        page.press("Sign out")
        assert page.path == "/sign-in/"
    with walk.when("he comes back and the code is asked for") as page:
        cache.clear()
        say_password(page, dmitri, PASSWORD)
        page.check()
        page.fill("Code", code(secret)).press("Sign in")
        assert (page.path, page.heading) == ("/", "My work")
