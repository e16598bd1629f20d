"""A number of practice, from the proposal to the day on which it holds; and as of the day before, the earlier one."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from encircle.actions.law import law_of
from encircle.actions.practice.effect import count_effects
from encircle.actions.projection import sweep_ledger
from encircle.vocabulary.role import Role
from tests.actions.kept import as_jobs
from tests.actions.practice_world import today
from tests.database import TestDatabase
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.server import Site, served
from tests.web.browser.variant import ALL, ARABIC_PHONE, EITHER, PLAIN, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.world import load, make_staff

NUMBER = "/law/practice/new/number/?code=assessment_completed_within&pack=ee"
ONE = "/law/practice/1/"


@pytest.fixture
def site(own_database: TestDatabase) -> Iterator[Site]:
    """The pages over a database of their own: what is adopted here is the law of no other test."""
    law_of("ee")  # the first page does not wait for the packs to be read
    with served() as opened:
        yield opened


BY_PRACTICE = "Procedure of this country, not law"
BY_WHOM = "Proposal 1, proposed as coordinator, approved as ministry"


@pytest.mark.parametrize("variant", rest_in_full(EITHER, PLAIN))
def test_a_number_is_proposed_approved_and_in_force_and_history_stays(
    screen: OpenScreen, own_database: TestDatabase, variant: Variant
) -> None:
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    coordinator, lawyer = make_staff("coordinator", Role.COORDINATOR), make_staff("lawyer", Role.MINISTRY)
    number = load(own_database, "8.1", seen_by=carla)
    walk, day, duty = Walk(screen, variant), today(), f"/records/{number}/duties/D03/"

    with walk.given("a duty whose time is words alone", carla) as shown:
        shown.open(duty)
        assert BY_PRACTICE not in shown.text
    with walk.when("a coordinator types a number without reasons", coordinator) as shown:
        shown.open(NUMBER)
        shown.page.locator("#amount").fill("5")
        shown.page.locator("#basis").fill("Order 12 of the ministry")
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            shown.page.locator(f"#valid_from-{part}").fill(str(value))
        with shown.expecting(400):
            shown.page.locator("button[value=check]").click()
            shown.page.locator("#error-summary").wait_for()
        assert shown.page.locator("#amount").input_value() == "5"
    with walk.when("the reasons are there, the difference is shown and it is proposed", coordinator) as shown:
        shown.page.locator("#why").fill("Two regions asked for one number.")
        shown.page.locator("button[value=check]").click()
        shown.page.locator("button[value=propose]").wait_for()
        shown.check()
        shown.page.locator("button[value=propose]").click()
        shown.page.locator("#effect").wait_for()
        assert shown.path == ONE
    with as_jobs(own_database):
        count_effects()
    with walk.then("the second person sees its effect", lawyer) as shown:
        shown.open(ONE)
        assert "its state: Open → Overdue" in shown.text
    with walk.when("the second person approves", lawyer) as shown:
        shown.page.locator("#why").fill("The law has words only.")
        shown.page.locator("button[value=approve]").click()
        shown.page.locator("#steps").wait_for()
    with as_jobs(own_database):
        sweep_ledger()
    with walk.then("the duty has the new time, and the page says by whose decision", carla) as shown:
        shown.open(duty)
        assert all(said in shown.text for said in ("Overdue", BY_PRACTICE, BY_WHOM))
    with walk.then("as of the day before it has the old one", carla) as shown:
        shown.open(f"{duty}?as_of={day - timedelta(days=1)}")
        assert "Individual assessment" in shown.text
        assert not any(said in shown.text for said in ("Overdue", BY_PRACTICE, BY_WHOM))


@pytest.mark.parametrize(
    "variant",
    rest_in_full(ALL, ARABIC_PHONE),
)
def test_the_pages_can_be_read_in_each_way_to_look(
    screen: OpenScreen, own_database: TestDatabase, variant: Variant
) -> None:
    coordinator, lawyer = make_staff("coordinator", Role.COORDINATOR), make_staff("lawyer", Role.MINISTRY)
    one = screen(coordinator, variant)
    for way in ("/law/practice/", "/law/practice/new/", NUMBER):
        one.open(way).check()
    one.page.emulate_media(media="screen")
    one.page.locator("#amount").fill("5")
    one.page.locator("#basis").fill("Order 12 of the ministry")
    for part, value in (("day", today().day), ("month", today().month), ("year", today().year)):
        one.page.locator(f"#valid_from-{part}").fill(str(value))
    one.page.locator("#why").fill("Two regions asked for one number.")
    one.page.locator("button[value=check]").click()
    one.page.locator("button[value=propose]").wait_for()
    one.check()
    one.page.emulate_media(media="screen")
    one.page.locator("button[value=propose]").click()
    one.page.locator("#effect").wait_for()
    one.check()
    with as_jobs(own_database):
        count_effects()
    other = screen(lawyer, variant)
    other.open("/law/practice/").check()
    other.open(ONE).check()
