"""Every role of the demonstration follows every link: each leads somewhere, and no page shuts anybody out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from encircle.actions.post import Post, demonstration_posts
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.browser.conftest import SignedIn
from tests.web.browser.crawl import crawl, inside, kind_of
from tests.web.browser.screen import Screen, none_left, screen_of
from tests.web.browser.server import Site, served
from tests.web.browser.variant import ALL, PHONE, Variant
from tests.web.world import Staff

ANSWERS = set(range(400, 600))
"""The crawl says itself where a link led nowhere, and goes on."""
CHECKED: set[tuple[str, str]] = set()
"""Kinds of pages that were looked at already in a variant: the next role that comes by only follows the links."""


@pytest.fixture
def site(demonstration: TestDatabase) -> Iterator[Site]:
    with served() as opened:
        yield opened


def one_of_each_role() -> list[Post]:
    found: dict[Role, Post] = {}
    for post in demonstration_posts():
        found.setdefault(post.who.role, post)
    return [found[role] for role in sorted(found)]


def look(screen: Screen) -> list[str]:
    """What is wrong with this page, if it is the first of its kind in this variant."""
    kind = (kind_of(screen.path), screen.variant.name)
    if kind in CHECKED:
        return []
    CHECKED.add(kind)
    screen.picture()
    return screen.problems()


def follow_all_links(
    browser: Browser, site: Site, signed_in: SignedIn, variant: Variant, *, most: int, of_a_kind: int
) -> list[str]:
    wrong: list[str] = []
    for post in one_of_each_role():
        with screen_of(browser, site, variant) as screen:
            screen.speak(variant.language)
            screen.sign_in(
                signed_in(Staff("", post.who.agency, post.who.role, str(post.account), post.who.person))
            )
            screen.allowed = ANSWERS
            found = crawl(screen, most=most, of_a_kind=of_a_kind, visit=look)
        wrong += [f"{post.who.role}: {one}" for one in found]
    return wrong


def test_each_role_finds_no_link_that_leads_nowhere_and_no_page_that_shuts_out(
    browser: Browser, site: Site, signed_in: SignedIn
):
    none_left(follow_all_links(browser, site, signed_in, PHONE, most=12, of_a_kind=1))


@pytest.mark.full
@pytest.mark.parametrize("variant", ALL, ids=lambda variant: variant.name)
def test_each_role_follows_many_links_in_each_way_to_look(
    browser: Browser, site: Site, signed_in: SignedIn, variant: Variant
):
    none_left(follow_all_links(browser, site, signed_in, variant, most=24, of_a_kind=2))


def test_the_links_that_are_followed_are_those_of_the_site():
    address, here = "http://127.0.0.1:1", "http://127.0.0.1:1/records/a/"
    assert [
        inside(address, here, link) for link in ("/", "?zoom=day", "../b/", "#x", "http://a.example/")
    ] == [
        "/",
        "/records/a/?zoom=day",
        "/records/b/",
        None,
        None,
    ]
    assert kind_of("/records/abcd-efgh/") == kind_of("/records/zzzz-zzzz/")
    assert kind_of("/records/abcd-efgh/?zoom=day") != kind_of("/records/abcd-efgh/")
