"""A call at a helpline, in a browser: noted with a plan, handed over to triage, and a case, with nothing typed twice."""

import re

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from tests.database import TestDatabase
from tests.web.browser.at_the_door import press
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.variant import NO_SCRIPT, WALKED, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.desks import PASSPHRASE, make_desk

HEARD = "They took my papers. I sleep at the shop. Canary-c4a1"
ASKED = "Can you talk now? Canary-c4a2"
SAFE = "the school nurse, Canary-c4a3"
ANSWER = "We have read what you told. Somebody is here until ten tonight."


@pytest.fixture
def database(own_database: TestDatabase, settings: Settings) -> TestDatabase:
    settings.DEMO = True
    return own_database


@pytest.mark.parametrize("variant", rest_in_full(WALKED, NO_SCRIPT))
def test_what_a_caller_said_is_noted_with_a_plan_and_becomes_a_case_and_is_typed_once(
    screen: OpenScreen, database: TestDatabase, variant: Variant
):
    dora, dirk = make_desk(database, "dora"), make_desk(database, "dirk")
    walk = Walk(screen, variant)
    with walk.given("the rule has to be told first, and what was typed stays", dora.first) as page:
        page.open("/talks/").follow("Note a call").check()
        page.page.locator("#heard").fill(HEARD)
        page.press("Save it and show the code", status=422)
        assert page.page.locator("#heard").input_value() == HEARD
    with walk.when("Dora says that it was told, and notes a plan made together", dora.first) as page:
        page.tick("I have told the caller that I must act when a child is in danger")
        page.tick("No, not now").page.locator("#asked").fill(ASKED)
        page.page.locator("summary", has_text=page.said("A plan for safety")).click()
        page.page.locator("[name=plan_person]").fill(SAFE)
        page.press("Save it and show the code")
        code = page.main(".card").first.inner_text()
        assert re.fullmatch(r"[\d ]{24,}", code)
    with walk.when("another desk opens it with its key and answers", dirk.first) as page:
        page.open("/reports/").follow("Report, %(hour)s")
        page.fill("Passphrase", PASSPHRASE).press("Unlock")
        assert all(words in page.text for words in (HEARD, ASKED, SAFE))
        page.fill("Write to them", ANSWER).press("Send the answer")
    with walk.then("the caller comes back with the code, to the plan and the answer", None) as page:
        press(page.open("/hello/").page, "code")
        page.page.locator("#code").fill(code)
        press(page.page, "inbox")
        assert all(words in page.text for words in (HEARD, SAFE, ANSWER))
    with walk.when("it becomes a concern and a case", dirk.first) as page:
        page.press("Open a concern")
        assert HEARD in page.text
        page.tick("The child may be a victim of trafficking: open a case")
        page.tick("Urgent: within the next days").fill("Why?", "Papers were taken.")
        page.press("Save the decision").follow("Open a case")
        expect(page.main("textarea")).to_have_count(0)
        page.press("Continue")
    with walk.then("nothing was typed twice", dirk.first) as page:
        assert re.fullmatch(r"/records/[a-z0-9-]+/", page.path)
