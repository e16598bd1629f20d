"""Desks of the test world: agencies that receive reports, each with two people who hold its key."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from encircle.actions.own_key import held_by_visit
from encircle.actions.people_keys import give_agency_key, keys_of, set_passphrase, unlock
from encircle.host.database import DatabaseRole
from encircle.records import reports
from encircle.records.context import with_context
from encircle.records.unlocked import with_unlocked
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.world import Staff, colleague_of, make_staff

PASSPHRASE = "a long passphrase of the desk"
_VISIT = "visit"


@dataclass(frozen=True)
class DeskStaff:
    """Two people of one agency."""

    first: Staff
    second: Staff


def let_receive(database: TestDatabase, *staff: Staff) -> None:
    """Reports are sealed to their agencies, once the keys of these are in use."""
    with (
        database.used_as(DatabaseRole.JOBS),
        with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value),
    ):
        for one in staff:
            reports.add_recipient(one.agency, by="loader")


def give_keys(first: Staff, second: Staff) -> None:
    """Both have a passphrase and the key of their agency."""
    settings.DEMO, before = True, settings.DEMO
    try:
        held = set_passphrase(first.who, PASSPHRASE, again=PASSPHRASE, session=_VISIT)
        set_passphrase(second.who, PASSPHRASE, again=PASSPHRASE, session=_VISIT)
        with with_unlocked(held_by_visit(held, session=_VISIT, person=first.person)):
            for one in keys_of(first.who).waiting:
                give_agency_key(first.who, one.id)
    finally:
        settings.DEMO = before


def make_desk(database: TestDatabase, name: str) -> DeskStaff:
    """An agency that receives reports."""
    first = make_staff(name, Role.TRIAGE_TEAM)
    desk = DeskStaff(first, colleague_of(first))
    let_receive(database, first)
    give_keys(desk.first, desk.second)
    return desk


def always_there(database: TestDatabase, *staff: Staff) -> None:
    """Their desks are open day and night, so that a test does not ask the clock."""
    with (
        database.used_as(DatabaseRole.OWNER),
        with_context(agency=None, actor="migration", purpose="migrate"),
        connection.cursor() as cursor,
    ):
        for one in staff:
            cursor.execute(
                "UPDATE agency SET closes_at = opens_at, hours_set = true WHERE id = %s", (one.agency,)
            )


def never_there(database: TestDatabase) -> None:
    """The desk of no agency is open, but for one second of the night."""
    with (
        database.used_as(DatabaseRole.OWNER),
        with_context(agency=None, actor="migration", purpose="migrate"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE agency SET opens_at = '00:00:00', closes_at = '00:00:01', hours_set = true")


@contextmanager
def opened(staff: Staff) -> Iterator[None]:
    """Their key is open."""
    settings.DEMO, before = True, settings.DEMO
    try:
        held = unlock(staff.who, PASSPHRASE, session=_VISIT)
    finally:
        settings.DEMO = before
    with with_unlocked(held_by_visit(held, session=_VISIT, person=staff.person)):
        yield
