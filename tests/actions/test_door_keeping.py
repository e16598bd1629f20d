"""What came in at the door and is over: two persons decide that it goes, a hold stops it, and nothing of it is left."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from pytest_django import Settings

from encircle.actions.journal import prepare_journal
from encircle.actions.permit import NotAllowed
from encircle.actions.reports import body, desk, door, held, keeping, talk, talk_desk
from encircle.actions.reports.complaint import Complaint, complain, complain_on_page, complaints_on_page
from encircle.actions.reports.flood import Arrivals, Often
from encircle.actions.retention import is_genuine
from encircle.host import clock
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.records.erasure import erase
from encircle.records.refusal import RuleBroken
from encircle.records.reports import seals_of
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.actions.door_keeping import (
    BASIS,
    CANARY,
    COMPLAINT,
    REPORT,
    TALK,
    asked,
    asked_of,
    carried_out,
    close,
    left_of,
    over,
    parts_of,
    sent,
)
from tests.actions.practice_world import a_number, two_of
from tests.database import TestDatabase
from tests.web.complaint_bodies import make_body
from tests.web.desks import DeskStaff, make_desk, opened
from tests.web.world import journal_of, make_staff


@pytest.fixture(autouse=True)
def _keys_and_backups(settings: Settings, tmp_path: Path) -> None:
    settings.JOURNAL_KEY_FILE = tmp_path / "journal-signing-key"
    settings.BACKUP_DAYS = 35
    prepare_journal()


@pytest.fixture
def dora(database: TestDatabase) -> DeskStaff:
    return make_desk(database, "dora")


@pytest.fixture
def dirk(database: TestDatabase) -> DeskStaff:
    return make_desk(database, "dirk")


@pytest.fixture
def closed(dora: DeskStaff, dirk: DeskStaff) -> tuple[str, str]:
    """A report with a file that both desks have closed, and its code."""
    code = sent()
    return close(dora, dirk), code


def test_two_persons_decide_and_the_job_leaves_nothing_that_names_it_in_any_table(
    closed: tuple[str, str], dora: DeskStaff, database: TestDatabase
):
    report, code = closed
    parts = parts_of(database, report)
    before = left_of(database, report, *parts)
    assert {"report", "report_seal", "report_part", "report_piece"} <= before.keys(), "they could be found"
    erasure = asked(dora.first, report)
    assert report not in over(dora.first)
    assert carried_out(database) == {}
    with pytest.raises(RuleBroken):
        keeping.decide_erasure_at_door(dora.first.who, REPORT, erasure)
    keeping.decide_erasure_at_door(dora.second.who, REPORT, erasure)
    done = carried_out(database)[erasure]
    assert (done.reports, done.asked) == (1, 0)
    assert done.keys is not None
    assert done.keys >= 3, "of both desks and of the code"
    assert left_of(database, report, *parts) == {}
    assert door.open_inbox(code) is None
    assert carried_out(database) == {}


def test_a_copy_from_before_does_not_open_what_is_in_the_database_after(
    closed: tuple[str, str], dora: DeskStaff, database: TestDatabase
):
    report, _code = closed
    with (
        opened(dora.first),
        with_context(agency=dora.first.agency, actor=dora.first.person, purpose="triage"),
    ):
        assert len(desk.key_at_desk(report, dora.first.who)) == 32
    erasure = asked(dora.first, report)
    keeping.decide_erasure_at_door(dora.second.who, REPORT, erasure)
    carried_out(database)
    with opened(dora.first), pytest.raises(desk.NoReport):
        desk.read_report(dora.first.who, report)
    with with_context(agency=dora.first.agency, actor=dora.first.person, purpose="triage"):
        assert seals_of(report, dora.first.agency) == {}


def test_the_certificate_names_the_two_the_number_and_the_last_backup_and_no_report(
    closed: tuple[str, str], dora: DeskStaff, database: TestDatabase
):
    report, _code = closed
    erasure = asked(dora.first, report)
    keeping.decide_erasure_at_door(dora.second.who, REPORT, erasure)
    done = carried_out(database)[erasure]
    assert done.note is not None
    for said in (
        dora.first.person,
        dora.second.person,
        "erased 1",
        "ground report_without_case",
        "expires 20",
    ):
        assert said in done.note
    for never in (report, CANARY, dora.first.login):
        assert never not in done.note
    with database.used_as(DatabaseRole.JOBS):
        found = keeping.certificate_at_door(erasure)
        assert found is not None
        assert found.note is not None
        assert is_genuine(found.note)


def test_a_legal_hold_of_another_desk_stops_it_also_after_the_decision(
    closed: tuple[str, str], dora: DeskStaff, dirk: DeskStaff, database: TestDatabase
):
    report, code = closed
    until = clock.now() + timedelta(days=200)
    token = str(uuid4())
    held = [keeping.hold_at_door(dirk.first.who, REPORT, [report], basis="CPC 12", until=until, token=token)]
    held.append(
        keeping.hold_at_door(dirk.first.who, REPORT, [report], basis="CPC 12", until=until, token=token)
    )
    assert held == [1, 0]
    with pytest.raises(BadInput):
        asked(dora.first, report)
    (one,) = (one for one in keeping.keeping_at_door(dirk.first.who, REPORT).silent if one.over.id == report)
    assert one.over.hold is not None
    keeping.end_hold_at_door(dirk.second.who, REPORT, one.over.hold)
    erasure = asked(dora.first, report)
    keeping.decide_erasure_at_door(dora.second.who, REPORT, erasure)
    set_again(database, report, dirk, until)
    assert carried_out(database)[erasure].reports == 0
    assert door.open_inbox(code) is not None
    assert ("write", "report_hold_set") in {entry[:2] for entry in journal_of(dirk.first)}


def set_again(database: TestDatabase, report: str, staff: DeskStaff, until: datetime) -> None:
    """A hold that comes between decision and job: what stands in an erasure is no longer in the list of the page."""
    with (
        with_context(agency=staff.first.agency, actor=staff.first.person, purpose="triage") as ctx,
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO report_hold (id, report_id, agency_id, basis, until, set_by_id) VALUES (%s, %s, %s, %s, %s, %s)",
            (str(uuid4()), report, ctx.agency, "CPC:12", until, ctx.actor),
        )


def test_who_writes_before_the_job_keeps_it_and_the_time_begins_anew(
    closed: tuple[str, str], dora: DeskStaff, database: TestDatabase
):
    report, code = closed
    erasure = asked(dora.first, report)
    keeping.decide_erasure_at_door(dora.second.who, REPORT, erasure)
    assert door.write_back(code, "It has happened again.", form=door.new_form()) is not None
    assert carried_out(database)[erasure].reports == 0
    assert door.open_inbox(code) is not None
    assert report not in over(dora.first)
    assert report in {one.open.id for one in desk.reports(dora.first.who).reports}


def test_what_is_not_over_is_in_no_list_and_cannot_be_asked_for(dora: DeskStaff, dirk: DeskStaff):
    sent()
    report = desk.reports(dora.first.who).reports[0].open.id
    assert report not in over(dora.first)
    with pytest.raises(BadInput):
        asked(dora.first, report)


def test_put_aside_it_can_be_asked_for_anew(closed: tuple[str, str], dora: DeskStaff, database: TestDatabase):
    report, _code = closed
    erasure = asked(dora.first, report)
    keeping.drop_erasure_at_door(dora.first.who, REPORT, erasure)
    assert report in over(dora.first)
    assert carried_out(database) == {}
    with pytest.raises(RuleBroken):
        keeping.decide_erasure_at_door(dora.second.who, REPORT, erasure)
    token = str(uuid4())
    twice = [
        keeping.ask_erasure_at_door(dora.first.who, REPORT, [report], basis=BASIS, token=token)
        for _ in range(2)
    ]
    assert twice == [1, 0]


def test_the_database_lets_no_role_take_a_report_apart_without_the_decision_of_two(
    closed: tuple[str, str], dora: DeskStaff, database: TestDatabase
):
    report, _code = closed
    asked(dora.first, report)
    for table, column in (("report_seal", "report_id"), ("report_part", "report_id"), ("report", "id")):
        for role, purpose in ((DatabaseRole.JOBS, "retention"), (DatabaseRole.OWNER, "migrate")):
            with (
                database.used_as(role),
                pytest.raises(DatabaseError),
                with_context(agency=None, actor="retention", purpose=purpose),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"DELETE FROM {table} WHERE {column} = %s", (report,))


def test_without_its_guards_the_database_would_let_it_go(
    own_database: TestDatabase,
):
    dora, dirk = make_desk(own_database, "dora"), make_desk(own_database, "dirk")
    sent()
    report = close(dora, dirk)
    asked(dora.first, report)
    with (
        own_database.used_as(DatabaseRole.OWNER),
        with_context(agency=None, actor="migration", purpose="migrate"),
        connection.cursor() as cursor,
    ):
        cursor.execute("DROP TRIGGER report_seal_goes_whole ON report_seal")
    with (
        own_database.used_as(DatabaseRole.JOBS),
        with_context(agency=None, actor="retention", purpose="retention"),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM report_seal WHERE report_id = %s", (report,))
        assert cursor.rowcount == 3


def test_a_talk_that_has_ended_and_was_read_can_go(dora: DeskStaff, dirk: DeskStaff, database: TestDatabase):
    form = door.new_form()
    code = talk.begin(form, CANARY, shown=talk.rule_shown(form), account=door.Account())[0].words
    which = talk_desk.talks_at_desk(dora.first.who).talks[-1].open.report
    assert which not in over(dora.first, TALK)
    with opened(dora.first):
        talk_desk.take(dora.first.who, which)
        talk_desk.read_talk(dora.first.who, which)
    talk.leave(code)
    assert which in over(dora.first, TALK)
    erasure = asked(dora.first, which, of=TALK)
    keeping.decide_erasure_at_door(dora.second.who, TALK, erasure)
    assert carried_out(database)[erasure].reports == 1
    assert left_of(database, which) == {}
    assert talk.look(code) is None


def test_a_complaint_that_is_answered_can_go_by_its_body_and_by_nobody_else(
    dora: DeskStaff, database: TestDatabase
):
    oda = make_body("oda")
    code = complain(door.new_form(), Complaint(text=CANARY)).words
    which = body.complaints(oda.first.who).complaints[0].open.id
    with opened(oda.first):
        body.conclude(oda.first.who, which, outcome="right", words="It stops.", token=str(uuid4()))
    assert which in over(oda.first, COMPLAINT)
    assert which not in over(dora.first)
    with pytest.raises(NotAllowed):
        over(dora.first, COMPLAINT)
    with pytest.raises(BadInput):
        asked(dora.first, which)
    erasure = asked(oda.first, which, of=COMPLAINT)
    keeping.decide_erasure_at_door(oda.second.who, COMPLAINT, erasure)
    assert carried_out(database)[erasure].reports == 1
    assert left_of(database, which) == {}
    assert door.open_inbox(code) is None


def test_other_agencies_see_neither_what_is_over_nor_who_asked(closed: tuple[str, str], dora: DeskStaff):
    report, _code = closed
    erasure = asked(dora.first, report)
    eva = make_staff("eva", Role.TRIAGE_TEAM)
    assert over(eva) == []
    assert keeping.keeping_at_door(eva.who, REPORT).erasures == ()
    with pytest.raises(keeping.NoSuchReportErasure):
        keeping.decide_erasure_at_door(eva.who, REPORT, erasure)
    with pytest.raises(NotAllowed):
        over(make_staff("bo", Role.GUARDIAN))


def test_a_number_of_practice_holds_it_until_its_time_and_is_told_at_the_door(own_database: TestDatabase):
    dora, dirk = make_desk(own_database, "dora"), make_desk(own_database, "dirk")
    now = clock.now()
    assert keeping.kept_until(REPORT, now) is None
    two_of(own_database).adopt(a_number("2", unit="years", code="report_without_case_kept_for"))
    sent()
    report = close(dora, dirk)
    (one,) = (one for one in keeping.keeping_at_door(dora.first.who, REPORT).silent if one.over.id == report)
    assert not one.may_go
    until = keeping.kept_until(REPORT, one.over.last_words)
    assert until == one.retained.until
    assert until is not None
    assert (until.year, until.month) == (one.over.last_words.year + 2, one.over.last_words.month)
    with pytest.raises(BadInput):
        asked(dora.first, report)
    with own_database.used_as(DatabaseRole.JOBS):
        assert next(one for one in keeping.count_at_door() if one.of is REPORT).kept == 1


def test_what_the_desk_lists_holds_no_word(closed: tuple[str, str], dora: DeskStaff):
    assert closed[0] in over(dora.first)
    assert CANARY not in repr(keeping.keeping_at_door(dora.first.who, REPORT))


def test_a_report_of_which_a_case_came_stays_until_its_record_is_erased(
    dora: DeskStaff, dirk: DeskStaff, database: TestDatabase
):
    code = sent()
    report = desk.reports(dora.first.who).reports[0].open.id
    with opened(dora.first):
        number = desk.take_over(dora.first.who, report)
    assert report not in over(dora.first)
    ((root,),) = asked_of(database, "SELECT id::text FROM root WHERE number = %s", number)
    with database.used_as(DatabaseRole.JOBS), with_context(agency=None, actor="job", purpose="retention"):
        assert erase(RootId(str(root)), because="retention") > 0
    assert report in over(dora.first)
    erasure = asked(dora.first, report)
    keeping.decide_erasure_at_door(dora.second.who, REPORT, erasure)
    assert carried_out(database)[erasure].reports == 1
    assert left_of(database, report) == {}
    assert door.open_inbox(code) is None


def test_what_came_in_a_flood_can_go_once_it_was_looked_through(
    dora: DeskStaff, dirk: DeskStaff, monkeypatch: pytest.MonkeyPatch
):
    few, many = Often(3, 3600.0), Often(6, 3600.0)
    monkeypatch.setattr(door, "numbers_of", lambda _law, _now: (many, few))
    monkeypatch.setattr(door, "ARRIVALS", Arrivals())
    for number in range(6):
        words = f"Number {number}. Buy our shoes now, they are the very best shoes in this town today."
        door.send(door.new_form(), door.Account(text=words, danger="no"))
    (first, *_) = held.held_reports(dora.first.who).reports
    assert first.listed.open.id not in over(dora.first)
    with opened(dora.first):
        held.look_through(dora.first.who, [first.listed.open.id], real=())
    assert first.listed.open.id in over(dora.first)
    assert asked(dora.first, first.listed.open.id)


def test_a_child_finds_its_other_complaints_after_one_was_erased(database: TestDatabase):
    oda, root = make_body("oda"), RootId(str(uuid4()))
    for text in ("The first.", "The second."):
        complain_on_page(root, Complaint(text=text, complainant="child"), token=str(uuid4()))
    assert len(complaints_on_page(root)) == 2
    first = body.complaints(oda.first.who).complaints[0].open.id
    with opened(oda.first):
        body.conclude(oda.first.who, first, outcome="right", words="It stops.", token=str(uuid4()))
    erasure = asked(oda.first, first, of=COMPLAINT)
    keeping.decide_erasure_at_door(oda.second.who, COMPLAINT, erasure)
    assert carried_out(database)[erasure].reports == 1
    assert len(complaints_on_page(root)) == 1
    complain_on_page(root, Complaint(text="The third.", complainant="child"), token=str(uuid4()))
    assert len(complaints_on_page(root)) == 2
