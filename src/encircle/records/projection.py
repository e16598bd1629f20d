"""Projection: what follows from the facts of one root, as rows for lists and statistics. May be deleted and rebuilt.

Who computes holds the root's row in `situation_row` until the transaction ends, so that of two writers the second
computes from the facts of both. Rows that stay as they were are not written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from encircle.core.calendar import Calendar
from encircle.core.child.derived import DERIVED
from encircle.core.child.situation import Item, Situation, Value
from encircle.core.duty import DutyRow
from encircle.core.duty.clock import clock_start
from encircle.core.duty.urgency import most_urgent, urgency
from encircle.core.prohibition import Alarm
from encircle.law.duty import Scope
from encircle.records.calendar import CALENDAR_COLUMNS, calendar_rows
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, FactId, RootId
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown

OF_A_ROOT = (Scope.CHILD, Scope.REPORT)
"""What is owed to a person, an agency or an installation hangs on no root and is not written here."""


@dataclass(frozen=True, slots=True)
class Held:
    """A root whose rows this transaction may write, and what beside its facts goes into them.

    `country`, `region`: of the agency that opened it. `linked`: whether other roots are the same child.
    `through_seq`: its last fact. `agencies`: those that take part now.
    `owners`: the agency behind a role, where just one member has it, in general (police) or to this child (case_lead).
    `members_change_at`: when a membership next begins or ends.
    """

    root: RootId
    country: str
    region: str | None
    linked: bool
    through_seq: int
    agencies: frozenset[AgencyId]
    owners: Mapping[str, AgencyId]
    case_lead: AgencyId | None
    members_change_at: datetime | None


@dataclass(frozen=True, slots=True)
class Projection:
    """What follows from the facts of one root at an instant.

    `groups`: the part of the record to which each fact belongs. `pack` is the law by which: ee@2026.11.
    """

    duties: tuple[DutyRow, ...]
    alarms: tuple[Alarm, ...]
    situation: Situation
    calendar: Calendar
    groups: Mapping[FactId, FieldGroup]
    facts: int
    pack: str
    at: datetime
    next_change_at: datetime | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns by name: of each duty and alarm of a root, of what is ahead of it, and of its situation."""

    duties: list[dict[str, Any]]
    alarms: list[dict[str, Any]]
    calendar: list[dict[str, Any]]
    situation: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Synced:
    """How many rows of duties and alarms were added, changed and removed."""

    added: int
    changed: int
    removed: int


def hold(root: RootId) -> Held | None:
    """Hold the rows of this root until the transaction ends; None, if the context may not see it.

    Waits for another transaction that holds them. What is read afterwards is newer than what that one wrote.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, (root,))
        if cursor.fetchone() is None:
            cursor.execute(_LIST, (root,))
            cursor.execute(_HOLD, (root,))
        cursor.execute(_HELD, {"root": root})
        row = cursor.fetchone()
    if row is None:
        return None
    country, region, linked, through_seq, members, members_change_at = row
    return Held(
        root=root,
        country=country,
        region=region,
        linked=linked,
        through_seq=through_seq or 0,
        agencies=frozenset(AgencyId(agency) for agency, _, _ in members),
        owners=owners(members),
        case_lead=_only([agency for agency, _, relation in members if relation == "case_lead"]),
        members_change_at=members_change_at,
    )


def sync(held: Held, projection: Projection) -> Synced:
    """Make the rows of this root say what follows from its facts; four statements, whatever their number.

    Counted are duties and alarms.
    """
    rows = rows_of(held, projection)
    seen: dict[str, Any] = {"root": held.root, "through_seq": held.through_seq, "computed_at": projection.at}
    with connection.cursor() as cursor:
        cursor.execute(_SYNC_DUTIES, {**seen, "rows": _json(rows.duties)})
        counted = [cursor.fetchone()]
        cursor.execute(_SYNC_ALARMS, {**seen, "rows": _json(rows.alarms)})
        counted.append(cursor.fetchone())
        cursor.execute(_SYNC_CALENDAR, {**seen, "rows": _json(rows.calendar)})
        cursor.execute(_SITUATION, {**seen, **rows.situation})
    return Synced(*(sum(each) for each in zip(*counted, strict=True)))


def rows_of(held: Held, projection: Projection) -> Rows:
    """What the rows of this root say, before they are written."""
    return Rows(
        duties=[_duty(row, held, projection) for row in projection.duties if row.rule.scope in OF_A_ROOT],
        alarms=[_alarm(alarm, projection.pack) for alarm in projection.alarms],
        calendar=calendar_rows(projection.calendar, held.agencies, projection.groups),
        situation=_situation(held, projection),
    )


def states(root: RootId) -> Mapping[tuple[str, str], str]:
    """The state of every duty and alarm of this root as last computed, by code and subject."""
    with connection.cursor() as cursor:
        cursor.execute(_STATES, (root, root))
        return {(code, subject): state for code, subject, state in cursor.fetchall()}


def compute_soon(root: RootId) -> None:
    """Let the next sweep compute this root: for one who may not see all that its rows follow from."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE situation_row SET next_change_at = now() WHERE root_id = %s", (root,))


def owners(members: Iterable[tuple[str, str, str]]) -> Mapping[str, AgencyId]:
    """The agency behind each role and relation, where just one member has it; of (agency, role, relation)."""
    by_role: dict[str, list[str]] = {}
    for agency, role, relation in members:
        by_role.setdefault(role, []).append(agency)
        by_role.setdefault(relation, []).append(agency)
    return {role: only for role, agencies in by_role.items() if (only := _only(agencies)) is not None}


def _only(agencies: list[str]) -> AgencyId | None:
    """The one agency of which all of these are memberships."""
    return AgencyId(agencies[0]) if len(set(agencies)) == 1 else None


def _duty(row: DutyRow, held: Held, projection: Projection) -> dict[str, Any]:
    start = clock_start(row.started, row.rule.clock, at=projection.at)
    standing = row.rule.due.standing if row.due is None else row.due.kind
    return {
        "code": row.rule.code,
        "subject_id": row.subject,
        "scope": row.rule.scope.value,
        "agency_id": held.owners.get(row.rule.owner.value),
        "pack": projection.pack,
        "state": row.state.value,
        "owner": row.rule.owner.value,
        "kind": standing.value,
        "urgency": urgency(row),
        "late": row.late,
        "raised_at": None if start is None else start.earliest,
        "due_earliest": None if row.due is None else row.due.earliest,
        "due_latest": None if row.due is None else row.due.latest,
        "next_change_at": row.next_change_at,
        "missing": row.missing,
        "unknown": () if row.unknown is None else row.unknown.missing,
        "by_facts": () if row.started is None else [fact.id for fact in row.started.facts],
    }


def _alarm(alarm: Alarm, pack: str) -> dict[str, Any]:
    facts = () if alarm.at is None else alarm.at.facts
    return {
        "code": alarm.rule.code,
        "subject_id": alarm.subject,
        "pack": pack,
        "state": alarm.state.value,
        "at": None if alarm.at is None else alarm.at.at.earliest,
        "by_fact_id": alarm.by_fact,
        "agency_id": facts[0].agency if facts else None,
        "override": alarm.rule.override.value,
    }


def _situation(held: Held, projection: Projection) -> dict[str, Any]:
    child = projection.situation.child
    first = most_urgent(projection.duties)
    ahead = [at for at in (projection.next_change_at, held.members_change_at) if at is not None]
    return {
        **{name: _word(child[name]) for name in ("protection", "age_basis", "parental_care", "location")},
        "region": held.region,
        "case_lead": held.case_lead,
        "facts": projection.facts,
        "codes": _json(_codes(child, projection)),
        "urgency": None if first is None else int(first[0]),
        "due_at": None if first is None else first[1],
        "pack": projection.pack,
        "next_change_at": min(ahead, default=None),
    }


def _codes(child: Item, projection: Projection) -> dict[str, Any]:
    """The derived attributes by name, null where unknown; the duties and alarms counted by state."""
    codes: dict[str, object] = {name: _code(child[name]) for name in DERIVED[Kind.CHILD]}
    codes["duties"] = _counted(row.state.value for row in projection.duties)
    codes["alarms"] = _counted(alarm.state.value for alarm in projection.alarms)
    return codes


def _counted(states: Iterable[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for state in states:
        counted[state] = counted.get(state, 0) + 1
    return counted


def _code(value: Value) -> object:
    if isinstance(value, Unknown):
        return None
    return (value.earliest, value.latest) if isinstance(value, Span) else value


def _word(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


_STATES = """
    SELECT code, coalesce(subject_id::text, ''), state FROM duty_row WHERE root_id = %s
    UNION ALL
    SELECT code, coalesce(subject_id::text, ''), state FROM alarm_row WHERE root_id = %s
"""

_HOLD = "SELECT 1 FROM situation_row WHERE root_id = %s FOR UPDATE"

# A root is listed from its first moment on; its row can only be missing where somebody deleted it.
_LIST = """
    INSERT INTO situation_row (root_id, facts, codes, pack, through_seq, computed_at)
        SELECT id, 0, '{}', 'none', 0, now() FROM root WHERE id = %s
    ON CONFLICT DO NOTHING
"""

_HELD = """
    SELECT agency.country, agency.region,
           EXISTS (SELECT 1 FROM link WHERE root_id = root.id OR other_id = root.id),
           (SELECT max(seq) FROM fact WHERE root_id = root.id),
           ARRAY(SELECT ARRAY[m.agency_id::text, owner.role, m.relation]
              FROM membership AS m JOIN agency AS owner ON owner.id = m.agency_id
             WHERE m.root_id = root.id AND m.since <= now() AND (m.until IS NULL OR m.until > now())),
           (SELECT min(turns) FROM membership AS m, LATERAL (VALUES (m.since), (m.until)) AS times (turns)
             WHERE m.root_id = root.id AND turns > now())
      FROM root JOIN agency ON agency.id = root.opened_by_id
     WHERE root.id = %(root)s
"""


def _sync(table: str, columns: Mapping[str, str]) -> str:
    """The statement that makes the rows of one root those given: one for each code and subject."""
    names = ", ".join(columns)
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    given, held = (", ".join(f"{of}.{name}" for name in columns) for of in ("given", "held"))
    nobody = "'00000000-0000-0000-0000-000000000000'"
    same = (
        "given.code = held.code"
        f" AND coalesce(given.subject_id, {nobody}) = coalesce(held.subject_id, {nobody})"
    )
    # Every name in it stands in this file; what is written comes as one parameter.
    return f"""
        WITH given AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS row ({typed})),
        held AS MATERIALIZED (SELECT id, {names} FROM {table} WHERE root_id = %(root)s),
        removed AS (
            DELETE FROM {table} WHERE id IN (
                SELECT held.id FROM held WHERE NOT EXISTS (SELECT 1 FROM given WHERE {same})
            ) RETURNING 1
        ),
        changed AS (
            UPDATE {table} SET ({names}, through_seq, computed_at) = ROW ({given}, %(through_seq)s, %(computed_at)s)
              FROM held JOIN given ON {same}
             WHERE {table}.id = held.id AND ({given}) IS DISTINCT FROM ({held}) RETURNING 1
        ),
        added AS (
            INSERT INTO {table} (root_id, {names}, through_seq, computed_at)
                SELECT %(root)s, {given}, %(through_seq)s, %(computed_at)s
                  FROM given WHERE NOT EXISTS (SELECT 1 FROM held WHERE {same}) RETURNING 1
        )
        SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM changed), (SELECT count(*) FROM removed)
    """  # nosec B608  # names of our own columns


DUTY_COLUMNS = {
    "code": "varchar",
    "subject_id": "uuid",
    "scope": "varchar",
    "agency_id": "uuid",
    "pack": "varchar",
    "state": "varchar",
    "owner": "varchar",
    "kind": "varchar",
    "urgency": "smallint",
    "late": "boolean",
    "raised_at": "timestamptz",
    "due_earliest": "timestamptz",
    "due_latest": "timestamptz",
    "next_change_at": "timestamptz",
    "missing": "varchar[]",
    "unknown": "varchar[]",
    "by_facts": "uuid[]",
}
"""Columns of duty_row that follow from facts, with their types."""
_SYNC_DUTIES = _sync("duty_row", DUTY_COLUMNS)

ALARM_COLUMNS = {
    "code": "varchar",
    "subject_id": "uuid",
    "pack": "varchar",
    "state": "varchar",
    "at": "timestamptz",
    "by_fact_id": "uuid",
    "agency_id": "uuid",
    "override": "varchar",
}
"""Columns of alarm_row that follow from facts, with their types."""
_SYNC_ALARMS = _sync("alarm_row", ALARM_COLUMNS)

_SYNC_CALENDAR = _sync("calendar_row", CALENDAR_COLUMNS)

_SITUATION = """
    UPDATE situation_row
       SET (protection, age_basis, parental_care, location, region, case_lead_id, facts, codes, urgency, due_at, pack,
            next_change_at, through_seq, computed_at)
         = (%(protection)s, %(age_basis)s, %(parental_care)s, %(location)s, %(region)s, %(case_lead)s, %(facts)s,
            %(codes)s::jsonb, %(urgency)s, %(due_at)s, %(pack)s, %(next_change_at)s, %(through_seq)s, %(computed_at)s)
     WHERE root_id = %(root)s
"""
