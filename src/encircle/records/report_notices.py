"""Notices of reports that wait at a desk, and of those that are late. What is told holds no word of them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from encircle.records.reports import NO_COMPLAINT


def unread_hours() -> tuple[tuple[str, datetime], ...]:
    """Since when what waits does, by whether somebody is in danger, or as held; for the job that tells of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT CASE WHEN held THEN 'held' ELSE danger END, unread_since FROM report"
            f" WHERE unread_since IS NOT NULL AND {NO_COMPLAINT} ORDER BY 2, 1"  # nosec B608  # our own condition
        )
        return tuple((str(danger), since) for danger, since in cursor.fetchall())


def settle_told() -> None:
    """Notices of reports that somebody has opened meanwhile wait no more."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE)


def tell_waiting(roles: Sequence[str], *, is_night: bool = False) -> int:
    """A notice for each agency of these roles to which an unread report is sealed, if it has none; how many were written.

    `is_night`: no desk is there but those for such hours. Of what came then they alone are told, where there are any.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TELL_WAITING, {"roles": list(roles), "is_night": is_night})
        return int(cursor.rowcount)


def tell_late(late: Sequence[tuple[str, datetime]], roles: Sequence[str]) -> int:
    """The same for what waits since one of these hours and should have been opened."""
    if not late:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_TELL_LATE, {**_apart(late), "roles": list(roles)})
        return int(cursor.rowcount)


def _apart(late: Sequence[tuple[str, datetime]]) -> dict[str, list[str] | list[datetime]]:
    return {"danger": [one for one, _ in late], "since": [at for _, at in late]}


_SETTLE = f"""
    UPDATE notice SET settled_at = now(), send_at = NULL, higher_at = NULL
     WHERE settled_at IS NULL AND kind IN ('report_waits', 'report_late') AND NOT EXISTS (
        SELECT FROM report JOIN report_seal AS own ON own.report_id = report.id
         WHERE report.unread_since IS NOT NULL AND own.agency_id = notice.agency_id AND {NO_COMPLAINT}
           AND (notice.code <> 'R1-danger' OR report.danger = 'yes'))
"""
_AT_NIGHT = "(SELECT desk.agency_id FROM encircle_report_recipients() AS desk WHERE desk.out_of_hours)"
_TELL_WAITING = f"""
    INSERT INTO notice (kind, code, agency_id, acted_id, made_at, send_at)
        SELECT DISTINCT 'report_waits', CASE report.danger WHEN 'yes' THEN 'R1-danger' ELSE 'R1' END,
               own.agency_id, own.agency_id, date_trunc('hour', now(), 'UTC'),
               CASE report.danger WHEN 'yes' THEN now() ELSE date_trunc('hour', now(), 'UTC') + interval '1 hour' END
          FROM report JOIN report_seal AS own ON own.report_id = report.id
          JOIN agency ON agency.id = own.agency_id AND agency.ended_at IS NULL
         WHERE report.unread_since IS NOT NULL AND {NO_COMPLAINT} AND agency.role = ANY (%(roles)s)
           AND (NOT (report.out_of_hours AND %(is_night)s) OR own.agency_id IN {_AT_NIGHT} OR NOT EXISTS (
               SELECT FROM report_seal AS other WHERE other.report_id = report.id AND other.agency_id IN {_AT_NIGHT}))
    ON CONFLICT DO NOTHING
"""
_TELL_LATE = f"""
    INSERT INTO notice (kind, code, agency_id, acted_id, made_at)
        SELECT DISTINCT 'report_late', 'R1-late', own.agency_id, own.agency_id, date_trunc('hour', now(), 'UTC')
          FROM report JOIN unnest(%(danger)s::text[], %(since)s::timestamptz[]) AS late (danger, since)
            ON late.danger = CASE WHEN report.held THEN 'held' ELSE report.danger END AND late.since = report.unread_since
          JOIN report_seal AS own ON own.report_id = report.id
          JOIN agency ON agency.id = own.agency_id AND agency.ended_at IS NULL
         WHERE {NO_COMPLAINT} AND agency.role = ANY (%(roles)s)
    ON CONFLICT DO NOTHING
"""
