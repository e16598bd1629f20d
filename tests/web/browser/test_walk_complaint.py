"""A complaint in a browser: from a child's page and from the door to a body, and the answer back; nobody else sees it."""

from uuid import uuid4

import pytest
from pytest_django import Settings

from encircle.actions.childs_page.handing import Check, Company, Device, hand_over
from tests.database import TestDatabase
from tests.web.browser.at_the_door import press
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.variant import NO_SCRIPT, WALKED, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.complaint_bodies import make_body
from tests.web.desks import PASSPHRASE, DeskStaff
from tests.web.world import Staff

WORDS = "My guardian never comes. Canary-5f0e"
ANSWER = "You are right. A guardian must come to you. You get another one."


@pytest.fixture
def database(own_database: TestDatabase, settings: Settings) -> TestDatabase:
    settings.DEMO = True
    return own_database


def answer(page_of: Walk, ombud: DeskStaff, about: str) -> None:
    with page_of.when("the body opens it with its key, promises a day and answers", ombud.first) as page:
        page.open("/").follow("Complaints").follow("Complaint, %(hour)s")
        assert page.heading == page.said("This complaint is sealed")
        page.fill("Passphrase", PASSPHRASE).press("Unlock")
        assert page.said(about) in page.text
        assert "Canary" in page.text
        page.check()
        page.press("Send the answer", status=422)
        page.page.locator("[name=promised]").fill("31.12.1999")
        page.press("Promise an answer", status=422)
        page.tick("The one who complained is right")
        page.fill("The answer, in words that they understand", ANSWER).press("Send the answer")
        assert page.said("The answer is sent. If something new is written, it comes back.") in page.text


@pytest.mark.parametrize("variant", rest_in_full(WALKED, NO_SCRIPT))
def test_a_child_complains_on_its_page_and_reads_the_answer_there(
    screen: OpenScreen, database: TestDatabase, carla: Staff, aino: str, variant: Variant
):
    ombud, walk = make_body("oda"), Walk(screen, variant)
    code = hand_over(carla.who, aino, Check(Company.ALONE, Device.OWN, wished=True), token=str(uuid4()))
    with walk.given("the child writes what is not right, and who reads it stands above", None) as page:
        page.open("/my/").fill("The code on your card", code).press("Open it")
        page.follow("Something is not right")
        page.check()
        page.main("summary", has_text=page.said("Who is it about?")).click()
        page.tick("My guardian").fill("What is not right?", WORDS).press("Send it")
        assert page.said("Thank you. It is saved.") in page.text
        assert "Canary" not in page.text
    with walk.then("those who work for the child see nothing of it", carla) as page:
        page.open("/")
        assert [page.said("Complaints") in page.text, "/complaints/" in page.page.content()] == [False, False]
        page.open(f"/records/{aino}/")
        assert "/complaints/" not in page.page.content()
        page.open("/complaints/", status=403)
    answer(walk, ombud, "Guardian")
    with walk.then("the child reads the answer on its page", None) as page:
        page.open("/my/complain/")
        page.main("summary", has_text=page.said("What I wrote before")).click()
        assert page.said("They say: you are right.") in page.text
        page.main("summary", has_text=page.said("Read the answer")).click()
        assert ANSWER in page.text


@pytest.mark.parametrize("variant", rest_in_full(WALKED, NO_SCRIPT))
def test_somebody_complains_at_the_door_and_comes_back_with_the_code(
    screen: OpenScreen, database: TestDatabase, variant: Variant
):
    ombud, walk = make_body("oda"), Walk(screen, variant)
    page = screen(variant=variant).open("/hello/").page
    for step in ("complain", "complain_about", "complain_words"):
        press(page, step)
    page.locator("#text").fill(WORDS)
    press(page, "complain_send")
    code = page.locator(".code").first.inner_text()
    answer(walk, ombud, "Not said about whom")
    back = screen(variant=variant).open("/hello/").page
    press(back, "code")
    back.locator("#code").fill(code)
    press(back, "inbox")
    assert ANSWER in back.locator("main").inner_text()
