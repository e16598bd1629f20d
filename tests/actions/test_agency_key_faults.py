"""A new key of an agency against faults: stopped half-way, altered seals, a foreign key put in its place, other writers."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError, connections
from pytest_django import Settings

from encircle.actions.agency_key import renewal_of
from encircle.crypto.people import KeyPair
from encircle.crypto.sealed import SealBroken
from encircle.records.refusal import Unavailable
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.actions.key_holders import (
    Holder,
    anew,
    counted,
    given_by,
    holder,
    left,
    record_with,
    renew,
)
from tests.database import TestDatabase
from tests.web.world import Staff, colleague_of, make_staff


@pytest.fixture(autouse=True)
def _as_in_a_demonstration(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def carla(database: TestDatabase) -> Holder:
    return holder(make_staff("carla", Role.CHILD_PROTECTION_SERVICE))


@pytest.fixture
def dora(carla: Holder) -> Holder:
    return given_by(carla, holder(colleague_of(carla.staff)))


@pytest.mark.parametrize(
    ("happens", "refusal"),
    [
        ("RAISE EXCEPTION 'planted'", DatabaseError),
        ("PERFORM pg_terminate_backend(pg_backend_pid())", Unavailable),
    ],
    ids=["a fault", "the connection killed"],
)
def test_stopped_half_way_nothing_is_lost_and_the_next_call_goes_on(
    database: TestDatabase, carla: Holder, dora: Holder, happens: str, refusal: type[Exception]
):
    """A planted fault in the database, at the third seal of a batch of five."""
    streets = [f"Street {n}" for n in range(5)]
    root = record_with(carla.staff, *streets)
    renew(carla)
    anew(carla, at_most=1)
    with planted(database, carla.staff, happens), pytest.raises(refusal):
        anew(carla)
    assert left(carla) == 4
    assert [who.places(root) for who in (carla, dora)] == [streets, streets]
    assert anew(carla) == 0
    assert [who.places(root) for who in (carla, dora)] == [streets, streets]


@contextmanager
def planted(database: TestDatabase, staff: Staff, happens: str) -> Iterator[None]:
    """While it stands, the third deletion of a seal of this agency in a statement's transaction fails."""
    with database.connect_as_keeper() as keeper:
        keeper.execute("CREATE SEQUENCE planted_count; GRANT ALL ON SEQUENCE planted_count TO PUBLIC")
        keeper.execute(
            "CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN"
            f" IF OLD.agency_id = '{staff.agency}' AND nextval('planted_count') = 3 THEN {happens}; END IF;"
            " RETURN OLD; END $$"
        )
        keeper.execute(
            "CREATE TRIGGER planted BEFORE DELETE ON data_key_share FOR EACH ROW EXECUTE FUNCTION planted()"
        )
    try:
        yield
    finally:
        with database.connect_as_keeper() as keeper:
            keeper.execute("DROP TRIGGER planted ON data_key_share; DROP FUNCTION planted()")
            keeper.execute("DROP SEQUENCE planted_count")


def test_stopped_while_it_is_made_the_key_of_today_stays(database: TestDatabase, carla: Holder, dora: Holder):
    root = record_with(carla.staff, "Street 1")
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF NEW.member_key_id = '{dora.mine.id}' THEN RAISE EXCEPTION 'planted'; END IF; RETURN NEW; END $$"
        )
        keeper.execute(
            "CREATE TRIGGER planted BEFORE INSERT ON agency_key_share FOR EACH ROW EXECUTE FUNCTION planted()"
        )
    try:
        with pytest.raises(DatabaseError):
            renew(carla)
    finally:
        with database.connect_as_keeper() as keeper:
            keeper.execute("DROP TRIGGER planted ON agency_key_share; DROP FUNCTION planted()")
    with carla.unlocked():
        told = renewal_of(carla.staff.who)
    assert told is not None
    assert (told.is_moving, dora.places(root)) == (False, ["Street 1"])


def test_a_seal_that_was_altered_is_left_and_told_and_the_older_key_does_not_end(
    database: TestDatabase, carla: Holder, dora: Holder
):
    root = record_with(carla.staff, "Street 1", "Street 2")
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE data_key_share SET sealed = set_byte(sealed, 1100, get_byte(sealed, 1100) # 1)"
            " WHERE id = (SELECT min(id::text)::uuid FROM data_key_share WHERE root_id = %s)",
            (root,),
        )
    renew(carla)
    assert anew(carla) == 1
    with pytest.raises(BadInput) as refused:
        anew(carla)
    assert refused.value.code == "parts_broken"
    assert counted(database, carla.staff)["agency_key_share older"] == 2


def test_nothing_is_sealed_anew_to_a_public_key_that_somebody_put_in_the_place_of_the_new_one(
    database: TestDatabase, carla: Holder, dora: Holder
):
    root = record_with(carla.staff, "Street 1")
    renew(carla)
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE agency_key SET public = %s WHERE agency_id = %s AND retired_at IS NULL",
            (KeyPair.new().public, carla.staff.agency),
        )
    with pytest.raises(SealBroken):
        anew(carla)
    assert dora.places(root) == ["Street 1"]


def test_the_database_ends_no_key_to_which_something_is_sealed_and_seals_to_none_that_ended(
    database: TestDatabase, carla: Holder, dora: Holder
):
    record_with(carla.staff, "Street 1")
    renew(carla)
    end = "UPDATE agency_key SET ended_at = now() WHERE agency_id = %s AND retired_at IS NOT NULL"
    copy = (
        "INSERT INTO data_key_share (id, data_key_id, agency_key_id, root_id, agency_id, sealed)"
        " SELECT gen_random_uuid(), s.data_key_id, key.id, s.root_id, s.agency_id, s.sealed FROM data_key_share AS s"
        " JOIN agency_key AS key ON key.agency_id = s.agency_id AND key.retired_at IS NOT NULL"
        " WHERE s.agency_id = %s"
    )
    with database.connect_as_keeper() as keeper:
        with pytest.raises(psycopg.errors.CheckViolation, match="nothing is sealed"):
            keeper.execute(end, (carla.staff.agency,))
        assert anew(carla) == 0
        with pytest.raises(psycopg.errors.CheckViolation, match="has ended"):
            keeper.execute(copy, (carla.staff.agency,))
        with pytest.raises(psycopg.errors.CheckViolation, match="does not come back"):
            keeper.execute(
                "UPDATE agency_key SET ended_at = NULL WHERE agency_id = %s AND retired_at IS NOT NULL",
                (carla.staff.agency,),
            )


def test_who_seals_to_the_older_key_while_it_is_to_end_is_waited_for(
    database: TestDatabase, carla: Holder, dora: Holder
):
    """A writer whose transaction began before: what it sealed is saved only after the last batch has begun."""
    root = record_with(carla.staff, "Street 1", "Street 2")
    renew(carla)
    with database.connect_as_keeper() as keeper, database.connect_as_keeper() as onlooker:
        taken = "DELETE FROM data_key_share WHERE id = (SELECT min(id::text)::uuid FROM data_key_share"
        row = keeper.execute(f"{taken} WHERE root_id = %s) RETURNING *", (root,)).fetchone()
        assert row is not None
        with ThreadPoolExecutor() as other, keeper.transaction():
            places = ", ".join(["%s"] * len(row))
            keeper.execute(f"INSERT INTO data_key_share VALUES ({places})", row)
            done = other.submit(in_own_connection, lambda: anew(carla))
            waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            while onlooker.execute(waits).fetchone() == (0,):
                time.sleep(0.02)
            assert not done.done()
        assert done.result() == 1
    assert anew(carla) == 0
    assert dora.places(root) == ["Street 1", "Street 2"]


def in_own_connection(work: Callable[[], int]) -> int:
    try:
        return work()
    finally:
        connections.close_all()
