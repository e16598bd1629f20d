"""A teacher's report in a browser, with a script and without: filled in, looked at, sent, and a concern typed once."""

import pikepdf
import pytest
from pytest_django import Settings

from tests.database import TestDatabase
from tests.web.browser.at_the_door import press
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.screen import Screen
from tests.web.browser.test_door import CONTRAST_7, SMALL
from tests.web.browser.variant import ALL, ARABIC_PHONE, EITHER, PLAIN, WALKED, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.desks import PASSPHRASE, make_desk

SEEN = "He slept in class and had no coat. Canary-51e2"
WORDS = "I have to be back by six. Canary-51e3"
TEACHER = "Canary-51e4, class teacher"


@pytest.fixture
def database(own_database: TestDatabase, settings: Settings) -> TestDatabase:
    settings.DEMO = True
    return own_database


@pytest.mark.parametrize("variant", rest_in_full(WALKED, *EITHER))
def test_what_a_teacher_wrote_becomes_a_concern_and_is_typed_once(
    screen: OpenScreen, database: TestDatabase, variant: Variant
):
    dora = make_desk(database, "dora")
    make_desk(database, "dirk")
    teacher = screen(variant=variant)
    page = teacher.open("/report/").page
    page.locator("main a").first.click()
    page.wait_for_load_state()
    with teacher.expecting(422):
        press(page, "check")
    assert teacher.said("Choose one. Not knowing is an answer.") in teacher.text
    page.locator('input[name="pro_danger"][value="no"]').check()
    page.locator("#pro_seen").fill(SEEN)
    page.locator("#pro_words").fill(WORDS)
    page.locator("#pro_reporter").fill(TEACHER)
    press(page, "check")
    assert all(text in teacher.text for text in (SEEN, WORDS, TEACHER))
    press(page, "form")
    assert page.locator("#pro_seen").input_value() == SEEN
    press(page, "check")
    press(page, "send")
    assert "encircle=" not in teacher.cookies
    with page.expect_download() as download:
        page.locator('button[value="receipt"]').click()
    assert download.value.suggested_filename == "receipt.pdf"
    with pikepdf.open(download.value.path()) as receipt:
        assert str(receipt.Root.Lang).split("-")[0] == variant.language
    press(page, "inbox")
    assert teacher.said("Nobody has read this yet.") in teacher.text
    walk = Walk(screen, variant)
    with walk.when("Dora reads the parts apart, and opens a concern", dora.first) as desk:
        desk.open("/reports/").page.locator("ul.tasks h3 a").first.click()
        desk.fill("Passphrase", PASSPHRASE).press("Unlock")
        assert desk.page.locator("dl.answers dt").count() >= 4
        desk.check()
        desk.press("Open a concern")
        assert SEEN in desk.text
        assert WORDS in desk.text
        assert "Canary-51e4" not in desk.text


@pytest.mark.parametrize("variant", rest_in_full(ALL, PLAIN, ARABIC_PHONE))
def test_the_form_shuts_nobody_out(screen: OpenScreen, database: TestDatabase, variant: Variant):
    for name in ("dora", "dirk"):
        make_desk(database, name)
    teacher = screen(variant=variant)
    for address in ("/report/", "/report/hotel/guide/", "/report/hotel/"):
        look(teacher.open(address))
    teacher.page.locator('input[name="pro_danger"][value="no"]').check()
    teacher.page.locator("#pro_seen").fill(SEEN)
    for step in ("check", "send"):
        teacher.page.emulate_media(media="screen")
        press(teacher.page, step)
        look(teacher)


def look(screen: Screen) -> None:
    """In every way of looking, and as clear as the rest of the door."""
    screen.check()
    if not screen.variant.printed:
        assert screen.page.evaluate(CONTRAST_7) == []
        assert screen.page.evaluate(SMALL.replace('"a, button', '"a.out, button')) == []
