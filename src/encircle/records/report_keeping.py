"""Reports, talks and complaints that may go: which are over, legal holds, erasures by two persons, deleting them whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from encircle.records.context import Context
from encircle.records.refusal import rules_told
from encircle.vocabulary.identifier import AgencyId

_IS_OVER: Final = {
    "report": "report.state <> 'talk' AND NOT EXISTS (SELECT FROM complaint WHERE complaint.report_id = report.id)"
    " AND (report.state = 'closed' OR report.held AND report.concern_id IS NULL"
    "      OR report.concern_id IS NOT NULL AND encircle_record_is_gone(report.concern_id))",
    "talk": "EXISTS (SELECT FROM talk WHERE talk.report_id = report.id AND talk.state = 'ended' AND NOT talk.is_unseen)",
    "complaint": "report.state = 'closed' AND EXISTS (SELECT FROM complaint WHERE complaint.report_id = report.id)",
}
"""When nothing more follows: two desks closed it, it came in a flood and was looked through, its record is erased; the
talk has ended and is read; the complaint is answered. Never while somebody's words are unread."""


@dataclass(frozen=True, slots=True)
class Over:
    """One that is over. `last_words`: the hour of its last message; `held_until`: the end of a legal hold that runs.

    `hold`: the id of the hold, where it is of the agency that looks; `record_gone`: its record is erased.
    """

    id: str
    hour: datetime
    last_words: datetime
    language: str
    held_until: datetime | None
    hold: str | None
    record_gone: bool


@dataclass(frozen=True, slots=True)
class ReportErasureRow:
    """One erasure. `asked`: how many it holds while it is open; `reports`, `keys`: what went, once it is done."""

    id: str
    of: str
    ground: str
    basis: str
    asked_by: str
    asked_name: str
    asked_at: datetime
    decided_by: str | None
    decided_name: str
    decided_at: datetime | None
    is_dropped: bool
    done_at: datetime | None
    reports: int | None
    keys: int | None
    note: str | None
    asked: int


def over_of(of: str, agency: AgencyId, *, at_most: int) -> tuple[Over, ...]:
    """Those sealed to that agency that are over and in no erasure, the longest silent first."""
    return _over(of, f"{_FREE} AND {_SEALED}", {"agency": agency, "most": at_most})


def over_among(of: str, reports: Sequence[str], agency: AgencyId | None) -> tuple[Over, ...]:
    """Which of these are over. `agency`: sealed to it and in no erasure; None, for the job: whatever they are in."""
    which = "true" if agency is None else f"{_FREE} AND {_SEALED}"
    given: dict[str, str | int | list[str] | None] = {
        "agency": agency,
        "most": len(reports),
        "only": list(reports),
    }
    return _over(of, f"report.id = ANY(%(only)s::uuid[]) AND {which}", given)


def over_everywhere(of: str, *, at_most: int, after: str) -> tuple[Over, ...]:
    """Those of all agencies in no erasure, in the order of their ids, after that one. For a job."""
    first = "'00000000-0000-0000-0000-000000000000'" if not after else "%(after)s"
    given: dict[str, str | int | list[str] | None] = {"agency": None, "most": at_most, "after": after}
    return _over(of, f"{_FREE} AND report.id > {first}::uuid", given, order="report.id")


def add_hold(report: str, *, hold: str, basis: str, until: datetime, ctx: Context) -> bool:
    """Set a hold until then. `hold`: its id; the same one is written once, else False."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO report_hold (id, report_id, agency_id, basis, until, set_by_id)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING",
            (hold, report, ctx.agency, basis, until, ctx.actor),
        )
        return bool(cursor.rowcount)


def end_hold(hold: str) -> str | None:
    """End one of one's own agency as of now; of which report it was. None, where there is none that still runs."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE report_hold SET until = greatest(now(), since) WHERE id = %s AND until > now()"
            " RETURNING report_id::text",
            (hold,),
        )
        row = cursor.fetchone()
        return None if row is None else str(row[0])


def ask_erasure(
    reports: Sequence[str], *, erasure: str, of: str, ground: str, basis: str, ctx: Context
) -> bool:
    """Write down that somebody asks for it. `erasure`: its id; the same one is written once, else False."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO report_erasure (id, agency_id, of, ground, basis, asked_by_id) VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (id) DO NOTHING",
            (erasure, ctx.agency, of, ground, basis, ctx.actor),
        )
        if not cursor.rowcount:
            return False
        cursor.execute(
            "INSERT INTO report_to_erase (report_id, erasure_id) SELECT one, %s FROM unnest(%s::uuid[]) AS one"
            " ON CONFLICT (report_id) DO NOTHING",
            (erasure, list(reports)),
        )
        return True


def decide_erasure(erasure: str, *, ctx: Context) -> None:
    """The second person decides. Refuses: RuleBroken, to who asked; one that stands."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE report_erasure SET decided_at = now(), decided_by_id = %s WHERE id = %s",
            (ctx.actor, erasure),
        )


def drop_erasure(erasure: str) -> None:
    """Put it aside before it is done; its reports may be asked for anew. Refuses: RuleBroken, one that stands."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute("UPDATE report_erasure SET dropped_by = 'x' WHERE id = %s", (erasure,))
        cursor.execute("DELETE FROM report_to_erase WHERE erasure_id = %s", (erasure,))


def erasures_of(agency: AgencyId, of: str, *, at_most: int) -> tuple[ReportErasureRow, ...]:
    """Those of that agency, the newest first."""
    return _erasures("erasure.agency_id = %s AND erasure.of = %s", (agency, of), at_most)


def erasures_waiting(at_most: int) -> tuple[ReportErasureRow, ...]:
    """Those that were decided and not done. For the job."""
    return _erasures(
        "erasure.decided_at IS NOT NULL AND erasure.done_at IS NULL AND erasure.dropped_by IS NULL",
        (),
        at_most,
    )


def erasure_of(erasure: str) -> ReportErasureRow | None:
    """That erasure; None, where there is none that the context may see."""
    return next(iter(_erasures("erasure.id = %s", (erasure,), 1)), None)


def in_erasure(erasure: str) -> tuple[str, ...]:
    """The reports of it, and from now on whoever writes to one of them waits for the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT report.id::text FROM report JOIN report_to_erase AS one ON one.report_id = report.id"
            " WHERE one.erasure_id = %s ORDER BY report.id FOR UPDATE OF report",
            (erasure,),
        )
        return tuple(report for (report,) in cursor.fetchall())


def keep_after_all(erasure: str, reports: Sequence[str]) -> None:
    """Take these out of it: somebody wrote, or a hold runs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM report_to_erase WHERE erasure_id = %s AND report_id = ANY(%s::uuid[])",
            (erasure, list(reports)),
        )


def erase_reports(reports: Sequence[str]) -> int:
    """Delete these with all that names them, their sealed keys first; how many keys. The database refuses what must stay."""
    destroyed = 0
    with connection.cursor() as cursor:
        for statement in _ERASE:
            cursor.execute(statement, (list(reports),))
            if "report_seal" in statement:
                destroyed = int(cursor.rowcount)
    return destroyed


def write_done(erasure: str, *, reports: int, keys: int, note: bytes, at: datetime) -> None:
    """It is done: how many went, how many keys were destroyed, and the certificate."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE report_erasure SET done_at = %s, reports = %s, keys = %s, note = %s WHERE id = %s",
            (at, reports, keys, note, erasure),
        )


def _over(
    of: str,
    which: str,
    given: Mapping[str, str | int | list[str] | None],
    *,
    order: str = "said.last, report.id",
) -> tuple[Over, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_OVER.format(is_over=_IS_OVER[of], which=which, order=order), given)
        return tuple(Over(*row) for row in cursor.fetchall())


def _erasures(which: str, given: Sequence[str], at_most: int) -> tuple[ReportErasureRow, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_ERASURES.format(which=which), (*given, at_most))
        return tuple(
            ReportErasureRow(*(*rest, None if note is None else bytes(note).decode(), asked))
            for *rest, note, asked in cursor.fetchall()
        )


_ALL = " WHERE report_id = ANY(%s::uuid[])"
_ERASE: Final = (
    f"DELETE FROM report_piece WHERE file IN (SELECT id FROM report_part{_ALL})",  # nosec B608  # our own words
    f"DELETE FROM report_seal{_ALL}",  # nosec B608  # as above
    f"DELETE FROM report_part{_ALL}",  # nosec B608  # as above
    f"DELETE FROM talk{_ALL}",  # nosec B608  # as above
    f"DELETE FROM complaint{_ALL}",  # nosec B608  # as above
    f"DELETE FROM report_hold{_ALL}",  # nosec B608  # as above
    "DELETE FROM report WHERE id = ANY(%s::uuid[])",
    f"DELETE FROM report_to_erase{_ALL}",  # nosec B608  # as above
)
"""The row that lets them go is the last: while it stands the database lets go of the others."""
_NAME = "coalesce(trim({0}.given_name || ' ' || {0}.surname), '')"
_OVER = """
    SELECT report.id::text, report.hour, said.last, report.language, hold.until, own.id::text, report.concern_id IS NOT NULL
      FROM report
      CROSS JOIN LATERAL (
        SELECT coalesce(max(hour), report.hour) AS last FROM report_part WHERE report_id = report.id) AS said
      LEFT JOIN LATERAL (
        SELECT max(until) AS until FROM report_hold WHERE report_id = report.id AND until > now()) AS hold ON true
      LEFT JOIN LATERAL (
        SELECT id FROM report_hold
         WHERE report_id = report.id AND until > now() AND agency_id = %(agency)s::uuid
         ORDER BY until DESC, id LIMIT 1) AS own ON true
     WHERE {is_over} AND report.unread_since IS NULL AND {which} ORDER BY {order} LIMIT %(most)s
"""
_FREE = "NOT EXISTS (SELECT FROM report_to_erase AS asked WHERE asked.report_id = report.id)"
_SEALED = "EXISTS (SELECT FROM report_seal AS mine WHERE mine.report_id = report.id AND mine.agency_id = %(agency)s::uuid)"
_ERASURES = f"""
    SELECT erasure.id::text, erasure.of, erasure.ground, erasure.basis, erasure.asked_by_id::text, {_NAME.format("asker")},
           erasure.asked_at, erasure.decided_by_id::text, {_NAME.format("decider")}, erasure.decided_at,
           erasure.dropped_by IS NOT NULL, erasure.done_at, erasure.reports, erasure.keys, erasure.note,
           (SELECT count(*) FROM report_to_erase AS one WHERE one.erasure_id = erasure.id)
      FROM report_erasure AS erasure
      LEFT JOIN person AS asker ON asker.id = erasure.asked_by_id
      LEFT JOIN person AS decider ON decider.id = erasure.decided_by_id
     WHERE {{which}}
     ORDER BY erasure.asked_at DESC, erasure.id LIMIT %s
"""
