"""The child's page and the page by which it is given, in each way to look, with a script and without."""

import re
from uuid import uuid4

import pytest

from encircle.actions.childs_page.handing import Check, Company, Device, hand_over
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.screen import Screen
from tests.web.browser.test_door import look
from tests.web.browser.variant import ALL, ARABIC_PHONE, EITHER, NO_SCRIPT, PLAIN, Variant, rest_in_full
from tests.web.browser.weight import weigh
from tests.web.world import Staff

PARTS = ("next", "people", "decided", "rights", "say", "complain", "seen")
ways = pytest.mark.parametrize(
    "variant",
    rest_in_full(ALL, PLAIN, ARABIC_PHONE),
)


def code_for(aino: str, carla: Staff) -> str:
    return hand_over(carla.who, aino, Check(Company.ALONE, Device.OWN, wished=True), token=str(uuid4()))


def on_screen(screen: Screen) -> None:
    """What is pressed is pressed on the screen, also where pages are looked at as they are printed."""
    screen.page.emulate_media(media="screen")


@ways
def test_the_page_of_a_child_shuts_nobody_out(screen: OpenScreen, carla: Staff, aino: str, variant: Variant):
    code, child = code_for(aino, carla), screen(variant=variant)
    look(child.open("/my/"))
    on_screen(child)
    with child.expecting(403):
        child.page.locator("#code").fill("wrong")
        child.page.locator("button.go").click()
        child.page.wait_for_load_state()
    look(child)
    on_screen(child)
    child.page.locator("#code").fill(code)
    child.page.locator("button.go").click()
    child.page.locator("ul.ways").wait_for()
    look(child)
    for part in PARTS:
        look(child.open(f"/my/{part}/"))
    on_screen(child)
    child.page.locator("a.out").click()
    child.page.locator("article").wait_for()
    assert child.path == "/read/"
    child.check()


@pytest.mark.parametrize("variant", EITHER, ids=lambda variant: variant.name)
def test_a_child_says_what_it_thinks_and_leaves_and_back_does_not_show_it(
    screen: OpenScreen, carla: Staff, aino: str, variant: Variant
):
    child = screen(variant=variant)
    child.open("/my/").fill("The code on your card", code_for(aino, carla)).press("Open it")
    child.follow(re.compile("Say what I think"))
    child.main("summary", has_text="What is it about?").click()
    child.tick("School").fill("What do you think? What do you want?", "I want to learn.")
    child.press("Save what I wrote")
    assert "Thank you. It is saved." in child.text
    child.check()
    child.follow("Leave this page now")
    child.page.go_back()
    child.page.locator("#code").wait_for()
    assert "Type your code" in child.text


@ways
def test_the_page_that_gives_it_shuts_nobody_out(
    screen: OpenScreen, carla: Staff, aino: str, variant: Variant
):
    desk = screen(carla, variant)
    desk.open(f"/records/{aino}/childs-page/").check()
    on_screen(desk)
    for name, answer in (("company", "alone"), ("device", "own"), ("wished", "yes")):
        desk.page.locator(f"input[name={name}][value={answer}]").check()
    desk.page.locator("button[value=give]").click()
    desk.page.locator(".slip").wait_for()
    desk.picture()
    if not variant.printed:
        desk.check()
    desk.open(f"/records/{aino}/childs-page/").check()


def test_the_page_of_a_child_is_light(screen: OpenScreen, carla: Staff, aino: str):
    child = screen(variant=NO_SCRIPT)
    child.open("/my/").fill("The code on your card", code_for(aino, carla)).press("Open it")
    weight = weigh(child.page, f"{child.site.address}/my/")
    assert weight.too_much() == []
