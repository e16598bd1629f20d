"""Talks in the tables: begun at the door, taken by one person, ended, given to the reports. Words lie in parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.records.context import Context
from encircle.vocabulary.identifier import AgencyId

WAITS, ON, ENDED, GIVEN = "waits", "on", "ended", "given"
"""Nobody answers yet; somebody does; it is over, and goes on when somebody writes; it has become a report."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What is open of a talk. `rule`: which words on danger were shown, and in which hour. `worker`: the person who answers.

    `since`: the hour of the last word; `lines`: how many were written; `is_unseen`: the last ones were read by nobody.
    """

    report: str
    kind: str
    state: str
    language: str
    danger: str
    owner: AgencyId | None
    rule: str
    rule_hour: datetime
    worker: str | None
    turn: int | None
    since: datetime
    lines: int
    is_unseen: bool
    ended_by: str | None


def begin_talk(report: str, *, kind: str, state: str, rule: str, ctx: Context) -> None:
    """Put it beside its report, which no list of reports shows from now on, unless it is given at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO talk (report_id, kind, state, rule, rule_hour, active_hour, turn) SELECT %(report)s,"
            " %(kind)s, %(state)s::text, %(rule)s, date_trunc('hour', %(now)s, 'UTC'), date_trunc('hour', %(now)s, 'UTC'),"
            " CASE %(state)s::text WHEN 'waits' THEN nextval('talk_turn') END ON CONFLICT (report_id) DO NOTHING",
            {"report": report, "kind": kind, "state": state, "rule": rule, "now": ctx.now},
        )


def asker_writes(report: str, *, ctx: Context) -> int:
    """The place of a line from who asks; a talk that was over waits again, in a new turn."""
    return _counted(
        "state = CASE WHEN state = 'ended' THEN 'waits' ELSE state END,"
        " turn = CASE WHEN state = 'ended' THEN nextval('talk_turn') ELSE turn END,"
        " worker_id = CASE WHEN state = 'ended' THEN NULL ELSE worker_id END,"
        " ended_by = NULL, is_unseen = true",
        report,
        ctx,
    )


def desk_writes(report: str, *, ctx: Context) -> int:
    """The place of a line from the desk."""
    return _counted("is_unseen = is_unseen", report, ctx)


def mark_seen(report: str) -> None:
    """All that who asks has written was read."""
    _changed("is_unseen = false", report, {})


def take_talk(report: str, *, worker: str) -> bool:
    """That person answers from now on; False, where it no longer waits: somebody was first."""
    return _changed("state = 'on', worker_id = %(worker)s", report, {"worker": worker}, "state = 'waits'")


def pass_talk(report: str, *, to: str, instead_of: str | None) -> bool:
    """Another person answers; False, where it is no longer that one's."""
    return _changed(
        "worker_id = %(to)s",
        report,
        {"to": to, "from": instead_of},
        "state = 'on' AND worker_id IS NOT DISTINCT FROM %(from)s::uuid",
    )


def end_talk(report: str, *, by: str) -> bool:
    """It is over, until somebody writes again; False, where it was so already."""
    return _changed(
        "state = 'ended', turn = NULL, ended_by = %(by)s", report, {"by": by}, "state IN ('waits', 'on')"
    )


def give_talk(report: str, *, because: str) -> bool:
    """It becomes a report that waits at all desks; False, where it is one already."""
    given = _changed(
        "state = 'given', turn = NULL, because = %(because)s",
        report,
        {"because": because},
        "state <> 'given'",
    )
    if given:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE report SET state = 'arrived', unread_since = date_trunc('hour', now(), 'UTC') WHERE id = %s",
                (report,),
            )
    return given


def is_written(part: str) -> bool:
    """Whether that line is there already: the same form was sent before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM report_part WHERE id = %s)", (part,))
        row = cursor.fetchone()
    return bool(row and row[0])


def talk_at_the_door() -> Talk | None:
    """The talk whose code was typed in this transaction."""
    found = _talks("WHERE report.code_index = encircle_code()", ())
    return found[0] if found else None


def talk_numbered(report: str) -> Talk | None:
    """One talk that is sealed to the agency in the context."""
    found = _talks("WHERE report.id = %s::uuid", (report,))
    return found[0] if found else None


def talks_of(agency: AgencyId, *, over: bool, skip: int, at_most: int) -> tuple[Talk, ...]:
    """The talks that are sealed to this agency: those that wait first, longest first; or those that are over, newest first.

    One that is over while nobody has read its last words still waits.
    """
    over_sql = "(talk.state = 'ended' AND NOT talk.is_unseen OR talk.state = 'given')"
    order = "talk.active_hour DESC" if over else "talk.state <> 'waits', talk.turn NULLS FIRST"
    return _talks(
        "WHERE EXISTS (SELECT 1 FROM report_seal AS own WHERE own.report_id = report.id AND own.agency_id = %s)"
        f" AND {over_sql} = %s ORDER BY {order}, report.id LIMIT %s OFFSET %s",
        (agency, over, at_most, skip),
    )


def waiting_of(agency: AgencyId) -> int:
    """How many wait for somebody of this agency: those that nobody has taken, and what nobody has read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM talk WHERE (state = 'waits' OR state = 'ended' AND is_unseen) AND EXISTS"
            " (SELECT 1 FROM report_seal AS own WHERE own.report_id = talk.report_id AND own.agency_id = %s)",
            (agency,),
        )
        row = cursor.fetchone()
    return 0 if row is None else int(row[0])


def end_unused(*, ctx: Context) -> None:
    """What nobody has written in for a full hour and more is over; it waits on, where nobody has read its last words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE talk SET state = 'ended', turn = NULL, ended_by = 'time'"
            " WHERE state IN ('waits', 'on') AND active_hour < date_trunc('hour', %s, 'UTC') - interval '1 hour'",
            (ctx.now,),
        )


def settle_told(*, ctx: Context) -> None:
    """Notices of talks that somebody has taken or read meanwhile wait no more."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {"now": ctx.now})


def tell_waiting(roles: Sequence[str]) -> int:
    """A notice for each agency of these roles to which a talk that waits is sealed, if it has none; how many were written."""
    with connection.cursor() as cursor:
        cursor.execute(_TELL.format(kind="talk_waits", code="R2", only="true"), {"roles": list(roles)})
        return int(cursor.rowcount)


def tell_late(roles: Sequence[str], *, ctx: Context) -> int:
    """The same for what waits for more than a full hour."""
    with connection.cursor() as cursor:
        late = _TELL.format(kind="talk_late", code="R2-late", only=_LATE)
        cursor.execute(late, {"roles": list(roles), "now": ctx.now})
        return int(cursor.rowcount)


def _counted(what: str, report: str, ctx: Context) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE talk SET lines = lines + 1, active_hour = date_trunc('hour', %s, 'UTC'), {what}"  # nosec B608  # our own words
            " WHERE report_id = %s RETURNING lines",
            (ctx.now, report),
        )
        (place,) = cursor.fetchone()
        return int(place)


def _changed(what: str, report: str, values: dict[str, str | None], only: str = "true") -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE talk SET {what} WHERE report_id = %(report)s AND {only}",  # nosec B608  # our own words
            {"report": report, **values},
        )
        return bool(cursor.rowcount)


def _talks(where: str, values: Sequence[str | int | bool]) -> tuple[Talk, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT report.id::text, talk.kind, talk.state, report.language, report.danger, report.owner_id::text,"
            " talk.rule, talk.rule_hour, talk.worker_id::text, talk.turn, talk.active_hour, talk.lines, talk.is_unseen,"
            f" talk.ended_by FROM talk JOIN report ON report.id = talk.report_id {where}",  # nosec B608  # our own conditions
            values,
        )
        return tuple(Talk(*row) for row in cursor.fetchall())


_WAITS = "(talk.state = 'waits' OR talk.state = 'ended' AND talk.is_unseen)"
_LATE = "talk.active_hour < date_trunc('hour', %(now)s, 'UTC') - interval '1 hour'"
_TELL = (
    """
    INSERT INTO notice (kind, code, agency_id, acted_id, made_at)
        SELECT DISTINCT '{kind}', '{code}', own.agency_id, own.agency_id, date_trunc('hour', now(), 'UTC')
          FROM talk JOIN report_seal AS own ON own.report_id = talk.report_id
          JOIN agency ON agency.id = own.agency_id AND agency.ended_at IS NULL
         WHERE agency.role = ANY (%(roles)s) AND {only} AND """
    + _WAITS
    + " ON CONFLICT DO NOTHING"
)
_SETTLE = f"""
    UPDATE notice SET settled_at = now(), send_at = NULL, higher_at = NULL
     WHERE settled_at IS NULL AND kind IN ('talk_waits', 'talk_late') AND NOT EXISTS (
        SELECT FROM talk JOIN report_seal AS own ON own.report_id = talk.report_id
         WHERE own.agency_id = notice.agency_id AND {_WAITS} AND (notice.kind = 'talk_waits' OR {_LATE}))
"""
