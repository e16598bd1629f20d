"""Concerns at which nobody looks: told to whom they were sent, then to every desk, by the clocks of the country."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from encircle.actions.concern import Concern, register
from encircle.actions.reports.telling import tell_desks
from encircle.actions.told import told_to
from encircle.actions.triage import ask_agency, board, decide_concern, late_concerns
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desks import make_desk
from tests.web.world import Staff, colleague_of, make_staff


@pytest.fixture
def desks(own_database: TestDatabase) -> tuple[Staff, Staff]:
    return make_desk(own_database, "dora").first, make_desk(own_database, "dirk").first


def sent_to(staff: Staff, *, danger: bool | None) -> str:
    said = Concern(text="She is never alone.", recipient=AgencyId(staff.agency), danger_now=danger)
    return register(make_staff("rosa", Role.SCHOOL).who, said, token=str(uuid4()))


def told(database: TestDatabase) -> dict[tuple[str, AgencyId], bool]:
    """What each agency is told of concerns after the job has run, and whether it is sent now."""
    with database.used_as(DatabaseRole.JOBS):
        tell_desks("EE")
        with with_context(agency=None, actor="notifier", purpose="sweep"), connection.cursor() as cursor:
            cursor.execute(
                "SELECT code, agency_id::text, send_at <= now() FROM notice WHERE settled_at IS NULL"
                " AND kind IN ('concern_waits', 'concern_late') ORDER BY 1, 2"
            )
            return {(code, AgencyId(agency)): now for code, agency, now in cursor.fetchall()}


def hours_ago(database: TestDatabase, hours: int) -> None:
    with (
        database.used_as(DatabaseRole.OWNER),
        with_context(agency=None, actor="migration", purpose="migrate"),
        connection.cursor() as cursor,
    ):
        cursor.execute("ALTER TABLE root DISABLE TRIGGER USER")
        cursor.execute("UPDATE root SET made_at = made_at - make_interval(hours => %s)", (hours,))
        cursor.execute("ALTER TABLE root ENABLE TRIGGER USER")


def test_danger_is_told_at_once_the_rest_with_the_hour_and_every_desk_when_it_is_late(
    own_database: TestDatabase, desks: tuple[Staff, Staff]
):
    dora, dirk = desks
    danger, other = sent_to(dora, danger=True), sent_to(dora, danger=False)
    assert told(own_database) == {("T1-danger", dora.agency): True, ("T1", dora.agency): False}
    assert told(own_database) == told(own_database)
    hours_ago(own_database, 3)
    late = {("T1-late", staff.agency): True for staff in desks}
    assert told(own_database) == {("T1-danger", dora.agency): True, ("T1", dora.agency): False, **late}
    ask_agency(dora.who, danger, AgencyId(dirk.agency))
    assert told(own_database) == {("T1", dora.agency): False}
    hours_ago(own_database, 24)
    assert told(own_database) == {("T1", dora.agency): False, **late}
    decide_concern(
        dora.who, other, outcome="at_risk", priority="urgent", reasons="Alone.", token=str(uuid4())
    )
    assert told(own_database) == {}


@pytest.mark.parametrize(("danger", "hours"), [(True, 2), (None, 6), (False, 24)])
def test_a_notice_that_a_concern_is_late_goes_by_the_clock_of_the_board(
    own_database: TestDatabase, desks: tuple[Staff, Staff], danger: bool | None, hours: int
):
    dora = desks[0]
    sent_to(dora, danger=danger)
    waits = ("T1-danger" if danger else "T1", dora.agency)
    hours_ago(own_database, hours - 1)
    assert [card.is_late(board(dora.who).at) for card in board(dora.who).cards] == [False]
    assert set(told(own_database)) == {waits}
    hours_ago(own_database, 2)
    assert [card.is_late(board(dora.who).at) for card in board(dora.who).cards] == [True]
    assert set(told(own_database)) == {waits, *(("T1-late", staff.agency) for staff in desks)}


def test_another_desk_and_supervisors_read_who_has_it_and_no_number_of_it(
    own_database: TestDatabase, desks: tuple[Staff, Staff]
):
    dora, dirk = desks
    number = sent_to(dora, danger=True)
    hours_ago(own_database, 3)
    told(own_database)
    (item,) = (
        one for one in told_to(dirk.who, purpose=Purpose.WORK_LIST).items if one.kind == "concern_late"
    )
    assert (item.acted_name, item.higher, item.is_open, item.waiting) == (
        "The agency of dora",
        True,
        True,
        None,
    )
    head = colleague_of(dirk, role=Role.SUPERVISOR)
    (seen,) = (
        one for one in told_to(head.who, purpose=Purpose.WORK_LIST).items if one.kind == "concern_late"
    )
    assert (seen.higher, seen.waiting) == (True, None)
    assert number not in repr((item, seen))


def test_the_board_has_a_clock_by_danger_and_what_is_late_stands_first(
    own_database: TestDatabase, desks: tuple[Staff, Staff]
):
    dora = desks[0]
    numbers = {danger: sent_to(dora, danger=danger) for danger in (True, None, False)}
    cards = {card.number: card for card in board(dora.who).cards}
    clocks = {danger: cards[number].look_by for danger, number in numbers.items()}
    came = {danger: cards[number].came for danger, number in numbers.items()}
    hours = {True: 2, None: 6, False: 24}
    assert {danger: at - came[danger] for danger, at in clocks.items() if at is not None} == {
        danger: timedelta(hours=many) for danger, many in hours.items()
    }
    hours_ago(own_database, 3)
    found = board(dora.who)
    assert found.cards[0].number == numbers[True]
    assert [card.is_late(found.at) for card in found.cards] == [True, False, False]
    ask_agency(dora.who, numbers[True], AgencyId(desks[1].agency))
    assert {card.look_by for card in board(dora.who).cards if card.number == numbers[True]} == {None}


def test_a_concern_without_a_record_is_found_late_however_many_newer_ones_there_are(
    own_database: TestDatabase, desks: tuple[Staff, Staff], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("encircle.actions.triage.ON_A_PAGE", 2)
    dora, dirk = desks
    old = sent_to(dora, danger=None)
    hours_ago(own_database, 7)
    newer = [sent_to(dora, danger=False) for _ in range(3)]
    assert late_concerns(dora.who) == 1
    found = board(dora.who)
    assert [card.number for card in found.cards if card.is_late(found.at)] == [found.cards[0].number] == [old]
    assert newer[-1] in {card.number for card in found.cards}
    head, teacher = colleague_of(dora, role=Role.SUPERVISOR), make_staff("rosa", Role.SCHOOL)
    assert [late_concerns(one.who) for one in (head, dirk, teacher)] == [1, 0, 0]
    ask_agency(dora.who, old, AgencyId(dirk.agency))
    assert late_concerns(dora.who) == 0
