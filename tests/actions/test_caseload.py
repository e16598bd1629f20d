"""Going through a caseload: each child once, with a reason; corrected by another answer; triage without typing twice."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from encircle.actions.caseload import review as acts
from encircle.actions.caseload.numbers import Wrong, numbers_in
from encircle.actions.caseload.review import Answer, AnsweredMeanwhile, NoSuchReview, Said
from encircle.actions.concern import recipients
from encircle.actions.context import at_work
from encircle.actions.permit import NotAllowed
from encircle.actions.triage import board
from encircle.law.indicator import Setting
from encircle.records.erasure import erase
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.caseload import CaseloadOutcome
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.facts.concern import ConcernRegistered
from encircle.vocabulary.facts.indicator import IndicatorNoted
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.web.desk.test_emergency import led_by
from tests.web.world import Staff, colleague_of, journal_of, make_staff

pytestmark = pytest.mark.usefixtures("database")
SIGN = "IND-C3"


@pytest.fixture
def cara() -> Staff:
    """She runs a home for children."""
    return make_staff("cara", Role.CARER)


@pytest.fixture
def carla() -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def tarmo() -> Staff:
    return make_staff("tarmo", Role.TRIAGE_TEAM)


def begun(who: Staff, *numbers: str, with_records: bool = False) -> str:
    return acts.start_review(
        who.who, setting=Setting.CARE, with_records=with_records, numbers=numbers, token=str(uuid4())
    )


def said(
    outcome: CaseloadOutcome,
    reason: str = "Looked at the plan.",
    *,
    marks: Mapping[str, Certainty] | None = None,
    danger_now: bool | None = None,
    again_on: date | None = None,
    recipient: AgencyId | None = None,
) -> Answer:
    told = Said(reason, marks or {}, danger_now)
    return Answer(outcome=outcome, said=told, again_on=again_on, recipient=recipient)


NOTHING = said(CaseloadOutcome.NOTHING_SEEN)


def answered(who: Staff, review: str, child: str, answer: Answer = NOTHING, *, read: int = 0) -> str | None:
    return acts.answer_child(who.who, review, child, answer, read=read, token=str(uuid4()))


def first(who: Staff, review: str) -> str:
    child = acts.review_seen(who.who, review).go_on
    assert child is not None
    return child


def test_a_review_is_gone_through_child_by_child_and_is_finished_when_each_was_looked_at(cara: Staff):
    review = begun(cara, "K-1", "K-2", "K-3")
    child, met = first(cara, review), []
    for looked in range(3):
        assert acts.review_seen(cara.who, review).review.looked == looked
        met.append(acts.child_seen(cara.who, review, child).listed.child.reference)
        child = answered(cara, review, child) or ""
    assert (met, child) == (["K-1", "K-2", "K-3"], "")
    seen = acts.review_seen(cara.who, review)
    assert (seen.review.is_finished, seen.go_on, seen.review.found) == (True, None, {"nothing_seen": 3})


def test_it_goes_on_where_somebody_stopped_also_for_a_colleague(cara: Staff):
    review = begun(cara, "K-1", "K-2")
    onward = answered(cara, review, first(cara, review))
    other = colleague_of(cara)
    assert first(other, review) == onward
    (listed, _open) = acts.review_seen(other.who, review).children
    assert listed.said is not None
    assert (listed.said.reason, listed.child.is_looked_at) == ("Looked at the plan.", True)


def test_the_children_of_our_records_are_there_and_not_those_that_are_hidden(carla: Staff):
    mine, hidden = led_by(carla), led_by(carla)
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(hidden)
        assert root is not None
        add_member(root.id, carla.agency, relation=Relation.ADVERSE, person=carla.person)
    review = begun(carla, with_records=True)
    (listed,) = acts.review_seen(carla.who, review).children
    assert listed.child.root is not None
    assert listed.child.root.number == mine
    assert acts.review_seen(carla.who, review).review.of == 1


def test_a_record_that_becomes_hidden_is_neither_shown_nor_counted(carla: Staff):
    number = led_by(carla)
    review = begun(carla, "K-1", with_records=True)
    child = first(carla, review)
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, carla.agency, relation=Relation.ADVERSE, person=carla.person)
    seen = acts.review_seen(carla.who, review)
    assert (seen.review.of, [one.child.reference for one in seen.children]) == (1, ["K-1"])
    with pytest.raises(NoSuchReview):
        acts.child_seen(carla.who, review, child)


def test_a_child_is_sent_to_triage_with_what_was_marked_and_nothing_is_typed_again(cara: Staff, tarmo: Staff):
    review = begun(cara, "K-1")
    child = first(cara, review)
    to = next(one.id for one in recipients(cara.who) if one.id == tarmo.agency)
    marks = {SIGN: Certainty.REPORTED}
    answer = said(
        CaseloadOutcome.TRIAGE, "New telephone each week.", marks=marks, danger_now=False, recipient=to
    )
    token = str(uuid4())
    for _twice in range(2):
        assert acts.answer_child(cara.who, review, child, answer, read=0, token=token) is None
    (card,) = board(tarmo.who).cards
    registered = card.triage.registered
    assert registered is not None
    assert isinstance(registered.payload, ConcernRegistered)
    assert registered.payload.text == "New telephone each week.\n\nOur own number: K-1"
    (noted,) = card.triage.signs
    assert isinstance(noted.payload, IndicatorNoted)
    assert (noted.payload.indicator, noted.certainty) == (SIGN, Certainty.REPORTED)
    (listed,) = acts.review_seen(cara.who, review, outcome="triage").children
    assert listed.child.last is not None
    assert listed.child.last.concern == card.number


def test_a_concern_about_a_child_of_our_records_is_linked_to_it(carla: Staff, tarmo: Staff):
    number = led_by(carla)
    review = begun(carla, with_records=True)
    answer = said(CaseloadOutcome.TRIAGE, marks={SIGN: Certainty.OBSERVED}, recipient=tarmo.agency)
    answered(carla, review, first(carla, review), answer)
    (card,) = board(tarmo.who).cards
    assert number not in str(card.triage.registered)
    with at_work(carla.who, Purpose.PROTECT), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM fact JOIN root ON root.id = fact.root_id"
            " WHERE fact.type = 'concern_linked' AND root.number = %s",
            (card.number,),
        )
        assert cursor.fetchone() == (1,)


def test_who_is_to_be_looked_at_again_waits_until_the_day_and_is_listed_then(
    cara: Staff, monkeypatch: pytest.MonkeyPatch
):
    review = begun(cara, "K-1")
    child = first(cara, review)
    today = acts.child_seen(cara.who, review, child).today
    for day in (None, today, today + timedelta(days=400)):
        with pytest.raises(BadInput, match="day"):
            answered(cara, review, child, said(CaseloadOutcome.LOOK_AGAIN, again_on=day))
    again = said(
        CaseloadOutcome.LOOK_AGAIN, again_on=today + timedelta(days=3), marks={SIGN: Certainty.INFERRED}
    )
    answered(cara, review, child, again)
    assert acts.reviews(cara.who).again == ()
    monkeypatch.setattr(acts, "_today", lambda _context, _zone: today + timedelta(days=3))
    (listed,) = acts.reviews(cara.who).again
    assert listed.said == again.said
    answered(cara, review, child, read=1)
    assert acts.reviews(cara.who).again == ()


def test_an_answer_is_corrected_by_another_and_both_stay(cara: Staff):
    review = begun(cara, "K-1")
    child = first(cara, review)
    answered(cara, review, child)
    answered(cara, review, child, said(CaseloadOutcome.TAKEN_BACK, "The wrong child."), read=1)
    seen = acts.review_seen(cara.who, review)
    assert (seen.review.looked, seen.go_on) == (0, child)
    history = acts.child_seen(cara.who, review, child).answers
    assert [(one.outcome, told.reason if told else "") for one, told in history] == [
        ("taken_back", "The wrong child."),
        ("nothing_seen", "Looked at the plan."),
    ]


def test_who_has_not_read_the_last_answer_does_not_write_over_it(cara: Staff):
    review = begun(cara, "K-1")
    child = first(cara, review)
    answered(cara, review, child)
    with pytest.raises(AnsweredMeanwhile):
        answered(colleague_of(cara), review, child, said(CaseloadOutcome.NOTHING_SEEN, "Mine."))
    assert len(acts.child_seen(cara.who, review, child).answers) == 1


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (said(CaseloadOutcome.NOTHING_SEEN, "  "), "reason"),
        (said(CaseloadOutcome.NOTHING_SEEN, marks={SIGN: Certainty.OBSERVED}), "outcome"),
        (said(CaseloadOutcome.NOTHING_SEEN, marks={"none": Certainty.OBSERVED}), "marks"),
        (said(CaseloadOutcome.TRIAGE), "recipient"),
    ],
)
def test_an_answer_that_cannot_be_right_changes_nothing(cara: Staff, answer: Answer, field: str):
    review = begun(cara, "K-1")
    child = first(cara, review)
    with pytest.raises(BadInput) as refused:
        answered(cara, review, child, answer)
    assert refused.value.where == field
    assert acts.review_seen(cara.who, review).review.looked == 0


def test_the_same_form_starts_one_review_and_one_without_children_starts_none(cara: Staff):
    token = str(uuid4())
    made = {
        acts.start_review(cara.who, setting=Setting.CARE, with_records=True, numbers=("K-1",), token=token)
        for _twice in range(2)
    }
    assert [one.id for one in acts.reviews(cara.who).items] == list(made)
    with pytest.raises(BadInput, match="needs children"):
        begun(cara, with_records=True)


def test_own_numbers_are_sealed_and_deleted_for_good_when_the_review_is_done(cara: Staff):
    review = begun(cara, "K-1")
    child = first(cara, review)
    with pytest.raises(BadInput, match="still needed"):
        acts.forget_numbers(cara.who, review)
    with at_work(cara.who, Purpose.CASELOAD), connection.cursor() as cursor:
        cursor.execute("SELECT reference FROM caseload_child")
        assert b"K-1" not in bytes(cursor.fetchone()[0])
    answered(cara, review, child)
    assert acts.forget_numbers(cara.who, review) == 1
    (listed,) = acts.review_seen(cara.who, review).children
    assert (listed.child.reference, listed.child.is_looked_at) == (None, True)
    assert acts.forget_numbers(cara.who, review) == 0


def test_another_agency_sees_nothing_of_a_review(cara: Staff):
    review = begun(cara, "K-1")
    other = make_staff("other", Role.CARER)
    child = first(cara, review)
    assert acts.reviews(other.who).items == ()
    for asked in (
        lambda: acts.review_seen(other.who, review),
        lambda: acts.child_seen(other.who, review, child),
        lambda: answered(other, review, child),
    ):
        with pytest.raises(NoSuchReview):
            asked()
    with at_work(other.who, Purpose.CASELOAD), connection.cursor() as cursor:
        for table in ("caseload_review", "caseload_child", "caseload_answer"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.POLICE, Role.MINISTRY])
def test_a_role_that_has_no_caseload_to_review_is_told_so(role: Role):
    somebody = make_staff("somebody", role)
    with pytest.raises(NotAllowed):
        acts.reviews(somebody.who)


def test_what_is_done_is_journalled_and_no_word_of_it(cara: Staff):
    review = begun(cara, "K-1")
    answered(cara, review, first(cara, review))
    outcomes = [(kind, outcome) for kind, outcome, *_rest in journal_of(cara)]
    assert ("write", "caseload_review_started") in outcomes
    assert ("write", "caseload_answered:nothing_seen") in outcomes


def test_when_a_record_is_erased_its_answers_go_with_it(carla: Staff):
    number = led_by(carla)
    review = begun(carla, "K-1", with_records=True)
    answered(carla, review, first(carla, review))
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(number)
        assert root is not None
        erase(root.id, because="retention")
    seen = acts.review_seen(carla.who, review)
    assert [one.child.reference for one in seen.children] == ["K-1"]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Aino", Wrong.NO_DIGIT),
        ("Aino 7", Wrong.SEVERAL),
        ("K-1;Aino", Wrong.SEVERAL),
        ("K-1\tAino", Wrong.SEVERAL),
        ("50001010017", Wrong.PERSONAL),
        ("010115A123X", Wrong.PERSONAL),
        ("0101151234", Wrong.PERSONAL),
        ("k1@home.example", Wrong.SIGNS),
        ("1" * 33, Wrong.TOO_LONG),
    ],
)
def test_what_may_name_a_child_is_not_taken_for_a_number(line: str, wrong: Wrong):
    assert numbers_in(f"K-7\n{line}\n").wrong == ((2, wrong),)


def test_a_column_is_taken_as_it_is_pasted():
    found = numbers_in('K-1\r\n\r\n "2026/14" \nK-1\n')
    assert (found.taken, found.wrong) == (("K-1", "2026/14"), ((4, Wrong.TWICE),))
