"""Notices: written with the rows that they tell of, sent, told higher, settled. Holds no word about a child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import connection

from encircle.records.seen import SeenRoot
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, RootId

FIRST, CASE_LEAD, ABOVE = range(3)
"""The steps: who acted or owes; the case lead of the record too; the agency above, or the coordinator."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where notices of an agency go: by day, by night, and when it is day there."""

    agency: AgencyId
    country: str
    by_day: str
    by_night: str
    opens_at: time
    closes_at: time


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A first notice that nobody has answered: the country of the record, when it was told, the last step since."""

    id: int
    country: str
    made_at: datetime
    higher: int


@dataclass(frozen=True, slots=True)
class Told:
    """A notice that waits. `root`: the record, where the context may see it. `acted`: the agency first told."""

    root: SeenRoot | None
    kind: str
    code: str
    acted: AgencyId
    acted_name: str
    step: int
    made_at: datetime
    sent_at: datetime | None
    channel: str | None


def tell(roots: Sequence[RootId]) -> None:
    """Notices of what is raised or overdue on these roots and not told yet; those of what is no longer so are settled.

    In the transaction that writes the rows, so that neither is there without the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TELL, {"roots": list(roots)})


def reach(
    code: str, *, day: str | None, night: str | None, opens: time | None, closes: time | None
) -> Mailbox | None:
    """Set where notices of that agency go, what is None staying as it is; None, where there is no such agency."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agency SET notice_address = coalesce(%s, notice_address),"
            " night_address = coalesce(%s, night_address),"
            " opens_at = coalesce(%s::time, opens_at), closes_at = coalesce(%s::time, closes_at),"
            " hours_set = hours_set OR %s"
            " WHERE code = %s AND ended_at IS NULL"
            " RETURNING id::text, country, notice_address, night_address, opens_at, closes_at",
            (day, night, _hour(opens), _hour(closes), bool(opens or closes), code),
        )
        row = cursor.fetchone()
    return None if row is None else Mailbox(AgencyId(row[0]), *row[1:])


def _hour(at: time | None) -> str | None:
    return None if at is None else at.isoformat()


def waiting_to_be_sent(now: datetime, *, at_most: int) -> tuple[Mailbox, ...]:
    """Agencies that have to be told something now."""
    with connection.cursor() as cursor:
        cursor.execute(_MAILBOXES, {"now": now, "at_most": at_most})
        return tuple(Mailbox(AgencyId(agency), *rest) for agency, *rest in cursor.fetchall())


def lease(agency: AgencyId, now: datetime, *, until: datetime) -> tuple[int, ...]:
    """Take what is to be sent to this agency; nobody else takes it before then. Empty, where another one has it."""
    with connection.cursor() as cursor:
        cursor.execute(_LEASE, {"agency": agency, "now": now, "until": until})
        return tuple(notice for (notice,) in cursor.fetchall())


def sent(notices: Sequence[int], *, at: datetime, channel: str, desk: str | None) -> None:
    """Mark them as sent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notice SET sent_at = %s, channel = %s, desk = %s, send_at = NULL, tries = tries + 1"
            " WHERE id = ANY (%s)",
            (at, channel, desk, list(notices)),
        )


def not_sent(notices: Sequence[int], *, at: datetime) -> None:
    """Try again: after one minute, then two, four, up to an hour."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notice SET send_at = %s + least(interval '1 hour', interval '1 minute' * power(2, least(tries, 9))),"
            " tries = least(tries + 1, 30000) WHERE id = ANY (%s)",
            (at, list(notices)),
        )


def unanswered(now: datetime, *, at_most: int) -> tuple[Unanswered, ...]:
    """First notices of which it is time to ask whether they go higher, held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_UNANSWERED, {"now": now, "at_most": at_most})
        return tuple(Unanswered(*row) for row in cursor.fetchall())


def tell_higher(notice: int, *, step: int) -> None:
    """Tell the next desk of what this first notice tells."""
    with connection.cursor() as cursor:
        cursor.execute(_HIGHER, {"notice": notice, "step": step})
        cursor.execute(
            "UPDATE alarm_row SET escalated = %(step)s FROM notice WHERE notice.id = %(notice)s"
            " AND notice.kind = 'alarm' AND alarm_row.root_id = notice.root_id AND alarm_row.code = notice.code"
            " AND alarm_row.subject_id IS NOT DISTINCT FROM notice.subject_id",
            {"notice": notice, "step": step},
        )
        cursor.execute("UPDATE notice SET higher = %s WHERE id = %s", (step, notice))


def ask_again(notice: int, at: datetime | None) -> None:
    """When to ask next whether it goes higher; None: never."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notice SET higher_at = %s WHERE id = %s", (at, notice))


def told(
    agency: AgencyId,
    *,
    at_most: int,
    skip: int = 0,
    without: Sequence[str] = (),
    kept: Sequence[RootId] = (),
) -> tuple[Told, ...]:
    """What this agency was told and nobody has answered: the newest first. `without`: kinds that are for others there.

    `kept`: records that are not there for who asks.
    Of looks that stand out, only where there is an alarm that the context shows: not to whose looks they are.
    """
    with connection.cursor() as cursor:
        given: dict[str, Any] = {"agency": agency, "at_most": at_most, "skip": skip}
        cursor.execute(_TOLD, {**given, "without": list(without), "kept": list(kept)})
        return tuple(
            Told(
                None if root is None else SeenRoot(RootId(root), number, Kind(of), country),
                kind,
                code,
                AgencyId(acted),
                *rest,
            )
            for root, number, of, country, kind, code, acted, *rest in cursor.fetchall()
        )


_TELL = """
    WITH waits AS MATERIALIZED (
        SELECT 'alarm' AS kind, root_id, code, subject_id, agency_id FROM alarm_row
         WHERE root_id = ANY (%(roots)s::uuid[]) AND state = 'raised'
        UNION ALL
        SELECT 'duty', root_id, code, subject_id, agency_id FROM duty_row
         WHERE root_id = ANY (%(roots)s::uuid[]) AND state = 'overdue'
    ),
    settled AS (
        UPDATE notice SET settled_at = now(), send_at = NULL, higher_at = NULL
         WHERE root_id = ANY (%(roots)s::uuid[]) AND settled_at IS NULL AND kind IN ('alarm', 'duty') AND NOT EXISTS (
            SELECT FROM waits WHERE waits.root_id = notice.root_id AND waits.code = notice.code
               AND waits.subject_id IS NOT DISTINCT FROM notice.subject_id)
    )
    INSERT INTO notice (root_id, kind, code, subject_id, agency_id, acted_id, higher_at)
        SELECT waits.root_id, waits.kind, waits.code, waits.subject_id, acted.id, acted.id, now()
          FROM waits JOIN root ON root.id = waits.root_id AND root.kind IN ('child', 'concern')
          JOIN situation_row ON situation_row.root_id = root.id
          JOIN agency AS acted ON acted.id = coalesce(
            CASE WHEN NOT EXISTS (SELECT FROM membership AS against WHERE against.root_id = waits.root_id
                   AND against.agency_id = waits.agency_id AND against.relation = 'adverse' AND against.person_id IS NULL
                   AND against.since <= now() AND (against.until IS NULL OR against.until > now()))
                 THEN waits.agency_id END, situation_row.case_lead_id, root.opened_by_id)
    ON CONFLICT DO NOTHING
"""
# An agency that stands against the child is told nothing of it, though it acted.

_MAILBOXES = """
    SELECT agency.id::text, agency.country, notice_address, night_address, opens_at, closes_at
      FROM agency JOIN (
        SELECT agency_id, min(send_at) AS since FROM notice WHERE send_at <= %(now)s GROUP BY agency_id
      ) AS waits ON waits.agency_id = agency.id
     ORDER BY waits.since, agency.id LIMIT %(at_most)s
"""

_LEASE = """
    UPDATE notice SET send_at = %(until)s WHERE id IN (
        SELECT id FROM notice WHERE agency_id = %(agency)s AND send_at <= %(now)s FOR UPDATE SKIP LOCKED
    ) RETURNING id
"""

_UNANSWERED = """
    SELECT notice.id, opener.country, notice.made_at, notice.higher
      FROM notice JOIN root ON root.id = notice.root_id JOIN agency AS opener ON opener.id = root.opened_by_id
     WHERE notice.higher_at <= %(now)s ORDER BY notice.higher_at, notice.id LIMIT %(at_most)s
       FOR UPDATE OF notice SKIP LOCKED
"""

_HIGHER = """
    WITH first AS (SELECT * FROM notice WHERE id = %(notice)s),
    desk AS (
        SELECT agency_id FROM first WHERE %(step)s = 1
        UNION SELECT case_lead_id FROM situation_row JOIN first USING (root_id)
               WHERE %(step)s = 1 AND case_lead_id IS NOT NULL
        UNION SELECT part_of_id FROM agency JOIN first ON agency.id = first.agency_id
               WHERE %(step)s = 2 AND part_of_id IS NOT NULL
        UNION SELECT higher.id FROM agency AS own JOIN first ON own.id = first.agency_id
                JOIN agency AS higher ON higher.role = 'coordinator' AND higher.country = own.country
               WHERE %(step)s = 2 AND own.part_of_id IS NULL AND higher.ended_at IS NULL
    )
    INSERT INTO notice (root_id, kind, code, subject_id, agency_id, acted_id, step)
        SELECT root_id, kind, code, subject_id, desk.agency_id, first.acted_id, %(step)s FROM first CROSS JOIN desk
    ON CONFLICT DO NOTHING
"""

_TOLD = """
    SELECT root.id::text, root.number, root.kind, opener.country, notice.kind, notice.code,
           acted.id::text, acted.name, notice.step, notice.made_at, notice.sent_at, notice.channel
      FROM notice
      LEFT JOIN root ON root.id = notice.root_id
      LEFT JOIN agency AS opener ON opener.id = root.opened_by_id
      JOIN agency AS acted ON acted.id = notice.acted_id
     WHERE notice.agency_id = %(agency)s AND notice.settled_at IS NULL
       AND NOT notice.kind = ANY (%(without)s::varchar[])
       AND (notice.root_id IS NULL OR notice.root_id <> ALL (%(kept)s::uuid[]))
       AND (notice.kind <> 'looks_stand_out' OR EXISTS (SELECT FROM look_alarm WHERE found IS NULL))
       AND (notice.kind <> 'offered' OR EXISTS (SELECT FROM referral_offer AS offer WHERE offer.outcome IS NULL
             AND offer.subject_id = notice.subject_id AND offer.agency_id = notice.agency_id AND offer.until > now()))
       AND (notice.kind NOT IN ('report_waits', 'report_late') OR EXISTS (SELECT FROM report WHERE unread_since IS NOT NULL))
       AND (notice.kind <> 'complaint_waits' OR EXISTS (
             SELECT FROM report JOIN complaint ON complaint.report_id = report.id WHERE report.unread_since IS NOT NULL))
       AND (notice.kind NOT IN ('talk_waits', 'talk_late')
            OR EXISTS (SELECT FROM talk WHERE state = 'waits' OR state = 'ended' AND is_unseen))
       AND (notice.kind <> 'looks_of_week' OR EXISTS (SELECT FROM look_week WHERE seen_at IS NULL))
     ORDER BY notice.made_at DESC, notice.id LIMIT %(at_most)s OFFSET %(skip)s
"""
