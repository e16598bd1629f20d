"""What time changes is computed anew, in batches, each record by itself; and everything at once, to be gone on with."""

from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from encircle.actions.examples import Names, load_case
from encircle.actions.projection import PUT_OFF, Swept, rebuild_ledger, sweep_ledger
from encircle.records.roots import open_root
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import RootId
from tests.actions.kept import as_jobs, cases, kept, told_long_ago, until_nothing_waits
from tests.actions.stating import state, who
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact, make_actor


@pytest.fixture
def carla(database: TestDatabase) -> Actor:
    return make_actor("child_protection_service")


@pytest.fixture
def aino(carla: Actor) -> RootId:
    with carla.at_work() as ctx:
        return open_root(Kind.CHILD, ctx=ctx)


def test_a_sweep_computes_what_time_has_changed_and_nothing_else(
    database: TestDatabase, aino: RootId, carla: Actor
):
    until_nothing_waits(database)
    told_long_ago(aino, carla, database)
    assert until_nothing_waits(database) == Swept(1, 0)
    states = {row[5] for row in kept(aino, carla)["duty_row"]}
    assert "lifted" not in states
    assert until_nothing_waits(database) == Swept(0, 0)


def test_a_sweep_gives_the_rows_of_the_moment(own_database: TestDatabase, settings: Settings):
    settings.COUNTRY = "gb"
    case = cases()[1]
    with as_jobs(own_database):
        load_case(case, seen_by=())
    social = next(agency for agency in case.agencies if "social" in agency)
    carla = Actor("carla", Names(case).agency(social))
    root = Names(case).root("child")
    long_ago = case.facts[-1].recorded + timedelta(hours=1)
    loaded = kept(root, carla)
    with own_database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE duty_row SET state = 'open' WHERE state = 'overdue'")
        keeper.execute("UPDATE situation_row SET next_change_at = %s", (long_ago,))
    with as_jobs(own_database):
        assert sweep_ledger() == Swept(1, 0)
    assert kept(root, carla) == loaded
    assert "overdue" in {row[5] for row in loaded["duty_row"]}


def test_a_record_that_cannot_be_computed_holds_up_no_other(
    database: TestDatabase, carla: Actor, aino: RootId
):
    with carla.at_work() as ctx:
        bo = open_root(Kind.CHILD, ctx=ctx)
    until_nothing_waits(database)
    for root in (aino, bo):
        told_long_ago(root, carla, database)
    with database.connect_as_keeper() as keeper:
        keeper.execute("ALTER TABLE data_key DISABLE TRIGGER USER")
        keeper.execute(
            "UPDATE data_key SET wrapped = overlay(wrapped placing 'x'::bytea from 20) WHERE root_id = %s",
            (aino,),
        )
        keeper.execute("ALTER TABLE data_key ENABLE TRIGGER USER")
    assert until_nothing_waits(database) == Swept(1, 1)
    with carla.at_work() as ctx, connection.cursor() as cursor:
        cursor.execute("SELECT next_change_at FROM situation_row WHERE root_id = %s", (aino,))
        assert timedelta(0) < cursor.fetchone()[0] - ctx.now <= PUT_OFF


def test_a_rebuild_that_was_stopped_goes_on_where_it_stopped(own_database: TestDatabase):
    with as_jobs(own_database):
        for case in cases()[:3]:
            load_case(case, seen_by=())
    told: list[tuple[int, int]] = []

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    with as_jobs(own_database):
        with pytest.raises(Stopped):
            rebuild_ledger(tell=stop)
        with own_database.connect_as_keeper() as keeper:
            keeper.execute("UPDATE rebuild_part SET roots = roots[2:]")
        assert rebuild_ledger(tell=lambda done, total: told.append((done, total))) == Swept(2, 0)
        assert told == [(0, 2), (2, 2)]
        assert rebuild_ledger(tell=lambda done, total: None) == Swept(3, 0)


def test_a_record_that_cannot_be_computed_holds_up_no_other_of_its_batch(own_database: TestDatabase):
    with as_jobs(own_database):
        for case in cases()[:3]:
            load_case(case, seen_by=())
    with own_database.connect_as_keeper() as keeper:
        keeper.execute("ALTER TABLE data_key DISABLE TRIGGER USER")
        keeper.execute(
            "UPDATE data_key SET wrapped = overlay(wrapped placing 'x'::bytea from 20)"
            " WHERE root_id = (SELECT root_id FROM situation_row ORDER BY root_id LIMIT 1)"
        )
        keeper.execute("UPDATE duty_row SET state = 'met', urgency = NULL")
    with as_jobs(own_database):
        assert rebuild_ledger(tell=lambda done, total: None) == Swept(2, 1)
    with own_database.connect_as_keeper() as keeper:
        found = keeper.execute(
            "SELECT count(DISTINCT root_id) FILTER (WHERE state <> 'met') FROM duty_row"
        ).fetchone()
    assert found == (2,)


def test_keys_of_names_that_went_wrong_are_put_right(database: TestDatabase, carla: Actor, aino: RootId):
    state(
        a_fact(aino, read_payload("name_recorded", {"name_used": "Aino Tamm"}), by=carla),
        who=who(carla),
        follows=None,
    )

    def keys() -> list[tuple[object, ...]]:
        with database.connect_as_keeper() as keeper:
            found = keeper.execute("SELECT id, key FROM name_key WHERE root_id = %s ORDER BY id", (aino,))
            return found.fetchall()

    before = keys()
    with database.connect_as_keeper() as keeper:
        keeper.execute("DELETE FROM name_key WHERE id = %s", (before[0][0],))
        keeper.execute("UPDATE name_key SET key = decode(md5('wrong'), 'hex') WHERE id = %s", (before[1][0],))
    with as_jobs(database):
        rebuild_ledger(tell=lambda done, total: None)
    assert {key for _, key in keys()} == {key for _, key in before}


def test_records_of_the_same_child_are_computed_from_the_facts_of_both(
    database: TestDatabase, carla: Actor, aino: RootId
):
    with carla.at_work() as ctx, connection.cursor() as cursor:
        other = open_root(Kind.CHILD, ctx=ctx)
        cursor.execute("SELECT number FROM root WHERE id = %s", (other,))
        (number,) = cursor.fetchone()
    state(
        a_fact(aino, read_payload("age_claimed", {"claimed_child": True}), by=carla),
        who=who(carla),
        follows=None,
    )
    linked = read_payload("same_child_stated", {"other_record": number})
    link = state(a_fact(aino, linked, by=carla), who=who(carla), follows=None)
    until_nothing_waits(database)
    assert [kept(root, carla)["situation_row"][0][6] for root in (aino, other)] == [2, 2]
    withdrawal = a_fact(
        aino,
        read_payload("withdrawal", {"withdrawal_reasons": "They are two."}),
        by=carla,
        type_name="withdrawal",
        withdraws=link.id,
    )
    state(withdrawal, who=who(carla), follows=link.id)
    until_nothing_waits(database)
    assert [kept(root, carla)["situation_row"][0][6] for root in (aino, other)] == [3, 0]


def test_the_web_role_sweeps_nothing(database: TestDatabase, carla: Actor, aino: RootId):
    told_long_ago(aino, carla, database)
    assert sweep_ledger() == Swept(0, 0)
