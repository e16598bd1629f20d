"""The way out stands in one place on every page of the child's path: at the door, in a talk, on the child's own page."""

from dataclasses import replace

import pytest

from tests.database import TestDatabase
from tests.web.browser import public_screens
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.public_screens import PARTS, Visitor
from tests.web.browser.variant import ARABIC, ARABIC_PHONE, PHONE, PLAIN, Variant, rest_in_full
from tests.web.child.test_own_page import code_for
from tests.web.desks import make_desk
from tests.web.world import Staff

CORNER = """() => {
  const box = document.querySelector("a.out").getBoundingClientRect();
  const start = document.documentElement.dir === "rtl" ? innerWidth - box.right : box.left;
  return [start, box.top, box.height].map(one => Math.round(one * 10) / 10);
}"""
Corner = tuple[float, ...]


def corners(screen: OpenScreen, variant: Variant, code: str) -> dict[str, Corner]:
    """By page, how far the way out stands from where lines begin and from above, and how high it is."""
    found: dict[str, Corner] = {}
    child = screen(variant=replace(variant, javascript=False))

    def look(name: str) -> None:
        if child.page.locator("a.out").count():
            found[name] = tuple(child.page.evaluate(CORNER))

    visitor = Visitor(child, look)
    public_screens.the_talk(visitor)
    visitor.at("/hello/read/")
    visitor.at("/my/")
    visitor.typed("#code", code)
    visitor.sent("button.go", "my page")
    for part in PARTS:
        visitor.at(f"/my/{part}/")
    return found


@pytest.mark.parametrize("variant", rest_in_full((PLAIN, PHONE, ARABIC, ARABIC_PHONE), PHONE, ARABIC))
def test_the_way_out_stands_where_it_stood_before(
    screen: OpenScreen, database: TestDatabase, carla: Staff, aino: str, variant: Variant
):
    for name in ("dora", "dirk"):
        make_desk(database, name)
    found = corners(screen, variant, code_for(aino, carla))
    assert {"/hello/", "say", "/my/", "my page", "/my/seen/"} <= found.keys()
    assert {page: one for page, one in found.items() if one != found["/hello/"]} == {}
