"""A talk before a report, in a browser: somebody asks without a script, a desk answers, and it becomes a case, typed once."""

import re

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from encircle.web.page.talk_form import TOLD
from tests.database import TestDatabase
from tests.web.browser import at_the_door
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.screen import Screen
from tests.web.browser.test_door import look
from tests.web.browser.variant import ALL, NO_SCRIPT, PHONE, PLAIN, WALKED, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.desks import PASSPHRASE, DeskStaff, make_desk

WORDS = "May I ask what happens if I tell you something? Canary-30d2"
ANSWER = "Yes. You decide what you tell. Nothing happens before we have talked."


@pytest.fixture
def database(own_database: TestDatabase, settings: Settings) -> TestDatabase:
    settings.DEMO = True
    return own_database


def press(screen: Screen, step: str) -> None:
    at_the_door.press(screen.page, step)


def asked(child: Screen) -> None:
    """The rule is read, and the first words are sent."""
    child.open("/hello/")
    for step in ("danger", "no", "ask"):
        press(child, step)
    press(child, "talk")
    child.page.locator("#text").fill(WORDS)
    press(child, "say")


def taken(walk: Walk, desk: DeskStaff) -> None:
    with walk.when("Dora takes it with her key", desk.first) as page:
        page.open("/talks/").follow("Talk, %(hour)s")
        page.fill("Passphrase", PASSPHRASE).press("Unlock")
        page.press("I answer")
        assert WORDS in page.text


@pytest.mark.parametrize("variant", rest_in_full(WALKED, NO_SCRIPT))
def test_what_was_asked_first_becomes_a_case_and_is_typed_once(
    screen: OpenScreen, database: TestDatabase, variant: Variant
):
    dora, _dirk = make_desk(database, "dora"), make_desk(database, "dirk")
    walk, child = Walk(screen, variant), screen(variant=variant)
    asked(child)
    code = child.page.locator(".code").first.inner_text()
    taken(walk, dora)
    with walk.when("she answers, and sends a plan made together", dora.first) as page:
        page.fill("Write to them", ANSWER).press("Send the answer")
        page.page.locator("summary", has_text=page.said("A plan for safety")).click()
        page.page.locator("[name=plan_person]").fill("the school nurse")
        page.press("Send the plan")
    press(child, "look")
    assert all(words in child.text for words in (ANSWER, "the school nurse"))
    child.page.locator("#text").fill("Then I tell you. Somebody has my papers.")
    press(child, "say")
    with walk.when("it becomes a report; the child is told first", dora.first) as page:
        page.follow("See what is new")
        assert "Somebody has my papers." in page.text
        page.page.locator("summary", has_text=page.said("Make a report of it")).click()
        page.tick("A child is in danger: it has to be, also if they do not want it")
        page.press("Tell them, then make a report").follow("Go to the report")
        assert WORDS in page.text
        page.press("Open a concern")
        assert WORDS in page.text
        page.tick("The child may be a victim of trafficking: open a case")
        page.tick("Urgent: within the next days").fill("Why?", "Papers were taken.").press(
            "Save the decision"
        )
        page.follow("Open a case")
        assert page.main("textarea").count() == 0
        page.press("Continue")
        assert re.fullmatch(r"/records/[a-z0-9-]+/", page.path)
    child.open("/hello/")
    press(child, "code")
    child.page.locator("#code").fill(code)
    press(child, "inbox")
    assert child.said(str(TOLD["danger"])) in child.text


def test_with_a_script_both_see_new_words_without_pressing_anything(
    screen: OpenScreen, database: TestDatabase
):
    dora, _dirk = make_desk(database, "dora"), make_desk(database, "dirk")
    walk, child = Walk(screen, PLAIN), screen(variant=PLAIN)
    asked(child)
    taken(walk, dora)
    desk = walk.screen_of(dora.first)
    child.page.locator("#text").fill("half a thought")
    desk.fill("Write to them", ANSWER).press("Send the answer")
    expect(child.page.locator("#lines")).to_contain_text(ANSWER, timeout=10_000)
    assert child.page.locator("#text").input_value() == "half a thought"
    desk.fill("Write to them", "a long answer")
    child.page.locator("#text").fill("One more question")
    press(child, "say")
    expect(desk.page.locator("#said")).to_contain_text("One more question", timeout=15_000)
    assert desk.page.get_by_label("Write to them").input_value() == "a long answer"
    child.page.locator("a.out").click()
    child.page.locator("article").wait_for()
    desk.open("/talks/?show=over")
    assert "Ended" in desk.text


@pytest.mark.parametrize("variant", rest_in_full(ALL, PHONE))
def test_the_talk_shuts_nobody_out(screen: OpenScreen, database: TestDatabase, variant: Variant):
    for name in ("dora", "dirk"):
        make_desk(database, name)
    child = screen(variant=variant)
    child.open("/hello/")
    for step in ("danger", "no", "ask", "talk"):
        press(child, step)
        child.page.emulate_media(media="screen")
    look(child)
    child.page.emulate_media(media="screen")
    child.page.locator("#text").fill(WORDS)
    for step in ("say", "look", "part"):
        press(child, step)
        look(child)
        child.page.emulate_media(media="screen")
