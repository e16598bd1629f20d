"""At night: an officer opens the record by its number, the case lead is told and says what she finds, in each way to look."""

import pytest

from encircle.vocabulary.role import Role
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.variant import ALL, ARABIC_PHONE, Variant, rest_in_full
from tests.web.desk.test_emergency import WHY, led_by
from tests.web.world import Staff, make_staff


@pytest.mark.parametrize(
    "variant",
    rest_in_full(ALL, ARABIC_PHONE),
)
def test_it_opens_is_told_and_is_looked_at(screen: OpenScreen, carla: Staff, variant: Variant):
    aino, dmitri = led_by(carla), make_staff("dmitri", Role.GENERAL_POLICE)

    night = screen(dmitri, variant)
    night.open("/emergency/").check()
    night.page.emulate_media(media="screen")
    with night.expecting(422):
        night.page.locator("#number").fill(aino)
        night.page.locator("#reason").fill("urgent")
        night.page.locator("main form .button").click()
        night.page.locator("#error-summary").wait_for()
    night.check()
    night.page.emulate_media(media="screen")
    assert night.page.locator("#number").input_value() == aino
    night.page.locator("#reason").fill(WHY)
    night.page.locator("main form .button").click()
    night.page.locator("#emergency-title").wait_for()
    assert night.path == f"/records/{aino}/"
    night.check()

    morning = screen(carla, variant)
    morning.open("/notices/").check()
    address = f"/records/{aino}/emergencies/"
    morning.open(address).check()
    morning.page.emulate_media(media="screen")
    morning.page.locator("input[value=needed]").check()
    morning.page.locator("main textarea").fill("I called the officer back. The boy is safe.")
    morning.page.locator("main form .button").click()
    morning.page.locator(".notice.saved").wait_for()
    morning.check()
    assert morning.page.locator("main form .button").count() == 0
