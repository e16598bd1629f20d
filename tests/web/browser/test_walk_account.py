"""A lost laptop is signed out, a colleague is invited and another one leaves, by the pages themselves."""

import re

import pytest

from encircle.vocabulary.role import Role
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.variant import EITHER, NO_SCRIPT, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.desk.test_leaving import beside, named_in, running
from tests.web.world import Staff, colleague_of

either = pytest.mark.parametrize("variant", rest_in_full(EITHER, NO_SCRIPT))
WORDS = "four words that nobody says"


@either
def test_a_lost_laptop_is_signed_out_from_the_office(screen: OpenScreen, carla: Staff, variant: Variant):
    walk = Walk(screen, variant)
    laptop = screen(carla, variant).open("/")
    assert laptop.heading == "My work"
    with walk.given("Carla sees that she is signed in twice", carla) as page:
        page.open("/account/").follow("Where you are signed in")
        assert page.main("tbody tr").count() == 2
    with walk.when("she signs out the one that is not in front of her", carla) as page:
        page.press(re.compile("Sign out there"))
        assert page.main("tbody tr").count() == 1
    with walk.then("the laptop shows nothing any more", carla):
        laptop.open("/")
        assert laptop.path == "/sign-in/"


@either
def test_a_colleague_is_invited_and_makes_a_sign_in(screen: OpenScreen, carla: Staff, variant: Variant):
    walk, greta = Walk(screen, variant), beside(carla, Role.SUPERVISOR)
    with walk.given("Greta, who keeps the people of the agency, invites Hanna", greta) as page:
        page.open("/account/colleagues/").follow("Invite a colleague")
        page.check()
        page.fill("Given name (optional)", "Hanna").fill("Surname", "Tamm")
        page.page.get_by_role("radio").first.check()
        page.page.locator("main form .button").first.click()
        code = page.page.get_by_text(re.compile(r"^(?:[0-9a-z]{5}-){3}[0-9a-z]{5}$")).inner_text()
    with walk.when("Hanna opens the page with the code that she was given") as page:
        page.open("/sign-in/").follow(re.compile("You were given a code"))
        page.fill("Code", code).fill("Login", f"hanna-{carla.agency}")
        page.fill("New password", WORDS).fill("New password once more", "otherwise").press(
            "Make my sign-in", status=400
        )
        page.check()
        page.fill("New password", WORDS).fill("New password once more", WORDS).press("Make my sign-in")
        assert page.path == "/sign-in/"
    with walk.then("she signs in, and is asked for a second step") as page:
        page.fill("Login", f"hanna-{carla.agency}").fill("Password", WORDS).press("Sign in")
        assert page.path == "/account/"
    with walk.then("Greta sees that nobody waits any more", greta) as page:
        page.open("/account/colleagues/")
        assert "Hanna Tamm" in page.text
        assert "Open invitations" not in page.text


@either
def test_who_leaves_hands_over_and_sees_nothing_any_more(screen: OpenScreen, carla: Staff, variant: Variant):
    walk, greta, heir = Walk(screen, variant), beside(carla, Role.SUPERVISOR), colleague_of(carla)
    number = named_in(carla)
    with walk.given("Carla is at work", carla) as page:
        assert page.open("/").heading == "My work"
    with walk.when("Greta sees what names her, and chooses who takes over", greta) as page:
        page.open("/account/colleagues/").follow(re.compile(f"^Leaves the agency.*{carla.login}"))
        page.check()
        assert number in page.text
        page.page.locator(f'[value="{heir.person}"]').first.check()
        page.press("Hand over and close the sign-in")
        assert page.path == "/account/colleagues/"
    with walk.then("Carla sees nothing with her next click", carla) as page:
        page.open("/")
        assert page.path == "/sign-in/"
    with walk.then("the record is in the hands of her successor", heir) as page:
        page.open(f"/records/{number}/")
        assert (running(heir), running(carla)) == ([(number, "team")], [])
