"""Every role of the demonstration follows every link: each leads somewhere, and no page shuts anybody out."""

from collections.abc import Container, Iterator

import pytest
from playwright.sync_api import Browser

from encircle.actions.post import Post, demonstration_posts
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.browser.conftest import SignedIn
from tests.web.browser.crawl import crawl, elements, inside, kind_of
from tests.web.browser.screen import Screen, none_left, screen_of
from tests.web.browser.server import Site, served
from tests.web.browser.variant import ALL, PHONE, Variant
from tests.web.world import Staff

KNOWN: dict[str, set[str]] = {}
"""Kinds of elements that were looked at already, by variant: a page without a new one is only read for its links."""


@pytest.fixture
def site(demonstration: TestDatabase) -> Iterator[Site]:
    with served() as opened:
        yield opened


AT_ONCE = (Role.CHILD_PROTECTION_SERVICE, Role.POLICE, Role.GUARDIAN, Role.SUPERVISOR)


def one_of_each_role(roles: Container[Role] = frozenset(Role)) -> list[Post]:
    found: dict[Role, Post] = {}
    for post in demonstration_posts():
        found.setdefault(post.who.role, post)
    return [found[role] for role in sorted(found) if role in roles]


def look(screen: Screen) -> list[str]:
    """What is wrong with the page that is open."""
    return screen.problems()


def follow_all_links(
    browser: Browser,
    site: Site,
    signed_in: SignedIn,
    variant: Variant,
    *,
    most: int,
    of_a_kind: int,
    roles: Container[Role] = frozenset(Role),
) -> list[str]:
    known = KNOWN.setdefault(variant.name, set())
    wrong: list[str] = []
    with screen_of(browser, site, variant) as screen:
        screen.speak(variant.language)
        for post in one_of_each_role(roles):
            who = Staff("", post.who.agency, post.who.role, str(post.account), post.who.person)
            screen.sign_in(signed_in(who))
            found = crawl(screen, most=most, of_a_kind=of_a_kind, visit=look, known=known)
            wrong += [f"{post.who.role}: {one}" for one in (*found, *screen.faults)]
            screen.faults.clear()
    return wrong


def test_some_roles_find_no_link_that_leads_nowhere_and_no_page_that_shuts_out(
    browser: Browser, site: Site, signed_in: SignedIn
):
    none_left(follow_all_links(browser, site, signed_in, PHONE, most=22, of_a_kind=1, roles=AT_ONCE))


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


def test_an_element_is_new_by_what_it_is_and_not_by_what_it_says():
    known = elements(b'<p class="soft" id="a">One</p><a href="/a/">A</a>')
    assert known == {"p class=soft id", "a href"}
    assert elements(b'<a href="/b/">B</a><p id="b" class="soft">Two</p>') - known == set()
    assert elements(b'<p id="b">Two</p><p class="late" id="c">3</p>') - known == {"p id", "p class=late id"}
