"""The week of looks: that there is one to look at, who looked at the records that an agency leads, and that it was seen."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.records.journal.history import PROGRAM_OF_ENTRY
from encircle.records.look_alarms import OUTSIDE_HOURS
from encircle.records.seen import SeenRoot
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, RootId

NOTICE = "W2"
"""Under this code an agency is told that a week of looks waits to be looked at."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week; `seen_at`: when somebody of the agency has said that it was looked at."""

    id: str
    since: datetime
    until: datetime
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class WeekLine:
    """What one person or one token did in one record for one purpose. `at_night`: outside the hours of the own agency.

    `program`: what its agency calls the program of that token.
    """

    root: SeenRoot
    person: str
    agency_name: str
    role: str | None
    purpose: str | None
    looks: int
    wrote: int
    refused: int
    at_night: int
    in_emergency: int
    last: datetime
    program: str


def open_weeks(since: datetime, until: datetime) -> int:
    """A week for each agency in whose records somebody has looked then; those that are there stay. How many are new."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"since": since, "until": until})
        return max(int(cursor.rowcount), 0)


def tell() -> None:
    """Tell the agencies whose week nobody has looked at; settle what was."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {"code": NOTICE})
        cursor.execute(_TELL, {"code": NOTICE})


def weeks_of(agency: AgencyId, *, at_most: int) -> tuple[Week, ...]:
    """The newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, since, until, seen_at FROM look_week WHERE agency_id = %s ORDER BY since DESC LIMIT %s",
            (agency, at_most),
        )
        return tuple(Week(*row) for row in cursor.fetchall())


def lines_of(agency: AgencyId, week: Week, *, zone: str, at_most: int) -> tuple[WeekLine, ...]:
    """Who looked at the records that this agency leads, record by record, who looked most first."""
    with connection.cursor() as cursor:
        cursor.execute(
            _LINES,
            {
                "agency": agency,
                "since": week.since,
                "until": week.until,
                "zone": zone,
                "at_most": at_most,
            },
        )
        return tuple(
            WeekLine(SeenRoot(RootId(root), number, Kind(kind), country), *rest)
            for root, number, kind, country, *rest in cursor.fetchall()
        )


def mark_seen(week: str) -> bool:
    """Say that it was looked at; the first to say so stays. False: there is no such week of the own agency."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE look_week SET seen_at = now() WHERE id = %s", (week,))
        return bool(cursor.rowcount == 1)


_LEADS = "coalesce(situation_row.case_lead_id, root.opened_by_id)"

_OPEN = f"""
    INSERT INTO look_week (id, agency_id, since, until)
        SELECT gen_random_uuid(), led.agency, %(since)s::timestamptz, %(until)s::timestamptz FROM (
            SELECT DISTINCT {_LEADS} AS agency
              FROM journal_entry AS entry JOIN root ON root.id = entry.root_id AND root.kind = 'child'
              LEFT JOIN situation_row ON situation_row.root_id = root.id
             WHERE entry.at >= %(since)s::timestamptz AND entry.at < %(until)s::timestamptz AND entry.agency_id IS NOT NULL
               AND entry.kind IN ('look', 'disclosure', 'export', 'refusal')
          ) AS led
    ON CONFLICT DO NOTHING
"""

_SETTLE = """
    UPDATE notice SET settled_at = now(), send_at = NULL
     WHERE root_id IS NULL AND code = %(code)s AND settled_at IS NULL AND NOT EXISTS (
        SELECT FROM look_week WHERE look_week.agency_id = notice.agency_id AND seen_at IS NULL)
"""

_TELL = """
    INSERT INTO notice (kind, code, agency_id, acted_id)
        SELECT DISTINCT 'looks_of_week', %(code)s, agency_id, agency_id FROM look_week WHERE seen_at IS NULL
    ON CONFLICT DO NOTHING
"""

_LINES = f"""
    SELECT root.id::text, root.number, root.kind, opener.country,
           coalesce(nullif(trim(person.given_name || ' ' || person.surname), ''), account.login, ''),
           coalesce(agency.name, ''), entry.role, entry.purpose,
           count(*) FILTER (WHERE entry.kind = 'look'), count(*) FILTER (WHERE entry.kind = 'write'),
           count(*) FILTER (WHERE entry.kind = 'refusal'),
           count(*) FILTER (WHERE {OUTSIDE_HOURS}),
           count(*) FILTER (WHERE entry.outcome = 'emergency_opened'), max(entry.at),
           coalesce(token.name, '')
      FROM journal_entry AS entry
      JOIN root ON root.id = entry.root_id AND root.kind = 'child'
      JOIN agency AS opener ON opener.id = root.opened_by_id
      LEFT JOIN situation_row ON situation_row.root_id = root.id
      JOIN agency ON agency.id = entry.agency_id
      LEFT JOIN person ON person.id::text = entry.actor
      LEFT JOIN account ON account.id = person.account_id
      LEFT JOIN api_token AS token ON token.id::text = {PROGRAM_OF_ENTRY} AND entry.actor LIKE 'token:%%'
     WHERE {_LEADS} = %(agency)s::uuid AND entry.at >= %(since)s::timestamptz AND entry.at < %(until)s::timestamptz
     GROUP BY root.id, root.number, root.kind, opener.country, person.id, account.login, agency.id, token.id,
              entry.role, entry.purpose
     ORDER BY root.number, 9 DESC, 5, entry.role, entry.purpose LIMIT %(at_most)s
"""
