"""Whose a duty is: of who takes part for the child, and of nobody who stands against it or came for some hours."""

from uuid import uuid4

import pytest
from django.db import connection

from encircle.actions.act import Statement, perform
from encircle.actions.permit import NotSeen
from encircle.actions.projection import sweep_ledger
from encircle.actions.record import records_of
from encircle.actions.work_list import MOST_ALARMS, Narrowed, duties_of
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.records.projection import owners
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import open_record
from tests.database import TestDatabase
from tests.web.world import Staff, colleague_of, make_staff

LIST = Purpose.WORK_LIST
ONE, OTHER, THIRD = AgencyId("one"), AgencyId("other"), AgencyId("third")
PRESUMED = Statement(type="status_set", values={"status": "presumed_victim", "status_reasons": "signs"})
PLACED = Statement(type="placement_started", values={"placement_kind": "childrens_home"})
LANGUAGE = Statement(type="language_recorded", values={"languages": ["et"]})


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def judge(database: TestDatabase) -> Staff:
    return make_staff("judge", Role.COURT)


def take_part(carla: Staff, number: str, other: Staff, relation: Relation = Relation.TEAM) -> None:
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, other.agency, relation=relation)


def state(carla: Staff, number: str, *statements: Statement) -> None:
    perform(carla.who, number, statements, token=str(uuid4()))


def settled(database: TestDatabase) -> None:
    """As seconds later, when the sweep has come by."""
    with database.used_as(DatabaseRole.JOBS):
        sweep_ledger()


def owed_by(carla: Staff, number: str, owner: Role) -> set[str | None]:
    with (
        with_context(agency=carla.agency, actor=carla.person, purpose="record"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT DISTINCT agency_id::text FROM duty_row JOIN root ON root.id = root_id"
            " WHERE number = %s AND owner = %s",
            (number, owner.value),
        )
        return {agency for (agency,) in cursor.fetchall()}


def codes(staff: Staff) -> list[tuple[str, str | None]]:
    return [(item.code, item.agency) for item in duties_of(staff.who, purpose=LIST).items]


def test_the_list_of_a_court_stays_as_it_is_when_something_is_stated_that_does_not_concern_it(
    database: TestDatabase, carla: Staff, judge: Staff
):
    number = open_record(carla)
    state(carla, number, PRESUMED, PLACED)
    take_part(carla, number, judge)
    settled(database)
    before = codes(judge)
    take_part(carla, number, make_staff("against", Role.COURT), Relation.ADVERSE)
    take_part(carla, number, make_staff("at night", Role.COURT), Relation.EMERGENCY)
    state(carla, number, LANGUAGE)
    assert codes(judge) == before != []
    assert {agency for _code, agency in before} == {judge.agency}


def test_who_stands_against_the_child_owes_it_nothing_and_learns_of_nothing_by_counts(
    database: TestDatabase, carla: Staff
):
    against = make_staff("against", Role.COURT)
    number = open_record(carla)
    take_part(carla, number, against)
    take_part(carla, number, against, Relation.ADVERSE)
    state(carla, number, PRESUMED, PLACED)
    settled(database)
    assert owed_by(carla, number, Role.COURT) == {None}
    found = duties_of(against.who, purpose=LIST)
    assert (found.items, dict(found.counts)) == ((), {})
    assert records_of(against.who, purpose=LIST).cards == ()
    for asked in (number, "zzzz-zzzz"):
        with pytest.raises(NotSeen):
            duties_of(against.who, purpose=LIST, narrowed=Narrowed(number=asked))


def test_the_part_of_one_person_counts_in_no_list_of_a_colleague(
    database: TestDatabase, carla: Staff, judge: Staff
):
    number = open_record(carla)
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, judge.agency, relation="team", person=judge.person)
    state(carla, number, PRESUMED, PLACED)
    settled(database)
    colleague = duties_of(colleague_of(judge).who, purpose=LIST)
    assert (colleague.items, dict(colleague.counts)) == ((), {})
    own = duties_of(judge.who, purpose=LIST)
    assert sum(own.counts.values()) == len(own.items) > 0


@pytest.mark.parametrize("few", [500, 0])
def test_what_is_closed_to_who_stands_against_the_child_takes_no_place_on_a_page(
    few: int, carla: Staff, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("encircle.records.waiting.FEW", few)
    for module in ("encircle.actions.record.ON_A_PAGE", "encircle.actions.work_list.ON_A_PAGE"):
        monkeypatch.setattr(module, 1)
    judge = make_staff("judge", Role.COURT)
    for relations in ([Relation.TEAM], [Relation.TEAM, Relation.ADVERSE], [Relation.TEAM, Relation.ADVERSE]):
        number = open_record(carla)
        for relation in relations:
            take_part(carla, number, judge, relation)
        state(carla, number, PRESUMED, PLACED)
    found = records_of(judge.who, purpose=LIST)
    assert (len(found.cards), found.more) == (1, False)
    whole, page = [], 1
    while (list_ := duties_of(judge.who, purpose=LIST, page=page)).items:
        whole += list_.items
        page += 1
    assert sum(duties_of(judge.who, purpose=LIST).counts.values()) == len(whole) > 0
    assert len({item.number for item in whole}) == 1


@pytest.mark.parametrize(
    ("members", "owner"),
    [
        ([(ONE, "court", "team")], ONE),
        ([(ONE, "court", "team"), (OTHER, "court", "team")], None),
        ([(ONE, "court", "team"), (OTHER, "court", "adverse")], ONE),
        ([(ONE, "court", "team"), (ONE, "court", "adverse"), (OTHER, "court", "team")], OTHER),
        ([(ONE, "court", "team"), (OTHER, "court", "emergency")], ONE),
        ([(ONE, "court", "team"), (ONE, "court", "emergency")], ONE),
        ([(OTHER, "court", "adverse")], None),
    ],
)
def test_who_stands_against_the_child_or_came_in_an_emergency_owes_no_duty(
    members: list[tuple[str, str, str]], owner: AgencyId | None
):
    assert owners(members).get("court") == owner


def test_who_is_the_guardian_of_this_child_goes_before_others_of_that_role():
    members = [(ONE, "guardian", "team"), (OTHER, "ngo", "guardian"), (THIRD, "lawyer", "team")]
    assert {role: owners(members).get(role) for role in ("guardian", "ngo", "lawyer")} == {
        "guardian": OTHER,
        "ngo": OTHER,
        "lawyer": THIRD,
    }


def test_what_nobody_who_takes_part_owes_is_on_a_list_of_who_leads_until_somebody_of_that_role_comes(
    database: TestDatabase, carla: Staff, judge: Staff
):
    number, unowned = open_record(carla), Narrowed(unowned=True)
    school = make_staff("school", Role.SCHOOL)
    for other, relation in ((carla, Relation.CASE_LEAD), (school, Relation.TEAM)):
        take_part(carla, number, other, relation)
    against = make_staff("against", Role.COURT)
    for relation in (Relation.TEAM, Relation.ADVERSE):
        take_part(carla, number, against, relation)
    state(carla, number, PRESUMED, PLACED)
    settled(database)
    before = duties_of(carla.who, purpose=LIST, narrowed=unowned)
    owed = {item.owner for item in before.items}
    assert Role.COURT in owed
    assert {Role.CHILD_PROTECTION_SERVICE, Role.CASE_LEAD, Role.SCHOOL} & owed == set()
    assert {item.agency for item in before.items} == {None}
    not_for_a_school = duties_of(school.who, purpose=LIST, narrowed=unowned)
    assert not_for_a_school.items == duties_of(school.who, purpose=LIST).items
    assert not not_for_a_school.leads
    take_part(carla, number, judge)
    settled(database)
    after = duties_of(carla.who, purpose=LIST, narrowed=unowned)
    assert Role.COURT not in {item.owner for item in after.items}
    assert sum(after.counts.values()) < sum(before.counts.values()) <= 100
    assert "D51" in {code for code, _agency in codes(judge)}


def test_what_nobody_owes_on_a_record_that_another_agency_leads_is_not_listed(carla: Staff):
    number = open_record(carla)
    other = make_staff("other", Role.CHILD_PROTECTION_SERVICE)
    take_part(carla, number, other)
    take_part(carla, number, carla, Relation.CASE_LEAD)
    state(carla, number, PRESUMED, PLACED)
    unowned = Narrowed(unowned=True)
    assert duties_of(carla.who, purpose=LIST, narrowed=unowned).items != ()
    found = duties_of(other.who, purpose=LIST, narrowed=unowned)
    assert (found.items, dict(found.counts), found.leads) == ((), {}, True)


def test_an_alarm_of_ones_own_act_stands_though_many_newer_ones_are_closed_to_the_role(
    database: TestDatabase, carla: Staff
):
    rosa, number = make_staff("rosa", Role.SCHOOL), open_record(carla)
    take_part(carla, number, rosa)
    assert MOST_ALARMS < 9
    for days_ago in range(9):
        raise_alarm(database, number, f"P{days_ago + 1}", carla.agency, days_ago=days_ago)
    raise_alarm(database, number, "P10", rosa.agency, days_ago=30)
    assert [one.code for one in duties_of(rosa.who, purpose=LIST).alarms] == ["P10"]
    assert len(duties_of(carla.who, purpose=LIST).alarms) == MOST_ALARMS


def raise_alarm(database: TestDatabase, number: str, code: str, by: AgencyId, *, days_ago: int) -> None:
    with (
        database.used_as(DatabaseRole.OWNER),
        with_context(agency=None, actor="migration", purpose="migrate"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO alarm_row (root_id, code, pack, state, at, agency_id, through_seq, computed_at)"
            " SELECT id, %s, 'base@1', 'raised', now() - %s * interval '1 day', %s, 0, now() FROM root WHERE number = %s",
            (code, days_ago, by, number),
        )
