"""Sealed parts of a record: who can open them is told, and who holds them open passes them on to who may read them now."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from encircle.actions.act import Statement, perform
from encircle.actions.sealing import seal_what_stands
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import open_record
from tests.database import TestDatabase
from tests.web.desk.test_keys import STREET, AsStaff, both_hold, told, with_place
from tests.web.reading import read
from tests.web.world import Staff, colleague_of, journal_of, make_staff

OPENED = "2026-05-06"


@pytest.fixture(autouse=True)
def _as_in_a_demonstration(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def fred(database: TestDatabase) -> Staff:
    """Of another child protection service, which is let in later."""
    return make_staff("fred", Role.CHILD_PROTECTION_SERVICE)


def let_in(staff: Staff, number: str, other: Staff) -> None:
    with with_context(agency=staff.agency, actor=staff.person, purpose="protect"):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, other.agency, relation="team")


def way(number: str) -> str:
    return f"/records/{number}/sealed/"


def shared(carla: Staff, fred: Staff, as_staff: AsStaff) -> tuple[str, Client, Client]:
    """A place sealed to Carla's agency, before Fred's was let in; both have their keys open."""
    hers, _dora = both_hold(carla, colleague_of(carla), as_staff)
    his, _other = both_hold(fred, colleague_of(fred), as_staff)
    number = with_place(carla)
    let_in(carla, number, fred)
    return number, hers, his


def test_who_was_let_in_later_reads_it_after_somebody_who_holds_it_has_passed_it_on(
    carla: Staff, fred: Staff, as_staff: AsStaff
):
    number, hers, his = shared(carla, fred, as_staff)
    assert (STREET in told(hers, number), STREET in told(his, number)) == (True, False)
    page = read(his.get(way(number)).content)
    assert (page.problems, page.count("h1"), "The agency of carla" in page.text) == ([], 1, True)
    assert page.text.count("The agency of fred") == 1, "beside that of who is signed in"
    assert his.post(way(number)).status_code == 409
    assert hers.post(way(number)).status_code == 302
    assert STREET in told(his, number)
    assert "sealed_parts_passed_on" in [outcome for _, outcome, *_ in journal_of(carla)]


def test_nothing_is_passed_on_without_an_open_key(carla: Staff, fred: Staff, as_staff: AsStaff):
    number, _hers, his = shared(carla, fred, as_staff)
    refused = as_staff(carla).post(way(number))
    assert (refused.status_code, "Unlock your key" in read(refused.content).text) == (409, True)
    assert STREET not in told(his, number)


def test_what_is_written_after_both_take_part_goes_to_both(carla: Staff, fred: Staff, as_staff: AsStaff):
    _number, hers, his = shared(carla, fred, as_staff)
    later = open_record(carla)
    let_in(carla, later, fred)
    place = Statement(type="place_recorded", values={"address": STREET}, happened=OPENED)
    perform(carla.who, later, [place], token=str(uuid4()))
    assert [STREET in told(client, later) for client in (hers, his)] == [True, True]


def test_who_takes_no_part_is_answered_as_if_there_were_no_record(
    carla: Staff, fred: Staff, database: TestDatabase, as_staff: AsStaff
):
    number, _hers, _his = shared(carla, fred, as_staff)
    eva = as_staff(make_staff("eva", Role.NGO))
    assert eva.get(way(number)).content.replace(number.encode(), b"-") == eva.get(
        way("none-of-that")
    ).content.replace(b"none-of-that", b"-")


def test_in_an_emergency_the_agency_is_one_of_those_to_whom_it_is_passed_on(
    carla: Staff, fred: Staff, as_staff: AsStaff
):
    number, hers, _his = shared(carla, fred, as_staff)
    paul = make_staff("paul", Role.POLICE)
    theirs, _other = both_hold(paul, colleague_of(paul), as_staff)
    reason = {"number": number, "reason": "The child stands at the counter of the police and is hurt."}
    asked = theirs.post("/emergency/", {**reason, "token": str(uuid4())})
    assert asked.status_code == 302, read(asked.content).text
    assert STREET not in told(theirs, number)
    assert hers.post(way(number)).status_code == 302
    with (
        with_context(agency=carla.agency, actor=carla.person, purpose="protect"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT count(DISTINCT agency_id) FROM data_key_share JOIN root ON root.id = root_id"
            " WHERE root.number = %s",
            (number,),
        )
        assert cursor.fetchone() == (3,)
    assert STREET in told(theirs, number)


def test_what_stood_is_sealed_by_a_command_once_its_agencies_have_keys(
    own_database: TestDatabase, as_staff: AsStaff
):
    hanna = make_staff("hanna", Role.CHILD_PROTECTION_SERVICE)
    number = with_place(hanna)
    with own_database.used_as(DatabaseRole.JOBS):
        assert seal_what_stands() == (0, 1)
    hers, _other = both_hold(hanna, colleague_of(hanna), as_staff)
    with own_database.used_as(DatabaseRole.JOBS):
        assert (seal_what_stands(), seal_what_stands()) == ((1, 0), (0, 0))
    assert (STREET in told(hers, number), STREET in told(as_staff(hanna), number)) == (True, False)
