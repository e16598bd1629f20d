"""One child's path through the screens, walked from its first step to its last, with a script and without."""

import pytest

from encircle.actions.statistics import release_statistics
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.path_of_a_child import STEPS, Path
from tests.web.browser.variant import EITHER, PLAIN, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.world import Staff, loading, make_staff


@pytest.fixture
def database(own_database: TestDatabase) -> TestDatabase:
    """Empty: figures are published of all that is in it, and only these agencies can be asked."""
    return own_database


@pytest.mark.parametrize("variant", rest_in_full(EITHER, PLAIN))
def test_a_child_is_followed_from_the_first_word_about_it_to_a_figure(
    screen: OpenScreen, database: TestDatabase, carla: Staff, eva: Staff, variant: Variant
):
    rosa, dmitri = make_staff("rosa", Role.SCHOOL), make_staff("dmitri", Role.POLICE)

    def release() -> None:
        with loading(database):
            assert release_statistics() is not None

    path = Path(Walk(screen, variant), rosa, carla, dmitri, eva, release)
    for step in STEPS:
        step(path)
