"""Facts and the journal are only ever added to, whoever tries."""

import psycopg
import pytest

from encircle.core.journal.entry import EntryKind
from encircle.host.database import DatabaseRole
from encircle.records.facts import append
from encircle.records.journal import Act, enter
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.identifier import RootId
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact

TABLES = (
    "fact",
    "fact_learnt",
    "journal_entry",
    "journal_leaf",
    "journal_node",
    "journal_checkpoint",
    "report_part",
    "report_seal",
)
FILLED = ("fact", "fact_learnt", "journal_entry", "journal_leaf")
COLUMN = {"journal_leaf": "hash = hash", "journal_node": "hash = hash", "journal_checkpoint": "note = note"}


@pytest.fixture
def filled(aino: RootId, carla: Actor) -> None:
    """One row in each of the tables that a write fills."""
    with carla.at_work() as ctx:
        append(a_fact(aino, AgeClaimed(claimed_child=True), by=carla), follows=None, ctx=ctx)
        enter(Act(kind=EntryKind.WRITE, outcome="done", root=aino), ctx=ctx)


def changes(table: str) -> tuple[str, ...]:
    return (
        f"UPDATE {table} SET {COLUMN.get(table, 'id = id')}",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
    )


@pytest.mark.parametrize("role", list(DatabaseRole))
def test_no_role_changes_or_removes_a_row(role: DatabaseRole, database: TestDatabase, filled: None):
    with database.connect(role) as connected:
        connected.execute("SET encircle.purpose = 'migrate'")  # the owner then sees all rows
        for words in (words for table in TABLES for words in changes(table)):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connected.execute(words)


@pytest.mark.parametrize("replication", ["origin", "replica"])
def test_not_even_the_superuser_does_by_mistake(replication: str, database: TestDatabase, filled: None):
    with database.connect_as_keeper() as keeper:
        keeper.execute(f"SET session_replication_role = {replication}")
        for words in (words for table in FILLED for words in changes(table)):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match=r"only ever added|only given"):
                keeper.execute(words)
