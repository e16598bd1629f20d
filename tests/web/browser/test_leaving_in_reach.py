"""The way out is in reach wherever somebody has scrolled: on a telephone, on its side, and four times as large."""

import pytest
from playwright.sync_api import ViewportSize

from tests.database import TestDatabase
from tests.web.browser.at_the_door import press
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.screen import Screen
from tests.web.browser.test_childs_page import PARTS, code_for
from tests.web.browser.variant import EITHER, NO_SCRIPT, PLAIN, Variant, rest_in_full
from tests.web.desks import make_desk
from tests.web.world import Staff

SIZES: tuple[ViewportSize, ...] = (
    {"width": 390, "height": 760},
    {"width": 760, "height": 360},
    {"width": 320, "height": 256},
)
"""In CSS pixels; the last is a screen of 1280 x 1024 at 400 % (WCAG 2.2, 1.4.10)."""
LANGUAGES = (
    pytest.param("en", marks=pytest.mark.full),
    "ar",
    "de",
    pytest.param("fi", marks=pytest.mark.full),
)
REACHED = """() => {
  const out = document.querySelector("a.out"), missed = [];
  const all = document.scrollingElement, end = all.scrollHeight - innerHeight;
  for (const to of [0, end / 3, end / 2, end]) {
    scrollTo({top: to, behavior: "instant"});
    const box = out.getBoundingClientRect();
    const inside = box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
    if (!inside) { missed.push(["outside", to]); continue; }
    for (const x of [box.left + 4, (box.left + box.right) / 2, box.right - 4])
      for (const y of [box.top + 4, (box.top + box.bottom) / 2, box.bottom - 4])
        if (document.elementFromPoint(x, y)?.closest("a.out") !== out) missed.push(["covered", to, x, y]);
  }
  scrollTo(0, 0);
  return missed;
}"""
LEFT_FREE = (
    """() => 1 - document.querySelector(".top:has(a.out)").getBoundingClientRect().bottom / innerHeight"""
)
LEAST_FREE = 0.6
"""The share of the screen below the bar with the way out that is there to read and write."""


@pytest.fixture(autouse=True)
def desks(database: TestDatabase) -> None:
    for name in ("dora", "dirk"):
        make_desk(database, name)


def missed(child: Screen) -> list[object]:
    """Where the way out is not in reach on this page, by size and place."""
    found: list[object] = []
    for size in SIZES:
        child.page.set_viewport_size(size)
        found += [(child.heading, size, one) for one in child.page.evaluate(REACHED)]
        if child.page.evaluate(LEFT_FREE) < LEAST_FREE:
            found.append((child.heading, size, "little is left to read"))
    child.page.set_viewport_size(SIZES[0])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", rest_in_full(EITHER, NO_SCRIPT))
def test_at_the_door_it_is_in_reach_at_each_place_of_each_page(
    screen: OpenScreen, variant: Variant, language: str
):
    child = screen(variant=variant)
    child.speak(language)
    page = child.open("/hello/").page
    found = missed(child)
    for step in ("danger", "no", "child_who", "child_needs", "child_account", "check", "send", "inbox"):
        press(page, step)
        found += missed(child)
    child.open("/hello/read/")
    found += missed(child)
    child.open("/hello/")
    for step in ("danger", "no", "ask", "talk"):
        press(page, step)
        found += missed(child)
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_page_of_a_child_it_is_in_reach_at_each_place(
    screen: OpenScreen, carla: Staff, aino: str, language: str
):
    child = screen(variant=NO_SCRIPT)
    child.speak(language)
    child.open("/my/")
    found = missed(child)
    child.page.locator("#code").fill(code_for(aino, carla))
    child.page.locator("button.go").click()
    child.page.locator("ul.ways").wait_for()
    found += missed(child)
    for part in PARTS:
        child.open(f"/my/{part}/")
        found += missed(child)
    assert found == []


@pytest.mark.parametrize(
    "fault",
    [
        ".top { position: static; }",
        "main { position: relative; z-index: 2; margin-block-start: -9rem; }",
        ".top { padding-block-end: 60vh; }",
    ],
    ids=["scrolls away", "lies below", "takes the screen"],
)
def test_a_way_out_that_is_not_in_reach_is_found(screen: OpenScreen, fault: str):
    child = screen(variant=PLAIN)
    child.open("/hello/")
    assert missed(child) == []
    child.page.evaluate(
        "(css) => { const own = new CSSStyleSheet(); own.replaceSync(css); document.adoptedStyleSheets = [own]; }",
        fault,
    )
    assert missed(child) != []
