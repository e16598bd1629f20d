"""A part of a record is opened by a decision: by who holds it, to an agency that takes part, for a time, with a reason."""

from uuid import uuid4

import pytest
from pytest_django import Settings

from encircle.actions.context import Who, at_work
from encircle.actions.opened import NoSuchOpening, end_opened_part, open_part_to, opened_parts
from encircle.actions.permit import NotAllowed, NotSeen, permitted
from encircle.records.parts import parts_in
from encircle.records.roots import add_member, end_membership, open_root
from encircle.records.seen import root_of
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.world import Staff, journal_of, make_staff

WHY = "The school needs to know where he lives now, to send a teacher."
LOCATION, ACCOUNT = FieldGroup.LOCATION, FieldGroup.ACCOUNT


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    """She leads the case."""
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def rosa(database: TestDatabase) -> Staff:
    """A teacher."""
    return make_staff("rosa", Role.SCHOOL)


@pytest.fixture
def aino(carla: Staff, rosa: Staff) -> str:
    with at_work(carla.who, Purpose.OPEN_CASE) as context:
        root = open_root(Kind.CHILD, ctx=context)
        add_member(root, rosa.agency, relation=Relation.TEAM)
        seen = root_of(root)
    assert seen is not None
    return seen.number


def opened(
    by: Staff, number: str, to: Staff, group: FieldGroup = LOCATION, *, days: int = 30, **given: str
) -> bool:
    return open_part_to(
        by.who,
        number,
        to.agency,
        group,
        days=days,
        basis=given.get("basis", "Child Protection Act 31"),
        reason=given.get("reason", WHY),
        token=given.get("token", str(uuid4())),
    )


def open_to(who: Who, number: str) -> tuple[set[FieldGroup], set[FieldGroup]]:
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        return set(permit.allowed.groups), set(permit.allowed.summary)


def test_the_part_opens_to_that_agency_and_closes_when_the_decision_ends(
    aino: str, carla: Staff, rosa: Staff
):
    assert open_to(rosa.who, aino) == ({FieldGroup.MINIMUM}, set())
    assert opened(carla, aino, rosa)
    assert open_to(rosa.who, aino) == ({FieldGroup.MINIMUM, LOCATION}, set())
    (one,) = opened_parts(carla.who, aino).items
    assert (one.group, one.words, one.basis, one.runs, one.reason) == (
        LOCATION,
        True,
        "ChildProtectionAct 31",
        True,
        WHY,
    )
    assert (one.until - one.since).days == 30
    for _ in range(2):
        end_opened_part(carla.who, aino, one.id)
    assert open_to(rosa.who, aino) == ({FieldGroup.MINIMUM}, set())
    assert [one.runs for one in opened_parts(carla.who, aino).items] == [False]


def test_it_ends_by_itself(aino: str, carla: Staff, rosa: Staff, database: TestDatabase):
    opened(carla, aino, rosa)
    with database.connect_as_keeper() as keeper:
        keeper.execute("ALTER TABLE opened_part DISABLE TRIGGER opened_part_guard")
        keeper.execute(
            "UPDATE opened_part SET since = since - interval '40 days', until = now() - interval '1 second'"
            " WHERE agency_id = %s",
            (rosa.agency,),
        )
        keeper.execute("ALTER TABLE opened_part ENABLE TRIGGER opened_part_guard")
    assert open_to(rosa.who, aino) == ({FieldGroup.MINIMUM}, set())


def test_words_that_who_decides_does_not_read_are_not_passed_on(aino: str, carla: Staff, rosa: Staff):
    assert opened(carla, aino, rosa, ACCOUNT)
    assert open_to(rosa.who, aino) == ({FieldGroup.MINIMUM, ACCOUNT}, {ACCOUNT})


def test_who_leaves_the_record_loses_what_was_opened_too(aino: str, carla: Staff, rosa: Staff):
    opened(carla, aino, rosa)
    with permitted(carla.who, aino, purpose=Purpose.PROTECT) as permit:
        part = add_member(permit.root.id, rosa.agency, relation=Relation.REFERRED)
        for one in [part, *_parts_of(permit.root.id, rosa)]:
            end_membership(one)
    with pytest.raises(NotSeen):
        open_to(rosa.who, aino)


def _parts_of(root: str, staff: Staff) -> list[str]:
    return [part.id for part in parts_in(root) if part.agency == staff.agency]


@pytest.mark.parametrize(
    ("group", "given", "field"),
    [
        (FieldGroup.HEALTH, {}, "group"),
        (FieldGroup.MINIMUM, {}, "group"),
        (LOCATION, {"reason": "  "}, "reason"),
        (LOCATION, {"basis": "закон 31"}, "basis"),
        (LOCATION, {"basis": ""}, "basis"),
    ],
)
def test_what_cannot_be_decided_is_told_at_its_field_and_opens_nothing(
    aino: str, carla: Staff, rosa: Staff, group: FieldGroup, given: dict[str, str], field: str
):
    with pytest.raises(BadInput) as refused:
        opened(carla, aino, rosa, group, **given)
    assert refused.value.where == field
    assert open_to(rosa.who, aino) == ({FieldGroup.MINIMUM}, set())


def test_only_times_that_are_offered_and_agencies_that_take_part(
    aino: str, carla: Staff, rosa: Staff, database: TestDatabase
):
    eva = make_staff("eva", Role.NGO)
    for to, days, field in ((rosa, 4000, "days"), (eva, 30, "agency"), (carla, 30, "agency")):
        with pytest.raises(BadInput) as refused:
            opened(carla, aino, to, days=days)
        assert refused.value.where == field


def test_who_does_not_decide_so_and_who_takes_no_part_open_nothing(
    aino: str, carla: Staff, rosa: Staff, database: TestDatabase
):
    with pytest.raises(NotAllowed):
        opened(rosa, aino, carla)
    with pytest.raises(NotSeen):
        opened(make_staff("eva", Role.NGO), aino, rosa)


def test_nobody_passes_on_what_a_decision_has_opened_to_them(
    aino: str, carla: Staff, rosa: Staff, database: TestDatabase
):
    """The health service holds health; what was opened to it of the place is not its to open further."""
    doctor = make_staff("doctor", Role.HEALTH_SERVICE)
    with permitted(carla.who, aino, purpose=Purpose.PROTECT) as permit:
        add_member(permit.root.id, doctor.agency, relation=Relation.TEAM)
    opened(carla, aino, doctor)
    assert LOCATION in open_to(doctor.who, aino)[0]
    assert opened_parts(doctor.who, aino).groups == (FieldGroup.HEALTH,)
    with pytest.raises(BadInput):
        opened(doctor, aino, rosa)
    assert opened(doctor, aino, rosa, FieldGroup.HEALTH)


def test_who_did_not_decide_it_and_does_not_lead_cannot_end_it(
    aino: str, carla: Staff, rosa: Staff, database: TestDatabase
):
    doctor = make_staff("doctor", Role.HEALTH_SERVICE)
    with permitted(carla.who, aino, purpose=Purpose.PROTECT) as permit:
        add_member(permit.root.id, doctor.agency, relation=Relation.TEAM)
    opened(carla, aino, rosa)
    (one,) = opened_parts(carla.who, aino).items
    for decision in (one.id, str(uuid4())):
        with pytest.raises(NoSuchOpening):
            end_opened_part(doctor.who, aino, decision)
    assert LOCATION in open_to(rosa.who, aino)[0]


def test_the_same_form_sent_twice_opens_it_once_also_after_it_was_ended(aino: str, carla: Staff, rosa: Staff):
    token = str(uuid4())
    assert [opened(carla, aino, rosa, token=token) for _ in range(2)] == [True, False]
    (one,) = opened_parts(carla.who, aino).items
    end_opened_part(carla.who, aino, one.id)
    assert not opened(carla, aino, rosa, token=token)
    assert open_to(rosa.who, aino) == ({FieldGroup.MINIMUM}, set())


def test_an_adverse_party_sees_nothing_whatever_was_opened_to_it(aino: str, carla: Staff, rosa: Staff):
    opened(carla, aino, rosa)
    with permitted(carla.who, aino, purpose=Purpose.PROTECT) as permit:
        add_member(permit.root.id, rosa.agency, relation=Relation.ADVERSE)
    with pytest.raises(NotSeen):
        open_to(rosa.who, aino)


def test_each_step_stands_in_the_journal_and_the_reason_lies_sealed(
    aino: str, carla: Staff, rosa: Staff, database: TestDatabase
):
    opened(carla, aino, rosa)
    (one,) = opened_parts(carla.who, aino).items
    end_opened_part(carla.who, aino, one.id)
    entries = {entry[:2] for entry in journal_of(carla)}
    assert {("write", "part_opened"), ("write", "opened_part_ended")} <= entries
    with database.connect_as_keeper() as keeper:
        (row,) = keeper.execute(
            "SELECT opened_part::text FROM opened_part WHERE id = %s", (one.id,)
        ).fetchall()
    assert WHY.encode().hex() not in row[0]
