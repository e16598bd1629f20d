"""Triage: where a concern stands. Nobody takes one from the board alone, and a review counts only for what it reviewed."""

import pytest

from encircle.core.triage import Stage, Triage, triage_of
from encircle.vocabulary.fact import Fact
from tests.core.world import as_of, fact, taken_back

REGISTERED = fact("c", "concern_registered", "2026-03-01", {"channel": "school"}, subject="concern")
LINKED = fact("l", "concern_linked", "2026-03-05", {"other_record": "R-7"}, subject="concern")
TOLD = fact("t", "concern_feedback_given", "2026-03-06", subject="concern")
SIGN = fact("i", "indicator_noted", "2026-03-01", {"indicator": "IND-C2"})
ANSWERED = fact("a", "agency_consulted", "2026-03-03", {"asked": "eva", "answer": "nothing_known"})


def decided(outcome: str, on: str = "2026-03-04", name: str = "d") -> Fact:
    return fact(name, "concern_triaged", on, {"outcome": outcome}, subject="concern")


def reviewed(outcome: str | None, on: str = "2026-03-05", name: str = "r") -> Fact:
    said = {"second_person": True, **({} if outcome is None else {"review_outcome": outcome})}
    return fact(name, "concern_reviewed", on, said, subject="concern")


def stage(*facts: Fact, asked: bool = False) -> Stage:
    return triage_of(facts, at=as_of(), asked=asked).stage


OUTCOMES = (
    "no_action",
    "advice_given",
    "protect_now",
    "at_risk",
    "presumed_victim",
    "refer_elsewhere",
    "more_information",
)
REVIEWS = ("none", "without an outcome", "confirmed", "changed", "reopened")
SAID = ("nothing", "linked", "told back")

FOLLOWS = {
    # outcome and review: the stage with nothing more, linked to a record, told back to who reported.
    ("no_action", "none"): "second second second",
    ("no_action", "without an outcome"): "second second second",
    ("no_action", "confirmed"): "done done done",
    ("advice_given", "none"): "second second second",
    ("advice_given", "without an outcome"): "second second second",
    ("advice_given", "confirmed"): "done done done",
    ("protect_now", "none"): "decided done decided",
    ("protect_now", "without an outcome"): "decided done decided",
    ("protect_now", "confirmed"): "decided done decided",
    ("at_risk", "none"): "decided done decided",
    ("at_risk", "without an outcome"): "decided done decided",
    ("at_risk", "confirmed"): "decided done decided",
    ("presumed_victim", "none"): "decided done decided",
    ("presumed_victim", "without an outcome"): "decided done decided",
    ("presumed_victim", "confirmed"): "decided done decided",
    ("refer_elsewhere", "none"): "second done second",
    ("refer_elsewhere", "without an outcome"): "second done second",
    ("refer_elsewhere", "confirmed"): "decided done done",
    ("more_information", "none"): "waiting waiting waiting",
    ("more_information", "without an outcome"): "waiting waiting waiting",
    ("more_information", "confirmed"): "waiting waiting waiting",
    # A second person who disagrees puts it back, whatever was decided and done.
    **{(outcome, review): "waiting waiting waiting" for outcome in OUTCOMES for review in REVIEWS[3:]},
}


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("review", REVIEWS)
def test_where_a_concern_stands_follows_from_what_was_decided_and_reviewed(outcome: str, review: str):
    outcomes = {"none": (), "without an outcome": (None,)}.get(review, (review,))
    second = tuple(reviewed(one) for one in outcomes)
    found = [stage(REGISTERED, decided(outcome), *second, *more).value for more in ((), (LINKED,), (TOLD,))]
    assert found == FOLLOWS[outcome, review].split()


@pytest.mark.parametrize(
    "facts", [(), (decided("more_information"),), (decided("at_risk"), reviewed("reopened"))]
)
def test_a_concern_that_waits_for_other_agencies_says_so(facts: tuple[Fact, ...]):
    assert stage(REGISTERED, *facts) is Stage.WAITING
    assert stage(REGISTERED, *facts, asked=True) is Stage.ASKED
    assert stage(REGISTERED, *facts, ANSWERED) is Stage.ASKED


def test_a_review_of_an_older_decision_is_none():
    old, new = decided("no_action", "2026-03-02", "old"), decided("no_action", "2026-03-08", "new")
    confirmed = reviewed("confirmed", "2026-03-05")
    before = triage_of((REGISTERED, old, confirmed), at=as_of(), asked=False)
    after = triage_of((REGISTERED, old, confirmed, new), at=as_of(), asked=False)
    assert (before.stage, before.decision, before.review) == (Stage.DONE, old, confirmed)
    assert (after.stage, after.decision, after.review) == (Stage.SECOND, new, None)


def test_a_review_in_the_same_minute_is_of_that_decision():
    first, second = decided("no_action", "2026-03-04T10:00"), reviewed("confirmed", "2026-03-04T10:00")
    assert stage(REGISTERED, first, second) is Stage.DONE


def test_what_is_told_of_a_concern_is_all_there_whatever_the_order():
    facts = (REGISTERED, SIGN, ANSWERED, decided("at_risk"), reviewed("confirmed"), LINKED, TOLD)
    expected = Triage(
        stage=Stage.DONE,
        registered=REGISTERED,
        decision=facts[3],
        review=facts[4],
        consultations=(ANSWERED,),
        signs=(SIGN,),
        linked=("R-7",),
        told_back=True,
    )
    assert triage_of(facts, at=as_of(), asked=False) == expected
    assert triage_of(facts[::-1], at=as_of(), asked=False) == expected


def test_of_a_concern_of_which_nothing_is_known_nothing_is_told():
    empty = Triage(Stage.WAITING, None, None, None, (), (), (), False)
    assert triage_of((), at=as_of(), asked=False) == empty
    assert empty.concern is None


def test_the_subject_of_a_concern_is_the_one_named_or_the_first_fact_itself():
    unnamed = fact("c", "concern_registered", "2026-03-01", {"channel": "school"})
    found = [triage_of((one,), at=as_of(), asked=False).concern for one in (REGISTERED, unnamed)]
    assert found == ["concern", "c"]


def test_a_decision_that_was_taken_back_was_never_taken():
    back = taken_back("w", "d", "2026-03-06")
    assert stage(REGISTERED, decided("at_risk"), back) is Stage.WAITING
