"""A passkey in a real browser, with an authenticator that Chromium plays: made at the first sign-in, used at the next."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import BrowserContext, Page, sync_playwright

from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.world import PASSWORD, Staff, journal_of, make_staff

CHROMIUM = Path("/usr/bin/chromium")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Quiet(WSGIRequestHandler):
    """Tells nothing of each request."""

    def log_message(self, *args: object) -> None:
        return None


@pytest.fixture
def address(database: TestDatabase) -> Iterator[str]:
    """The pages, served by this process under the name that a passkey belongs to."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def browser() -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield chromium.new_context()
        finally:
            chromium.close()


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    cache.clear()
    return make_staff("dmitri", Role.POLICE)


def sign_in(page: Page, address: str, staff: Staff) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Login").fill(staff.login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def walk(address: str, staff: Staff) -> tuple[list[str], list[str]]:
    """Where one stands after each step; what the browser complained about."""
    stood: list[str] = []
    with browser() as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        devtools = context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

        def stand() -> None:
            stood.append(page.url.removeprefix(address))

        sign_in(page, address, staff)
        stand()
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_role("button", name="Add it").click()
        page.get_by_role("heading", name="Recovery codes").wait_for()
        stand()
        page.get_by_role("button", name="Sign out").click()
        sign_in(page, address, staff)
        stand()
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(f"{address}/")
        stand()
    return stood, complaints


@pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("ALLOW_NO_BROWSER") == "1",
    reason="There is no Chromium, and ALLOW_NO_BROWSER=1 is set.",
)
def test_a_passkey_opens_what_a_password_alone_does_not(address: str, dmitri: Staff):
    # Another browser of these tests may run in this thread already, and it suffers no second one beside it.
    with ThreadPoolExecutor(max_workers=1) as alone:
        stood, complaints = alone.submit(walk, address, dmitri).result()
    assert stood == ["/account/", "/account/recovery-codes/", "/account/second-factor/", "/"]
    assert complaints == []
    outcomes = [outcome for kind, outcome, *_ in journal_of(dmitri) if kind == "sign_in"]
    assert outcomes == ["ok", "second_factor_added", "password_right", "ok"]
