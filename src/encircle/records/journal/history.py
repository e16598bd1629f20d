"""The journal read back: what was done with one record, or by one person, the newest first. Codes only, no bodies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from encircle.vocabulary.identifier import AgencyId, RootId, is_random_id

PROGRAM_OF_ENTRY = "split_part(entry.actor, ':', 2)"
"""The id of the token, in an entry whose actor begins with `token:`."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, with the names of who acted. `signed`: it is in a head that was signed. `number`: of its record, where
    the context shows that one. `program`: what its agency calls the program that acted; then it was no person.
    """

    id: str
    at: datetime
    kind: str
    outcome: str
    actor: str
    person: str
    agency: AgencyId | None
    agency_name: str
    role: str | None
    purpose: str | None
    groups: Sequence[str]
    number: str | None
    signed: bool
    visit: str | None
    program: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are asked for; None: all. `before`: older than this time and, at the same time, this id.

    `since`, `until`: from the first time on, and before the second one. `token`: by which a program acted, whatever
    person of its agency it named.
    """

    kind: str | None = None
    agency: AgencyId | None = None
    actor: str | None = None
    token: str | None = None
    before: tuple[datetime, str] | None = None
    since: datetime | None = None
    until: datetime | None = None


def of_root(root: RootId, asked: Filter, *, at_most: int) -> tuple[Line, ...]:
    """Entries about this record that the context shows: all agencies', for one that takes part."""
    return _lines("entry.root_id = %(root)s", {"root": root}, asked, at_most)


def of_actor(actor: str, agency: AgencyId, asked: Filter, *, at_most: int) -> tuple[Line, ...]:
    """What this person did for this agency."""
    given = {"own": agency, "self": actor}
    return _lines("entry.agency_id = %(own)s AND entry.actor = %(self)s", given, asked, at_most)


def of_people_under(agency: AgencyId, asked: Filter, *, at_most: int) -> tuple[Line, ...]:
    """What a person did for this agency or for one that is a part of it."""
    under = "(entry.agency_id = %(own)s OR agency.part_of_id = %(own)s)"
    return _lines(under, {"own": agency}, asked, at_most)


def last_visit(root: RootId, actor: str) -> str | None:
    """To what end this person visited the record last; None, where they did not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT visit FROM journal_entry WHERE root_id = %s AND actor = %s AND visit IS NOT NULL"
            " ORDER BY at DESC LIMIT 1",
            (root, actor),
        )
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def agencies_in(root: RootId) -> tuple[tuple[AgencyId, str], ...]:
    """The agencies that have an entry about this record, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_AGENCIES, (root,))
        return tuple((AgencyId(agency), name) for agency, name in cursor.fetchall())


def people_in(root: RootId) -> tuple[tuple[str, str], ...]:
    """The people who have an entry about this record: id and name, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, (root,))
        return tuple((person, name) for person, name in cursor.fetchall())


@dataclass(frozen=True, slots=True)
class LooksOf:
    """How often an agency looked at a record, from when until when, to which purposes."""

    agency_name: str
    role: str
    first: datetime
    last: datetime
    times: int
    purposes: Sequence[str]


def looks_by_agency(root: RootId, *, until: datetime) -> tuple[LooksOf, ...]:
    """Who has looked at this record until then, by agency; the child's own looks are not among them."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_AGENCY, (root, until))
        return tuple(LooksOf(*row) for row in cursor.fetchall())


def place_in(text: str) -> tuple[datetime, str] | None:
    """Where a page ended, as its link says it; None, where that cannot be read."""
    at, _, last = text.partition("/")
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (when, last) if when.tzinfo is not None and is_random_id(last) else None


def _lines(of: str, given: dict[str, Any], asked: Filter, at_most: int) -> tuple[Line, ...]:
    at, last = asked.before or (None, None)
    conditions = [of]
    if asked.kind is not None:
        conditions.append("entry.kind = %(kind)s")
    if asked.agency is not None:
        conditions.append("entry.agency_id = %(agency)s")
    if asked.actor is not None:
        conditions.append("entry.actor = %(actor)s")
    if asked.token is not None:
        conditions.append(f"entry.actor LIKE 'token:%%' AND {PROGRAM_OF_ENTRY} = %(token)s")
    if asked.since is not None:
        conditions.append("entry.at >= %(since)s")
    if asked.until is not None:
        conditions.append("entry.at < %(until)s")
    if at is not None:
        conditions.append("(entry.at, entry.id) < (%(at)s, %(last)s::uuid)")
    filled = {
        **given,
        "kind": asked.kind,
        "agency": asked.agency,
        "actor": asked.actor,
        "token": asked.token,
        "at": at,
        "last": last,
        "since": asked.since,
        "until": asked.until,
        "at_most": at_most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LINES.format(conditions=" AND ".join(conditions)), filled)
        return tuple(Line(*row) for row in cursor.fetchall())


_LINES = """
    SELECT entry.id::text, entry.at, entry.kind, entry.outcome, entry.actor,
           coalesce(nullif(trim(person.given_name || ' ' || person.surname), ''), account.login, ''),
           entry.agency_id::text, coalesce(agency.name, ''), entry.role, entry.purpose, entry.field_groups,
           root.number, coalesce(leaf.position < (SELECT max(size) FROM journal_checkpoint), false), entry.visit,
           coalesce(token.name, '')
      FROM journal_entry AS entry
      JOIN journal_leaf AS leaf ON leaf.entry = entry.id
      LEFT JOIN agency ON agency.id = entry.agency_id
      LEFT JOIN person ON person.id = CASE WHEN entry.actor ~ '^[0-9a-f-]{{36}}$' THEN entry.actor::uuid END
      LEFT JOIN account ON account.id = person.account_id
      LEFT JOIN api_token AS token ON token.id::text = split_part(entry.actor, ':', 2) AND entry.actor LIKE 'token:%%'
      LEFT JOIN root ON root.id = entry.root_id
     WHERE {conditions}
     ORDER BY entry.at DESC, entry.id DESC LIMIT %(at_most)s
"""

_PEOPLE = """
    SELECT person.id::text,
           coalesce(nullif(trim(person.given_name || ' ' || person.surname), ''), account.login, '') AS name
      FROM person LEFT JOIN account ON account.id = person.account_id
     WHERE person.id = ANY (ARRAY(
        SELECT DISTINCT actor::uuid FROM journal_entry WHERE root_id = %s AND actor ~ '^[0-9a-f-]{36}$'
     ))
     ORDER BY name, person.id
"""

_AGENCIES = """
    SELECT id::text, name FROM agency
     WHERE EXISTS (SELECT 1 FROM journal_entry WHERE root_id = %s AND agency_id = agency.id)
     ORDER BY name, id
"""

_BY_AGENCY = """
    SELECT agency.name, agency.role, min(entry.at), max(entry.at), count(*),
           array_agg(DISTINCT entry.purpose ORDER BY entry.purpose) FILTER (WHERE entry.purpose IS NOT NULL)
      FROM journal_entry AS entry JOIN agency ON agency.id = entry.agency_id
     WHERE entry.root_id = %s AND entry.at <= %s AND entry.kind = 'look' AND entry.purpose <> 'own_page'
     GROUP BY agency.id, agency.name, agency.role
     ORDER BY agency.name, agency.id
"""
