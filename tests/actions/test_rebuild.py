"""Computing everything anew: killed in the middle it goes on, and what says already what it should is not written."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from encircle.actions.examples import load_case
from encircle.actions.projection import Swept, projected, rebuild_ledger
from encircle.actions.whose_law import law_for
from encircle.host.database import DatabaseRole
from encircle.records import rebuilding, standing, syncing
from encircle.records.calendar import CALENDAR_COLUMNS
from encircle.records.context import with_context
from encircle.records.facts import facts_of_each
from encircle.records.projection import ALARM_COLUMNS, DUTY_COLUMNS, told_of
from encircle.vocabulary.identifier import RootId
from tests.actions.kept import as_jobs, cases
from tests.database import TestDatabase

ROWS = {
    "duty_row": "root_id, code, subject_id, state, urgency, missing, by_facts, next_change_at",
    "alarm_row": "root_id, code, subject_id, state, at, by_fact_id",
    "calendar_row": "root_id, code, subject_id, earliest, latest, lane, agency_id",
    "situation_row": "root_id, protection, codes, facts, pack, next_change_at",
}
KILLED = """
import os, signal
import django
django.setup()
from encircle.actions.projection import rebuild_ledger
from encircle.records import rebuilding
rebuilding.OF_A_PART = 2
def tell(done, total):
    print(done, total, flush=True)
    if done >= 4:
        os.kill(os.getpid(), signal.SIGKILL)
rebuild_ledger(tell=tell, processes=1)
"""


@pytest.fixture
def country(own_database: TestDatabase) -> TestDatabase:
    """Ten children, and nothing else."""
    with as_jobs(own_database):
        for case in cases()[:10]:
            load_case(case, seen_by=())
    return own_database


def rows_of(database: TestDatabase) -> dict[str, list[tuple[object, ...]]]:
    with database.connect_as_keeper() as keeper:
        return {
            table: keeper.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3").fetchall()
            for table, columns in ROWS.items()
        }


def plant(database: TestDatabase) -> None:
    """Rows of every child say something wrong, and some are gone."""
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE duty_row SET state = 'met', urgency = NULL")
        keeper.execute("UPDATE situation_row SET protection = 'none'")
        keeper.execute("DELETE FROM calendar_row")


def killed_in_the_middle(database: TestDatabase, data: Path) -> str:
    """What a process said that computed everything anew, until it was killed."""
    given = database.dsn(DatabaseRole.JOBS)
    address = f"postgresql://{given['user']}@/{given['dbname']}?host={given['host']}&port={given['port']}"
    environ = os.environ | {
        "DATABASE_URL_JOBS": address,
        "DJANGO_SETTINGS_MODULE": "encircle.config.settings",
        "ENCIRCLE_DATA": str(data),
        "ENCIRCLE_INSTALLATION_KEY": str(settings.INSTALLATION_KEY),
        "ENCIRCLE_ROLE": "jobs",
    }
    done = subprocess.run(
        [sys.executable, "-c", KILLED], env=environ, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout


def test_killed_in_the_middle_it_goes_on_with_what_is_left(country: TestDatabase, tmp_path: Path):
    right = rows_of(country)
    plant(country)
    assert killed_in_the_middle(country, tmp_path) == "0 10\n2 10\n4 10\n"
    half_way = rows_of(country)
    assert half_way != right
    assert len(half_way["calendar_row"]) > 0
    told: list[tuple[int, int]] = []
    with as_jobs(country):
        assert rebuild_ledger(tell=lambda done, of: told.append((done, of))) == Swept(6, 0)
    assert told[0] == (0, 6)
    assert rows_of(country) == right


def test_rows_that_say_already_what_they_should_are_read_and_not_written(country: TestDatabase):
    with as_jobs(country), CaptureQueriesContext(connection) as asked:
        assert rebuild_ledger(tell=lambda done, of: None) == Swept(10, 0)
    assert [query["sql"][:60] for query in asked if "jsonb_to_recordset" in query["sql"]] == []
    plant(country)
    with as_jobs(country), CaptureQueriesContext(connection) as asked:
        rebuild_ledger(tell=lambda done, of: None)
    assert sum("jsonb_to_recordset" in query["sql"] for query in asked) == 4


def given_rows(
    country: TestDatabase,
) -> Iterator[tuple[str, dict[str, str], list[RootId], list[dict[str, Any]]]]:
    """For each table what its rows should say, as computed now."""
    with with_context(agency=None, actor="rebuilder", purpose="rebuild") as context:
        rebuilding.begin()
        part = rebuilding.claim()
        assert part is not None
        facts = facts_of_each(part.roots)
        found = [
            (held, projected(facts[held.root], root=held.root, law=law_for(held.country), now=context.now))
            for held in told_of(part.roots)
        ]
        given = syncing._given(found)
        roots = list(part.roots)
        yield "duty_row", DUTY_COLUMNS, roots, given.duties
        yield "alarm_row", ALARM_COLUMNS, roots, given.alarms
        yield "calendar_row", CALENDAR_COLUMNS, roots, given.calendar
        yield "situation_row", syncing.SITUATION_COLUMNS, roots, given.situations


OTHER = {
    "varchar": lambda value: "other" if value is None else f"{value}x",
    "uuid": lambda value: "b6e1f9a2-8f5c-4b5e-9a39-0a4a6f0c1d11" if value is None else None,
    "boolean": lambda value: not value,
    "smallint": lambda value: 1 if value is None else value + 1,
    "integer": lambda value: value + 1,
    "timestamptz": lambda value: (
        datetime(2030, 1, 1, tzinfo=UTC) if value is None else value + timedelta(microseconds=1)
    ),
    "varchar[]": lambda value: (*value, "other"),
    "uuid[]": lambda value: (*value, "b6e1f9a2-8f5c-4b5e-9a39-0a4a6f0c1d11"),
    "jsonb": lambda value: value | {"died": not value["died"]},
}


def test_a_difference_in_any_column_is_seen(country: TestDatabase):
    named = {"case_lead": "case_lead_id"}
    seen = 0
    with as_jobs(country):
        for table, columns, roots, rows in given_rows(country):
            assert standing.differing(table, columns, roots, rows, named=named) == frozenset()
            for name, kind in columns.items():
                for row in rows[:1]:
                    planted = [row | {name: OTHER[kind](row[name])}, *rows[1:]]
                    found = standing.differing(table, columns, roots, planted, named=named)
                    assert found == {row["root_id"]}, (table, name)
                    seen += 1
            for row in rows[:1]:
                assert standing.differing(table, columns, roots, rows[1:], named=named) == {row["root_id"]}
                twice = standing.differing(table, columns, roots, [*rows, row], named=named)
                assert twice == {row["root_id"]}
    assert seen >= len(DUTY_COLUMNS) + len(syncing.SITUATION_COLUMNS)
