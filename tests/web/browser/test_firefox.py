"""The door and the child's page in Firefox: told, come back, left; and what its profile holds then: no word, no code."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from encircle.actions.childs_page.handing import Check, Company, Device, hand_over
from tests.database import TestDatabase
from tests.firefox import MISSING, Firefox, find_firefox, firefox
from tests.web.browser.profile_of_firefox import addresses_in, found_in, unpacked, visited
from tests.web.browser.server import Site
from tests.web.browser.test_door import HIDDEN_AFTER
from tests.web.desks import make_desk
from tests.web.world import Staff
from tests.window import PATIENCE_S, Window

pytestmark = pytest.mark.skipif(find_firefox() is None, reason=MISSING)

SEA = "Why is the sea salty?"
CANARY = "Canary-93b1-of-a-child"
NEUTRAL = {("/hello/", "Hello"), ("/hello/out/", "None"), ("/sea/", SEA)}
TELLS_NOTHING = (
    "/hello/out/",
    "/hello/",
    "/sea/",
    "/static/door.css",
    "/static/door.js",
    "/static/icons.svg",
)
OFTEN = {"browser.sessionstore.interval": 200}
"""Firefox writes its file of open tabs each quarter of a minute; here more often, so that nothing waits for it."""
SETTLES_S = 1
QUESTION = re.compile(r"[?&](?!v=[0-9a-f])[a-z_]{3,}")
SHIFT = "\ue008"


@pytest.fixture(autouse=True)
def desks(database: TestDatabase) -> None:
    for name in ("dora", "dirk"):
        make_desk(database, name)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the Firefox of most tests keeps what it keeps."""
    return tmp_path_factory.mktemp("firefox") / "profile"


@pytest.fixture(scope="module")
def window(profile: Path) -> Iterator[Firefox]:
    """One Firefox for the tests that look at what it shows."""
    with firefox(profile, OFTEN, killed=True) as opened:
        yield opened


def press(page: Window, step: str) -> None:
    """The button that leads to that step; wait until another page stands there."""
    page.leads_on(f'button[value="{step}"]')


def tell(page: Firefox, site: Site) -> str:
    """Somebody tells and sends; the code, as it stands on the page."""
    page.open(f"{site.address}/hello/")
    for step in ("danger", "no", "child_who", "child_needs", "child_account"):
        press(page, step)
    page.type("#text", CANARY)
    time.sleep(SETTLES_S)
    press(page, "check")
    press(page, "send")
    return page.text(".code")


def come_back(page: Firefox, site: Site, code: str) -> None:
    """They read it again with the code."""
    page.open(f"{site.address}/hello/")
    press(page, "code")
    page.type("#code", code)
    time.sleep(SETTLES_S)
    press(page, "inbox")
    assert CANARY in page.source
    time.sleep(SETTLES_S)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_somebody_tells_comes_back_and_leaves_and_nothing_is_in_any_file_of_firefox(
    site: Site, tmp_path: Path, javascript: bool
):
    profile = tmp_path / "profile"
    with firefox(profile, OFTEN, javascript=javascript) as page:
        code = tell(page, site)
        come_back(page, site, code)
        assert found_in(profile, CANARY, code) == [], "not even before they leave"
        page.click("a.out")
        page.find("article")
        page.back()
        assert [CANARY in page.source, code in page.source] == [False, False]
        assert page.cookies() == []
    assert found_in(profile, CANARY, code) == []
    assert visited(profile, site.address) <= NEUTRAL
    assert telling(addresses_in(profile, site.address)) == set()


def test_a_child_writes_on_its_own_page_and_leaves_and_nothing_is_in_any_file_of_firefox(
    site: Site, tmp_path: Path, carla: Staff, aino: str
):
    profile = tmp_path / "profile"
    code = hand_over(carla.who, aino, Check(Company.ALONE, Device.OWN, wished=True), token=str(uuid4()))
    with firefox(profile, OFTEN, killed=True) as page:
        page.open(f"{site.address}/my/").type("#code", code)
        time.sleep(SETTLES_S)
        page.leads_on("button.go")
        page.open(f"{site.address}/my/say/").type("#words", CANARY)
        time.sleep(SETTLES_S)
        page.leads_on("button.go")
        page.click("a.out")
        page.find("article")
        page.back()
        assert CANARY not in page.source
        time.sleep(SETTLES_S)
    assert found_in(profile, CANARY, code) == []


def test_a_field_that_firefox_keeps_is_found(window: Firefox, profile: Path, site: Site):
    window.open(f"{site.address}/hello/")
    for step in ("danger", "no", "child_who", "child_needs", "child_account"):
        press(window, step)
    window.run("document.querySelector('#text').removeAttribute('autocomplete'); done();")
    window.type("#text", CANARY)
    until = time.monotonic() + PATIENCE_S
    while not (kept := found_in(profile, CANARY)) and time.monotonic() < until:
        time.sleep(SETTLES_S)
    assert any("sessionstore" in name for name in kept)


def test_an_address_that_tells_is_known_from_what_a_file_holds_behind_one():
    quiet = {"/hello/", "/static/door.css?v=4e60b50cb470", "/sea/Why", "/hello/r&?M\u00b3=", "/hello/r&p7"}
    assert telling(quiet) == set()
    loud = {"/report/", "/hello/?code=1", "/hello/?leave", "/static/door.js?v=1&code=2", "/my/"}
    assert telling(quiet | loud) == loud


def test_a_tap_hides_the_page_within_a_tenth_of_a_second_and_back_shows_nothing(window: Firefox, site: Site):
    window.open(f"{site.address}/hello/")
    press(window, "danger")
    press(window, "no")
    assert "What next?" in window.source
    assert window.run(f"({HIDDEN_AFTER})().then(done)") <= 100
    window.find("article")
    assert (window.path, window.title) == ("/sea/", SEA)
    window.back()
    window.find("article")
    assert "What next?" not in window.source


def test_shift_three_times_leaves_and_as_a_part_of_writing_does_not(window: Firefox, site: Site):
    window.open(f"{site.address}/hello/")
    for step in ("danger", "no", "child_who", "child_needs", "child_account"):
        press(window, step)
    window.type("#text", "AAAA")
    assert (window.path, window.value("#text")) == ("/hello/", "AAAA")
    window.press(SHIFT, SHIFT, SHIFT)
    window.find("article")
    assert window.path == "/sea/"
    window.back()
    window.find("article")
    assert "AAAA" not in window.source


def telling(paths: set[str]) -> set[str]:
    """Addresses of ours that say more than those of the sea.

    Behind an address a file of Firefox holds on with other things, such as numbers: what comes after one that tells
    nothing counts where it is a question by a name (`?code`).
    """
    return {
        path
        for path in paths - {"", "/"}
        if (path.startswith("/") and not path.startswith(TELLS_NOTHING)) or QUESTION.search(path)
    }


def test_what_firefox_packs_is_unpacked():
    block = b"\x5fHello\x05\x00\x1a\x10!"
    assert unpacked(b"mozLz40\0" + (51).to_bytes(4, "little") + block) == b"Hello" * 10 + b"!"
