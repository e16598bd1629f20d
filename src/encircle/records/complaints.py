"""Complaints in the tables: sealed as reports are, to bodies that are not complained of; listed for these alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from encircle.records.context import Context
from encircle.records.reports import Recipient
from encircle.vocabulary.identifier import AgencyId


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a complaint. `about`: the role complained of; `promised_by`: the day of the answer."""

    about: str
    complainant: str
    promised_by: date | None
    acknowledged_hour: datetime | None
    outcome: str | None
    answered_hour: datetime | None
    given_on_hour: datetime | None


@dataclass(frozen=True, slots=True)
class OpenComplaint:
    """What is open of a complaint to the body that received it. `state`: of its report."""

    id: str
    hour: datetime
    language: str
    state: str
    unread_since: datetime | None
    owner: AgencyId | None
    standing: Standing


def bodies(roles: Collection[str], *, about: str) -> tuple[Recipient, ...]:
    """Agencies of these roles whose key is in use, none of the role complained of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_id::text, public_key FROM encircle_complaint_bodies(%s, %s)",
            (sorted(roles), about),
        )
        return tuple(Recipient(AgencyId(agency), bytes(key)) for agency, key in cursor.fetchall())


def add_complaint(report: str, *, about: str, complainant: str) -> None:
    """Say of a report whose code was typed, and which is sealed to nobody yet, that it is a complaint."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO complaint (report_id, about, complainant) VALUES (%s, %s, %s)",
            (report, about, complainant),
        )


def standing_of(report: str) -> Standing | None:
    """What became of that complaint, for who typed its code or received it; None, where it is none."""
    found = _found("WHERE report.id = %s::uuid", (report,))
    return found[0].standing if found else None


def complaint_numbered(report: str) -> OpenComplaint | None:
    """One complaint that is sealed to the agency in the context."""
    found = _found("WHERE report.id = %s::uuid", (report,))
    return found[0] if found else None


def complaints_of(agency: AgencyId, *, done: bool, skip: int, at_most: int) -> tuple[OpenComplaint, ...]:
    """The complaints that are sealed to this agency: those that nobody acknowledged first, then by the promised day."""
    return _found(
        "WHERE EXISTS (SELECT 1 FROM report_seal AS own WHERE own.report_id = report.id AND own.agency_id = %s)"
        " AND (report.state = 'closed') = %s ORDER BY complaint.promised_by NULLS FIRST, report.hour, report.id"
        " LIMIT %s OFFSET %s",
        (agency, done, at_most, skip),
    )


def promise(report: str, by: date, *, ctx: Context) -> None:
    """The day by which an answer is promised; the first time, that it was acknowledged in this hour."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE complaint SET promised_by = %s, acknowledged_hour = coalesce(acknowledged_hour,"
            " date_trunc('hour', %s, 'UTC')) WHERE report_id = %s",
            (by, ctx.now, report),
        )


def conclude(report: str, outcome: str, *, ctx: Context) -> None:
    """What was found; the report is closed, until who complained writes again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE complaint SET outcome = %s, answered_hour = coalesce(answered_hour,"
            " date_trunc('hour', %s, 'UTC')) WHERE report_id = %s",
            (outcome, ctx.now, report),
        )
        cursor.execute("UPDATE report SET state = 'closed' WHERE id = %s", (report,))


def give_on(report: str, *, ctx: Context) -> None:
    """Those complained of were told of it, in this hour."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE complaint SET given_on_hour = coalesce(given_on_hour, date_trunc('hour', %s, 'UTC'))"
            " WHERE report_id = %s",
            (ctx.now, report),
        )


def hand_on(report: str, to: AgencyId, *, ctx: Context) -> None:
    """Another body answers for it from now on, and has not read it; what was found of it before is kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE report SET owner_id = %s, state = 'read', unread_since = date_trunc('hour', %s, 'UTC') WHERE id = %s",
            (to, ctx.now, report),
        )


def tell_bodies() -> int:
    """A notice for each body where a complaint is unread, if it has none; settled once it is read. How many were written."""
    return _told("complaint_waits", "R2", "report.unread_since IS NOT NULL", {})


def tell_late(*, acknowledged_from: datetime | None, answered_from: datetime | None, today: date) -> int:
    """The same where nobody acknowledged what came before the first hour, or answered by the day that was promised.

    `answered_from`: where no day was promised, what came before this hour should have been answered.
    """
    late = (
        "(complaint.acknowledged_hour IS NULL AND report.hour < %(acknowledged)s)"
        " OR (complaint.answered_hour IS NULL AND complaint.promised_by < %(today)s)"
        " OR (complaint.answered_hour IS NULL AND complaint.promised_by IS NULL AND report.hour < %(answered)s)"
    )
    given = {"acknowledged": acknowledged_from, "answered": answered_from, "today": today}
    return _told("complaint_late", "R2-late", late, given)


def _told(kind: str, code: str, where: str, given: dict[str, datetime | date | None]) -> int:
    waits = (
        "FROM report JOIN complaint ON complaint.report_id = report.id"
        " JOIN report_seal AS own ON own.report_id = report.id"
        f" JOIN agency ON agency.id = own.agency_id AND agency.ended_at IS NULL WHERE ({where})"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notice SET settled_at = now(), send_at = NULL, higher_at = NULL WHERE settled_at IS NULL"
            f" AND kind = %(kind)s AND NOT EXISTS (SELECT {waits} AND own.agency_id = notice.agency_id)",  # nosec B608  # our own conditions
            {"kind": kind, **given},
        )
        cursor.execute(
            "INSERT INTO notice (kind, code, agency_id, acted_id, made_at, send_at)"
            " SELECT DISTINCT %(kind)s, %(code)s, own.agency_id, own.agency_id, date_trunc('hour', now(), 'UTC'),"
            f" date_trunc('hour', now(), 'UTC') + interval '1 hour' {waits} ON CONFLICT DO NOTHING",  # nosec B608  # as above
            {"kind": kind, "code": code, **given},
        )
        return int(cursor.rowcount)


def _found(where: str, values: tuple[str | int | bool, ...]) -> tuple[OpenComplaint, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT complaint.about, complaint.complainant, complaint.promised_by, complaint.acknowledged_hour,"
            " complaint.outcome, complaint.answered_hour, complaint.given_on_hour,"
            " report.id::text, report.hour, report.language, report.state, report.unread_since,"
            " report.owner_id::text"
            f" FROM report JOIN complaint ON complaint.report_id = report.id {where}",  # nosec B608  # our own conditions
            values,
        )
        return tuple(_complaint(*row) for row in cursor.fetchall())


def _complaint(  # one column after the other, as they are selected
    about: str,
    complainant: str,
    promised_by: date | None,
    acknowledged: datetime | None,
    outcome: str | None,
    answered: datetime | None,
    given_on: datetime | None,
    *open_of_report: Any,
) -> OpenComplaint:
    standing = Standing(about, complainant, promised_by, acknowledged, outcome, answered, given_on)
    report, hour, language, state, unread_since, owner = open_of_report
    return OpenComplaint(report, hour, language, state, unread_since, owner, standing)
