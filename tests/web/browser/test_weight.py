"""Each page is light: at most 80 KiB the first time, 25 KiB when the styles are known."""

from tests.web.browser.conftest import OpenScreen
from tests.web.browser.weight import FIRST_KIB, KIB, LATER_KIB, Weight, weigh
from tests.web.world import Staff


def test_the_pages_of_a_social_worker_are_light(screen: OpenScreen, carla: Staff, aino: str):
    found = {}
    for path in ("/", f"/records/{aino}/"):
        page = screen(carla)
        weight = weigh(page.page, page.site.address + path)
        assert 0 < weight.later < weight.first
        found[path] = weight.too_much()
    assert found == {path: [] for path in found}


def test_the_page_of_the_sign_in_is_light(screen: OpenScreen):
    page = screen()
    assert weigh(page.page, f"{page.site.address}/sign-in/").too_much() == []


def test_a_page_that_is_too_heavy_is_named_with_its_weight():
    assert Weight(FIRST_KIB * KIB, LATER_KIB * KIB).too_much() == []
    assert Weight(81 * KIB, 26 * KIB).too_much() == [
        "first load: 81.0 KiB, not 80",
        "later load: 26.0 KiB, not 25",
    ]
