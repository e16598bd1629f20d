"""The lists of each agency, which the database keeps in order by itself: they say what memberships and derived rows say."""

from importlib import import_module

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection

from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.records.erasure import erase
from encircle.records.facts import append, facts_of
from encircle.records.roots import add_member, end_membership, open_root
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import RootId
from tests.database import TestDatabase
from tests.records.test_projection import told, written
from tests.records.world import Actor, a_fact, make_actor

FIFTEEN = {"claimed_child": True, "claimed_years": 15}
RUNS = "m.relation <> 'emergency' AND (m.until IS NULL OR m.until > now())"
MEANT = {
    "root_of_agency": f"""
        SELECT DISTINCT root_id, m.agency_id, urgency, due_at, made_at FROM membership AS m
          JOIN situation_row USING (root_id) JOIN root ON root.id = root_id AND root.kind IN ('child', 'concern')
         WHERE {RUNS}""",
    "calendar_of_agency": f"""
        SELECT DISTINCT c.id, root_id, m.agency_id, field_group, latest FROM membership AS m
          JOIN calendar_row AS c USING (root_id) WHERE {RUNS}""",
}
STORED = {
    "root_of_agency": "SELECT root_id, agency_id, urgency, due_at, made_at FROM root_of_agency",
    "calendar_of_agency": "SELECT row_id, root_id, agency_id, field_group, latest FROM calendar_of_agency",
}


def differing(database: TestDatabase) -> dict[str, int]:
    """How many rows of each list are missing, or there though they should not be. Of the whole database."""
    with database.connect_as_keeper() as keeper:
        return counted(keeper)


def counted(keeper: psycopg.Connection) -> dict[str, int]:
    found = {}
    for table, meant in MEANT.items():
        stored = STORED[table]
        row = keeper.execute(
            f"SELECT count(*) FROM (({meant} EXCEPT {stored}) UNION ALL ({stored} EXCEPT {meant})) AS one"
        ).fetchone()
        assert row is not None
        found[table] = row[0]
    return found


SAME = dict.fromkeys(MEANT, 0)


def lists_of(actor: Actor, root: RootId) -> tuple[int, int]:
    """On how many rows of its lists of records and of its calendar this agency sees the record."""
    counted = []
    with actor.at_work(), connection.cursor() as cursor:
        for table in MEANT:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE root_id = %s", (root,))
            counted.append(cursor.fetchone()[0])
    return counted[0], counted[1]


def of_root(keeper: psycopg.Connection, table: str, root: RootId) -> list[tuple[object, ...]]:
    kept = f"SELECT * FROM ({STORED[table]}) AS one WHERE root_id = %s ORDER BY 1, 2, 3"
    return keeper.execute(kept, (root,)).fetchall()


@pytest.fixture
def fifteen(aino: RootId, carla: Actor) -> RootId:
    """Aino's record, computed: she turns eighteen on a day of the calendar."""
    told(aino, "age_claimed", FIFTEEN, carla)
    told(aino, "status_set", {"status": "presumed_victim", "set_by_role": "triage_team"}, carla)
    with carla.at_work():
        written(aino)
    return aino


def test_what_is_computed_is_listed_for_those_who_take_part(
    fifteen: RootId, carla: Actor, dmitri: Actor, eva: Actor, database: TestDatabase
):
    assert [lists_of(one, fifteen) for one in (carla, dmitri, eva)] == [(1, 1), (1, 1), (0, 0)]
    assert differing(database) == SAME


def test_a_list_that_was_lost_is_missed_and_what_the_migration_does_fills_it(
    fifteen: RootId, database: TestDatabase
):
    """Of this record: kinds of records and parts that came after that migration are none of its business."""
    fill = import_module("encircle.records.migrations.0020_lists_of_agencies").FILL
    with database.connect_as_keeper() as keeper, keeper.transaction(force_rollback=True):
        before = {table: of_root(keeper, table, fifteen) for table in MEANT}
        assert {table: len(rows) for table, rows in before.items()} == {
            "root_of_agency": 2,
            "calendar_of_agency": 2,
        }
        for table in MEANT:
            keeper.execute(f"DELETE FROM {table} WHERE root_id = %s", (fifteen,))
        assert counted(keeper) == {"root_of_agency": 2, "calendar_of_agency": 2}
        keeper.execute(fill)
        assert {table: of_root(keeper, table, fifteen) for table in MEANT} == before


def test_who_joins_has_it_on_the_lists_and_who_leaves_has_not(
    fifteen: RootId, carla: Actor, database: TestDatabase
):
    later = make_actor("school")
    with carla.at_work():
        team = add_member(fifteen, later.agency, relation="team")
        guardian = add_member(fifteen, later.agency, relation="guardian")
    assert (lists_of(later, fifteen), differing(database)) == ((1, 1), SAME)
    with carla.at_work():
        assert end_membership(team)
    assert (lists_of(later, fifteen), differing(database)) == ((1, 1), SAME)
    with carla.at_work():
        assert end_membership(guardian)
    assert (lists_of(later, fifteen), differing(database)) == ((0, 0), SAME)


def test_the_place_follows_what_is_computed(aino: RootId, carla: Actor, database: TestDatabase):
    def place() -> object:
        with carla.at_work(), connection.cursor() as cursor:
            cursor.execute("SELECT urgency, due_at FROM root_of_agency WHERE root_id = %s", (aino,))
            return cursor.fetchone()

    assert place() == (None, None)
    told(aino, "status_set", {"status": "presumed_victim", "set_by_role": "triage_team"}, carla)
    with carla.at_work():
        written(aino)
    assert place() != (None, None)
    assert differing(database) == SAME


def test_a_day_that_moves_moves_on_the_calendar_of_each(
    fifteen: RootId, carla: Actor, database: TestDatabase
):
    def day() -> object:
        with carla.at_work(), connection.cursor() as cursor:
            cursor.execute("SELECT latest FROM calendar_of_agency WHERE root_id = %s", (fifteen,))
            return cursor.fetchone()

    before = day()
    with carla.at_work() as ctx:
        said = next(fact for fact in facts_of(fifteen) if fact.type == "age_claimed")
        younger = AgeClaimed(claimed_child=True, claimed_years=13)
        append(a_fact(fifteen, younger, by=carla, corrects=said.id), follows=said.id, ctx=ctx)
        written(fifteen)
    assert day() != before
    assert differing(database) == SAME


def test_what_is_erased_is_on_no_list(fifteen: RootId, carla: Actor, database: TestDatabase):
    with database.used_as(DatabaseRole.JOBS), with_context(agency=None, actor="clock", purpose="retention"):
        erase(fifteen, because="retention")
    assert (lists_of(carla, fifteen), differing(database)) == ((0, 0), SAME)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM root_of_agency",
        "UPDATE calendar_of_agency SET latest = now()",
        "INSERT INTO root_of_agency SELECT gen_random_uuid(), encircle_agency(), 0, NULL, now()",
    ],
)
def test_nobody_writes_a_list_by_hand(statement: str, fifteen: RootId, carla: Actor):
    with pytest.raises((ProgrammingError, IntegrityError)), carla.at_work(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_new_record_is_listed_at_once(carla: Actor, database: TestDatabase):
    with carla.at_work() as ctx:
        root = open_root(Kind.CHILD, ctx=ctx)
    assert (lists_of(carla, root), differing(database)) == ((1, 0), SAME)
