"""What is over at the door, in tests: sent, closed by two desks, asked for, carried out; and what is left in the tables."""

from uuid import uuid4

from django.db import connection

from encircle.actions.reports import desk, door, files, keeping
from encircle.host.database import DatabaseRole
from encircle.law.retention import KeptOf
from encircle.records.context import with_context
from tests.database import TestDatabase
from tests.web.desks import DeskStaff, opened
from tests.web.world import Staff

CANARY = "Canary-91fe, nobody is to read this for ever"
BASIS = "EU-2016/679 5(1)(e)"
_TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
REPORT, TALK, COMPLAINT = KeptOf.REPORT, KeptOf.TALK, KeptOf.COMPLAINT


def sent() -> str:
    form, taken = door.new_form(), files.Taking()
    taken.take(CANARY.encode())
    assert door.keep_files(form, (taken,)) == ()
    return door.send(form, door.Account(text=CANARY)).words


def close(first: DeskStaff, second: DeskStaff) -> str:
    report = desk.reports(first.first.who).reports[0].open.id
    with opened(first.first):
        desk.read_report(first.first.who, report)
        desk.set_report_aside(first.first.who, report, "advice_given")
    with opened(second.first):
        desk.review_report(second.first.who, report, agrees=True)
    return report


def over(staff: Staff, of: KeptOf = REPORT) -> list[str]:
    return [one.over.id for one in keeping.keeping_at_door(staff.who, of).silent]


def asked(staff: Staff, *reports: str, of: KeptOf = REPORT) -> str:
    """The id of an erasure of these."""
    assert keeping.ask_erasure_at_door(staff.who, of, reports, basis=BASIS, token=str(uuid4())) == len(
        reports
    )
    return keeping.keeping_at_door(staff.who, of).erasures[0].id


def carried_out(database: TestDatabase) -> dict[str, keeping.ReportErasureRow]:
    with database.used_as(DatabaseRole.JOBS):
        return {row.id: row for row in keeping.carry_out_at_door()}


def left_of(database: TestDatabase, report: str, *files_of: str) -> dict[str, int]:
    """In how many rows of each table the ids of that report and of its files stand, whatever the column."""
    tables = [name for (name,) in asked_of(database, _TABLES)]
    ids = "|".join((report, *files_of))
    counts = {
        table: asked_of(
            database, f'SELECT count(*) FROM "{table}" AS one WHERE to_jsonb(one)::text ~ %s', ids
        )
        for table in tables
    }
    return {table: int(count) for table, ((count,),) in counts.items() if count}


def parts_of(database: TestDatabase, report: str) -> list[str]:
    found = asked_of(database, "SELECT id::text FROM report_part WHERE report_id = %s", report)
    return [str(one) for (one,) in found]


def asked_of(database: TestDatabase, statement: str, *given: str) -> list[tuple[str | int, ...]]:
    with (
        database.used_as(DatabaseRole.OWNER),
        with_context(agency=None, actor="test", purpose="migrate"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, given)
        return list(cursor.fetchall())
