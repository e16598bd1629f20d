"""Parts in a record: who takes part since when and on which basis, and who works at an agency. Reads and ends rows."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.vocabulary.identifier import AgencyId, RootId


@dataclass(frozen=True, slots=True)
class Part:
    """One running membership. `person`: the one whom it names, with the name; None and empty for the whole team."""

    id: str
    agency: AgencyId
    agency_name: str
    agency_role: str
    relation: str
    basis: str
    since: datetime
    person: str | None
    person_name: str


def parts_in(root: RootId) -> tuple[Part, ...]:
    """Who takes part now, the longest first."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, (root,))
        return tuple(
            Part(part, AgencyId(agency), name, role, relation, basis or "", since, person, person_name)
            for part, agency, name, role, relation, basis, since, person, person_name in cursor.fetchall()
        )


def was_part(root: RootId, part: str) -> bool:
    """Whether a part of that id is on this record, running or ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM membership WHERE id = %s AND root_id = %s)", (part, root))
        return bool(cursor.fetchone()[0])


def staff_of(agency: AgencyId) -> tuple[tuple[str, str], ...]:
    """The people in office at an agency: id and name; the login, where no name is on record."""
    with connection.cursor() as cursor:
        cursor.execute(_STAFF, (agency,))
        return tuple((person, name) for person, name in cursor.fetchall())


_NAME = "coalesce(nullif(trim(person.given_name || ' ' || person.surname), ''), account.login)"

_PARTS = f"""
    SELECT part.id::text, part.agency_id::text, agency.name, agency.role, part.relation, part.basis, part.since,
           part.person_id::text, coalesce({_NAME}, '')
      FROM membership AS part
      JOIN agency ON agency.id = part.agency_id
      LEFT JOIN person ON person.id = part.person_id
      LEFT JOIN account ON account.id = person.account_id
     WHERE part.root_id = %s AND part.since <= now() AND (part.until IS NULL OR part.until > now())
     ORDER BY part.since, part.relation, part.id
"""

_STAFF = f"""
    SELECT person.id::text, {_NAME} FROM person JOIN account ON account.id = person.account_id
     WHERE person.agency_id = %s AND account.is_active AND (person.until IS NULL OR person.until > now())
     ORDER BY 2, 1
"""
