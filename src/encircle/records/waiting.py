"""Lists: what waits, most urgent first, over all records that the context shows. Reads rows, folds nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from encircle.records.seen import SeenRoot
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, FactId, RootId
from encircle.vocabulary.role import Role

FEW = 500
"""Records of an agency that are sorted for a list."""


@dataclass(frozen=True, slots=True)
class WaitingRoot:
    """A record with where it stands: its status in a word, its duties and alarms counted by state."""

    root: SeenRoot
    protection: str | None
    duties: Mapping[str, int]
    alarms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Among:
    """Which of the duties: those of records that name this person, of one record, in one place of the list; else all.

    `without`: but for these records, which are not there for who asks. `unowned`: those of roles that nobody who takes
    part has, on records that this person leads.
    """

    person: str | None = None
    root: RootId | None = None
    place: int | None = None
    without: tuple[RootId, ...] = ()
    unowned: bool = False

    @property
    def kept(self) -> list[str]:
        """`without`, as a statement takes it."""
        return list(self.without)


EVERY = Among()


@dataclass(frozen=True, slots=True)
class Which:
    """Which of the records: of this protection status, with an alarm that nobody answered, of this region; else all.

    `newest`: those opened last come first, instead of the most urgent. `by_own`: most urgent by the duties of one's own
    agency and of this role alone, for who is shown no others: their order would tell of what is closed.
    `without`: but for these records, which are not there for who asks.
    """

    protection: str | None = None
    alarms: bool = False
    region: str | None = None
    newest: bool = False
    by_own: Role | None = None
    without: tuple[RootId, ...] = ()


ALL_ROOTS = Which()


@dataclass(frozen=True, slots=True)
class WaitingDuty:
    """A duty that somebody still has to do or to answer, as it was last computed.

    `agency`: who owes it, where the role of the law is known as one agency. `kind`: law, sop, unverified or words.
    `missing`: evidence not yet given. `unknown`: fact types that would say whether it stands. `by_facts`: the facts that
    started its time.
    """

    root: SeenRoot
    code: str
    subject: str | None
    state: str
    owner: str
    agency: AgencyId | None
    kind: str
    raised_at: datetime | None
    due_earliest: datetime | None
    due_latest: datetime | None
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    by_facts: tuple[FactId, ...] = ()


def roots_waiting(
    agency: AgencyId, *, skip: int, at_most: int, which: Which = ALL_ROOTS
) -> tuple[WaitingRoot, ...]:
    """Records in which the agency takes part: late ones first, then those due soonest, then the others."""
    given: dict[str, Any] = {
        "agency": agency,
        "skip": skip,
        "at_most": at_most,
        "protection": which.protection,
        "region": which.region,
        "role": which.by_own,
        "without": list(which.without),
    }
    with connection.cursor() as cursor:
        cursor.execute(_roots_of(which), given)
        return tuple(
            WaitingRoot(_seen(row), row[4], _counted(row[5]), _counted(row[6])) for row in cursor.fetchall()
        )


def regions_of(agency: AgencyId) -> tuple[str, ...]:
    """The regions in which the country of that agency has agencies, as codes."""
    with connection.cursor() as cursor:
        cursor.execute(_REGIONS, (agency,))
        return tuple(region for (region,) in cursor.fetchall())


def _roots_of(which: Which) -> str:
    """The statement for these records."""
    asked = (
        (which.protection is not None, "listed.protection = %(protection)s"),
        (which.region is not None, "listed.region = %(region)s"),
        (which.alarms, _ALARMED),
    )
    conditions = "".join(f" AND {condition}" for is_asked, condition in asked if is_asked)
    order = _NEWEST if which.newest else _URGENT if which.by_own is None else _URGENT_FOR_OWNER
    return _ROOTS.format(of=conditions, **order)


def duties_waiting(
    agency: AgencyId, role: Role, *, skip: int, at_most: int, among: Among = EVERY
) -> tuple[WaitingDuty, ...]:
    """Duties of the agency: those that it owes, and those that its role or `role` owes where no one agency is known to.

    Late ones first, then by the time that law or practice sets, then those without one, the oldest first, then those not
    known to stand.
    """
    with connection.cursor() as cursor:
        page = {"skip": skip, "at_most": at_most, "end": skip + at_most}
        statement = _UNOWNED if among.unowned else _DUTIES
        cursor.execute(_of(statement, agency, among), {**_given(agency, role, among), **page})
        return tuple(_duty(row) for row in cursor.fetchall())


def duties_counted(agency: AgencyId, role: Role, *, at_most: int, among: Among = EVERY) -> Mapping[int, int]:
    """How many of these duties there are in each place of the list, counted no further than `at_most`."""
    with connection.cursor() as cursor:
        given = {**_given(agency, role, among), "at_most": at_most, "places": 4}
        cursor.execute(_of(_UNOWNED_COUNTS if among.unowned else _COUNTS, agency, among), given)
        return dict(cursor.fetchall())


def _given(agency: AgencyId, role: Role, among: Among) -> dict[str, Any]:
    return {
        "agency": agency,
        "role": role.value,
        "person": among.person,
        "root": among.root,
        "place": among.place,
        "without": among.kept,
    }


def _of(statement: str, agency: AgencyId, among: Among) -> str:
    """The statement for these duties: of few records it looks them up, of many it walks along the order."""
    if among.unowned:
        led = f"AND root_id = ANY (ARRAY({_LED_CASES}))"
        own = everyones = led if among.root is None else f"{led} AND root_id = %(root)s"
    elif among.root is not None:
        own = everyones = "AND root_id = %(root)s"
    elif among.person is not None:
        own = everyones = f"AND root_id = ANY (ARRAY({LED}))"
    else:
        own, everyones = "", f"AND root_id = ANY (ARRAY({MINE}))" if has_few(agency) else ""
    place = "IS NOT NULL" if among.place is None else "= %(place)s"
    return statement.format(own=f"{own} {KEPT}", everyones=f"{everyones} {KEPT}", place=place)


def own_duties_of(
    roots: Sequence[RootId], agency: AgencyId, role: Role
) -> Mapping[RootId, Mapping[str, int]]:
    """By record, how many duties of the agency (as `duties_waiting` says whose they are) are in each state. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OWN, (list(roots), agency, role.value, agency))
        found: dict[RootId, dict[str, int]] = {root: {} for root in roots}
        for root, state, count in cursor.fetchall():
            found[RootId(root)][state] = count
    return found


def has_few(agency: AgencyId) -> bool:
    """Whether the agency takes part in so few records that it is quicker to sort them than to walk along the order."""
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERSHIPS, (agency, FEW + 1))
        count: int = cursor.fetchone()[0]
    return count <= FEW


def _seen(row: tuple[str, ...]) -> SeenRoot:
    return SeenRoot(RootId(row[0]), row[1], Kind(row[2]), row[3])


def _counted(codes: str | None) -> Mapping[str, int]:
    return {} if codes is None else msgspec.json.decode(codes, type=dict[str, int])


def _duty(row: tuple[object, ...]) -> WaitingDuty:
    root, number, kind, country, code, subject, state, owner, agency, *rest = row
    standing, raised_at, due_earliest, due_latest, missing, unknown, by_facts = rest
    return WaitingDuty(
        root=SeenRoot(RootId(str(root)), str(number), Kind(str(kind)), str(country)),
        code=str(code),
        subject=None if subject is None else str(subject),
        state=str(state),
        owner=str(owner),
        agency=None if agency is None else AgencyId(str(agency)),
        kind=str(standing),
        raised_at=_maybe(raised_at),
        due_earliest=_maybe(due_earliest),
        due_latest=_maybe(due_latest),
        missing=_codes(missing),
        unknown=_codes(unknown),
        by_facts=tuple(map(FactId, _codes(by_facts))),
    )


def _maybe(at: object) -> datetime | None:
    return at if isinstance(at, datetime) else None


def _codes(found: object) -> tuple[str, ...]:
    return tuple(map(str, found)) if isinstance(found, list) else ()


_OWN = """
    SELECT root_id::text, state, count(*) FROM duty_row
     WHERE root_id = ANY (%s::uuid[])
       AND (agency_id = %s OR (agency_id IS NULL AND owner IN (%s, (SELECT role FROM agency WHERE id = %s))))
     GROUP BY root_id, state
"""

_MEMBERSHIPS = "SELECT count(*) FROM (SELECT 1 FROM membership WHERE agency_id = %s LIMIT %s) AS counted"

# For few, their records are looked up and sorted. For many, the order of all records is walked along its index until the
# page is full, each asked whether it may be seen. One statement for both was tried: the planner, which cannot know what
# a policy lets through, sorted ten thousand.
KEPT = "AND root_id <> ALL (%(without)s::uuid[])"
MINE = "SELECT root_id FROM membership WHERE agency_id = %(agency)s"

# Records are listed by agency (root_of_agency), so that those of others are never read.
_URGENT = {
    "joined": "",
    "first": "NULL AS own_urgency",
    "order": "own.urgency, own.due_at, own.root_id",
    "shown": "waiting.urgency, waiting.due_at, waiting.root_id",
}
_NEWEST = {
    "joined": "",
    "first": "NULL AS own_urgency",
    "order": "own.made_at DESC, own.root_id",
    "shown": "root.made_at DESC, root.id",
}
# For few records only (has_few): each is asked for the first of its duties that the agency owes.
_URGENT_FOR_OWNER = {
    "joined": """LEFT JOIN LATERAL (
            SELECT urgency, due_latest FROM duty_row
             WHERE duty_row.root_id = own.root_id AND urgency IS NOT NULL AND (agency_id = %(agency)s
                   OR (agency_id IS NULL AND owner IN (%(role)s, (SELECT role FROM agency WHERE id = %(agency)s))))
             ORDER BY urgency, due_latest LIMIT 1) AS first ON true""",
    "first": "first.urgency AS own_urgency, first.due_latest AS own_due",
    "order": "first.urgency, first.due_latest, own.root_id",
    "shown": "waiting.own_urgency, waiting.own_due, waiting.root_id",
}

_ALARMED = (
    "EXISTS (SELECT FROM alarm_row WHERE alarm_row.root_id = listed.root_id AND alarm_row.state = 'raised')"
)

_ROOTS = """
    WITH waiting AS MATERIALIZED (
        SELECT listed.*, {first} FROM root_of_agency AS own JOIN situation_row AS listed ON listed.root_id = own.root_id
         {joined}
         WHERE own.agency_id = %(agency)s AND own.root_id <> ALL (%(without)s::uuid[]) {of}
         ORDER BY {order} LIMIT %(at_most)s OFFSET %(skip)s
    )
    SELECT root.id::text, root.number, root.kind, opener.country, waiting.protection,
           waiting.codes ->> 'duties', waiting.codes ->> 'alarms'
      FROM waiting
      JOIN root ON root.id = waiting.root_id
      JOIN agency AS opener ON opener.id = root.opened_by_id
     ORDER BY {shown}
"""

_REGIONS = """
    SELECT DISTINCT other.region FROM agency AS own JOIN agency AS other ON other.country = own.country
     WHERE own.id = %s AND other.region IS NOT NULL ORDER BY 1
"""

LED = """
    SELECT root_id FROM membership
     WHERE agency_id = %(agency)s AND person_id::text = %(person)s
       AND since <= now() AND (until IS NULL OR until > now())
"""

_OF_MINE = """
    SELECT root.id::text, root.number, root.kind, opener.country, mine.code, mine.subject_id::text, mine.state,
           mine.owner, mine.agency_id::text, mine.kind, mine.raised_at, mine.due_earliest, mine.due_latest,
           mine.missing, mine.unknown, mine.by_facts::text[]
      FROM mine JOIN root ON root.id = mine.root_id JOIN agency AS opener ON opener.id = root.opened_by_id
     ORDER BY mine.urgency, mine.due_latest, mine.raised_at, mine.id
     LIMIT %(at_most)s OFFSET %(skip)s
"""
_DUTIES = (
    """
    WITH mine AS (
        (SELECT * FROM duty_row WHERE agency_id = %(agency)s AND urgency {place} {own}
          ORDER BY urgency, due_latest, raised_at, id LIMIT %(end)s)
        UNION ALL
        (SELECT * FROM duty_row WHERE agency_id IS NULL AND urgency {place} {everyones}
            AND owner = (SELECT role FROM agency WHERE id = %(agency)s)
          ORDER BY urgency, due_latest, raised_at, id LIMIT %(end)s)
        UNION ALL
        (SELECT * FROM duty_row WHERE agency_id IS NULL AND urgency {place} {everyones}
            AND owner = (SELECT %(role)s FROM agency WHERE id = %(agency)s AND role <> %(role)s)
          ORDER BY urgency, due_latest, raised_at, id LIMIT %(end)s)
    )
    """
    + _OF_MINE
)

_LED_CASES = """
    SELECT root_id FROM membership
     WHERE agency_id = %(agency)s AND relation = 'case_lead' AND (person_id IS NULL OR person_id::text = encircle_actor())
       AND since <= now() AND (until IS NULL OR until > now())
"""
_RUNS = "{0}.since <= now() AND ({0}.until IS NULL OR {0}.until > now())"
_OWED_BY_NOBODY = f"""
    SELECT * FROM duty_row
     WHERE agency_id IS NULL AND urgency {{place}} {{own}} AND NOT EXISTS (
        SELECT FROM membership AS part JOIN agency AS taking_part ON taking_part.id = part.agency_id
         WHERE part.root_id = duty_row.root_id AND {_RUNS.format("part")} AND part.relation <> 'emergency'
           AND duty_row.owner IN (taking_part.role, part.relation) AND NOT EXISTS (
            SELECT FROM membership AS against WHERE against.root_id = part.root_id
               AND against.agency_id = part.agency_id AND against.relation = 'adverse' AND against.person_id IS NULL
               AND {_RUNS.format("against")}))
"""
_UNOWNED = f"WITH mine AS ({_OWED_BY_NOBODY}) {_OF_MINE}"
_UNOWNED_COUNTS = f"""
    SELECT place, least(many, %(at_most)s) FROM (
        SELECT urgency AS place, count(*) AS many FROM ({_OWED_BY_NOBODY}) AS mine GROUP BY urgency) AS counted
     WHERE place < %(places)s
"""

_COUNTS = """
    SELECT counted.place, count(*) FROM generate_series(0, %(places)s - 1) AS counted (place), LATERAL (
        (SELECT FROM duty_row WHERE agency_id = %(agency)s AND urgency = counted.place {own} LIMIT %(at_most)s)
        UNION ALL
        (SELECT FROM duty_row WHERE agency_id IS NULL AND urgency = counted.place {everyones}
            AND owner = (SELECT role FROM agency WHERE id = %(agency)s) LIMIT %(at_most)s)
        UNION ALL
        (SELECT FROM duty_row WHERE agency_id IS NULL AND urgency = counted.place {everyones}
            AND owner = (SELECT %(role)s FROM agency WHERE id = %(agency)s AND role <> %(role)s) LIMIT %(at_most)s)
        LIMIT %(at_most)s
    ) AS one
     GROUP BY counted.place
"""
