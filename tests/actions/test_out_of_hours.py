"""Out of hours: danger goes at once to a desk that is there; by the hours of each agency, or those of the country."""

from datetime import UTC, datetime, time
from uuid import uuid4

import pytest
from django.db import connection

from encircle.actions.concern import Concern, register
from encircle.actions.reports import desk, door, enrolment
from encircle.actions.reports.receiving import Taken, is_there, nobody_at_night, taken_by
from encircle.actions.reports.telling import tell_desks
from encircle.actions.told import CONCERN_ALONE, told_to
from encircle.actions.triage import ask_agency, board
from encircle.actions.whose_law import law_for
from encircle.host.database import DatabaseRole
from encircle.law.sop import DESK_CLOSES, DESK_OPENS
from encircle.records.context import with_context
from encircle.records.models import Agency
from encircle.records.reports import Receiver
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desks import always_there, make_desk, never_there
from tests.web.world import Staff, make_staff, numbers_seen

MONDAY, SATURDAY = datetime(2026, 11, 30, 10, tzinfo=UTC), datetime(2026, 12, 5, 10, tzinfo=UTC)
MIDSUMMER_DAY = datetime(2026, 6, 24, 10, tzinfo=UTC)
"""A Wednesday that is a public holiday in Estonia."""


def a_desk(name: str, **said: object) -> Receiver:
    values = {"opens_at": None, "closes_at": None, "region": None, "out_of_hours": False, **said}
    return Receiver(AgencyId(name), b"", Role.TRIAGE_TEAM, "EE", **values)  # type: ignore[arg-type]  # named above


@pytest.mark.parametrize(
    ("at", "there"),
    [
        (MONDAY, True),
        (MONDAY.replace(hour=5), False),
        (MONDAY.replace(hour=14), False),
        (SATURDAY, False),
        (MIDSUMMER_DAY, False),
    ],
)
def test_a_desk_without_hours_of_its_own_has_those_of_the_country_in_its_zone_and_calendar(
    at: datetime, there: bool
):
    assert is_there(a_desk("dora"), at) is there
    assert is_there(a_desk("always", opens_at=time(8), closes_at=time(8)), at)


def test_the_hours_are_practice_and_marked_as_set_by_nobody_yet():
    rules = {rule.code: rule for rule in law_for("EE").sops if rule.code in (DESK_OPENS, DESK_CLOSES)}
    assert {code: rule.period.amount for code, rule in rules.items() if rule.period} == {
        DESK_OPENS: 8,
        DESK_CLOSES: 16,
    }
    assert {rule.set_by.in_("en") for rule in rules.values() if rule.set_by} == {
        "Proposal of Encircle for a start; not set by any authority"
    }


@pytest.mark.parametrize("danger", [True, False])
@pytest.mark.parametrize("at", [MONDAY, SATURDAY])
def test_danger_goes_to_a_desk_that_is_there_and_out_of_hours_to_the_one_that_is_named(
    at: datetime, danger: bool
):
    desks = (a_desk("dora"), a_desk("dirk"), a_desk("nora", out_of_hours=True))
    found = {taken_by(str(uuid4()), desks, in_danger=danger, at=at) for _ in range(60)}
    by_day = {Taken(AgencyId("dora")), Taken(AgencyId("dirk"))}
    assert found == ({Taken(AgencyId("nora"), out_of_hours=True)} if danger and at == SATURDAY else by_day)


def test_where_no_desk_is_named_any_of_them_answers_and_it_is_marked_all_the_same():
    desks = (a_desk("dora"), a_desk("dirk"))
    found = {taken_by(str(uuid4()), desks, in_danger=True, at=SATURDAY) for _ in range(60)}
    assert found == {Taken(AgencyId(name), out_of_hours=True) for name in ("dora", "dirk")}


def test_one_that_is_open_now_comes_before_one_that_is_closed_and_one_of_the_country_before_that_of_a_region():
    late = a_desk("late", opens_at=time(0), closes_at=time(0))
    assert taken_by(str(uuid4()), (a_desk("dora"), late), in_danger=True, at=SATURDAY) == Taken(late.agency)
    of_harju = a_desk("harju", region="harju")
    found = {taken_by(str(uuid4()), (of_harju, late), in_danger=False, at=MONDAY).desk for _ in range(60)}
    assert found == {late.agency}


@pytest.fixture
def desks(own_database: TestDatabase) -> tuple[Staff, Staff, Staff]:
    """Two desks that are closed, and one that is named for such hours."""
    found = tuple(make_desk(own_database, name).first for name in ("dora", "dirk", "nora"))
    never_there(own_database)
    name_for_the_night(own_database, found[2])
    return found[0], found[1], found[2]


def name_for_the_night(database: TestDatabase, staff: Staff) -> None:
    with database.used_as(DatabaseRole.JOBS):
        enrolment.set_desk(code_of(staff), out_of_hours=True)


def code_of(staff: Staff) -> str:
    return str(Agency.objects.get(pk=staff.agency).code)


def told(database: TestDatabase) -> dict[tuple[str, AgencyId], int]:
    """What each agency is told after the job has run."""
    with database.used_as(DatabaseRole.JOBS):
        tell_desks("EE")
        with with_context(agency=None, actor="notifier", purpose="sweep"), connection.cursor() as cursor:
            cursor.execute(
                "SELECT code, agency_id::text, count(*) FROM notice WHERE settled_at IS NULL GROUP BY 1, 2"
            )
            return {(code, AgencyId(agency)): many for code, agency, many in cursor.fetchall()}


def test_out_of_hours_the_named_desk_owns_it_and_is_told_alone_until_it_is_late(
    own_database: TestDatabase, desks: tuple[Staff, Staff, Staff]
):
    dora, dirk, nora = desks
    door.send(door.new_form(), door.Account(danger="yes"))
    (one,) = desk.reports(dora.who).reports
    assert (one.open.owner, one.open.out_of_hours) == (nora.agency, True)
    assert told(own_database) == {("R1-danger", nora.agency): 1}
    with (
        own_database.used_as(DatabaseRole.OWNER),
        with_context(agency=None, actor="migration", purpose="migrate"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE report SET unread_since = unread_since - interval '3 hours'")
    assert told(own_database) == {
        ("R1-danger", nora.agency): 1,
        **{("R1-late", staff.agency): 1 for staff in (dora, dirk, nora)},
    }


def test_when_another_desk_opens_it_is_told_too(
    own_database: TestDatabase, desks: tuple[Staff, Staff, Staff]
):
    door.send(door.new_form(), door.Account(danger="yes"))
    always_there(own_database, desks[0])
    assert told(own_database) == {("R1-danger", staff.agency): 1 for staff in desks}


def test_where_no_desk_is_named_every_desk_is_told(own_database: TestDatabase):
    both = [make_desk(own_database, name).first for name in ("dora", "dirk")]
    never_there(own_database)
    door.send(door.new_form(), door.Account(danger="yes"))
    assert told(own_database) == {("R1-danger", staff.agency): 1 for staff in both}


def test_what_tells_of_no_danger_keeps_its_desk_and_waits_for_its_hours(
    own_database: TestDatabase, desks: tuple[Staff, Staff, Staff]
):
    door.send(door.new_form(), door.Account(danger="no"))
    (one,) = desk.reports(desks[0].who).reports
    assert one.open.owner in {desks[0].agency, desks[1].agency}
    assert not one.open.out_of_hours


def test_a_concern_of_danger_goes_to_the_named_desk_as_well_when_its_recipient_is_closed(
    own_database: TestDatabase, desks: tuple[Staff, Staff, Staff]
):
    dora, dirk, nora = desks
    rosa = make_staff("rosa", Role.SCHOOL)

    def sent(*, danger: bool | None) -> str:
        said = Concern(text="A girl is never alone.", recipient=AgencyId(dora.agency), danger_now=danger)
        return register(rosa.who, said, token=str(uuid4()))

    urgent, other = sent(danger=True), sent(danger=None)
    always_there(own_database, dora)
    by_day = sent(danger=True)
    assert {number in numbers_seen(nora) for number in (urgent,)} == {True}
    assert {number in numbers_seen(nora) for number in (other, by_day)} == {False}
    assert numbers_seen(dirk) == []
    assert set(numbers_seen(dora)) == {urgent, other, by_day}


def of_region(database: TestDatabase, region: str, *staff: Staff) -> None:
    with database.used_as(DatabaseRole.JOBS):
        for one in staff:
            enrolment.set_desk(code_of(one), region=region)


def a_dangerous_concern(to: Staff) -> str:
    said = Concern(text="A girl is never alone.", recipient=AgencyId(to.agency), danger_now=True)
    return register(make_staff("rosa", Role.SCHOOL).who, said, token=str(uuid4()))


@pytest.fixture
def unnamed(own_database: TestDatabase) -> tuple[Staff, Staff, Staff, Staff]:
    """Four closed desks, two of them of Harju, one of Tartu and a national one; none is named for the night."""
    found = tuple(make_desk(own_database, name).first for name in ("dora", "dirk", "tiiu", "nora"))
    never_there(own_database)
    of_region(own_database, "harju", *found[:2])
    of_region(own_database, "tartu", found[2])
    return found[0], found[1], found[2], found[3]


def test_where_no_desk_is_named_a_concern_of_danger_is_told_at_once_to_the_desks_of_its_region(
    own_database: TestDatabase, unnamed: tuple[Staff, Staff, Staff, Staff]
):
    dora, dirk, tiiu, nora = unnamed
    number = a_dangerous_concern(dora)
    assert told(own_database) == {("T1-danger", dora.agency): 1, ("T1-alone", dirk.agency): 1}
    assert told(own_database) == told(own_database)
    assert [number in numbers_seen(one) for one in (dora, dirk, tiiu, nora)] == [True, False, False, False]
    ask_agency(dora.who, number, AgencyId(nora.agency))
    assert told(own_database) == {}


def test_where_its_region_has_no_other_desk_the_national_one_is_told_and_else_every_one(
    own_database: TestDatabase, unnamed: tuple[Staff, Staff, Staff, Staff]
):
    dora, dirk, tiiu, nora = unnamed
    first = a_dangerous_concern(tiiu)
    assert told(own_database) == {("T1-danger", tiiu.agency): 1, ("T1-alone", nora.agency): 1}
    ask_agency(tiiu.who, first, AgencyId(nora.agency))
    of_region(own_database, "saare", nora)
    a_dangerous_concern(nora)
    others = {("T1-alone", one.agency): 1 for one in (dora, dirk, tiiu)}
    assert told(own_database) == {("T1-danger", nora.agency): 1, **others}


def test_nobody_else_is_told_while_somebody_is_there_or_where_a_desk_is_named(
    own_database: TestDatabase, unnamed: tuple[Staff, Staff, Staff, Staff]
):
    dora, dirk, _tiiu, nora = unnamed
    always_there(own_database, dora)
    a_dangerous_concern(dora)
    name_for_the_night(own_database, nora)
    a_dangerous_concern(dirk)
    assert told(own_database) == {("T1-danger", one.agency): 1 for one in (dora, dirk, nora)}


def test_the_told_desk_reads_who_has_it_and_nothing_of_it(
    own_database: TestDatabase, unnamed: tuple[Staff, Staff, Staff, Staff]
):
    dora, dirk = unnamed[:2]
    number = a_dangerous_concern(dora)
    told(own_database)
    (item,) = (one for one in told_to(dirk.who, purpose=Purpose.WORK_LIST).items if one.kind == CONCERN_ALONE)
    assert (item.acted_name, item.waiting) == ("The agency of dora", None)
    assert number not in repr(item)


def test_the_board_and_the_list_of_reports_say_that_nobody_is_named_for_the_night(
    own_database: TestDatabase, unnamed: tuple[Staff, Staff, Staff, Staff]
):
    dora, nora = unnamed[0], unnamed[3]
    assert [board(dora.who).nobody_at_night, desk.reports(dora.who).nobody_at_night] == [True, True]
    name_for_the_night(own_database, nora)
    assert [board(dora.who).nobody_at_night, desk.reports(dora.who).nobody_at_night] == [False, False]


def test_one_that_never_closes_is_there_at_night_unnamed():
    always = a_desk("always", opens_at=time(8), closes_at=time(8))
    assert nobody_at_night((a_desk("dora"),), MONDAY)
    assert not nobody_at_night((a_desk("dora"), always), MONDAY)
    assert not nobody_at_night((a_desk("dora"), a_desk("nora", out_of_hours=True)), MONDAY)


def test_who_runs_the_installation_is_warned_where_no_desk_is_named(
    own_database: TestDatabase, unnamed: tuple[Staff, Staff, Staff, Staff]
):
    with own_database.used_as(DatabaseRole.JOBS):
        assert enrolment.lacks_a_desk_at_night()
    name_for_the_night(own_database, unnamed[3])
    with own_database.used_as(DatabaseRole.JOBS):
        assert not enrolment.lacks_a_desk_at_night()


def test_the_operator_names_the_desk_and_its_region_and_only_one_that_receives(
    own_database: TestDatabase, desks: tuple[Staff, Staff, Staff]
):
    eva = make_staff("eva", Role.TRIAGE_TEAM)
    with own_database.used_as(DatabaseRole.JOBS):
        enrolment.set_desk(code_of(desks[0]), region="harju")
        found = {one.code: (one.region, one.out_of_hours) for one in enrolment.who_receives()}
        for code, region in ((code_of(eva), "harju"), (code_of(desks[0]), "No region")):
            with pytest.raises(BadInput):
                enrolment.set_desk(code, region=region)
    assert [found[code_of(staff)] for staff in desks] == [("harju", False), ("", False), ("", True)]
