"""Notices of concerns that nobody has looked at yet: to those who have them, and to other desks when they are late or alone.

A concern is looked at when an agency is asked what it knows, or something is decided. What is told names no record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from django.db import connection

from encircle.records.concerns import SEEN_BY_NOBODY
from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.relation import Relation

IN_DANGER: Final = "D13-danger"
"""The duty that a concern raises in which a child may be in danger now."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """A concern at which nobody has looked yet, and since when. `danger`: yes, no or unknown, as the door asks it."""

    root: RootId
    since: datetime
    danger: str

    @property
    def in_danger(self) -> bool:
        """Whether it says that a child is in danger now."""
        return self.danger == "yes"


@dataclass(frozen=True, slots=True)
class Holder:
    """An agency to which a concern was sent. `region`: None, the whole country; hours: None, where it has set none."""

    agency: AgencyId
    country: str
    region: str | None
    opens_at: time | None
    closes_at: time | None


def unseen() -> tuple[Unseen, ...]:
    """Every concern at which nobody has looked yet, the oldest first; for the job that tells of them."""
    with connection.cursor() as cursor:
        cursor.execute(_UNSEEN, {"danger": IN_DANGER, "consulted": Relation.CONSULTED.value})
        return tuple(Unseen(RootId(root), since, danger) for root, since, danger in cursor.fetchall())


def holders(roots: Sequence[RootId]) -> Mapping[RootId, tuple[Holder, ...]]:
    """By concern, the agencies to which it was sent; for the job that tells of it. One query."""
    found: dict[RootId, list[Holder]] = {root: [] for root in roots}
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, {"roots": list(roots), "sent": Relation.REFERRED.value})
        for root, agency, *rest in cursor.fetchall():
            found[RootId(root)].append(Holder(AgencyId(agency), *rest))
    return {root: tuple(each) for root, each in found.items()}


def settle_told(waiting: Sequence[Unseen], late: Sequence[Unseen], alone: Sequence[Unseen]) -> None:
    """Notices of concerns that somebody has looked at meanwhile wait no more. `alone`: that came when nobody was there."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SETTLE,
            {
                "waiting": [one.root for one in waiting],
                "danger": [one.root for one in waiting if one.in_danger],
                "late": [one.root for one in late],
                "alone": [one.root for one in alone],
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


def tell_alone(root: RootId, desks: Sequence[AgencyId]) -> int:
    """A notice for each of these desks, at once, naming the agency that has the concern, and no record; how many."""
    given = {"roots": [root], "desks": list(desks), "sent": Relation.REFERRED.value}
    return _told(_TELL_ALONE, given)


def _told(query: str, given: Mapping[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return int(cursor.rowcount)


_UNSEEN = f"""
    SELECT root.id::text, root.made_at,
           coalesce((SELECT CASE duty_row.state WHEN 'unknown' THEN 'unknown' ELSE 'yes' END FROM duty_row
                      WHERE duty_row.root_id = root.id AND duty_row.code = %(danger)s
                        AND duty_row.state NOT IN ('met', 'lifted', 'not_applicable')
                      ORDER BY duty_row.state = 'unknown', duty_row.id LIMIT 1), 'no')
      FROM root
     WHERE root.kind = 'concern'
       AND {SEEN_BY_NOBODY}
     ORDER BY root.made_at, root.id
"""
_HAS = """
    SELECT DISTINCT own.agency_id FROM membership AS own
      JOIN agency ON agency.id = own.agency_id AND agency.ended_at IS NULL
     WHERE own.root_id = ANY (%(roots)s::uuid[]) AND own.relation = %(sent)s AND own.person_id IS NULL
       AND own.since <= now() AND (own.until IS NULL OR own.until > now())
"""
_HOLDERS = """
    SELECT own.root_id::text, agency.id::text, agency.country, agency.region,
           CASE WHEN agency.hours_set THEN agency.opens_at END, CASE WHEN agency.hours_set THEN agency.closes_at END
      FROM membership AS own JOIN agency ON agency.id = own.agency_id AND agency.ended_at IS NULL
     WHERE own.root_id = ANY (%(roots)s::uuid[]) AND own.relation = %(sent)s AND own.person_id IS NULL
       AND own.since <= now() AND (own.until IS NULL OR own.until > now())
     ORDER BY own.root_id, own.since, agency.id
"""
_SETTLE = """
    UPDATE notice SET settled_at = now(), send_at = NULL, higher_at = NULL
     WHERE settled_at IS NULL AND kind IN ('concern_waits', 'concern_late', 'concern_alone') AND NOT EXISTS (
        SELECT FROM membership AS own WHERE own.agency_id = notice.acted_id AND own.relation = %(sent)s
           AND own.root_id = ANY (CASE notice.code WHEN 'T1-danger' THEN %(danger)s::uuid[]
                                  WHEN 'T1' THEN %(waiting)s::uuid[] WHEN 'T1-alone' THEN %(alone)s::uuid[]
                                  ELSE %(late)s::uuid[] END))
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
_TELL_ALONE = f"""
    INSERT INTO notice (kind, code, agency_id, acted_id, step, made_at)
        SELECT 'concern_alone', 'T1-alone', desk.agency_id, has.agency_id, 1, date_trunc('hour', now(), 'UTC')
          FROM ({_HAS}) AS has CROSS JOIN unnest(%(desks)s::uuid[]) AS desk (agency_id)
         ORDER BY has.agency_id
    ON CONFLICT DO NOTHING
"""
