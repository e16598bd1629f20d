"""Syncing: the rows of roots are made to say what follows from their facts. Rows that stay as they were are not written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection

from encircle.records import standing
from encircle.records.calendar import CALENDAR_COLUMNS
from encircle.records.notices import tell
from encircle.records.projection import ALARM_COLUMNS, DUTY_COLUMNS, Held, Projection, rows_of
from encircle.vocabulary.identifier import RootId

SITUATION_COLUMNS = {
    "protection": "varchar",
    "age_basis": "varchar",
    "parental_care": "varchar",
    "location": "varchar",
    "region": "varchar",
    "case_lead": "uuid",
    "facts": "integer",
    "codes": "jsonb",
    "urgency": "smallint",
    "due_at": "timestamptz",
    "pack": "varchar",
    "next_change_at": "timestamptz",
}
"""Columns of situation_row that follow from facts, with their types."""
_NAMED_OTHERWISE = {"case_lead": "case_lead_id"}


@dataclass(frozen=True, slots=True)
class Synced:
    """How many rows of duties and alarms were added, changed and removed."""

    added: int
    changed: int
    removed: int

    def __add__(self, other: "Synced") -> "Synced":
        return Synced(self.added + other.added, self.changed + other.changed, self.removed + other.removed)


def sync(held: Held, projection: Projection) -> Synced:
    """Make the rows of this root say what follows from its facts; five statements, whatever their number.

    Counted are duties and alarms.
    """
    return _written(_given([(held, projection)]))


def sync_many(found: Sequence[tuple[Held, Projection]]) -> Synced:
    """The same for several roots, which this transaction holds, where most rows say already what they should.

    Those are only read, which costs a third of comparing them in a statement. Of a root of which a single row differs
    all are given to the statements that write.
    """
    given = _given(found)
    roots = [held.root for held, _ in found]
    differ: frozenset[RootId] = frozenset()
    for table, columns, rows in (
        ("duty_row", DUTY_COLUMNS, given.duties),
        ("alarm_row", ALARM_COLUMNS, given.alarms),
        ("calendar_row", CALENDAR_COLUMNS, given.calendar),
        ("situation_row", SITUATION_COLUMNS | {"through_seq": "bigint"}, given.situations),
    ):
        differ |= standing.differing(table, columns, roots, rows, named=_NAMED_OTHERWISE)
    return _written(given, only=differ)


@dataclass(frozen=True, slots=True)
class _Given:
    """Columns by name of each row of several roots, each with its root and from which fact on it was computed."""

    roots: list[RootId]
    duties: list[dict[str, Any]]
    alarms: list[dict[str, Any]]
    calendar: list[dict[str, Any]]
    situations: list[dict[str, Any]]


def _given(found: Sequence[tuple[Held, Projection]]) -> _Given:
    given = _Given([held.root for held, _ in found], [], [], [], [])
    for held, projection in found:
        rows = rows_of(held, projection)
        of = {"root_id": held.root, "through_seq": held.through_seq, "computed_at": projection.at}
        given.situations.append(rows.situation)
        given.duties.extend(rows.duties)
        given.alarms.extend(rows.alarms)
        given.calendar.extend(rows.calendar)
        for row in (rows.situation, *rows.duties, *rows.alarms, *rows.calendar):
            row.update(of)
    return given


def _written(given: _Given, *, only: frozenset[RootId] | None = None) -> Synced:
    """Write the rows; `only`: those of these roots."""
    counted = Synced(0, 0, 0)
    roots = given.roots if only is None else sorted(only)
    with connection.cursor() as cursor:
        for statement, rows in (
            (_SYNC_DUTIES, given.duties),
            (_SYNC_ALARMS, given.alarms),
            (_SYNC_CALENDAR, given.calendar),
            (_SITUATIONS, given.situations),
        ):
            if roots:
                some = rows if only is None else [row for row in rows if row["root_id"] in only]
                cursor.execute(statement, {"roots": roots, "rows": _json(some)})
                if statement in (_SYNC_DUTIES, _SYNC_ALARMS):
                    counted += Synced(*cursor.fetchone())
        tell(given.roots)
    return counted


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _sync(table: str, columns: Mapping[str, str]) -> str:
    """The statement that makes the rows of roots those given: one for each root, code and subject."""
    names = ", ".join(columns)
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    given, held = (", ".join(f"{of}.{name}" for name in columns) for of in ("given", "held"))
    nobody = "'00000000-0000-0000-0000-000000000000'"
    same = (
        "given.root_id = held.root_id AND given.code = held.code"
        f" AND coalesce(given.subject_id, {nobody}) = coalesce(held.subject_id, {nobody})"
    )
    # Every name in it stands in this release; what is written comes as one parameter.
    return f"""
        WITH given AS MATERIALIZED (
            SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb)
                AS row (root_id uuid, {typed}, through_seq bigint, computed_at timestamptz)
        ),
        held AS MATERIALIZED (SELECT id, root_id, {names} FROM {table} WHERE root_id = ANY (%(roots)s::uuid[])),
        removed AS (
            DELETE FROM {table} WHERE id IN (
                SELECT held.id FROM held WHERE NOT EXISTS (SELECT 1 FROM given WHERE {same})
            ) RETURNING 1
        ),
        changed AS (
            UPDATE {table} SET ({names}, through_seq, computed_at)
                 = ROW ({given}, given.through_seq, given.computed_at)
              FROM held JOIN given ON {same}
             WHERE {table}.id = held.id AND ({given}) IS DISTINCT FROM ({held}) RETURNING 1
        ),
        added AS (
            INSERT INTO {table} (root_id, {names}, through_seq, computed_at)
                SELECT given.root_id, {given}, given.through_seq, given.computed_at
                  FROM given WHERE NOT EXISTS (SELECT 1 FROM held WHERE {same}) RETURNING 1
        )
        SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM changed), (SELECT count(*) FROM removed)
    """  # nosec B608  # names of our own columns


_SYNC_DUTIES = _sync("duty_row", DUTY_COLUMNS)
_SYNC_ALARMS = _sync("alarm_row", ALARM_COLUMNS)
_SYNC_CALENDAR = _sync("calendar_row", CALENDAR_COLUMNS)

_GIVEN = ", ".join(f"given.{name}" for name in SITUATION_COLUMNS)
_NAMES = ", ".join(_NAMED_OTHERWISE.get(name, name) for name in SITUATION_COLUMNS)
_TYPED = ", ".join(f"{name} {kind}" for name, kind in SITUATION_COLUMNS.items())
_SITUATIONS = f"""
    UPDATE situation_row SET ({_NAMES}, through_seq, computed_at)
         = ROW ({_GIVEN}, given.through_seq, given.computed_at)
      FROM jsonb_to_recordset(%(rows)s::jsonb)
        AS given (root_id uuid, {_TYPED}, through_seq bigint, computed_at timestamptz)
     WHERE situation_row.root_id = given.root_id
"""  # nosec B608  # names of our own columns
