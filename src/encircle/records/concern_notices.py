"""Notices of concerns that nobody has looked at yet: to those who have them, and to all desks when they are late.

A concern is looked at when an agency is asked what it knows, or something is decided. What is told names no record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.relation import Relation

IN_DANGER: Final = "D13-danger"
"""The duty that a concern raises in which a child may be in danger now."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """A concern at which nobody has looked yet, and since when."""

    root: RootId
    since: datetime
    in_danger: bool


def unseen() -> tuple[Unseen, ...]:
    """Every concern at which nobody has looked yet, the oldest first; for the job that tells of them."""
    with connection.cursor() as cursor:
        cursor.execute(_UNSEEN, {"danger": IN_DANGER, "consulted": Relation.CONSULTED.value})
        return tuple(Unseen(RootId(root), since, danger) for root, since, danger in cursor.fetchall())


def settle_told(waiting: Sequence[Unseen], late: Sequence[Unseen]) -> None:
    """Notices of concerns that somebody has looked at meanwhile wait no more."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SETTLE,
            {
                "waiting": [one.root for one in waiting],
                "danger": [one.root for one in waiting if one.in_danger],
                "late": [one.root for one in late],
                "sent": Relation.REFERRED.value,
            },
        )


def tell_waiting(waiting: Sequence[Unseen], roles: Sequence[str]) -> int:
    """A notice for each agency of these roles to which one was sent: of danger at once, of the rest with the next hour."""
    told = 0
    for in_danger in (True, False):
        roots = [one.root for one in waiting if one.in_danger is in_danger]
        if roots:
            given = {
                "roots": roots,
                "in_danger": in_danger,
                "roles": list(roles),
                "sent": Relation.REFERRED.value,
            }
            told += _told(_TELL_WAITING, given)
    return told


def tell_late(late: Sequence[Unseen], roles: Sequence[str]) -> int:
    """A notice for every desk, naming the agency that has the concern, and no record; how many were written."""
    if not late:
        return 0
    given = {"roots": [one.root for one in late], "roles": list(roles), "sent": Relation.REFERRED.value}
    return _told(_TELL_LATE, given)


def _told(query: str, given: Mapping[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return int(cursor.rowcount)


_UNSEEN = """
    SELECT root.id::text, root.made_at,
           EXISTS (SELECT FROM duty_row WHERE duty_row.root_id = root.id AND duty_row.code = %(danger)s
                    AND duty_row.state NOT IN ('met', 'lifted', 'not_applicable'))
      FROM root
     WHERE root.kind = 'concern'
       AND EXISTS (SELECT FROM fact WHERE fact.root_id = root.id AND fact.type = 'concern_registered')
       AND NOT EXISTS (SELECT FROM fact WHERE fact.root_id = root.id
                         AND fact.type IN ('concern_triaged', 'agency_consulted', 'concern_linked'))
       AND NOT EXISTS (SELECT FROM membership AS asked WHERE asked.root_id = root.id AND asked.relation = %(consulted)s)
     ORDER BY root.made_at, root.id
"""
_HAS = """
    SELECT DISTINCT own.agency_id FROM membership AS own
      JOIN agency ON agency.id = own.agency_id AND agency.ended_at IS NULL
     WHERE own.root_id = ANY (%(roots)s::uuid[]) AND own.relation = %(sent)s AND own.person_id IS NULL
       AND own.since <= now() AND (own.until IS NULL OR own.until > now())
"""
_SETTLE = """
    UPDATE notice SET settled_at = now(), send_at = NULL, higher_at = NULL
     WHERE settled_at IS NULL AND kind IN ('concern_waits', 'concern_late') AND NOT EXISTS (
        SELECT FROM membership AS own WHERE own.agency_id = notice.acted_id AND own.relation = %(sent)s
           AND own.root_id = ANY (CASE notice.code WHEN 'T1-danger' THEN %(danger)s::uuid[]
                                  WHEN 'T1' THEN %(waiting)s::uuid[] ELSE %(late)s::uuid[] END))
"""
_TELL_WAITING = f"""
    INSERT INTO notice (kind, code, agency_id, acted_id, made_at, send_at)
        SELECT 'concern_waits', CASE WHEN %(in_danger)s THEN 'T1-danger' ELSE 'T1' END, has.agency_id, has.agency_id,
               date_trunc('hour', now(), 'UTC'),
               CASE WHEN %(in_danger)s THEN now() ELSE date_trunc('hour', now(), 'UTC') + interval '1 hour' END
          FROM ({_HAS} AND agency.role = ANY (%(roles)s)) AS has
    ON CONFLICT DO NOTHING
"""
_TELL_LATE = f"""
    INSERT INTO notice (kind, code, agency_id, acted_id, step, made_at)
        SELECT 'concern_late', 'T1-late', desk.agency_id, has.agency_id,
               CASE WHEN desk.agency_id = has.agency_id THEN 0 ELSE 1 END, date_trunc('hour', now(), 'UTC')
          FROM ({_HAS}) AS has CROSS JOIN (
              SELECT agency_id FROM encircle_report_recipients() WHERE role = ANY (%(roles)s)
              UNION {_HAS}
          ) AS desk
         ORDER BY has.agency_id
    ON CONFLICT DO NOTHING
"""
