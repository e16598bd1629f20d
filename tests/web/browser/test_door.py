"""The door in a browser: help asked for and answered, with a script and without; leaving, and what Back shows then."""

import pytest
from playwright.sync_api import Error, Page

from tests.database import TestDatabase
from tests.web.browser.at_the_door import press
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.screen import Screen
from tests.web.browser.variant import ALL, ARABIC_PHONE, EITHER, NO_SCRIPT, PLAIN, Variant, rest_in_full
from tests.web.desks import make_desk

QUESTIONS = ("child_who", "child_needs", "child_account")
WORDS = "I want to tell you something. Canary-41d7"
CONTRAST_7 = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [.2126, .7152, .0722][at], 0);
  const under = (node) => { for (; node; node = node.parentElement) {
    const found = rgb(getComputedStyle(node).backgroundColor); if (found.length < 4 || found[3]) return found; }
    return [255, 255, 255]; };
  const found = [];
  for (const node of document.querySelectorAll("body *")) {
    if (![...node.childNodes].some(one => one.nodeType === 3 && one.data.trim())) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(under(node))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 7) found.push(node.outerHTML.slice(0, 80));
  }
  return found;
}"""
SMALL = """() => [...document.querySelectorAll("a, button, label.choice, textarea")].filter(one => {
  const box = one.getBoundingClientRect(); return box.width < 44 || box.height < 44;
}).map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture(autouse=True)
def desks(database: TestDatabase) -> None:
    for name in ("dora", "dirk"):
        make_desk(database, name)


def to_the_account(child: Screen) -> Page:
    """The page that asks for it, where nothing was chosen before."""
    page = child.open("/hello/").page
    for step in ("danger", "no", *QUESTIONS):
        press(page, step)
    return page


def look(child: Screen) -> None:
    """In every way of looking; and as large and as clear as a child in a hurry needs it."""
    child.check()
    if not child.variant.printed:
        assert child.page.evaluate(CONTRAST_7) == []
        assert child.page.evaluate(SMALL) == []


@pytest.mark.parametrize("variant", rest_in_full(ALL, PLAIN, ARABIC_PHONE))
def test_the_door_shuts_nobody_out(screen: OpenScreen, variant: Variant):
    child = screen(variant=variant)
    child.open("/hello/")
    for step in ("unsafe", "danger", "no", *QUESTIONS, "check", "send", "inbox"):
        look(child)
        child.page.emulate_media(media="screen")
        press(child.page, step)
    look(child)
    child.open("/sea/").check()
    child.open("/hello/read/")
    for chosen in ("10-13", "next", "help"):
        look(child)
        child.page.emulate_media(media="screen")
        press(child.page, chosen)
    look(child)


@pytest.mark.parametrize("variant", EITHER, ids=lambda variant: variant.name)
def test_somebody_reports_comes_back_and_leaves(screen: OpenScreen, variant: Variant):
    child = screen(variant=variant)
    page = child.open("/hello/").page
    press(page, "danger")
    press(page, "no")
    press(page, "child_who")
    press(page, "child_needs")
    page.locator('input[value="talk"]').check()
    press(page, "child_account")
    page.locator("#text").fill(WORDS)
    press(page, "check")
    assert WORDS in child.text
    for step in QUESTIONS:
        press(page, step)
    assert page.locator("#text").input_value() == WORDS
    press(page, "check")
    assert "Somebody to talk to" in child.text
    press(page, "send")
    code = page.locator(".code").first.inner_text()
    page.locator("a.out").click()
    page.locator("article").wait_for()
    assert (child.path, child.cookies) == ("/sea/", "")
    child.open("/hello/")
    press(page, "code")
    page.locator("#code").fill(code)
    press(page, "inbox")
    assert WORDS in child.text
    assert code not in page.url
    assert page.title() == "Hello"


def test_shift_three_times_leaves_and_back_does_not_show_the_last_page(screen: OpenScreen):
    child = screen(variant=PLAIN)
    page = child.open("/hello/").page
    press(page, "danger")
    press(page, "no")
    assert "What next?" in page.content()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.locator("article").wait_for()
    assert child.path == "/sea/"
    page.go_back()
    page.locator("article").wait_for()
    page.reload()
    assert child.path == "/sea/"
    assert "What next?" not in page.content()


def test_back_without_a_script_shows_nothing_of_the_last_page(screen: OpenScreen):
    child = screen(variant=NO_SCRIPT)
    page = child.open("/hello/").page
    press(page, "danger")
    press(page, "no")
    page.locator("a.out").click()
    page.locator("article").wait_for()
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    page.wait_for_timeout(1_000)
    assert "What next?" not in page.content()


def test_back_leads_to_the_page_before_with_all_that_was_typed(screen: OpenScreen):
    child = screen(variant=PLAIN)
    page = to_the_account(child)
    page.locator("#text").fill(WORDS)
    press(page, "check")
    assert WORDS in child.text
    page.go_back()
    assert page.locator("#text").input_value() == WORDS
    page.go_back()
    page.locator('input[value="talk"]').check()
    press(page, "child_account")
    press(page, "check")
    assert "Somebody to talk to" in child.text


def test_where_it_cannot_be_sent_what_was_typed_stays_and_it_is_told(screen: OpenScreen):
    child = screen(variant=PLAIN)
    page = to_the_account(child)
    page.locator("#text").fill(WORDS)
    page.route("**/hello/", lambda route: route.abort())
    page.locator('button[value="check"]').click()
    assert "What you wrote is still here" in page.get_by_role("alert").inner_text()
    assert page.locator("#text").input_value() == WORDS
    assert [fault for fault in child.faults if "ERR_FAILED" not in fault] == []
    child.faults.clear()
    page.unroute("**/hello/")
    press(page, "check")
    assert WORDS in child.text


def test_also_from_a_page_of_an_error_one_leaves_and_comes_back_to_what_was_typed(screen: OpenScreen):
    child = screen(variant=PLAIN)
    page = to_the_account(child)
    page.locator("#text").fill(WORDS)
    broken = (
        "<!doctype html><html lang=en><title>Hello</title><body><main><h1>Broken</h1></main></body></html>"
    )
    page.route("**/hello/", lambda route: route.fulfill(status=500, content_type="text/html", body=broken))
    press(page, "check")
    assert child.heading == "Broken"
    page.go_back()
    assert page.locator("#text").input_value() == WORDS
    press(page, "check")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.locator("article").wait_for()
    assert child.path == "/sea/"
    child.faults[:] = [fault for fault in child.faults if "500" not in fault]


HIDDEN_AFTER = """() => new Promise((told) => {
  const begun = performance.now();
  new MutationObserver(() => told(performance.now() - begun)).observe(document.documentElement, { attributes: true });
  document.querySelector("a.out").click();
})"""


def test_leaving_hides_the_page_within_a_tenth_of_a_second(screen: OpenScreen):
    page = screen(variant=PLAIN).open("/hello/").page
    assert page.evaluate(HIDDEN_AFTER) <= 100


def test_shift_as_a_part_of_writing_does_not_leave(screen: OpenScreen):
    child = screen(variant=PLAIN)
    page = to_the_account(child)
    page.locator("#text").click()
    for _ in range(4):
        page.keyboard.press("Shift+A")
    assert page.locator("#text").input_value() == "AAAA"
    assert child.path == "/hello/"


def test_without_a_script_the_link_leads_to_the_same_place(screen: OpenScreen):
    child = screen(variant=NO_SCRIPT)
    child.open("/hello/")
    assert "close this window" in child.text
    assert "Shift three times" not in child.text
    child.page.locator("a.out").click()
    child.page.locator("article").wait_for()
    assert child.path == "/sea/"
