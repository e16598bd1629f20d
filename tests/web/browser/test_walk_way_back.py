"""The way back, in a browser: a file sent, the answer read, a voice sent after it, and the desk looks at cleaned copies."""

from random import Random

import pytest
from playwright.sync_api import FilePayload
from pytest_django import Settings

from tests.database import TestDatabase
from tests.host.file.corpus import media, picture
from tests.web.browser.at_the_door import go_on, press
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.screen import Screen
from tests.web.browser.test_door import look
from tests.web.browser.variant import NO_SCRIPT, WALKED, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.desks import PASSPHRASE, make_desk

WORDS = "This is the paper that I had to sign. Canary-b1c1"
ANSWER = "We have looked at it. You can tell us more, also by voice."


@pytest.fixture
def database(own_database: TestDatabase, settings: Settings) -> TestDatabase:
    settings.DEMO = True
    return own_database


def add(child: Screen, field: str, name: str, content: bytes) -> None:
    """A file of the device, added to what is written."""
    press(child.page, "files")
    look(child)
    child.page.locator(f"#{field}").set_input_files(
        FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    )
    press(child.page, "add")


def come_back(child: Screen, code: str) -> None:
    press(child.open("/hello/").page, "code")
    child.page.locator("#code").fill(code)
    press(child.page, "inbox")


@pytest.mark.parametrize("variant", rest_in_full(WALKED, NO_SCRIPT))
def test_a_file_goes_with_a_report_and_a_voice_with_what_is_written_later(
    screen: OpenScreen, database: TestDatabase, variant: Variant
):
    dora = make_desk(database, "dora").first
    make_desk(database, "dirk")
    walk, child = Walk(screen, variant), screen(variant=variant)
    page = child.open("/hello/").page
    for step in ("danger", "no", "child_who", "child_needs", "child_account"):
        press(page, step)
    page.locator("#text").fill(WORDS)
    press(page, "check")
    add(child, "file", "my holiday.jpg", picture("JPEG", Random(1)))
    add(child, "file", "wrong one.jpg", picture("JPEG", Random(2)))
    assert page.locator("button[name=left_out]").count() == 2
    go_on(page, page.locator("button[name=left_out]").last)
    assert page.locator("button[name=left_out]").count() == 1
    assert [WORDS in child.text, "holiday" in page.content()] == [True, False]
    press(page, "send")
    code = page.locator(".code").last.inner_text()
    with walk.when("Dora looks at the cleaned copy, veiled until she asks, and answers", dora) as desk:
        desk.open("/reports/").follow("Report, %(hour)s")
        desk.fill("Passphrase", PASSPHRASE).press("Unlock")
        desk.follow("Look at the cleaned copy").check()
        desk.follow("Show it clearly").check()
        desk.page.go_back()
        desk.follow("A report from the door").fill("Write to them", ANSWER).press("Send the answer")
    come_back(child, code)
    assert [words in child.text for words in (ANSWER, WORDS)] == [True, True]
    look(child)
    add(child, "voice", "voice.m4a", media("ipod", "aac", 48_000))
    press(page, "reply")
    assert child.said("It is sent.") in child.text
    look(child)
    with walk.then("Dora hears it, as a cleaned copy", dora) as desk:
        desk.open("/reports/").follow("Report, %(hour)s")
        sound = desk.main("article", has_text=desk.said("A sound"))
        sound.get_by_role("link", name=desk.said("Look at the cleaned copy")).click()
        desk.page.locator("audio").wait_for()
