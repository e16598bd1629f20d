"""Agencies and their keys, as whoever runs the installation is told: warned of, never failed; no person is named."""

import pytest
from pytest_django import Settings

from encircle.actions.keys.agencies import keys_of_agencies
from encircle.cli import parser
from encircle.cli.keys import say_of_agencies
from encircle.host.database import DatabaseRole
from encircle.vocabulary.role import Role
from tests.actions.key_holders import Holder, given_by, holder, record_with, renew
from tests.database import TestDatabase
from tests.web.world import Staff, colleague_of, make_staff


@pytest.fixture(autouse=True)
def _as_in_a_demonstration(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def carla(own_database: TestDatabase) -> Holder:
    """She and a colleague hold the key of their agency."""
    first = holder(make_staff("carla", Role.CHILD_PROTECTION_SERVICE))
    given_by(first, holder(colleague_of(first.staff)))
    return first


def stand(database: TestDatabase, *staff: Staff) -> list[tuple[int, bool, bool, bool] | None]:
    """Of the agency of each: holders, in use, being moved, ready; None: it is not named."""
    with database.used_as(DatabaseRole.JOBS):
        found = {one.code: one for one in keys_of_agencies()}
    rows = (found.get(f"a-{one.agency}") for one in staff)
    return [None if one is None else (one.holders, one.in_use, one.is_moving, one.is_ready) for one in rows]


def test_an_agency_is_ready_with_a_key_in_use_that_two_who_work_there_hold(
    own_database: TestDatabase, carla: Holder
):
    alone = holder(make_staff("fred", Role.POLICE)).staff
    without = make_staff("gina", Role.CHILD_PROTECTION_SERVICE)
    reads_none = make_staff("rita", Role.RAPPORTEUR)
    asked = (carla.staff, alone, without, reads_none)
    assert stand(own_database, *asked) == [
        (2, True, False, True),
        (1, False, False, False),
        (0, False, False, False),
        None,
    ]


def test_who_left_does_not_count_and_what_is_sealed_to_an_older_key_is_told(
    own_database: TestDatabase, carla: Holder
):
    third = given_by(carla, holder(colleague_of(carla.staff)))
    record_with(carla.staff, "Street 1")
    renew(carla)
    assert stand(own_database, carla.staff) == [(3, True, True, True)]
    with own_database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE person SET until = now() WHERE agency_id = %s AND id NOT IN (%s)",
            (carla.staff.agency, third.staff.person),
        )
    assert stand(own_database, carla.staff) == [(1, True, True, False)]


def test_the_command_warns_by_agency_and_never_fails_or_names_a_person(
    own_database: TestDatabase, carla: Holder, capsys: pytest.CaptureFixture[str]
):
    without = make_staff("gina", Role.CHILD_PROTECTION_SERVICE)
    with own_database.used_as(DatabaseRole.JOBS):
        assert say_of_agencies() == 0
    told = capsys.readouterr().out
    lines = {line.partition(" ")[0]: line for line in told.splitlines()}
    assert lines[f"a-{carla.staff.agency}"].endswith("key in use, 2 people have it")
    assert lines[f"a-{without.agency}"].endswith("key NOT IN USE, 0 people have it  <- warning")
    assert (carla.staff.login in told, without.login in told) == (False, False)
    assert parser().parse_args(["keys", "agencies"]).verb == "agencies"
