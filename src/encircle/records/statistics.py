"""Statistics: children counted from derived rows, and the releases that were made of the counts. Opens no record.

Counting needs the role jobs under the purpose `statistics`; counts are not stored. Releases are only ever added.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from django.db import connection

from encircle.core.disclosure import Counts, Figures
from encircle.core.disclosure.catalogue import CATALOGUE, DIMENSIONS, UNKNOWN, Table
from encircle.records.models import StatisticCell, StatisticRelease

TOTAL = "total"
"""The code of a line in which a row or a column is added up."""


@dataclass(frozen=True, slots=True)
class Release:
    """An entry of the ledger of releases. `digest`: SHA-256 of its figures, hexadecimal."""

    period: str
    made_at: datetime
    method: str
    pack: str
    digest: str


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One table of a release. `cells`: figures by row and column, lines that add up under `total`."""

    release: Release
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int]


def is_released(period: str) -> bool:
    """Whether that quarter has its release."""
    return StatisticRelease.objects.filter(period=period).exists()


def hold_releases() -> None:
    """Until the transaction ends nobody else makes a release."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('statistic_release'))")


def count(codes: Mapping[str, tuple[str, ...]], *, now: datetime) -> Counts:
    """Count for each table of the catalogue. `codes`: the closed lists of duties, prohibitions and roles.

    A code that no list has counts as unknown, or not at all where the list has none.
    """
    lists = {**DIMENSIONS, **codes, **_regions()}
    cells: dict[str, dict[tuple[str, str], int]] = {table.code: {} for table in CATALOGUE}
    for dimensions, query in _QUERIES.items():
        tables = [table for table in CATALOGUE if {table.rows, table.columns} <= set(dimensions)]
        with connection.cursor() as cursor:
            cursor.execute(query, {"now": now})
            for *values, found in cursor.fetchall():
                said = dict(zip(dimensions, values, strict=True))
                for table in tables:
                    _add(cells[table.code], table, said, found, lists)
    return Counts(cells, lists)


def store(figures: Iterable[Figures], *, period: str, method: str, pack: str) -> Release:
    """Write a release and its figures; the database refuses a second one of the period."""
    tables = tuple(figures)
    rows = [(one.table.code, *line) for one in tables for line in _lines(one)]
    release = StatisticRelease.objects.create(
        id=uuid4(), period=period, method=method, pack=pack, tables=len(tables), digest=_digest(rows)
    )
    StatisticCell.objects.bulk_create(
        StatisticCell(release=release, table_code=table, row_code=row, column_code=column, figure=figure)
        for table, row, column, figure in rows
    )
    return _release(release)


def releases() -> tuple[Release, ...]:
    """All releases, the newest first."""
    return tuple(_release(one) for one in StatisticRelease.objects.order_by("-period"))


def published(table: str, period: str) -> PublishedTable | None:
    """That table of that release; None, where there is none."""
    rows: dict[str, None] = {}
    columns: dict[str, None] = {}
    cells: dict[tuple[str, str], int] = {}
    found = (
        StatisticCell.objects.filter(table_code=table, release__period=period)
        .select_related("release")
        .order_by("id")
    )
    release = None
    for cell in found:
        release = cell.release
        rows.setdefault(cell.row_code)
        columns.setdefault(cell.column_code)
        cells[cell.row_code, cell.column_code] = cell.figure
    return None if release is None else PublishedTable(_release(release), tuple(rows), tuple(columns), cells)


def _add(
    cells: dict[tuple[str, str], int],
    table: Table,
    said: Mapping[str, str],
    found: int,
    lists: Mapping[str, tuple[str, ...]],
) -> None:
    row, column = (_listed(said[name], lists[name]) for name in (table.rows, table.columns))
    if row is not None and column is not None:
        cells[row, column] = cells.get((row, column), 0) + found


def _listed(code: str, known: tuple[str, ...]) -> str | None:
    return code if code in known else UNKNOWN if UNKNOWN in known else None


def _regions() -> dict[str, tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT region FROM agency WHERE region IS NOT NULL ORDER BY region")
        regions = tuple(row[0] for row in cursor.fetchall() if row[0] != UNKNOWN)
    return {"region": (*regions, UNKNOWN), "report_region": (*regions, "national", UNKNOWN)}


def _lines(one: Figures) -> Iterable[tuple[str, str, int]]:
    for row, total in one.rows.items():
        yield from ((row, column, figure) for (of, column), figure in one.cells.items() if of == row)
        yield row, TOTAL, total
    yield from ((TOTAL, column, figure) for column, figure in one.columns.items())
    if one.table.whole:
        yield TOTAL, TOTAL, one.total


def _digest(rows: Iterable[tuple[str, str, str, int]]) -> bytes:
    text = "".join(f"{table}\t{row}\t{column}\t{figure}\n" for table, row, column, figure in rows)
    return hashlib.sha256(text.encode()).digest()


def _release(row: StatisticRelease) -> Release:
    return Release(row.period, row.made_at, row.method, row.pack, bytes(row.digest).hex())


# A child on two records that are linked as the same is counted once, by the record of the smaller id.
_CHILD: Final = """
    WITH RECURSIVE pair (one, other) AS (
        SELECT root_id, other_id FROM link UNION SELECT other_id, root_id FROM link
    ),
    same (one, other) AS (
        SELECT one, other FROM pair UNION SELECT same.one, pair.other FROM same JOIN pair ON pair.one = same.other
    ),
    child AS (
        SELECT row.* FROM situation_row AS row JOIN root ON root.id = row.root_id
         WHERE root.kind = 'child' AND NOT EXISTS (
            SELECT 1 FROM same JOIN root AS twin ON twin.id = same.other
             WHERE same.one = row.root_id AND same.other < row.root_id AND twin.kind = 'child')
    ),
    owed AS (
        SELECT duty.root_id, duty.owner, duty.code,
               CASE WHEN state IN ('overdue', 'breached') THEN 0 WHEN state = 'met' AND late THEN 1
                    WHEN state IN ('open', 'due_soon') THEN 2 WHEN state = 'unknown' THEN 3
                    WHEN state = 'met' THEN 4 END AS worst
          FROM duty_row AS duty WHERE duty.root_id IS NOT NULL AND duty.kind IN ('law', 'sop')
    )
"""
_WORST: Final = "(ARRAY['overdue', 'late', 'running', 'unknown', 'in_time'])[min(worst) + 1]"
_EACH: Final = (
    "SELECT what, outcome, count(*) FROM (SELECT owed.{what} AS what, "
    + _WORST
    + " AS outcome FROM owed JOIN child USING (root_id) WHERE worst IS NOT NULL GROUP BY owed.root_id, owed.{what}) AS each"
    " GROUP BY what, outcome ORDER BY what, outcome"
)
_AGE: Final = (
    "CASE WHEN {at} <= %(now)s THEN '18-over' WHEN {at} <= %(now)s + interval '3 years' THEN '15-17'"
    " WHEN {at} <= %(now)s + interval '6 years' THEN '12-14' WHEN {at} <= %(now)s + interval '9 years' THEN '9-11'"
    " WHEN {at} IS NOT NULL THEN '0-8' END"
)

_QUERIES: Final[Mapping[tuple[str, ...], str]] = {
    (
        "region",
        "protection",
        "age_band",
        "age_basis",
        "parental_care",
        "location",
        "guardian",
        "timeliness",
    ): f"""
        {_CHILD}
        SELECT coalesce(region, 'unknown'), coalesce(protection, 'unknown'),
               CASE WHEN first.band = last.band THEN first.band ELSE 'unknown' END,
               coalesce(age_basis, 'unknown'), coalesce(parental_care, 'unknown'), coalesce(location, 'unknown'),
               CASE codes ->> 'guardian_current' WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no' ELSE 'unknown' END,
               coalesce(done.outcome, 'nothing_due'), count(*)
          FROM child
          LEFT JOIN (SELECT root_id, {_WORST} AS outcome FROM owed WHERE worst IS NOT NULL GROUP BY root_id) AS done
               USING (root_id),
               LATERAL (SELECT (codes -> 'turns_18' ->> 0)::timestamptz AS first_at,
                               (codes -> 'turns_18' ->> 1)::timestamptz AS last_at) AS turns,
               LATERAL (SELECT {_AGE.format(at="first_at")} AS band) AS first,
               LATERAL (SELECT {_AGE.format(at="last_at")} AS band) AS last
         GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
    """,
    ("owner", "outcome"): _CHILD + _EACH.format(what="owner"),
    ("duty", "outcome"): _CHILD + _EACH.format(what="code"),
    ("prohibition", "alarm_state"): _CHILD
    + """
        SELECT what, (ARRAY['raised', 'acknowledged', 'cleared'])[worst], count(*) FROM (
            SELECT alarm.code AS what,
                   min(array_position(ARRAY['raised', 'acknowledged', 'cleared'], alarm.state::text)) AS worst
              FROM alarm_row AS alarm JOIN child USING (root_id) GROUP BY alarm.root_id, alarm.code
        ) AS each WHERE worst IS NOT NULL GROUP BY what, worst ORDER BY what, worst
    """,
    (
        "report_region",
        "danger",
    ): "SELECT region, danger, count(*) FROM report GROUP BY region, danger ORDER BY 1, 2",
}
"""By the dimensions that each one tells, in their order; the count comes last."""
