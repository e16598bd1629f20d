"""Sealed reports: the door sees its own code and nothing else, an agency what is sealed to it."""

from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest

from encircle.host.database import DatabaseRole
from tests.database import TestDatabase
from tests.records.world import Actor

HOUR = datetime(2026, 11, 23, 20, tzinfo=UTC)
Door = psycopg.Connection[tuple[object, ...]]


def report_at(door: Door, *, recipient: Actor) -> tuple[str, str]:
    """A report sealed to that agency; its id and its code index."""
    report, code = str(uuid4()), uuid4().hex
    with door.transaction():
        door.execute("SELECT set_config('encircle.code', %s, true)", (code,))
        door.execute(
            "INSERT INTO report (id, hour, region, language, danger, state, code_index, reply_key)"
            " VALUES (%s, %s, 'national', 'et', 'no', 'arrived', %s, %s)",
            (report, HOUR, bytes.fromhex(code), b"k" * 32),
        )
        door.execute(
            "INSERT INTO report_seal (id, report_id, agency_id, recipient_key, sealed) VALUES (%s, %s, %s, %s, %s)",
            (str(uuid4()), report, recipient.agency, b"r", b"sealed"),
        )
        door.execute(
            "INSERT INTO report_part (id, report_id, kind, hour, sealed) VALUES (%s, %s, 'account', %s, %s)",
            (str(uuid4()), report, HOUR, b"sealed"),
        )
    return report, code


def parts_seen(door: Door, code: str) -> int:
    with door.transaction():
        door.execute("SELECT set_config('encircle.code', %s, true)", (code,))
        row = door.execute("SELECT count(*) FROM report_part").fetchone()
    assert row is not None
    return int(str(row[0]))


def test_the_door_sees_the_report_of_its_code_and_no_other(database: TestDatabase, carla: Actor):
    with database.connect(DatabaseRole.DOOR) as door:
        _, one = report_at(door, recipient=carla)
        _, other = report_at(door, recipient=carla)
        assert [parts_seen(door, code) for code in (one, other, uuid4().hex, "")] == [1, 1, 0, 0]


def test_the_door_changes_and_removes_nothing(database: TestDatabase, carla: Actor):
    with database.connect(DatabaseRole.DOOR) as door:
        report_at(door, recipient=carla)
        for table in ("report", "report_seal", "report_part"):
            for words in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    door.execute(words)


def test_only_the_recipients_see_a_report_and_only_they_pass_it_on(
    database: TestDatabase, carla: Actor, dmitri: Actor, eva: Actor
):
    with database.connect(DatabaseRole.DOOR) as door:
        report, _ = report_at(door, recipient=carla)

    def seen(actor: Actor) -> int:
        with database.connect(DatabaseRole.WEB) as web, web.transaction():
            web.execute("SELECT set_config('encircle.agency', %s, true)", (actor.agency,))
            row = web.execute("SELECT count(*) FROM report WHERE id = %s", (report,)).fetchone()
        assert row is not None
        return int(str(row[0]))

    def pass_on(by: Actor, to: Actor) -> None:
        with database.connect(DatabaseRole.WEB) as web, web.transaction():
            web.execute("SELECT set_config('encircle.agency', %s, true)", (by.agency,))
            web.execute(
                "INSERT INTO report_seal (id, report_id, agency_id, recipient_key, sealed)"
                " VALUES (%s, %s, %s, %s, %s)",
                (str(uuid4()), report, to.agency, b"r", b"sealed"),
            )

    assert [seen(actor) for actor in (carla, dmitri, eva)] == [1, 0, 0]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        pass_on(eva, eva)
    pass_on(carla, dmitri)
    assert [seen(actor) for actor in (carla, dmitri, eva)] == [1, 1, 0]


def test_a_report_tells_only_the_hour(database: TestDatabase):
    insert = (
        "INSERT INTO report (id, hour, region, language, danger, state, code_index, reply_key)"
        " VALUES (gen_random_uuid(), %s, 'national', 'et', 'no', 'arrived', '\\xaa', '\\xbb')"
    )
    with database.connect(DatabaseRole.DOOR) as door, door.transaction(force_rollback=True):
        door.execute("SELECT set_config('encircle.code', 'aa', true)")
        with pytest.raises(psycopg.errors.CheckViolation), door.transaction():
            door.execute(insert, (HOUR.replace(minute=17),))
        door.execute(insert, (HOUR,))
