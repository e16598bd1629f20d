"""A report from the child's first page to a case, in a browser: read by a desk, answered, and nothing typed again."""

import re
from collections.abc import Callable

import pytest
from pytest_django import Settings

from tests.database import TestDatabase
from tests.web.browser.at_the_door import press
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.variant import NO_SCRIPT, WALKED, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.desks import PASSPHRASE, make_desk

WORDS = "They took my papers. I want to go to school. Canary-77a1"
ANSWER = "We have read it. We are here until ten tonight. You can write here at any time."


@pytest.fixture
def database(own_database: TestDatabase, settings: Settings) -> TestDatabase:
    settings.DEMO = True
    return own_database


@pytest.mark.parametrize("variant", rest_in_full(WALKED, NO_SCRIPT))
def test_what_a_child_wrote_at_the_door_becomes_a_case_and_is_typed_once(
    screen: OpenScreen, database: TestDatabase, variant: Variant
):
    dora, dirk = make_desk(database, "dora"), make_desk(database, "dirk")
    walk, asks = Walk(screen, variant), door_of(screen, variant)
    code = asks(WORDS)
    with walk.given("the report waits at each desk, and its words are sealed", dirk.first) as page:
        page.open("/").page.locator('main a[href="/reports/"]').first.click()
        assert "Canary" not in page.text
        page.follow("Report, %(hour)s")
        assert page.heading == page.said("This report is sealed")
    with walk.when("Dora opens it with her key and answers", dora.first) as page:
        page.open("/reports/").follow("Report, %(hour)s")
        page.fill("Passphrase", "not the one that it is").press("Unlock", status=422)
        page.fill("Passphrase", PASSPHRASE).press("Unlock")
        assert WORDS in page.text
        page.check()
        page.press("Send the answer", status=422)
        page.fill("Write to them", ANSWER).press("Send the answer")
        assert ANSWER in page.text
    with walk.then("the child reads it with the code", None) as page:
        press(page.open("/hello/").page, "code")
        page.page.locator("#code").fill(code)
        press(page.page, "inbox")
        assert page.said("A person has read this.") in page.text
        assert ANSWER in page.text
    with walk.when("Dora opens a concern: her board has the child's words", dora.first) as page:
        page.press("Open a concern")
        assert WORDS in page.text
        page.tick("The child may be a victim of trafficking: open a case")
        page.tick("Urgent: within the next days").fill("Why?", "Papers were taken.").press(
            "Save the decision"
        )
    with walk.then("the case begins with nothing typed again", dora.first) as page:
        page.follow("Open a case")
        assert page.main("textarea").count() == 0
        page.press("Continue")
        assert re.fullmatch(r"/records/[a-z0-9-]+/", page.path)
    with walk.then("the other desk reads that a concern was opened, and does not see it", dirk.first) as page:
        page.open("/reports/?show=done")
        assert page.said("A concern was opened") in page.text
        assert page.main('a[href^="/triage/"]').count() <= 1


def door_of(screen: OpenScreen, variant: Variant) -> Callable[[str], str]:
    """Somebody at the door: what they write, and the code that they are given."""

    def write(words: str) -> str:
        page = screen(variant=variant).open("/hello/").page
        for step in ("danger", "no", "child_who", "child_needs", "child_account"):
            press(page, step)
        page.locator("#text").fill(words)
        for step in ("check", "send"):
            press(page, step)
        return page.locator(".code").first.inner_text()

    return write
