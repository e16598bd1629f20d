"""Sealed reports in the tables: given in at the door, found again by the code, read by those to whom they are sealed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from uuid import uuid4

from django.db import connection

from encircle.records.context import Context, with_context
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role

SEALED_TO: Final = (
    "WHERE EXISTS (SELECT FROM report_seal AS own WHERE own.report_id = report.id AND agency_id = %s)"
)
NO_COMPLAINT: Final = "NOT EXISTS (SELECT FROM complaint WHERE complaint.report_id = report.id)"
"""A complaint lies in the same sealed form and is for other people: what counts or lists reports leaves it out."""
ACTOR: Final = "door"
"""Who acts when somebody reports. The journal does not tell of it: it would keep the minute."""


TALK: Final = "talk"
"""The state of what is a talk and no report yet: no list of reports shows it."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """An agency that receives what comes in at the door, and the public key to which it is sealed."""

    agency: AgencyId
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Receiver(Recipient):
    """One that the operator has enrolled, its role, its region (None: the whole country), and when somebody is at its desk.

    `opens_at`, `closes_at`: None, where its agency has set no hours. `out_of_hours`: it is there when no other desk is.
    """

    role: Role
    country: str
    opens_at: time | None
    closes_at: time | None
    region: str | None = None
    out_of_hours: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """What is open of a report. `concern`: the number of the concern that was opened for it.

    `owner`: the agency that answers for it. `unread_since`: the hour of the first message that no desk has opened yet.
    `held`: it came in a suspected flood, and stands in the held part of the list.
    `out_of_hours`: somebody is in danger, and it came when no desk was there but those for such hours.
    `set_aside_by`, `because`: who proposed that nothing follows, and the code of the reason.
    """

    id: str
    hour: datetime
    language: str
    danger: str
    state: str
    owner: AgencyId | None
    unread_since: datetime | None
    set_aside_by: str | None
    because: str | None
    concern: str
    held: bool = False
    out_of_hours: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One sealed part. `from_desk`: from those who read it; else from the one who reported."""

    id: str
    kind: str
    hour: datetime
    from_desk: bool
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Seal:
    """The key of a report, sealed. `agency`: None for the holder of the code."""

    agency: AgencyId | None
    recipient_key: bytes
    sealed: bytes


@contextmanager
def at_the_door(index: bytes, *, within: Context | None = None) -> Iterator[Context]:
    """One transaction that sees the report with this index of its code, and no other.

    `within`: that of somebody at a desk, who writes down what a caller says.
    """
    at = (
        with_context(agency=None, actor=ACTOR, purpose=Purpose.DOOR.value)
        if within is None
        else nullcontext(within)
    )
    with at as context:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('encircle.code', %s, true)", (index.hex(),))
        yield context


def recipients() -> tuple[Receiver, ...]:
    """All that are enrolled now and whose key is in use."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_id::text, public_key, role, country, opens_at, closes_at, region, out_of_hours"
            " FROM encircle_report_recipients()"
        )
        return tuple(
            Receiver(AgencyId(agency), bytes(key), Role(role), *rest)
            for agency, key, role, *rest in cursor.fetchall()
        )


def is_recipient(agency: AgencyId) -> bool:
    """Whether that agency is enrolled; the context has to be that agency, or a job."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM report_recipient WHERE agency_id = %s AND ended_at IS NULL)",
            (agency,),
        )
        return bool(cursor.fetchone() == (True,))


def enrolled() -> tuple[AgencyId, ...]:
    """All that are enrolled, with a key in use or not; for the operator's command."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_id::text FROM report_recipient WHERE ended_at IS NULL ORDER BY made_at, id"
        )
        return tuple(AgencyId(agency) for (agency,) in cursor.fetchall())


def add_recipient(agency: AgencyId, *, by: str) -> bool:
    """Enrol that agency; False, where it is enrolled already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO report_recipient (id, agency_id, enrolled_by) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            (str(uuid4()), agency, by),
        )
        return bool(cursor.rowcount)


def set_out_of_hours(agency: AgencyId, *, is_there: bool) -> bool:
    """Whether that desk is there when no other one is; False, where it is not enrolled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE report_recipient SET out_of_hours = %s WHERE agency_id = %s AND ended_at IS NULL",
            (is_there, agency),
        )
        return bool(cursor.rowcount)


def end_recipient(agency: AgencyId) -> bool:
    """Seal nothing more to that agency; False, where it is not enrolled. What is sealed to it stays so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE report_recipient SET ended_at = now() WHERE agency_id = %s AND ended_at IS NULL",
            (agency,),
        )
        return bool(cursor.rowcount)


def add_report(
    report: str,
    *,
    index: bytes,
    reply_key: bytes,
    language: str,
    danger: str,
    owner: AgencyId,
    held: bool = False,
    out_of_hours: bool = False,
    ctx: Context,
    state: str = "arrived",
) -> bool:
    """Write down what is open of it; False, where the same form was sent before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO report (id, hour, region, language, danger, state, code_index, reply_key, owner_id, held,"
            " out_of_hours, unread_since) VALUES (%(id)s, date_trunc('hour', %(now)s, 'UTC'), 'national',"
            " %(language)s, %(danger)s,"
            " %(state)s::text, %(index)s, %(reply)s, %(owner)s, %(held)s, %(out_of_hours)s,"
            " CASE WHEN %(state)s::text <> 'talk' THEN date_trunc('hour', %(now)s, 'UTC') END)"
            " ON CONFLICT (code_index) DO NOTHING",
            {
                "id": report,
                "now": ctx.now,
                "language": language,
                "danger": danger,
                "index": index,
                "reply": reply_key,
                "owner": owner,
                "state": state,
                "held": held,
                "out_of_hours": out_of_hours,
            },
        )
        return bool(cursor.rowcount)


def add_seals(report: str, seals: tuple[Seal, ...]) -> None:
    """The key of the report for each who may read it."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO report_seal (id, report_id, agency_id, recipient_key, sealed) VALUES (%s, %s, %s, %s, %s)",
            [(str(uuid4()), report, one.agency, one.recipient_key, one.sealed) for one in seals],
        )


def add_seal_anew(report: str, seal: Seal) -> None:
    """The key of the report for one more agency; nothing, where it has it under that key of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO report_seal (id, report_id, agency_id, recipient_key, sealed) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            (str(uuid4()), report, seal.agency, seal.recipient_key, seal.sealed),
        )


def add_part(report: str, part: str, kind: str, sealed: bytes, *, ctx: Context) -> bool:
    """One sealed part, from the agency in the context or, at the door, from the one who reported.

    False, where it was written before.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO report_part (id, report_id, kind, by_agency_id, hour, sealed)"
            " VALUES (%s, %s, %s, %s, date_trunc('hour', %s, 'UTC'), %s) ON CONFLICT (id) DO NOTHING",
            (part, report, kind, ctx.agency, ctx.now, sealed),
        )
        return bool(cursor.rowcount)


def seals_of(report: str, agency: AgencyId | None) -> Mapping[bytes, bytes]:
    """The key of the report for that agency, or for the holder of the code: sealed, by the name of the key that opens it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT recipient_key, sealed FROM report_seal"
            " WHERE report_id = %s AND agency_id IS NOT DISTINCT FROM %s::uuid ORDER BY id",
            (report, agency),
        )
        return {bytes(name): bytes(sealed) for name, sealed in cursor.fetchall()}


def parts_of(report: str) -> tuple[Part, ...]:
    """Its sealed parts, the oldest hour first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, kind, hour, by_agency_id IS NOT NULL, sealed FROM report_part"
            " WHERE report_id = %s ORDER BY hour, kind, id",
            (report,),
        )
        return tuple(
            Part(part, kind, hour, desk, bytes(sealed))
            for part, kind, hour, desk, sealed in cursor.fetchall()
        )


def names_of_recipients(report: str) -> tuple[str, ...]:
    """The agencies to which the report with the code typed in this transaction is sealed, by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT agency.name FROM report_seal JOIN agency ON agency.id = report_seal.agency_id"
            " WHERE report_seal.report_id = %s ORDER BY agency.name",
            (report,),
        )
        return tuple(name for (name,) in cursor.fetchall())


def report_at_the_door() -> Open | None:
    """The report whose code was typed in this transaction."""
    found = reports_where("WHERE report.code_index = encircle_code()", ())
    return found[0] if found else None


def report_numbered(report: str) -> Open | None:
    """One report that is sealed to the agency in the context."""
    found = reports_where(f"WHERE report.id = %s::uuid AND {NO_COMPLAINT}", (report,))
    return found[0] if found else None


def reports_of(agency: AgencyId, *, done: bool, skip: int, at_most: int) -> tuple[Open, ...]:
    """The reports sealed to this agency, `done` or waiting and not held: unread ones first, then danger, then the newest."""
    which = f"{SEALED_TO} AND {NO_COMPLAINT} AND report.state <> 'talk' AND (report.state IN ('concern', 'closed')) = %s"
    return reports_where(
        f"{which} AND (NOT report.held OR %s){IN_ORDER}", (agency, done, done, at_most, skip)
    )


def unread_of(agency: AgencyId) -> tuple[int, int]:
    """How many reports that are sealed to this agency nobody has opened, without held ones; in how many is danger now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE danger = 'yes') FROM report WHERE unread_since IS NOT NULL"
            f" AND NOT held AND {NO_COMPLAINT} AND EXISTS"  # nosec B608  # our own condition
            " (SELECT 1 FROM report_seal AS own WHERE own.report_id = report.id AND own.agency_id = %s)",
            (agency,),
        )
        row = cursor.fetchone()
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def set_state(report: str, state: str, *, concern: str | None = None) -> None:
    """How far it has come, and the concern that was opened for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE report SET state = %s, concern_id = coalesce(%s::uuid, concern_id) WHERE id = %s",
            (state, concern, report),
        )


def mark_read(report: str) -> None:
    """Somebody at a desk has opened all that was written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE report SET unread_since = NULL, state = CASE WHEN state = 'arrived' THEN 'read' ELSE state END"
            " WHERE id = %s",
            (report,),
        )


def set_owner(report: str, agency: AgencyId) -> None:
    """That agency answers for it from now on."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE report SET owner_id = %s WHERE id = %s", (agency, report))


def set_aside(report: str, *, by: str | None, because: str | None, state: str) -> None:
    """Who says that nothing follows, and why; nobody, where it is taken back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE report SET set_aside_by = %s, because = %s, state = %s WHERE id = %s",
            (by, because, state, report),
        )


def wait_again() -> None:
    """The report whose code was typed in this transaction is unread: something was written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT encircle_report_waits()")


def reports_where(where: str, values: tuple[str | int | bool, ...]) -> tuple[Open, ...]:
    """The reports that fit these conditions of ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT report.id::text, report.hour, report.language, report.danger, report.state, report.owner_id::text,"
            " report.unread_since, report.set_aside_by, report.because, coalesce(root.number, ''), report.held,"
            " report.out_of_hours"
            f" FROM report LEFT JOIN root ON root.id = report.concern_id {where}",  # nosec B608  # our own conditions
            values,
        )
        return tuple(Open(*row) for row in cursor.fetchall())


IN_ORDER = " ORDER BY report.unread_since IS NULL, report.danger <> 'yes', report.hour DESC, report.id LIMIT %s OFFSET %s"
