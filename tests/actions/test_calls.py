"""Calls and helplines: a call becomes a report with a code; helplines receive talks and no reports; who waits is told of."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from encircle.actions.permit import NotAllowed
from encircle.actions.reports import call, desk, door, enrolment, talk, talk_desk
from encircle.actions.reports.receiving import hours_of, receivers, somebody_is_there
from encircle.actions.reports.telling import tell_desks
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.actions.test_talks import CANARY, begun, listed, newest, take
from tests.database import TestDatabase
from tests.web.desks import DeskStaff, give_keys, let_receive, make_desk, opened
from tests.web.world import Staff, colleague_of, make_staff

HEARD = call.Call(
    heard="She says: I may not leave the house. Canary-77bd",
    asked="Are you safe just now?",
    summary="Calls from a kitchen.",
    language="et",
    danger="unknown",
    rule_told=True,
)


@pytest.fixture
def desks(own_database: TestDatabase) -> tuple[DeskStaff, DeskStaff]:
    """Two that do triage."""
    return make_desk(own_database, "dora"), make_desk(own_database, "dirk")


@pytest.fixture
def helpline(own_database: TestDatabase) -> Staff:
    """Somebody of a helpline that receives talks."""
    first = make_staff("heli", Role.HELPLINE)
    let_receive(own_database, first)
    give_keys(first, colleague_of(first))
    return first


def test_a_call_becomes_one_report_with_the_callers_words_and_a_code_that_opens_it(
    desks: tuple[DeskStaff, DeskStaff], helpline: Staff
):
    token = str(uuid4())
    made = {call.note_call(helpline.who, HEARD, token=token) for _ in range(3)}
    ((report, code),) = made
    inbox = door.open_inbox(code.digits)
    assert inbox is not None
    assert [(one.text, one.theirs) for one in inbox.said] == [(HEARD.heard, False)]
    dirk = desks[1].first
    assert [one.open.id for one in desk.reports(dirk.who).reports] == [report]
    with opened(dirk):
        read = desk.read_report(dirk.who, report)
        assert desk.take_over(dirk.who, report)
    assert [(one.kind, one.text) for one in read.said] == [
        ("account", HEARD.heard),
        ("note", "Are you safe just now?"),
        ("note", "Calls from a kitchen."),
    ]


def test_a_call_asks_for_the_words_for_danger_and_for_the_rule_and_for_no_name(helpline: Staff):
    wrong = {
        "heard": replace(HEARD, heard=" "),
        "danger": replace(HEARD, danger=""),
        "rule_told": replace(HEARD, rule_told=False),
        "asked": replace(HEARD, asked="x" * (door.LONGEST + 1)),
    }
    for where, one in wrong.items():
        with pytest.raises(BadInput) as refused:
            call.note_call(helpline.who, one, token=str(uuid4()))
        assert refused.value.where == where
    assert not {"name", "caller", "number", "address"} & set(call.Call.__dataclass_fields__)
    with pytest.raises(NotAllowed):
        call.note_call(make_staff("eva", Role.SCHOOL).who, HEARD, token=str(uuid4()))


def test_a_helpline_talks_and_reads_no_report(desks: tuple[DeskStaff, DeskStaff], helpline: Staff):
    door.send(door.new_form(), door.Account(text="a report"))
    with pytest.raises(NotAllowed):
        desk.reports(helpline.who)
    with connection.cursor() as cursor, with_context(agency=helpline.agency, actor="a", purpose="talk"):
        cursor.execute("SELECT count(*) FROM report")
        assert cursor.fetchone() == (0,)
    begun(CANARY)
    (one,) = listed(helpline)
    assert one.is_ours
    with opened(helpline):
        talk_desk.take(helpline.who, one.open.report)
        talk_desk.give(helpline.who, one.open.report, "I pass it on.", because="wanted", token=str(uuid4()))
    owners = {each.open.owner for each in desk.reports(desks[0].first.who).reports}
    assert owners <= {staff.first.agency for staff in desks}


def test_the_operator_lets_a_helpline_receive_talks_and_no_school(own_database: TestDatabase):
    helpline, school = make_staff("heli", Role.HELPLINE), make_staff("eva", Role.SCHOOL)
    with own_database.used_as(DatabaseRole.JOBS):
        told = enrolment.let_receive(code_of(helpline))
        assert (told.ready, told.talks) == (False, True)
        with pytest.raises(BadInput):
            enrolment.let_receive(code_of(school))


def code_of(staff: Staff) -> str:
    with with_context(agency=None, actor="a", purpose="operate"), connection.cursor() as cursor:
        cursor.execute("SELECT code FROM agency WHERE id = %s", (staff.agency,))
        return str(cursor.fetchone()[0])


def test_those_who_wait_are_told_of_at_once_again_when_it_is_late_and_no_more_once_read(
    own_database: TestDatabase, desks: tuple[DeskStaff, DeskStaff], helpline: Staff
):
    begun(CANARY)
    assert told(own_database) == {("talk_waits", "R2", True): 3}
    assert told(own_database) == told(own_database)
    report = newest(helpline)
    hours_ago(own_database, 2)
    assert told(own_database) == {("talk_waits", "R2", True): 3, ("talk_late", "R2-late", True): 3}
    (one,) = listed(helpline)
    assert (one.open.state, one.open.ended_by, one.open.is_unseen) == ("ended", "time", True)
    with opened(helpline):
        talk_desk.read_talk(helpline.who, report)
    assert (told(own_database), listed(helpline)) == ({}, ())


def test_a_talk_that_nobody_uses_for_a_full_hour_is_over_and_goes_on_when_somebody_writes(
    own_database: TestDatabase, desks: tuple[DeskStaff, DeskStaff]
):
    code = begun(CANARY).words
    report = newest(desks[0].first)
    take(desks[0].first, report)
    hours_ago(own_database, 1)
    told(own_database)
    assert looked_state(code) == "on"
    hours_ago(own_database, 1)
    told(own_database)
    assert looked_state(code) == "ended"
    talk.go_on(code, "I am still here", form=door.new_form())
    assert looked_state(code) == "waits"


def looked_state(code: str) -> str:
    found = talk.look(code)
    assert found is not None
    return found.state


def test_the_hours_of_the_desks_say_whether_somebody_is_there(desks: tuple[DeskStaff, DeskStaff]):
    with with_context(agency=None, actor="door", purpose="door"):
        enrolled = tuple(one for one in receivers(Purpose.TALK) if one.agency == desks[0].first.agency)
    monday = datetime(2026, 11, 30, 10, tzinfo=UTC)
    assert hours_of(enrolled, monday) == (time(8), time(16))
    assert somebody_is_there(enrolled, monday)
    assert not somebody_is_there(enrolled, monday + timedelta(hours=10))
    always = tuple(replace(one, opens_at=time(8), closes_at=time(8)) for one in enrolled)
    assert somebody_is_there(always, monday + timedelta(hours=10))


def told(database: TestDatabase) -> dict[tuple[str, str, bool], int]:
    """What waits to be told after the job has run: kind, code, and whether it is to be sent now."""
    with database.used_as(DatabaseRole.JOBS):
        tell_desks("EE")
        with with_context(agency=None, actor="notifier", purpose="sweep"), connection.cursor() as cursor:
            cursor.execute(
                "SELECT kind, code, send_at <= now(), count(*) FROM notice WHERE settled_at IS NULL GROUP BY 1, 2, 3"
            )
            return {(kind, code, now): many for kind, code, now, many in cursor.fetchall()}


def hours_ago(database: TestDatabase, hours: int) -> None:
    with (
        database.used_as(DatabaseRole.OWNER),
        with_context(agency=None, actor="migration", purpose="migrate"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE talk SET active_hour = active_hour - make_interval(hours => %s)", (hours,))
