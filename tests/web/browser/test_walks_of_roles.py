"""Each role walks its short way on Aino's record: it does what it comes for and does not see what is not for it."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from encircle.actions.act import perform
from encircle.records.context import with_context
from encircle.records.roots import add_member
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import open_record
from tests.database import TestDatabase
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.variant import EITHER, NO_SCRIPT, Variant
from tests.web.browser.walk import Walk
from tests.web.browser.walks_of_roles import ROLES, WITH_A_SCRIPT, Round
from tests.web.desk.test_what_is_open import SAID, root_of
from tests.web.world import Staff, make_staff

TAKE_PART = {
    "lena": Role.CASE_LEAD,
    "dmitri": Role.POLICE,
    "bo": Role.GUARDIAN,
    "rosa": Role.SCHOOL,
    "hugo": Role.HEALTH_SERVICE,
    "kati": Role.COORDINATOR,
}


@pytest.fixture
def database(own_database: TestDatabase) -> TestDatabase:
    """Empty: an agency that is chosen by its name is the one of this walk."""
    return own_database


@pytest.fixture
def around(database: TestDatabase, carla: Staff) -> tuple[str, dict[str, Staff]]:
    """Aino's record, on which her name, an account, a status and two proceedings stand, and who takes part in it."""
    number = open_record(carla)
    perform(carla.who, number, SAID, token=str(uuid4()))
    staff = {name: make_staff(name, role) for name, role in TAKE_PART.items()}
    root = root_of(carla, number)
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        for one in staff.values():
            add_member(root, one.agency, relation="team")
    return number, staff


@pytest.mark.parametrize(
    ("role", "variant"),
    [
        pytest.param(
            role,
            variant,
            id=f"{role.__name__}-{variant.name}",
            marks=pytest.mark.full if role in WITH_A_SCRIPT and variant is NO_SCRIPT else (),
        )
        for role in ROLES
        for variant in (EITHER if role in WITH_A_SCRIPT else (NO_SCRIPT,))
    ],
)
def test_each_role_does_what_it_comes_for_and_sees_no_more(
    screen: OpenScreen,
    carla: Staff,
    around: tuple[str, dict[str, Staff]],
    role: Callable[[Round], None],
    variant: Variant,
):
    number, staff = around
    hanna = make_staff("hanna", Role.TRIAGE_TEAM)
    role(Round(Walk(screen, variant), number, carla=carla, hanna=hanna, **staff))
