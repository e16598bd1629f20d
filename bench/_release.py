"""The country that bench/release.py counts, and what it measures. Needs the settings: imported once they stand."""

import time
from collections.abc import Callable
from itertools import islice
from typing import TypeVar
from uuid import uuid4

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

from bench._lists import as_role
from encircle.actions.examples import load_case
from encircle.actions.statistics import _closed_lists, release_statistics
from encircle.actions.synthetic import synthetic_cases
from encircle.core.disclosure import protect
from encircle.core.disclosure.audit import faults
from encircle.host import clock
from encircle.host.database import DatabaseRole, EmbeddedDatabase
from encircle.records import people
from encircle.records import statistics as rows
from encircle.records.context import with_context
from encircle.records.seal import make_installation_key, secret_draw
from encircle.vocabulary.identifier import AgencyId

TOLD = 48
"""Children that are told in full; the others have the rows of one of them."""
REGIONS = 15
GOAL_S = 10
T = TypeVar("T")


def country(database: EmbeddedDatabase, children: int, duties: int) -> None:
    """So many children in 15 regions; the process stays in the role jobs."""
    make_installation_key()
    as_role(database, DatabaseRole.JOBS)
    agency = AgencyId(str(uuid4()))
    with with_context(agency=None, actor="loader", purpose="load"):
        people.add_agency(agency, code="bench", name="Bench", role="police", country="EE")
        for number in range(REGIONS):
            people.add_agency(
                AgencyId(str(uuid4())),
                code=f"b-{number}",
                name="B",
                role="police",
                country="EE",
                region=f"r{number}",
            )
    for case in islice(synthetic_cases(1), TOLD):
        load_case(case, seen_by=())
    name = database.dsn(DatabaseRole.JOBS)["dbname"]
    with psycopg.connect(make_conninfo(**database.keeper_dsn(name))) as keeper:
        keeper.execute("SELECT set_config('encircle.agency', %s, true)", (agency,))
        keeper.execute("SELECT set_config('encircle.actor', 'loader', true)")
        _copy(keeper, agency, children - TOLD, duties)


def _copy(keeper: psycopg.Connection, agency: AgencyId, children: int, duties: int) -> None:
    with keeper.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE told AS SELECT *, row_number() OVER (ORDER BY root_id) - 1 AS n"
            " FROM situation_row WHERE facts > 0"
        )
        cursor.execute(
            "INSERT INTO root (id, kind, number, opened_by_id, made_at)"
            " SELECT gen_random_uuid(), 'child', 'n' || i, %s, now() FROM generate_series(1, %s) AS i",
            (agency, children),
        )
        cursor.execute(
            "CREATE TEMPORARY TABLE new AS SELECT root_id, row_number() OVER (ORDER BY root_id) AS i"
            " FROM situation_row WHERE facts = 0"
        )
        cursor.execute(
            "UPDATE situation_row SET (protection, age_basis, parental_care, location, codes, region, facts)"
            " = (told.protection, told.age_basis, told.parental_care, told.location, told.codes, 'r' || i %% %s, 1)"
            " FROM new JOIN told ON told.n = i %% %s WHERE situation_row.root_id = new.root_id",
            (REGIONS, TOLD),
        )
        cursor.execute(
            "INSERT INTO duty_row (root_id, scope, code, pack, state, owner, kind, late, missing, unknown, by_facts,"
            " through_seq, computed_at) SELECT new.root_id, scope, code, duty.pack, state, owner, kind, late, '{}', '{}',"
            " '{}', 0, now() FROM new JOIN told ON told.n = i %% %s JOIN LATERAL (SELECT * FROM duty_row"
            " WHERE root_id = told.root_id AND subject_id IS NULL ORDER BY code LIMIT %s) AS duty ON true",
            (TOLD, duties),
        )


def measured(children: int) -> dict[str, object]:
    """How long each step takes, and how far the figures of all tables are from their counts."""
    with with_context(agency=None, actor="bench", purpose="statistics") as context:
        counting_s, counts = _timed(lambda: rows.count(_closed_lists(), now=context.now))
        draw = secret_draw()
        protecting_s, figures = _timed(lambda: protect(counts, draw=draw))
        audit_s, found = _timed(lambda: faults(figures, counts=counts))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM duty_row")
            duties = cursor.fetchone()[0]
    release_s, _released = _timed(release_statistics)
    off = [
        abs(figure - counts.cells[one.table.code].get(cell, 0))
        for one in figures
        for cell, figure in one.cells.items()
        if cell[0] in counts.codes[one.table.rows] and (figure or counts.cells[one.table.code].get(cell))
    ]
    return {
        "figure": "release",
        "at": clock.now().isoformat(timespec="seconds"),
        "children": children,
        "duties": duties,
        "tables": len(figures),
        "figures": sum(len(one.cells) for one in figures),
        "counting_s": counting_s,
        "protecting_s": protecting_s,
        "audit_s": audit_s,
        "protecting_and_audit": {"goal_s": GOAL_S, "met": protecting_s + audit_s <= GOAL_S},
        "release_s": release_s,
        "faults": list(found),
        "mean_difference": round(sum(off) / max(1, len(off)), 2),
        "largest_difference": max(off, default=0),
    }


def _timed(once: Callable[[], T]) -> tuple[float, T]:
    begin = time.perf_counter()
    found = once()
    return round(time.perf_counter() - begin, 2), found
