"""The rows that are kept of a record, as a test reads them, and records whose time has come."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice

from django.db import connection

from encircle.actions.projection import Swept, sweep_ledger
from encircle.actions.replay.case import ReplayCase
from encircle.actions.synthetic import synthetic_cases
from encircle.host.database import DatabaseRole
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import FactId, RootId
from tests.actions.stating import state, who
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact

CASES = 40
KEPT = {
    "duty_row": "code, coalesce(subject_id::text, ''), scope, agency_id::text, pack, state, owner, kind, urgency,"
    " raised_at, due_earliest, due_latest, next_change_at, missing, unknown, by_facts::text[]",
    "alarm_row": "code, coalesce(subject_id::text, ''), pack, state, at, by_fact_id::text, agency_id::text, override",
    "situation_row": "protection, age_basis, parental_care, location, region, case_lead_id::text, facts, codes,"
    " urgency, due_at, pack, next_change_at, through_seq",
}
"""All that the rows say, but for their ids and when they were computed."""


@lru_cache(maxsize=1)
def cases() -> tuple[ReplayCase, ...]:
    return tuple(islice(synthetic_cases(5), CASES))


@contextmanager
def as_jobs(database: TestDatabase) -> Iterator[None]:
    with database.used_as(DatabaseRole.JOBS):
        yield


def kept(root: RootId, by: Actor) -> dict[str, list[tuple[object, ...]]]:
    found = {}
    with by.at_work(), connection.cursor() as cursor:
        for table, columns in KEPT.items():
            cursor.execute(f"SELECT {columns} FROM {table} WHERE root_id = %s ORDER BY 1, 2", (root,))
            found[table] = cursor.fetchall()
    return found


def last_of_the_matter(fact: FactId, carla: Actor) -> FactId:
    with carla.at_work(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text FROM fact WHERE matter = (SELECT matter FROM fact WHERE id = %s)"
            " ORDER BY seq DESC LIMIT 1",
            (fact,),
        )
        return FactId(cursor.fetchone()[0])


def told_long_ago(root: RootId, carla: Actor, database: TestDatabase) -> datetime:
    """A record whose guardian was to be appointed by a time that has passed since it was last computed; that time."""
    state(
        a_fact(root, read_payload("age_claimed", {"claimed_child": True, "claimed_years": 15}), by=carla),
        who=who(carla),
        follows=None,
    )
    past = datetime(2026, 11, 1, tzinfo=UTC)
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE duty_row SET state = 'lifted' WHERE root_id = %s", (root,))
        keeper.execute("UPDATE situation_row SET next_change_at = %s WHERE root_id = %s", (past, root))
    return past


def until_nothing_waits(database: TestDatabase) -> Swept:
    """Sweep until all that waits is computed, also what other tests left."""
    total = Swept(0, 0)
    with as_jobs(database):
        while (now := sweep_ledger(at_most=50)).done:
            total = Swept(total.done + now.done, total.failed + now.failed)
    return total
