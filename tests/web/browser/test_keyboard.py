"""With a keyboard alone: a child on its own page, and somebody who reports at the door; with a script and without."""

from dataclasses import replace

import pytest

from encircle.actions.act import Statement
from encircle.actions.reports import body, desk
from tests.database import TestDatabase
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.keyboard import Keyboard
from tests.web.browser.screen import none_left
from tests.web.browser.variant import (
    ARABIC,
    ARABIC_PHONE,
    EITHER,
    NO_SCRIPT,
    PHONE,
    PLAIN,
    Variant,
    rest_in_full,
)
from tests.web.child.test_own_page import code_for, told
from tests.web.complaint_bodies import make_body
from tests.web.desks import make_desk
from tests.web.world import Staff

WORDS = "I want to stay in my school."
WAYS = (*EITHER, PHONE, ARABIC, ARABIC_PHONE)


@pytest.mark.parametrize("variant", rest_in_full(WAYS, NO_SCRIPT))
def test_a_child_goes_through_its_own_page_and_leaves(
    screen: OpenScreen, carla: Staff, aino: str, variant: Variant
):
    oda = make_body("oda")
    told(carla, aino, Statement(type="interview_planned", values={"at": "2027-03-20T10:00"}))
    child = screen(variant=variant)
    keys = Keyboard(child.open("/my/"))
    keys.go_through()
    keys.to("#code")
    keys.type(code_for(aino, carla))
    keys.act("Enter")
    keys.go_through()
    keys.to("a[href='/my/next/']")
    keys.act("Enter")
    assert child.said("What happens next") in child.text
    keys.to(".card summary")
    keys.press("Enter")
    assert child.page.locator(".card details").first.get_attribute("open") is not None
    keys.go_through()
    keys.to(".back a", by="Shift+Tab")
    keys.act("Enter")
    write(keys, "say")
    write(keys, "complain")
    keys.to("a.out", by="Shift+Tab")
    keys.act("Enter")
    assert child.path == "/read/"
    assert len(body.complaints(oda.first.who).complaints) == 1
    none_left(keys.faults)


def write(keys: Keyboard, part: str) -> None:
    """From the child's first page: choose what it is about, write, send, see that it is saved, and go back."""
    page = keys.screen.page
    keys.to(f"a[href='/my/{part}/']")
    keys.act("Enter")
    keys.go_through()
    keys.to("form summary")
    keys.press("Space")
    keys.to("input[type=radio]")
    for key in ("ArrowDown", "ArrowUp", "ArrowDown"):
        keys.press(key)
    assert page.locator("input[type=radio]").nth(1).is_checked()
    keys.go_through()
    keys.to("#words")
    keys.type(WORDS)
    keys.to("button.go")
    keys.act("Space")
    assert keys.screen.said("Thank you. It is saved.") in keys.screen.text
    keys.go_through()
    keys.to(".back a", by="Shift+Tab")
    keys.act("Enter")


@pytest.mark.parametrize("variant", rest_in_full(WAYS, *EITHER))
def test_somebody_reports_at_the_door_and_leaves(
    screen: OpenScreen, database: TestDatabase, variant: Variant
):
    dora = make_desk(database, "dora").first
    make_desk(database, "dirk")
    child = screen(variant=variant)
    before = len(desk.reports(dora.who).reports)
    keys = Keyboard(child.open("/hello/"))
    for button, key in (("danger", "Enter"), ("no", "Space"), ("child_who", "Enter")):
        keys.go_through()
        keys.to(f"button[value={button}]")
        keys.act(key)
    keys.go_through()
    keys.to("input[type=radio]")
    keys.press("ArrowDown")
    go_on(keys, "child_needs")
    keys.go_through()
    keys.to("input[type=checkbox]")
    keys.press("Space")
    go_on(keys, "child_account")
    keys.go_through()
    keys.to("#text")
    keys.type(WORDS)
    go_on(keys, "check")
    keys.go_through()
    assert WORDS in child.text
    go_on(keys, "send")
    keys.go_through()
    assert child.page.locator(".code").count() == 2
    keys.to("a.out", by="Shift+Tab")
    keys.screen.page.keyboard.press("Enter")
    child.page.locator("article").wait_for()
    assert child.path == "/sea/"
    assert len(desk.reports(dora.who).reports) == before + 1
    none_left(keys.faults)


def go_on(keys: Keyboard, step: str) -> None:
    keys.to(f"button.go[value={step}]")
    keys.act("Enter")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("document.querySelector('button.go').style.outline = 'none'", "not marked"),
        ("document.querySelector('button.go').tabIndex = 1", "to and fro"),
        ("document.querySelector('button.go').tabIndex = -1", "things to act on"),
        (
            "document.querySelector('form').style.cssText = 'display: flex; flex-flow: column-reverse'",
            "read after",
        ),
        ("document.querySelector('.top').style.cssText = 'position: fixed; inset: 0'", "covered"),
    ],
)
def test_a_planted_fault_is_told(screen: OpenScreen, database: TestDatabase, fault: str, said: str):
    make_desk(database, "dora")
    child = screen(variant=replace(PLAIN, name="planted"))
    keys = Keyboard(child.open("/hello/"))
    keys.go_through()
    assert keys.faults == []
    child.page.evaluate(fault)
    keys.go_through()
    assert any(said in one for one in keys.faults), keys.faults
