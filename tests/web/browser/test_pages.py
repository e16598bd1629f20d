"""Each page in each way to look at it: nobody is shut out, nothing is asked of another host, nothing breaks."""

import pytest

from tests.web.browser.conftest import OpenScreen
from tests.web.browser.variant import ALL, ARABIC_PHONE, PHONE, PLAIN, PRINTED, Variant, rest_in_full
from tests.web.world import Staff

ways = pytest.mark.parametrize("variant", rest_in_full(ALL, PLAIN, PHONE, PRINTED, ARABIC_PHONE))


@ways
def test_the_pages_before_signing_in_shut_nobody_out(screen: OpenScreen, variant: Variant):
    nobody = screen(variant=variant)
    nobody.open("/sign-in/").check()


@ways
def test_the_pages_of_a_social_worker_shut_nobody_out(
    screen: OpenScreen, carla: Staff, aino: str, variant: Variant
):
    page = screen(carla, variant)
    page.open("/").check()
    page.open("/records/").check()
    page.open(f"/records/{aino}/").check()
    page.open("/records/zzzz-zzzz/", status=404).check()
