"""Who sees a row: a member of its root, in a context; nobody else, and nobody without one."""

from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection

from encircle.core.journal.entry import EntryKind
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.records.facts import append, facts_of
from encircle.records.journal import Act, enter
from encircle.records.plaintext import COLUMNS
from encircle.records.roots import add_member, end_membership, members, open_root
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import RootId
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact

FIFTEEN = AgeClaimed(claimed_child=True, claimed_years=15)
OF_A_CHILD = ("root", "subject", "membership", "data_key", "fact", "fact_learnt", "journal_entry")
DENIED = (ProgrammingError, psycopg.errors.InsufficientPrivilege)


@pytest.fixture
def recorded(aino: RootId, carla: Actor) -> RootId:
    """Aino's record with one fact and one journal entry."""
    with carla.at_work() as ctx:
        append(a_fact(aino, FIFTEEN, by=carla), follows=None, ctx=ctx)
        enter(Act(kind=EntryKind.WRITE, outcome="done", root=aino), ctx=ctx, body=b"{}")
    return aino


def rows_of(root: RootId) -> dict[str, int]:
    """How many rows of this root the present context shows, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in OF_A_CHILD:
            column = "id" if table == "root" else "root_id"
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", (root,))
            found[table] = cursor.fetchone()[0]
    return found


SEEN = dict(zip(OF_A_CHILD, (1, 1, 2, 1, 1, 1, 1), strict=True))
NOTHING = dict.fromkeys(OF_A_CHILD, 0)


def test_the_web_role_has_no_privilege(database: TestDatabase):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, session_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
            " (SELECT count(*) FROM pg_auth_members WHERE member = pg_roles.oid),"
            " (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid)"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("encircle_web", "encircle_web", False, False, False, False, 0, 0)


def test_members_see_the_rows_and_eva_sees_none(recorded: RootId, carla: Actor, dmitri: Actor, eva: Actor):
    for member in (carla, dmitri):
        with member.at_work():
            assert rows_of(recorded) == SEEN
    with eva.at_work():
        assert rows_of(recorded) == NOTHING
        assert facts_of(recorded) == ()


def test_without_a_context_there_is_no_row(recorded: RootId, carla: Actor):
    with carla.at_work():
        assert rows_of(recorded) == SEEN
    assert rows_of(recorded) == NOTHING


def test_a_context_without_an_agency_shows_no_row(recorded: RootId):
    with with_context(agency=None, actor="somebody", purpose="protect_child"):
        assert rows_of(recorded) == NOTHING


def test_a_purpose_of_the_jobs_opens_nothing_for_web(recorded: RootId):
    for purpose in ("sweep", "load", "verify", "migrate"):
        with with_context(agency=None, actor="somebody", purpose=purpose):
            assert rows_of(recorded) == NOTHING


def test_the_context_ends_with_its_transaction(carla: Actor):
    with carla.at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT encircle_agency()::text, encircle_actor(), encircle_purpose()")
        assert cursor.fetchone() == (carla.agency, carla.id, "protect_child")
    with connection.cursor() as cursor:
        cursor.execute("SELECT encircle_agency()::text, encircle_actor(), encircle_purpose()")
        assert cursor.fetchone() == (None, None, None)


def test_a_member_whose_part_ends_sees_no_more_of_the_child(recorded: RootId, carla: Actor, dmitri: Actor):
    with carla.at_work(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text FROM membership WHERE root_id = %s AND agency_id = %s",
            (recorded, dmitri.agency),
        )
        (membership,) = cursor.fetchone()
        assert members(recorded) == ((carla.agency, "opener"), (dmitri.agency, "team"))
        assert end_membership(membership)
        assert members(recorded) == ((carla.agency, "opener"),)
    with dmitri.at_work():  # all that is left is that it once took part
        assert rows_of(recorded) == {**NOTHING, "membership": 1}
        assert not end_membership(membership)


def test_an_agency_cannot_make_itself_a_member(recorded: RootId, eva: Actor):
    with pytest.raises(ProgrammingError, match="row-level security"), eva.at_work():
        add_member(recorded, eva.agency, relation="team")
    with eva.at_work():
        assert rows_of(recorded) == NOTHING


def test_nobody_opens_a_record_in_the_name_of_another_agency(carla: Actor, eva: Actor):
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        eva.at_work(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO root (id, kind, number, opened_by_id) VALUES (%s, 'child', %s, %s)",
            (str(uuid4()), "forged", carla.agency),
        )


def test_a_root_that_is_there_cannot_be_opened_again(recorded: RootId, eva: Actor):
    with pytest.raises(IntegrityError, match="root_pkey"), eva.at_work() as ctx:
        open_root(Kind.CHILD, ctx=ctx, root_id=recorded)
    with eva.at_work():
        assert rows_of(recorded) == NOTHING


def test_an_outsider_cannot_add_a_fact_or_a_key(recorded: RootId, eva: Actor):
    with pytest.raises(ProgrammingError, match="row-level security"), eva.at_work() as ctx:
        append(a_fact(recorded, FIFTEEN, by=eva), follows=None, ctx=ctx)


def test_a_refusal_can_be_journalled_by_one_who_may_not_see_the_child(
    recorded: RootId, carla: Actor, eva: Actor
):
    with eva.at_work() as ctx:
        refusal = enter(
            Act(kind=EntryKind.REFUSAL, outcome="not_a_member", root=recorded), ctx=ctx, body=b'{"asked":"x"}'
        )
        assert rows_of(recorded) == {**NOTHING, "journal_entry": 1}
    with carla.at_work(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text FROM journal_entry WHERE root_id = %s AND kind = 'refusal'", (recorded,)
        )
        assert cursor.fetchall() == [(refusal.id,)]


def test_nobody_journals_in_the_name_of_another(carla: Actor, eva: Actor):
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        eva.at_work(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO journal_entry (id, at, kind, actor, agency_id, field_groups, outcome, salt)"
            " VALUES (%s, now(), 'look', %s, %s, '{}', 'done', %s)",
            (str(uuid4()), carla.id, carla.agency, b"s" * 16),
        )


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_every_table_of_a_child_is_closed_by_force(table: str, database: TestDatabase):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", (table,)
        )
        assert cursor.fetchone() == (True, True)


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_the_owner_sees_no_row_but_to_migrate(table: str, recorded: RootId, database: TestDatabase):
    with database.connect(DatabaseRole.OWNER) as owner:
        assert owner.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        if table in OF_A_CHILD:
            with owner.transaction():
                owner.execute("SET LOCAL encircle.purpose = 'migrate'")
                assert owner.execute(f"SELECT count(*) > 0 FROM {table}").fetchone() == (True,)


def test_jobs_see_rows_under_a_named_purpose_only(recorded: RootId, database: TestDatabase):
    with database.used_as(DatabaseRole.JOBS):
        with with_context(agency=None, actor="sweeper", purpose="sweep"):
            assert rows_of(recorded) == {**SEEN, "journal_entry": 0}
        with with_context(agency=None, actor="sweeper", purpose="curiosity"):
            assert rows_of(recorded) == NOTHING
    with database.connect(DatabaseRole.JOBS) as jobs:
        assert jobs.execute("SELECT count(*) FROM fact").fetchone() == (0,)


def test_the_door_may_not_even_ask_for_a_child(database: TestDatabase):
    with database.connect(DatabaseRole.DOOR) as door:
        for table in set(COLUMNS) - {"report", "report_seal", "report_part"}:
            with pytest.raises(DENIED):
                door.execute(f"SELECT count(*) FROM {table}")


@pytest.mark.parametrize("role", [DatabaseRole.WEB, DatabaseRole.DOOR, DatabaseRole.JOBS])
def test_no_role_but_the_owner_may_change_the_tables(role: DatabaseRole, database: TestDatabase):
    forbidden = (
        "CREATE TABLE mine (id int)",
        "ALTER TABLE fact DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE fact DISABLE TRIGGER ALL",
        "DROP POLICY fact_member_select ON fact",
        "SET session_replication_role = replica",
        "SET ROLE encircle_owner",
    )
    with database.connect(role) as connected:
        for words in forbidden:
            with pytest.raises(DENIED):
                connected.execute(words)


def test_eva_sees_no_notice_of_others_and_makes_none(recorded: RootId, carla: Actor, eva: Actor):
    insert = (
        "INSERT INTO notice (root_id, kind, code, agency_id, acted_id) VALUES (%s, 'duty', 'D02', %s, %s)"
    )
    with carla.at_work(), connection.cursor() as cursor:
        cursor.execute(insert, (recorded, carla.agency, carla.agency))
    for staff, count in ((carla, 1), (eva, 0)):
        with staff.at_work(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM notice WHERE root_id = %s", (recorded,))
            assert cursor.fetchone() == (count,)
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        eva.at_work(),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert, (recorded, eva.agency, eva.agency))
