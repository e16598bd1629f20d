"""The door and the child's page in WebKit, the engine of Safari: leaving at once, and what Back shows then."""

import time
from collections.abc import Iterator
from uuid import uuid4

import pytest

from encircle.actions.childs_page.handing import Check, Company, Device, hand_over
from tests.database import TestDatabase
from tests.web.browser.server import Site
from tests.web.browser.test_door import HIDDEN_AFTER
from tests.web.browser.test_firefox import CANARY, SEA, SHIFT, press
from tests.web.desks import make_desk
from tests.web.world import Staff
from tests.webkit import MISSING, WebKit, find_webkit, webkit
from tests.window import Failed

pytestmark = pytest.mark.skipif(find_webkit() is None, reason=MISSING)

TO_THE_ACCOUNT = ("danger", "no", "child_who", "child_needs", "child_account")
SETTLES_S = 0.5
either = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])


@pytest.fixture(autouse=True)
def desks(database: TestDatabase) -> None:
    for name in ("dora", "dirk"):
        make_desk(database, name)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebKit]:
    """One WebKit for the tests that have a script."""
    with webkit(tmp_path_factory.mktemp("webkit")) as opened:
        yield opened


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebKit]:
    """One that runs no script of a page."""
    with webkit(tmp_path_factory.mktemp("webkit-without"), javascript=False) as opened:
        yield opened


@pytest.fixture
def page(request: pytest.FixtureRequest, javascript: bool) -> WebKit:
    opened: WebKit = request.getfixturevalue("window" if javascript else "without")
    return opened


def to_the_account(page: WebKit, site: Site) -> None:
    page.open(f"{site.address}/hello/")
    for step in TO_THE_ACCOUNT:
        press(page, step)
    page.type("#text", CANARY)


def left(page: WebKit) -> None:
    """They leave, and stand at the sea."""
    page.click("a.out")
    page.find("article")


def back(page: WebKit) -> None:
    """Press Back; where it asks whether to send again, nobody agrees."""
    page.back()
    time.sleep(SETTLES_S)


def test_a_page_runs_scripts_in_one_and_none_in_the_other(window: WebKit, without: WebKit, site: Site):
    def runs(page: WebKit) -> bool:
        page.open(f"{site.address}/hello/").find("h1")
        page.press(SHIFT, SHIFT, SHIFT)
        time.sleep(SETTLES_S)
        return page.path == "/sea/"

    assert [runs(window), runs(without)] == [True, False]


def told_and_come_back(page: WebKit, site: Site) -> str:
    """Somebody tells, and reads it again with the code; the code."""
    to_the_account(page, site)
    press(page, "check")
    press(page, "send")
    code = page.text(".code")
    page.open(f"{site.address}/hello/")
    press(page, "code")
    page.type("#code", code)
    press(page, "inbox")
    assert CANARY in page.source
    return code


def test_somebody_tells_comes_back_and_leaves_and_back_shows_none_of_it(window: WebKit, site: Site):
    code = told_and_come_back(window, site)
    left(window)
    assert (window.path, window.title) == ("/sea/", SEA)
    for _ in range(3):
        back(window)
        assert [CANARY in window.source, code in window.source] == [False, False]
    assert window.cookies() == []


def test_without_a_script_the_same_link_leads_away_and_the_first_page_says_to_close_the_window(
    without: WebKit, site: Site
):
    """This WebKit sends a form again when Back is pressed, and asks nobody: only a script keeps it from that."""
    without.open(f"{site.address}/hello/")
    assert "close this window" in without.text("main")
    assert "Shift three times" not in without.text("main")
    told_and_come_back(without, site)
    left(without)
    assert (without.path, without.title) == ("/sea/", SEA)
    assert without.cookies() == []


@either
def test_a_child_writes_on_its_own_page_and_leaves_and_back_shows_none_of_it(
    page: WebKit, site: Site, javascript: bool, carla: Staff, aino: str
):
    code = hand_over(carla.who, aino, Check(Company.ALONE, Device.OWN, wished=True), token=str(uuid4()))
    page.open(f"{site.address}/my/").type("#code", code)
    page.leads_on("button.go")
    page.open(f"{site.address}/my/say/").type("#words", CANARY)
    page.leads_on("button.go")
    left(page)
    for _ in range(3):
        back(page)
        assert CANARY not in page.source
    page.open(f"{site.address}/my/say/")
    assert "#words" not in page.source
    with pytest.raises(Failed):
        page.ask("FindElement", using="css selector", value="#words")


def test_a_tap_hides_the_page_within_a_tenth_of_a_second(window: WebKit, site: Site):
    window.open(f"{site.address}/hello/")
    press(window, "danger")
    press(window, "no")
    assert "What next?" in window.source
    assert window.run(f"({HIDDEN_AFTER})().then(done)") <= 100
    window.find("article")
    assert (window.path, window.title) == ("/sea/", SEA)
    back(window)
    assert "What next?" not in window.source


def test_shift_three_times_leaves_and_as_a_part_of_writing_does_not(window: WebKit, site: Site):
    window.open(f"{site.address}/hello/")
    for step in TO_THE_ACCOUNT:
        press(window, step)
    window.type("#text", "AAAA")
    assert (window.path, window.value("#text")) == ("/hello/", "AAAA")
    window.press(SHIFT, SHIFT, SHIFT)
    window.find("article")
    assert window.path == "/sea/"
    back(window)
    assert "AAAA" not in window.source
