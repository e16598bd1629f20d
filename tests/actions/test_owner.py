"""Asking the owner: a whole name, a day of birth and a purpose are answered by whom to ask, or by nothing at all."""

import itertools
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from encircle.actions.act import Statement
from encircle.actions.context import at_work
from encircle.actions.owner import (
    A_DAY,
    Answer,
    NoSuchQuestion,
    ask_owner,
    asked_by,
    decline_who_asked,
    let_in_who_asked,
    questions_about,
)
from encircle.actions.permit import NotAllowed, NotSeen, permitted
from encircle.records.context import with_context
from encircle.records.refusal import RuleBroken
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose
from tests.actions.act.test_perform import open_record, state
from tests.web.world import Staff, colleague_of, make_staff

pytestmark = pytest.mark.usefixtures("database")
BORN = date(2010, 5, 6)
FAMILIES = itertools.count()


def new_family() -> str:
    """A family name that no other test has."""
    letters = "bdfgklmnprstvz"
    n = next(FAMILIES)
    return "Q" + "".join(letters[(n // 14**place) % 14] + "aeiou"[place] for place in range(4)) + "sson"


def child_of(staff: Staff, name: str, **more: object) -> str:
    number = open_record(staff)
    state(
        staff,
        number,
        Statement(type="name_recorded", values={"name_used": name}),
        Statement(
            type="date_of_birth_recorded", values={"date_of_birth": BORN.isoformat(), "evidence": "document"}
        ),
    )
    return number


@pytest.fixture
def carla() -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def dmitri() -> Staff:
    return make_staff("dmitri", Role.POLICE)


@pytest.fixture
def name() -> str:
    return f"Aino {new_family()}"


def asks(
    staff: Staff, name: str, born: date = BORN, visit: VisitPurpose = VisitPurpose.PROTECT
) -> str | None:
    return ask_owner(staff.who, name, born, visit=visit, token=str(uuid4()))


def test_a_whole_name_and_the_day_of_birth_are_answered_by_whom_to_ask(
    carla: Staff, dmitri: Staff, name: str
):
    child_of(carla, name)
    assert asks(dmitri, name) == "The agency of carla"


def test_anything_else_is_answered_by_nothing(carla: Staff, dmitri: Staff, name: str):
    child_of(carla, name)
    assert [
        asks(dmitri, f"Kalle {new_family()}"),
        asks(dmitri, name, date(2010, 5, 26)),
        asks(dmitri, f"Peeter {name.split()[1]}"),
        asks(dmitri, name.replace("Q", "K")),
    ] == [None] * 4
    assert [one.owner_name for one in asked_by(dmitri.who).items] == [""] * 4


def part_of(carla: Staff, number: str, other: Staff, relation: Relation) -> None:
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, other.agency, relation=relation)


def adverse(carla: Staff, number: str, dmitri: Staff) -> None:
    part_of(carla, number, dmitri, Relation.ADVERSE)


def of_the_team(carla: Staff, number: str, dmitri: Staff) -> None:
    part_of(carla, number, dmitri, Relation.TEAM)


def flagged(carla: Staff, number: str, dmitri: Staff) -> None:
    values = {"scope": ["country"], "because": "asylum", "country": "RU"}
    state(carla, number, Statement(type="do_not_contact_set", values=values))


@pytest.mark.parametrize("hidden", [adverse, of_the_team, flagged])
def test_nobody_is_named_where_the_record_must_not_be_told_of(
    carla: Staff, dmitri: Staff, name: str, hidden: Callable[[Staff, str, Staff], None]
):
    number = child_of(carla, name)
    hidden(carla, number, dmitri)
    assert asks(dmitri, name) is None
    assert questions_about(carla.who, number).items == ()


def test_a_record_that_the_police_lead_is_told_of_to_nobody(dmitri: Staff, name: str):
    child_of(dmitri, name)
    assert asks(make_staff("hanna", Role.HEALTH_SERVICE), name, visit=VisitPurpose.TREAT) is None


def test_of_two_children_of_one_name_and_day_nobody_is_named(carla: Staff, dmitri: Staff, name: str):
    child_of(carla, name)
    assert asks(dmitri, name) == "The agency of carla"
    child_of(make_staff("mari", Role.CHILD_PROTECTION_SERVICE), name)
    assert asks(dmitri, name) is None


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.COURT, Role.COORDINATOR, Role.OPERATOR])
def test_a_role_of_which_the_country_says_nothing_may_not_ask(role: Role, carla: Staff, name: str):
    child_of(carla, name)
    somebody = make_staff("eva", role)
    with pytest.raises(NotAllowed):
        asks(somebody, name)
    with pytest.raises(NotAllowed):
        asked_by(somebody.who)


@pytest.mark.parametrize(
    ("typed", "visit", "where"),
    [
        ("Aino", VisitPurpose.PROTECT, "name"),
        ("", VisitPurpose.PROTECT, "name"),
        ("Aino Maria Liisa Kask", VisitPurpose.PROTECT, "name"),
        ("Aino Kask", VisitPurpose.OVERSEE, "visit"),
    ],
)
def test_half_a_name_too_much_of_one_and_no_purpose_of_ones_own_ask_nothing(
    dmitri: Staff, typed: str, visit: VisitPurpose, where: str
):
    with pytest.raises(BadInput) as refused:
        asks(dmitri, typed, visit=visit)
    assert (refused.value.where, asked_by(dmitri.who).items) == (where, ())


def test_who_tries_many_names_learns_nothing_beyond_the_number_of_a_day(carla: Staff, dmitri: Staff):
    """A list of 40 names, of which the one after the last that is answered is on record."""
    names = [f"Aino {new_family()}" for _ in range(40)]
    for one in names[A_DAY:]:
        child_of(carla, one)
    learnt: list[str | None] = []
    for one in names:
        try:
            learnt.append(asks(dmitri, one))
        except RuleBroken as refused:
            learnt.append(refused.code)
    assert learnt == [None] * A_DAY + ["owner_question_so_many_a_day"] * (len(names) - A_DAY)
    assert asked_by(dmitri.who).left == 0
    assert asks(colleague_of(dmitri), names[A_DAY]) == "The agency of carla"


def test_the_same_form_sent_again_asks_once(carla: Staff, dmitri: Staff, name: str):
    number, token = child_of(carla, name), str(uuid4())
    for _ in range(3):
        found = ask_owner(dmitri.who, name, BORN, visit=VisitPurpose.PROTECT, token=token)
        assert found == "The agency of carla"
    assert len(questions_about(carla.who, number).items) == 1


def journalled(staff: Staff, outcome: str) -> list[tuple[object, ...]]:
    with (
        with_context(agency=staff.agency, actor=staff.person, purpose="protect"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT kind, root_id IS NOT NULL, body IS NOT NULL FROM journal_entry"
            " WHERE outcome = %s AND (agency_id = %s OR root_id IS NOT NULL)",
            (outcome, staff.agency),
        )
        return cursor.fetchall()


def test_each_question_is_in_the_journal_and_the_owner_sees_that_of_its_child(
    carla: Staff, dmitri: Staff, name: str
):
    child_of(carla, name)
    asks(dmitri, name)
    asks(dmitri, f"Kalle {new_family()}")
    assert journalled(dmitri, "owner_asked") == [("look", False, True)] * 2
    assert journalled(carla, "owner_told") == [("disclosure", True, False)]


def test_the_case_lead_sees_who_asked_and_lets_them_in(carla: Staff, dmitri: Staff, name: str):
    number = child_of(carla, name)
    asks(dmitri, name)
    (asked,) = questions_about(carla.who, number).items
    assert (asked.agency_name, asked.role, asked.visit) == ("The agency of dmitri", "police", "protect")
    with pytest.raises(NotSeen), permitted(dmitri.who, number, purpose=Purpose.PROTECT):
        pass
    let_in_who_asked(carla.who, number, asked.id, relation=Relation.TEAM, basis="Child Protection Act 31")
    with permitted(dmitri.who, number, purpose=Purpose.PROTECT) as permit:
        assert permit.root.number == number
    (mine,) = asked_by(dmitri.who).items
    assert (mine.answer, mine.owner_name) == (Answer.LET_IN.value, "The agency of carla")
    with pytest.raises(NoSuchQuestion):
        decline_who_asked(carla.who, number, asked.id, Answer.CALL_US)


def test_who_is_declined_learns_why_and_nothing_else(carla: Staff, dmitri: Staff, name: str):
    number = child_of(carla, name)
    asks(dmitri, name)
    (asked,) = questions_about(carla.who, number).items
    decline_who_asked(carla.who, number, asked.id, Answer.IN_HANDS)
    (mine,) = asked_by(dmitri.who).items
    assert mine.answer == "in_hands"
    with pytest.raises(NotSeen), permitted(dmitri.who, number, purpose=Purpose.PROTECT):
        pass


def test_nobody_else_answers_or_sees_a_question(carla: Staff, dmitri: Staff, name: str):
    number = child_of(carla, name)
    asks(dmitri, name)
    (asked,) = questions_about(carla.who, number).items
    for other in (dmitri, make_staff("eva", Role.NGO)):
        with pytest.raises(NotSeen):
            decline_who_asked(other.who, number, asked.id, Answer.CALL_US)
    rosa = make_staff("rosa", Role.SCHOOL)
    part_of(carla, number, rosa, Relation.TEAM)
    assert questions_about(rosa.who, number).items == ()
    with pytest.raises(NotAllowed):
        decline_who_asked(rosa.who, number, asked.id, Answer.CALL_US)


def test_the_function_answers_under_no_other_purpose(carla: Staff, dmitri: Staff, name: str):
    child_of(carla, name)
    for purpose in ("search", "protect", ""):
        with (
            with_context(agency=dmitri.agency, actor=dmitri.person, purpose=purpose),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "SELECT * FROM encircle_ask_owner(%s, '{}', '{}', now()::date, 'protect', 'police', '{}', 1)",
                (str(uuid4()),),
            )
            assert cursor.fetchall() == []
            cursor.execute("SELECT count(*) FROM name_key")
            assert cursor.fetchone() == (0,)
