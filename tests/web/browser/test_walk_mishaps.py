"""What goes wrong while somebody writes, with a script and without: nothing is lost, nothing stands twice."""

import pytest
from django.core.cache import cache
from django.test import Client

from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import on_record, open_record
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.variant import EITHER, PLAIN, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.desk.test_second_factor import code, set_up
from tests.web.desk.test_what_is_open import joined
from tests.web.world import PASSWORD, Staff

ways = pytest.mark.parametrize("variant", rest_in_full(EITHER, PLAIN))
NOTE = "Her aunt says so."


@pytest.fixture(autouse=True)
def _no_attempts_before() -> None:
    cache.clear()


@pytest.fixture
def aino(carla: Staff) -> str:
    """The number of a record on which nothing stands yet."""
    return open_record(carla)


@pytest.fixture
def lena(carla: Staff, aino: str) -> Staff:
    """The case lead, of another agency than Carla's."""
    return joined(carla, aino, Role.CASE_LEAD)


@ways
def test_who_saves_what_another_has_changed_meanwhile_sees_both_and_chooses(
    screen: OpenScreen, carla: Staff, lena: Staff, aino: str, variant: Variant
):
    walk, address = Walk(screen, variant), f"/records/{aino}/record/care/"
    with walk.given("Lena has opened the form and typed", lena) as page:
        page.open(address).tick("Absent").fill("In words (optional)", NOTE)
    with walk.given("Carla saves the same meanwhile", carla) as page:
        page.open(address).tick("Conflict").press("Continue").press("Save")
    with walk.when("Lena goes on", lena) as page:
        page.press("Continue").press("Save", status=409)
    with walk.then("she sees theirs beside her own, of which nothing is lost", lena) as page:
        assert page.heading == "Somebody else wrote about this while you were writing"
        assert "Conflict" in page.main(".card:not(.yours)").inner_text()
        assert NOTE in page.main(".card.yours").inner_text()
    with walk.when("she says that both are right", lena) as page:
        page.press("Both are right: save mine as well")
    with walk.then("both stand on record", lena) as page:
        assert page.path == f"/records/{aino}/"
        assert [fact.type for fact in on_record(carla, aino)] == ["parental_care_recorded"] * 2


@ways
def test_what_is_saved_twice_stands_on_record_once(
    screen: OpenScreen, carla: Staff, aino: str, variant: Variant
):
    walk = Walk(screen, variant)
    with walk.given("Carla looks at her answers again", carla) as page:
        page.open(f"/records/{aino}/record/care/").tick("Absent").press("Continue")
    with walk.when("she presses twice, as on what opens by a double click", carla) as page:
        page.page.get_by_role("button", name="Save").dblclick()
        page.page.wait_for_url(f"**/records/{aino}/")
    with walk.then("she reads that it is saved, and it is on record once", carla) as page:
        page.main("section.notice.saved").wait_for()
        assert [fact.type for fact in on_record(carla, aino)] == ["parental_care_recorded"]


@ways
def test_who_was_signed_out_in_the_middle_of_a_form_loses_nothing(
    screen: OpenScreen, carla: Staff, aino: str, variant: Variant
):
    walk = Walk(screen, variant)
    secret, _codes = set_up(Client(), carla)
    with walk.given("Carla has typed, and her session has ended meanwhile", carla) as page:
        page.open(f"/records/{aino}/record/care/").tick("Absent").fill("In words (optional)", NOTE)
        page.sign_out()
    with walk.when("she goes on, she is asked to sign in", carla) as page:
        page.press("Continue", status=403)
        assert NOTE not in page.page.content()
    with walk.when("she signs in again, with both steps", carla) as page:
        page.fill("Login", carla.login).fill("Password", PASSWORD).press("Sign in")
        page.fill("Code", code(secret)).press("Sign in")
        assert page.heading == "What you typed is kept"
    with walk.then("her form is there, with all that she had typed", carla) as page:
        page.press("Go back to your form")
        assert page.page.get_by_label("In words (optional)").input_value() == NOTE
        assert page.page.get_by_label("Absent", exact=True).is_checked()
        assert on_record(carla, aino) == ()
    with walk.then("it is saved as if nothing had been", carla) as page:
        page.press("Continue").press("Save")
        assert len(on_record(carla, aino)) == 1


@ways
def test_a_number_that_is_not_hers_answers_alike_whether_it_is_there_or_not(
    screen: OpenScreen, eva: Staff, aino: str, variant: Variant
):
    walk = Walk(screen, variant)
    with walk.when("Eva types the address of a form on a record of others", eva) as page:
        page.open(f"/records/{aino}/record/care/", status=404)
        hidden = page.text
    with walk.then("it reads like one that is not there", eva) as page:
        page.open("/records/zzzz-zzzz/record/care/", status=404)
        assert page.text == hidden
