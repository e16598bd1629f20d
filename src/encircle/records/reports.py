"""Sealed reports in the tables: given in at the door, found again by the code, read by those to whom they are sealed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from django.db import connection

from encircle.records.context import Context, with_context
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose

ACTOR: Final = "door"
"""Who acts when somebody reports. The journal does not tell of it: it would keep the minute."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """An agency that receives reports, and the public key to which they are sealed."""

    agency: AgencyId
    public_key: bytes


@dataclass(frozen=True, slots=True)
class OwnKey:
    """The key of one's own agency as it lies in the tables."""

    public_key: bytes
    locked: bytes


@dataclass(frozen=True, slots=True)
class Open:
    """What is open of a report. `concern`: the number of the concern that was opened for it."""

    id: str
    hour: datetime
    language: str
    danger: str
    state: str
    concern: str


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
def at_the_door(index: bytes) -> Iterator[Context]:
    """One transaction that sees the report with this index of its code, and no other."""
    with with_context(agency=None, actor=ACTOR, purpose=Purpose.DOOR.value) as context:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('encircle.code', %s, true)", (index.hex(),))
        yield context


def recipients() -> tuple[Recipient, ...]:
    """All that are enrolled now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_id::text, public_key FROM encircle_report_recipients()")
        return tuple(Recipient(AgencyId(agency), bytes(key)) for agency, key in cursor.fetchall())


def own_key(agency: AgencyId) -> OwnKey | None:
    """The key of that agency, which the context has to be."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT public_key, locked FROM report_recipient WHERE agency_id = %s AND ended_at IS NULL",
            (agency,),
        )
        row = cursor.fetchone()
    return None if row is None else OwnKey(bytes(row[0]), bytes(row[1]))


def add_recipient(public: bytes, locked: bytes, *, agency: AgencyId, ctx: Context) -> bool:
    """Enrol that agency; False, where it is enrolled already. Outside a demonstration it is the one in the context."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO report_recipient (id, agency_id, public_key, locked, enrolled_by)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (str(uuid4()), agency, public, locked, ctx.actor),
        )
        return bool(cursor.rowcount)


def add_report(
    report: str, *, index: bytes, reply_key: bytes, language: str, danger: str, ctx: Context
) -> bool:
    """Write down what is open of it; False, where the same form was sent before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO report (id, hour, region, language, danger, state, code_index, reply_key)"
            " VALUES (%s, date_trunc('hour', %s, 'UTC'), 'national', %s, %s, 'arrived', %s, %s)"
            " ON CONFLICT (code_index) DO NOTHING",
            (report, ctx.now, language, danger, index, reply_key),
        )
        return bool(cursor.rowcount)


def add_seals(report: str, seals: tuple[Seal, ...]) -> None:
    """The key of the report for each who may read it."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO report_seal (id, report_id, agency_id, recipient_key, sealed) VALUES (%s, %s, %s, %s, %s)",
            [(str(uuid4()), report, one.agency, one.recipient_key, one.sealed) for one in seals],
        )


def add_part(report: str, part: str, kind: str, sealed: bytes, *, ctx: Context) -> None:
    """One sealed part, from the agency in the context or, at the door, from the one who reported."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO report_part (id, report_id, kind, by_agency_id, hour, sealed)"
            " VALUES (%s, %s, %s, %s, date_trunc('hour', %s, 'UTC'), %s) ON CONFLICT (id) DO NOTHING",
            (part, report, kind, ctx.agency, ctx.now, sealed),
        )


def seal_of(report: str, agency: AgencyId | None) -> Seal | None:
    """The key of the report for that agency, or for the holder of the code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_id::text, recipient_key, sealed FROM report_seal"
            " WHERE report_id = %s AND agency_id IS NOT DISTINCT FROM %s::uuid ORDER BY id LIMIT 1",
            (report, agency),
        )
        row = cursor.fetchone()
    return None if row is None else Seal(row[0], bytes(row[1]), bytes(row[2]))


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


def report_at_the_door() -> Open | None:
    """The report whose code was typed in this transaction."""
    found = _reports("WHERE report.code_index = encircle_code()", ())
    return found[0] if found else None


def report_numbered(report: str) -> Open | None:
    """One report that is sealed to the agency in the context."""
    found = _reports("WHERE report.id = %s::uuid", (report,))
    return found[0] if found else None


def reports_of(agency: AgencyId, *, at_most: int) -> tuple[Open, ...]:
    """The reports that are sealed to this agency, those in danger first, then the newest."""
    mine = "WHERE EXISTS (SELECT 1 FROM report_seal AS own WHERE own.report_id = report.id AND own.agency_id = %s)"
    order = " ORDER BY report.danger = 'yes' DESC, report.hour DESC, report.id LIMIT %s"
    return _reports(mine + order, (agency, at_most))


def set_state(report: str, state: str, *, concern: str | None = None) -> None:
    """How far it has come, and the concern that was opened for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE report SET state = %s, concern_id = coalesce(%s::uuid, concern_id) WHERE id = %s",
            (state, concern, report),
        )


def _reports(where: str, values: tuple[str | int, ...]) -> tuple[Open, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT report.id::text, report.hour, report.language, report.danger, report.state,"
            f" coalesce(root.number, '') FROM report LEFT JOIN root ON root.id = report.concern_id {where}",  # nosec B608  # our own conditions
            values,
        )
        return tuple(Open(*row) for row in cursor.fetchall())
