"""One child's path through the screens, walked from its first step to its last, with a script and without."""

import pytest

from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.path_of_a_child import STEPS, Path
from tests.web.browser.variant import EITHER, Variant
from tests.web.browser.walk import Walk
from tests.web.world import Staff, make_staff


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    return make_staff("dmitri", Role.POLICE)


@pytest.mark.parametrize("variant", EITHER, ids=lambda variant: variant.name)
def test_a_child_is_followed_from_the_first_screen_to_the_last(
    screen: OpenScreen, aino: str, carla: Staff, dmitri: Staff, eva: Staff, variant: Variant
):
    path = Path(Walk(screen, variant), carla, dmitri, eva, aino)
    for step in STEPS:
        step(path)
