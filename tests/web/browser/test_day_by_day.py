"""A real case played day by day from the page of roles, with the keyboard alone, in every way to look."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.database import TestDatabase
from tests.web.browser.screen import screen_of
from tests.web.browser.server import served
from tests.web.browser.variant import ALL, EITHER, Variant

PLAY = re.compile("^Play this case day by day")


@pytest.mark.parametrize("variant", EITHER, ids=lambda variant: variant.name)
def test_a_real_case_is_played_with_the_keyboard(
    browser: Browser, demonstration: TestDatabase, variant: Variant
):
    with served() as site, screen_of(browser, site, variant) as screen:
        screen.open("/step-in/").press(PLAY)
        assert re.fullmatch(r"/records/[\w-]+/days/", screen.path)
        place = screen.main(".asof .knowledge")
        for way, number in (("after", 2), ("after", 3), ("before", 2)):
            screen.main(f"#day-{way}").focus()
            screen.page.keyboard.press("Enter")
            expect(place).to_contain_text(f"Day {number} of ")
            expect(screen.main("[aria-current=date]")).to_have_count(1)
        screen.check()


@pytest.mark.full
def test_a_day_is_open_to_everybody_in_every_way_to_look(browser: Browser, demonstration: TestDatabase):
    with served() as site:
        with screen_of(browser, site, EITHER[0]) as first:
            first.open("/step-in/").press(PLAY).follow("Next day")
            address, cookies = first.page.url.removeprefix(site.address), first.page.context.cookies()
        (cookie,) = [one["value"] for one in cookies if one["name"] == "encircle"]
        found = []
        for variant in ALL:
            with screen_of(browser, site, variant) as screen:
                if variant.language != "en":
                    screen.speak(variant.language)
                screen.sign_in(cookie)
                found += screen.open(address).problems()
    assert found == []
