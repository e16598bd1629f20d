"""In an emergency a record of others opens for some hours: with a reason, told at once, reviewed by a second person."""

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import Settings

from encircle.actions.context import Who, at_work
from encircle.actions.emergency import (
    Found,
    NoSuchEmergency,
    NotOpened,
    close_emergency,
    counted_by_agency,
    emergencies_of,
    offer_to,
    open_in_emergency,
    review_emergency,
)
from encircle.actions.permit import NotAllowed, NotSeen, permitted
from encircle.actions.told import told_to
from encircle.records.refusal import RuleBroken
from encircle.records.roots import add_member, open_root
from encircle.records.seen import root_of
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.world import Staff, colleague_of, journal_of, make_staff

WHY = "The boy stands at the counter, alone, and says that somebody waits for him outside."


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    """She leads the case."""
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    """An officer of another town, at night."""
    return make_staff("dmitri", Role.GENERAL_POLICE)


@pytest.fixture
def aino(database: TestDatabase, carla: Staff) -> str:
    with at_work(carla.who, Purpose.OPEN_CASE) as context:
        root = open_root(Kind.CHILD, ctx=context)
        add_member(root, carla.agency, relation=Relation.CASE_LEAD, person=carla.person)
        seen = root_of(root)
    assert seen is not None
    return seen.number


@pytest.fixture
def opened(aino: str, dmitri: Staff) -> str:
    return open_in_emergency(dmitri.who, aino, reason=WHY, token=str(uuid4()))


def groups_open(who: Who, number: str) -> frozenset[FieldGroup]:
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        return permit.allowed.groups


def the_only(who: Who, number: str) -> str:
    (one,) = emergencies_of(who, number).items
    return one.id


def test_before_it_the_record_is_not_there_and_after_it_the_named_parts_are_open(aino: str, dmitri: Staff):
    with pytest.raises(NotSeen):
        groups_open(dmitri.who, aino)
    open_in_emergency(dmitri.who, aino, reason=WHY, token=str(uuid4()))
    assert groups_open(dmitri.who, aino) == {FieldGroup.MINIMUM, FieldGroup.LOCATION}


def test_a_role_that_sees_more_as_a_member_sees_in_an_emergency_what_is_named_for_it(
    aino: str, database: TestDatabase
):
    other = make_staff("other", Role.POLICE)
    open_in_emergency(other.who, aino, reason=WHY, token=str(uuid4()))
    assert groups_open(other.who, aino) == {FieldGroup.MINIMUM, FieldGroup.ACCOUNT, FieldGroup.LOCATION}
    with permitted(other.who, aino, purpose=Purpose.PROTECT) as permit:
        assert (permit.allowed.summary, permit.allowed.decides) == ({FieldGroup.ACCOUNT}, frozenset())


def test_it_opens_for_the_one_person_and_for_no_colleague(opened: str, dmitri: Staff):
    with pytest.raises(NotSeen):
        groups_open(colleague_of(dmitri).who, opened)


def test_it_ends_by_itself_after_the_hours_of_the_country(
    opened: str, dmitri: Staff, carla: Staff, database: TestDatabase
):
    (one,) = emergencies_of(carla.who, opened).items
    assert one.until - one.began_at == offer_to(dmitri.who).lasts == timedelta(hours=4)
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE membership SET since = since - interval '5 hours', until = now() - interval '1 second'"
            " WHERE id = %s",
            (one.membership,),
        )
    with pytest.raises(NotSeen):
        groups_open(dmitri.who, opened)


def test_who_opened_it_or_who_leads_ends_it_before_its_time(
    opened: str, dmitri: Staff, carla: Staff, aino: str
):
    close_emergency(dmitri.who, opened, the_only(dmitri.who, opened))
    with pytest.raises(NotSeen):
        groups_open(dmitri.who, opened)
    open_in_emergency(dmitri.who, aino, reason=WHY, token=str(uuid4()))
    running = next(one for one in emergencies_of(carla.who, aino).items if one.runs)
    close_emergency(carla.who, aino, running.id)
    close_emergency(carla.who, aino, running.id)
    with pytest.raises(NotSeen):
        groups_open(dmitri.who, aino)
    assert [one.runs for one in emergencies_of(carla.who, aino).items] == [False, False]


def test_the_same_form_sent_twice_opens_it_once(aino: str, dmitri: Staff, carla: Staff):
    token = str(uuid4())
    assert [open_in_emergency(dmitri.who, aino, reason=WHY, token=token) for _ in range(2)] == [aino, aino]
    assert len(emergencies_of(carla.who, aino).items) == 1


def test_who_takes_part_already_just_opens_the_record(aino: str, carla: Staff):
    assert open_in_emergency(carla.who, aino, reason=WHY, token=str(uuid4())) == aino
    assert emergencies_of(carla.who, aino).items == ()


def test_the_number_is_read_however_it_was_typed(aino: str, dmitri: Staff):
    assert open_in_emergency(dmitri.who, f" {aino.upper()} ", reason=WHY, token=str(uuid4())) == aino


def make_adverse(carla: Staff, number: str, agency: AgencyId) -> None:
    with permitted(carla.who, number, purpose=Purpose.PROTECT) as permit:
        add_member(permit.root.id, agency, relation=Relation.ADVERSE)


def test_no_such_record_and_one_in_which_one_is_an_adverse_party_are_refused_alike(
    aino: str, carla: Staff, dmitri: Staff
):
    make_adverse(carla, aino, dmitri.agency)
    told = []
    for number in (aino, "zzzz-zzzz"):
        with pytest.raises(NotOpened) as refused:
            open_in_emergency(dmitri.who, number, reason=WHY, token=str(uuid4()))
        told.append(str(refused.value))
    assert told[0] == told[1]


@pytest.mark.parametrize("role", [Role.NGO, Role.COORDINATOR, Role.SCHOOL, Role.PARENT, Role.OPERATOR])
def test_a_role_whose_mandate_names_nothing_for_it_opens_nothing(
    aino: str, role: Role, database: TestDatabase
):
    who = make_staff("somebody", role).who
    for act in (
        lambda: offer_to(who),
        lambda: open_in_emergency(who, aino, reason=WHY, token=str(uuid4())),
    ):
        with pytest.raises(NotAllowed, match="opens no record"):
            act()


@pytest.mark.parametrize("reason", ["", "   ", "urgent", "x" * 2001])
def test_a_reason_that_says_nothing_is_refused_at_its_field_and_nothing_opens(
    aino: str, dmitri: Staff, reason: str
):
    with pytest.raises(BadInput) as refused:
        open_in_emergency(dmitri.who, aino, reason=reason, token=str(uuid4()))
    assert refused.value.where == "reason"
    with pytest.raises(NotSeen):
        groups_open(dmitri.who, aino)


def test_who_leads_is_told_at_once_and_reads_why(opened: str, carla: Staff, dmitri: Staff):
    (told,) = [one for one in told_to(carla.who, purpose=Purpose.WORK_LIST).items if one.kind == "emergency"]
    assert told.waiting is not None
    assert told.waiting.number == opened
    (one,) = emergencies_of(carla.who, opened).items
    assert (one.reason, one.person, one.runs, one.found) == (WHY, dmitri.person, True, None)


def test_the_reason_lies_sealed_in_the_database(opened: str, database: TestDatabase):
    with database.connect_as_keeper() as keeper:
        (row,) = keeper.execute(
            "SELECT emergency_access::text FROM emergency_access JOIN root ON root.id = root_id WHERE number = %s",
            (opened,),
        ).fetchall()
    assert "counter" not in row[0]
    assert WHY.encode().hex() not in row[0]


def test_a_second_person_reviews_it_once_and_then_nobody_waits(opened: str, carla: Staff):
    review_emergency(
        carla.who, opened, the_only(carla.who, opened), found=Found.NEEDED, words="He was brought to safety."
    )
    (one,) = emergencies_of(carla.who, opened).items
    assert (one.found, one.review) == ("needed", "He was brought to safety.")
    assert [
        one for one in told_to(carla.who, purpose=Purpose.WORK_LIST).items if one.kind == "emergency"
    ] == []
    with pytest.raises(RuleBroken, match="already"):
        review_emergency(carla.who, opened, one.id, found=Found.NOT_NEEDED, words="On second thoughts.")


def test_nobody_reviews_the_own_one(aino: str, database: TestDatabase, carla: Staff, opened: str):
    """Not even somebody who has come to lead the case since."""
    other = make_staff("other", Role.CHILD_PROTECTION_SERVICE)
    open_in_emergency(other.who, aino, reason=WHY, token=str(uuid4()))
    with permitted(carla.who, aino, purpose=Purpose.PROTECT) as permit:
        add_member(permit.root.id, other.agency, relation=Relation.CASE_LEAD)
    own = next(one for one in emergencies_of(other.who, aino).items if one.person == other.person)
    with pytest.raises(RuleBroken, match="second person"):
        review_emergency(other.who, aino, own.id, found=Found.NEEDED, words="It was.")


def test_who_opened_it_sees_the_own_one_alone_and_cannot_review(
    opened: str, dmitri: Staff, database: TestDatabase
):
    other = make_staff("other", Role.HEALTH_SERVICE)
    open_in_emergency(other.who, opened, reason=WHY, token=str(uuid4()))
    seen = emergencies_of(dmitri.who, opened)
    assert ([one.person for one in seen.items], seen.may_review) == ([dmitri.person], False)
    for emergency in (seen.items[0].id, str(uuid4())):
        with pytest.raises(NoSuchEmergency):
            review_emergency(dmitri.who, opened, emergency, found=Found.NEEDED, words="It was.")


def test_a_review_has_words(opened: str, carla: Staff):
    with pytest.raises(BadInput) as refused:
        review_emergency(carla.who, opened, the_only(carla.who, opened), found=Found.NEEDED, words="  ")
    assert refused.value.where == "words"


def test_each_step_stands_in_the_journal(opened: str, dmitri: Staff, carla: Staff):
    emergency = the_only(carla.who, opened)
    close_emergency(dmitri.who, opened, emergency)
    review_emergency(carla.who, opened, emergency, found=Found.NOT_NEEDED, words="He could have called.")
    assert ("write", "emergency_opened") in {entry[:2] for entry in journal_of(dmitri)}
    assert ("write", "emergency_closed") in {entry[:2] for entry in journal_of(dmitri)}
    assert ("write", "emergency_reviewed:not_needed") in {entry[:2] for entry in journal_of(carla)}


def test_how_often_is_counted_by_agency_for_those_who_answer_for_it(
    opened: str, dmitri: Staff, carla: Staff, database: TestDatabase
):
    coordinator = make_staff("mari", Role.COORDINATOR)
    review_emergency(
        carla.who, opened, the_only(carla.who, opened), found=Found.NEEDED, words="He was brought to safety."
    )
    counted = counted_by_agency(coordinator.who).emergencies
    assert (1, 1, 0, 0) in {(one.opened, one.needed, one.not_needed, one.late) for one in counted}
    with pytest.raises(NotAllowed):
        counted_by_agency(dmitri.who)


def test_a_review_that_is_late_is_counted(opened: str, dmitri: Staff, database: TestDatabase):
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE emergency_access SET review_by = now() - interval '1 minute' WHERE agency_id = %s",
            (dmitri.agency,),
        )
    counted = counted_by_agency(make_staff("mari", Role.COORDINATOR).who).emergencies
    assert 1 in {one.late for one in counted if one.agency_name == "The agency of dmitri"}
