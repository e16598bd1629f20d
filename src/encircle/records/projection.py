"""Projection: what follows from the facts of one root, as rows for lists and statistics. May be deleted and rebuilt.

Who computes holds the root's row in `situation_row` until the transaction ends, so that of two writers the second
computes from the facts of both. Rows that stay as they were are not written.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from encircle.core.calendar import Calendar
from encircle.core.child.derived import DERIVED
from encircle.core.child.situation import Item, Situation, Value
from encircle.core.duty import DutyRow
from encircle.core.duty.urgency import most_urgent, urgency
from encircle.core.prohibition import Alarm
from encircle.records.calendar import calendar_rows
from encircle.vocabulary.facts.kind import OWN_RECORDS, Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, FactId, RootId
from encircle.vocabulary.moment import Span
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.unknown import Unknown

AXES = ("protection", "age_basis", "parental_care", "location")
"""Where a child stands, as columns."""


@dataclass(frozen=True, slots=True)
class Held:
    """A root whose rows this transaction may write, and what beside its facts goes into them.

    `country`, `region`: of the agency that opened it. `linked`: whether other roots are the same child.
    `through_seq`: its last fact. `agencies`: those that take part now.
    `owners`: the agency behind a role, where just one member has it, to this child (case_lead) or in general (police).
    `members_change_at`: when a membership next begins or ends. `whose`: what the record is of: a child or a concern, or
    an agency or the installation itself.
    """

    root: RootId
    whose: Kind
    country: str
    region: str | None
    linked: bool
    through_seq: int
    agencies: frozenset[AgencyId]
    owners: Mapping[str, AgencyId]
    case_lead: AgencyId | None
    members_change_at: datetime | None

    @property
    def is_own(self) -> bool:
        """Whether it is an agency's own record, or that of the installation: no list of children has it."""
        return self.whose in OWN_RECORDS


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


def hold(root: RootId) -> Held | None:
    """Hold the rows of this root until the transaction ends; None, if the context may not see it.

    Waits for another transaction that holds them. What is read afterwards is newer than what that one wrote.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, (root,))
        if cursor.fetchone() is None:
            cursor.execute(_LIST, (root,))
            cursor.execute(_HOLD, (root,))
    return next(iter(told_of([root])), None)


def told_of(roots: Collection[RootId]) -> tuple[Held, ...]:
    """What beside their facts goes into the rows of these roots, which this transaction holds already. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, (list(roots),))
        return tuple(_held(row) for row in cursor.fetchall())


def rows_of(held: Held, projection: Projection) -> Rows:
    """What the rows of this root say, before they are written."""
    return Rows(
        duties=[_duty(row, held, projection) for row in projection.duties],
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
    """The agency behind each role and relation, where just one member has it; of (agency, role, relation).

    Who is the guardian, or the lawyer, of this child goes before others of that role. An agency that stands against the
    child owes it nothing, and one that opened the record in an emergency nothing but what it owes besides.
    """
    members = tuple(members)
    against = {agency for agency, _role, relation in members if relation == Relation.ADVERSE}
    by_role: dict[str, list[str]] = {}
    by_relation: dict[str, list[str]] = {}
    for agency, role, relation in members:
        if agency not in against and relation != Relation.EMERGENCY:
            by_role.setdefault(role, []).append(agency)
            by_relation.setdefault(relation, []).append(agency)
    owed_by = {**by_role, **by_relation}
    return {role: only for role, agencies in owed_by.items() if (only := _only(agencies)) is not None}


def _only(agencies: list[str]) -> AgencyId | None:
    """The one agency of which all of these are memberships."""
    return AgencyId(agencies[0]) if len(set(agencies)) == 1 else None


def _held(row: tuple[Any, ...]) -> Held:
    root, whose, country, region, linked, through_seq, members, members_change_at = row
    owed_by = owners(members)
    return Held(
        root=RootId(root),
        whose=Kind(whose),
        country=country,
        region=region,
        linked=linked,
        through_seq=through_seq or 0,
        agencies=frozenset(AgencyId(agency) for agency, _, _ in members),
        owners=owed_by,
        case_lead=owed_by.get(Relation.CASE_LEAD),
        members_change_at=members_change_at,
    )


def _duty(row: DutyRow, held: Held, projection: Projection) -> dict[str, Any]:
    rule, due = row.rule, row.due
    return {
        "code": rule.code,
        "subject_id": row.subject,
        "scope": rule.scope,
        "agency_id": _only(list(held.agencies)) if held.is_own else held.owners.get(rule.owner),
        "pack": projection.pack,
        "state": row.state,
        "owner": rule.owner,
        "kind": rule.due.standing if due is None else due.kind,
        "urgency": None if held.is_own else urgency(row),
        "late": row.late,
        "raised_at": None if row.start is None else row.start.earliest,
        "due_earliest": None if due is None else due.earliest,
        "due_latest": None if due is None else due.latest,
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
    child = None if held.is_own else projection.situation.child
    first = None if held.is_own else most_urgent(projection.duties)
    ahead = [at for at in (projection.next_change_at, held.members_change_at) if at is not None]
    return {
        **{name: None if child is None else _word(child[name]) for name in AXES},
        "region": held.region,
        "case_lead": held.case_lead,
        "facts": projection.facts,
        "codes": _codes(child, projection),
        "urgency": None if first is None else int(first[0]),
        "due_at": None if first is None else first[1],
        "pack": projection.pack,
        "next_change_at": min(ahead, default=None),
    }


def _codes(child: Item | None, projection: Projection) -> dict[str, Any]:
    """The derived attributes by name, null where unknown; the duties and alarms counted by state."""
    codes: dict[str, object] = {} if child is None else {n: _code(child[n]) for n in DERIVED[Kind.CHILD]}
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
    SELECT root.id::text, root.kind, agency.country, agency.region,
           EXISTS (SELECT 1 FROM link WHERE root_id = root.id OR other_id = root.id),
           (SELECT max(seq) FROM fact WHERE root_id = root.id),
           ARRAY(SELECT ARRAY[m.agency_id::text, owner.role, m.relation]
              FROM membership AS m JOIN agency AS owner ON owner.id = m.agency_id
             WHERE m.root_id = root.id AND m.since <= now() AND (m.until IS NULL OR m.until > now())
               AND (m.relation <> 'adverse' OR m.person_id IS NULL)),
           (SELECT min(turns) FROM membership AS m, LATERAL (VALUES (m.since), (m.until)) AS times (turns)
             WHERE m.root_id = root.id AND turns > now())
      FROM root JOIN agency ON agency.id = root.opened_by_id
     WHERE root.id = ANY (%s::uuid[])
"""


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
