"""Two lists in a browser: a home goes through its children and sends one to triage; who is missing, and who does what."""

from uuid import uuid4

import pytest

from encircle.actions.act import Statement, perform
from encircle.vocabulary.role import Role
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.variant import ARABIC_PHONE, DARK, EITHER, NO_SCRIPT, PHONE, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.desk.test_emergency import led_by
from tests.web.world import Staff, make_staff

REASON = "New telephone each week, and an older friend who pays."


def also_seen(screen: OpenScreen, who: Staff, *addresses: str) -> None:
    """The same pages on a phone, in the dark, and in Arabic."""
    for variant in (PHONE, DARK, ARABIC_PHONE):
        other = screen(who, variant)
        for address in addresses:
            other.open(address).check()


@pytest.mark.parametrize("variant", rest_in_full(EITHER, NO_SCRIPT))
def test_a_home_goes_through_its_children_and_sends_one_to_triage(
    screen: OpenScreen, carla: Staff, variant: Variant
):
    cara, tarmo = make_staff("cara", Role.CARER), make_staff("tarmo", Role.TRIAGE_TEAM)
    walk = Walk(screen, variant)
    with walk.given("she starts a review with the own numbers of the home", cara) as page:
        page.open("/").follow("Caseload")
        assert "No review yet" in page.text
        page.main("#numbers").fill("K-1\nAino")
        page.press("Start the review", status=422)
        assert "Line 2 has no digit, so it may be a name" in page.text
        page.main("#numbers").fill("K-1\nK-2")
        page.press("Start the review")
        review = page.path
        assert "0 of 2 looked at" in page.text
    with walk.when("of the first child she has seen nothing, and stops", cara) as page:
        page.follow("Begin with the first child")
        assert page.heading == "K-1"
        page.tick("Nothing seen").fill("Why, in one or two sentences?", "Talked with both key workers.")
        page.press("Save, then the next child")
        assert page.heading == "K-2"
        page.follow("Stop here and go on later")
        assert "1 of 2 looked at" in page.text
    with walk.when("another day she goes on, marks a sign and sends the child to triage", cara) as page:
        page.open("/caseload/").follow("Begun")
        page.follow("Go on with the next child")
        child = page.path
        sign = page.main("select[name^='sign-']").first
        sign.select_option("observed")
        page.tick("Send to triage: others decide together what follows")
        page.fill("Why, in one or two sentences?", REASON).press("Save, then the next child", status=422)
        page.tick("No").main("#recipient").select_option(label="The agency of tarmo")
        page.press("Save, then the next child")
        assert page.path == review
        assert "The review is finished" in page.text
        assert REASON in page.text
    with walk.then("triage has the concern with what she marked and wrote, typed once", tarmo) as page:
        page.open("/triage/")
        page.main("a[href^='/triage/']").first.click()
        assert REASON in page.text
        assert "Our own number: K-2" in page.text
        assert "(seen by the source)" in page.text
    with walk.then("she deletes the own numbers, and others see nothing of it", cara) as page:
        page.open(child).open(review).press("Delete the own numbers")
        assert "K-2" not in page.text
    with walk.then("a school has no caseload", make_staff("school", Role.SCHOOL)) as page:
        page.open("/caseload/", status=403)
    also_seen(screen, cara, "/caseload/", review, child)


@pytest.mark.parametrize("variant", rest_in_full(EITHER, NO_SCRIPT))
def test_who_is_missing_stands_in_one_list_until_all_is_done(
    screen: OpenScreen, carla: Staff, eva: Staff, variant: Variant
):
    walk, gone, found = Walk(screen, variant), led_by(carla), led_by(carla)
    reported = Statement(type="missing_reported", label="m", values={"reported_to": "police"})
    grave = Statement(type="missing_risk_assessed", subject="@m", values={"danger": "grave"})
    located = Statement(type="missing_located", subject="@m", values={"alert_hit": True})
    with walk.given("nobody is missing", carla) as page:
        page.open("/").follow("Missing children")
        assert "No child is missing, as far as is on record" in page.text
    perform(carla.who, gone, [reported, grave], token=str(uuid4()))
    perform(carla.who, found, [reported, located], token=str(uuid4()))
    with walk.when("one is reported, another was found by an alert", carla) as page:
        page.open("/missing/")
        assert page.text.index(gone) < page.text.index(found)
        for words in ("Danger: grave", "Police not told", "Decision for a child located after an alert"):
            assert words in page.text
        page.follow("Found, something is still due")
        assert gone not in page.text
    with walk.when("she goes from the list to the record and says that the police know", carla) as page:
        page.open("/missing/?show=missing").main(f"a[href='/records/{gone}/missing/']").click()
        assert page.heading == "Missing and found"
    with walk.then("an agency that takes no part sees neither", eva) as page:
        page.open("/missing/")
        assert gone not in page.text
        assert found not in page.text
    also_seen(screen, carla, "/missing/")
