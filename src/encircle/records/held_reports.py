"""Reports in the held part of a desk's list: what came in a suspected flood. All of it can be turned back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.records.context import Context
from encircle.records.reports import IN_ORDER, SEALED_TO, Open, reports_where
from encircle.vocabulary.identifier import AgencyId


@dataclass(frozen=True, slots=True)
class FirstWords:
    """The first sealed part of a report, and the report's key as it is sealed to this agency, by the key that opens it."""

    part: str
    kind: str
    sealed: bytes
    keys: Mapping[bytes, bytes]


def held_of(agency: AgencyId, *, skip: int, at_most: int) -> tuple[Open, ...]:
    """The held reports that are sealed to this agency and not done: those that nobody has looked through first."""
    which = f"{SEALED_TO} AND report.held AND report.state NOT IN ('concern', 'closed')"
    return reports_where(which + IN_ORDER, (agency, at_most, skip))


def waiting_of(agency: AgencyId) -> int:
    """How many held reports that are sealed to this agency nobody has looked through."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM report WHERE held AND unread_since IS NOT NULL AND EXISTS"
            " (SELECT 1 FROM report_seal AS own WHERE own.report_id = report.id AND own.agency_id = %s)",
            (agency,),
        )
        (count,) = cursor.fetchone()
        return int(count)


def first_words(reports: Sequence[str], agency: AgencyId) -> dict[str, FirstWords]:
    """The first part of each of these that is sealed to this agency, by report."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, {"reports": list(reports), "agency": agency})
        parts = {report: (part, kind, bytes(sealed)) for report, part, kind, sealed in cursor.fetchall()}
        cursor.execute(_KEYS, {"reports": list(reports), "agency": agency})
        keys: dict[str, dict[bytes, bytes]] = {}
        for report, name, sealed in cursor.fetchall():
            keys.setdefault(report, {})[bytes(name)] = bytes(sealed)
    return {report: FirstWords(*part, keys.get(report, {})) for report, part in parts.items()}


def take_out(reports: Sequence[str], *, ctx: Context) -> tuple[str, ...]:
    """Let these stand among those that wait, unread from now on where they were looked through; which of them were held."""
    return _changed(_TAKE_OUT, {"reports": list(reports), "now": ctx.now})


def hold_again(reports: Sequence[str]) -> tuple[str, ...]:
    """Put these into the held part; which of them were not in it. One that tells of danger stays where it is."""
    return _changed(_HOLD, {"reports": list(reports)})


def looked_through(reports: Sequence[str]) -> tuple[str, ...]:
    """Held ones among these wait no more; who reported is not told that a person has read all of it. Which they were."""
    return _changed(_THROUGH, {"reports": list(reports)})


def _changed(statement: str, values: Mapping[str, list[str] | datetime]) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return tuple(sorted(report for (report,) in cursor.fetchall()))


_FIRST = """
    SELECT DISTINCT ON (report_id) report_id::text, id::text, kind, sealed FROM report_part
     WHERE report_id = ANY(%(reports)s::uuid[]) AND kind = 'account' ORDER BY report_id, hour, id
"""
_KEYS = """
    SELECT report_id::text, recipient_key, sealed FROM report_seal
     WHERE report_id = ANY(%(reports)s::uuid[]) AND agency_id = %(agency)s::uuid ORDER BY report_id, id
"""
_TAKE_OUT = """
    UPDATE report SET held = false, unread_since = coalesce(unread_since, date_trunc('hour', %(now)s, 'UTC'))
     WHERE id = ANY(%(reports)s::uuid[]) AND held RETURNING id::text
"""
_HOLD = """
    UPDATE report SET held = true WHERE id = ANY(%(reports)s::uuid[]) AND NOT held AND danger <> 'yes' RETURNING id::text
"""
_THROUGH = """
    UPDATE report SET unread_since = NULL WHERE id = ANY(%(reports)s::uuid[]) AND held AND unread_since IS NOT NULL
    RETURNING id::text
"""
