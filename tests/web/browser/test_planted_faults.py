"""The browser's eyes see what they are there to see: each planted fault is found, and a sound page is let pass."""

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings

from tests.browser import count_left_out
from tests.database import TestDatabase
from tests.web.browser import axe
from tests.web.browser.crawl import crawl
from tests.web.browser.screen import Screen, screen_of
from tests.web.browser.server import served
from tests.web.browser.variant import NO_SCRIPT, PHONE, PLAIN, Variant


@pytest.fixture(autouse=True)
def _planted(database: TestDatabase, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.web.browser.planted_urls"


def problems(browser: Browser, fault: str, variant: Variant = PLAIN) -> str:
    """What is said of the page with that fault; empty where all is well."""
    with served() as site, screen_of(browser, site, variant) as screen:
        screen.open(f"/planted/{fault}/")
        return "\n".join(screen.problems())


def failure(browser: Browser, fault: str) -> str:
    """With which words the test that opens this page fails."""
    with pytest.raises(AssertionError) as failed:
        problems(browser, fault)
    return str(failed.value)


@pytest.mark.parametrize("variant", [PLAIN, NO_SCRIPT, PHONE], ids=lambda variant: variant.name)
def test_a_sound_page_passes(browser: Browser, variant: Variant):
    assert problems(browser, "none", variant) == ""


@pytest.mark.parametrize("variant", [PLAIN, NO_SCRIPT], ids=lambda variant: variant.name)
def test_a_field_without_a_label_is_named_with_page_rule_and_element(browser: Browser, variant: Variant):
    said = problems(browser, "no-label", variant)
    assert f"/planted/no-label/ ({variant.name}): axe: label (critical): input" in said


def test_a_page_wider_than_a_telephone_is_seen(browser: Browser):
    assert "wider than the screen by" in problems(browser, "wide", PHONE)


def test_two_headings_of_the_first_rank_are_seen(browser: Browser):
    assert "2 headings of the first rank" in problems(browser, "two-headings")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("inline-script", "the console: "),
        ("other-host", "asked another host: http://picture.example/a.png"),
        ("not-there", "/static/no-such-picture.png answered 404"),
        ("broken", "answered 500"),
        ("variable", "nobody_gave_this"),
    ],
)
def test_what_goes_wrong_behind_a_page_fails_the_test(browser: Browser, fault: str, said: str):
    assert said in failure(browser, fault)


def test_a_page_is_taken_for_one_of_before_only_if_it_looks_the_same(browser: Browser):
    looks = []
    for variant in (PLAIN, NO_SCRIPT, PHONE):
        with served() as site, screen_of(browser, site, variant) as screen:
            looks.append(axe.look_of(screen.open("/planted/no-label/").page))
            assert axe.violations(screen.page) == axe.violations(screen.page) != []
            screen.page.evaluate("document.querySelector('h1').className = 'faint'")
            looks.append(axe.look_of(screen.page))
    plain, faint, without, faint_without, phone, _faint_phone = looks
    assert (without, faint_without) == (plain, faint)
    assert len({plain, faint, phone}) == 3


def test_a_walk_of_links_names_what_leads_nowhere_and_opens_only_what_has_something_new(browser: Browser):
    opened: list[str] = []

    def visit(screen: Screen) -> list[str]:
        opened.append(screen.path)
        return []

    with served() as site, screen_of(browser, site, PLAIN) as screen:
        wrong = crawl(screen, start="/planted/links/", most=9, of_a_kind=9, visit=visit, known=set())
    assert opened == ["/planted/links/", "/planted/no-label/"]
    assert wrong == ["/planted/no-label/: no label: {'type': 'text'}", "/planted/nowhere/ answered 404"]


def test_without_a_browser_the_page_tests_that_were_not_run_are_counted():
    skipped = ["tests/web/browser/test_pages.py::test_a", "tests/law/test_b.py::test_b"]
    assert count_left_out(skipped) == "ALLOW_NO_BROWSER=1 and no browser: 1 page tests were not run."
