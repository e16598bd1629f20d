"""Carla lets a passkey open her key, opens it so on another day and reads where a child is; another passkey cannot."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings

from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.screen import Screen
from tests.web.browser.server import Site, served
from tests.web.browser.variant import PHONE, PLAIN, Variant, rest_in_full
from tests.web.desk.test_keys import KEYS, STREET, WORDS, AsStaff, both_hold, with_place
from tests.web.world import PASSWORD, Staff, colleague_of, make_staff

AUTHENTICATOR = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
CANNOT = "cannot open keys"


@pytest.fixture(autouse=True)
def _as_in_a_demonstration(settings: Settings) -> None:
    """A cheap price of passphrases."""
    settings.DEMO = True
    cache.clear()


@pytest.fixture
def site(database: TestDatabase) -> Iterator[Site]:
    """Under a name: a passkey belongs to one."""
    with served("localhost") as opened:
        yield opened


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def number(carla: Staff, as_staff: AsStaff) -> str:
    """A record with a place, sealed to Carla's agency: she and a colleague have its key."""
    both_hold(carla, colleague_of(carla), as_staff)
    return with_place(carla)


def with_authenticator(screen: Screen, *, prf: bool) -> None:
    """A device that Chromium plays, which has a PRF or has none. It is gone when axe has looked at a page."""
    devtools = screen.page.context.new_cdp_session(screen.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, "hasPrf": prf}})


def with_passkey(screen: Screen, *, prf: bool) -> Screen:
    """Somebody adds a passkey as everybody does, and opens their key with the passphrase."""
    with_authenticator(screen, prf=prf)
    screen.open("/account/passkeys/add/")
    screen.fill("Password", PASSWORD).press("Go on")
    screen.page.get_by_role("button", name="Add it").click()
    screen.page.get_by_role("heading", name="Recovery codes").wait_for()
    return screen.open(KEYS).fill("Passphrase", WORDS).press("Unlock")


def use_passkey(screen: Screen, button: str, then: str) -> None:
    """Press the button that asks the passkey, and wait for these words."""
    screen.page.get_by_role("button", name=button).click()
    screen.page.get_by_text(then).wait_for()
    screen.picture()


@pytest.mark.parametrize("variant", rest_in_full((PLAIN, PHONE), PLAIN))
def test_a_passkey_opens_the_key_and_a_place_is_read(
    screen: OpenScreen, carla: Staff, number: str, variant: Variant
):
    page = with_passkey(screen(carla, variant), prf=True)
    use_passkey(page, "Let a passkey open it", "This passkey opens your key from now on.")
    page.press("Lock it now").open(f"/records/{number}/facts/")
    assert (STREET in page.text, "Sealed part" in page.text) == (False, True)

    page.open(KEYS)
    use_passkey(page, "Open with a passkey", "Your key is open until you sign out")
    assert "prf" not in page.page.url
    page.check()
    page.open(f"/records/{number}/facts/")
    assert STREET in page.text

    page.open(KEYS).press("Lock it now").check()
    page.press(re.compile("^Open it by this passkey no longer")).check()
    assert page.page.get_by_role("button", name="Open with a passkey").count() == 0
    page.fill("Passphrase", WORDS).press("Unlock").check()
    assert page.page.get_by_role("button", name="Let a passkey open it").count() == 1


@pytest.mark.parametrize("variant", [PLAIN], ids=lambda one: one.name)
def test_a_passkey_without_a_prf_is_told_so_and_the_passphrase_stays(
    screen: OpenScreen, carla: Staff, number: str, variant: Variant
):
    page = with_passkey(screen(carla, variant), prf=False)
    assert CANNOT not in page.text
    use_passkey(page, "Let a passkey open it", CANNOT)
    assert page.path == KEYS
    page.check()
    page.open(KEYS).press("Lock it now")
    assert page.page.get_by_role("button", name="Open with a passkey").count() == 0
    page.fill("Passphrase", WORDS).press("Unlock").open(f"/records/{number}/facts/")
    assert STREET in page.text
