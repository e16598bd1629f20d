"""As of: the three times of a fact, corrections, withdrawals and versions side by side."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.core.child.as_of import AsOf, Reading, happened, standing
from encircle.core.child.event import Event
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.unknown import Unknown
from tests.core.world import AGENCIES, as_of, at, fact, instants, plain_facts, records, seen, taken_back

CARE = "parental_care_recorded"


def care(name: str, value: str, recorded: str = "2026-03-02", **more: object) -> Fact:
    return fact(name, CARE, "2026-03-02", {"parental_care": value}, recorded=recorded, **more)


def said(
    *facts: Fact, known: str | None = None, by: str | None = None, recorded: str | None = None
) -> object:
    """What the record says of the parents' care; the reason where it is unknown."""
    value = seen(facts, as_of(known=known, by=by, recorded=recorded)).child["parental_care"]
    return getattr(value, "reason", value)


def test_happened_learnt_and_recorded_are_three_questions() -> None:
    late = fact(
        "f",
        CARE,
        "2026-03-02",
        {"parental_care": "absent"},
        learnt={"dmitri": "2026-03-05", "carla": "2026-03-08"},
        recorded="2026-03-10",
    )
    unsaid = "child.parental_care is not on record"
    assert said(late) == "absent"
    assert seen([late], as_of("2026-03-01")).child["parental_care_recorded"] is False
    assert said(late, known="2026-03-04") == unsaid
    assert said(late, known="2026-03-05") == "absent"
    assert said(late, known="2026-03-07", by="carla") == unsaid
    assert said(late, known="2026-03-08", by="carla") == "absent"
    assert said(late, by="eva") == unsaid
    assert said(late, recorded="2026-03-09") == unsaid
    assert said(late, recorded="2026-03-10") == "absent"


def test_the_mark_is_known_since_that_agency_learnt_it() -> None:
    told = fact(
        "f",
        CARE,
        "2026-03-02",
        {"parental_care": "absent"},
        learnt={"dmitri": "2026-03-05", "carla": "2026-03-08"},
    )
    known = {by: seen([told], as_of(by=by)).child["parental_care_recorded_known"] for by in (None, "carla")}
    assert {by: str(span.earliest) for by, span in known.items()} == {
        None: "2026-03-05 21:59:00+00:00",
        "carla": "2026-03-08 21:59:00+00:00",
    }


def test_a_correction_stands_for_the_fact_that_it_corrects() -> None:
    wrong, right = care("f1", "present"), care("f2", "absent", "2026-03-05", corrects="f1")
    again = care("f3", "conflict", "2026-03-07", corrects="f2")
    assert said(wrong, right) == "absent"
    assert said(wrong, right, again) == "conflict"
    assert said(wrong, right, recorded="2026-03-04") == "present"


def test_of_two_corrections_recorded_at_once_the_one_further_on_stands() -> None:
    wrong, right = care("f1", "present"), care("b", "absent", corrects="f1")
    again = care("a", "conflict", corrects="b")
    assert said(wrong, right, again) == "conflict"


def test_a_correction_keeps_the_subject_and_the_first_knowledge() -> None:
    wrong = fact("f1", "guardian_appointed", "2026-03-02", {"capacity": "guardian"}, subject="bo")
    right = fact(
        "f2",
        "guardian_appointed",
        "2026-03-03",
        {"capacity": "provisional"},
        corrects="f1",
        recorded="2026-03-09",
        learnt={"dmitri": "2026-03-09"},
    )
    (event,) = standing([wrong, right], as_of())
    assert (event.subject, event.known, event.facts) == ("bo", at("2026-03-02T00:00"), (right,))


def test_a_withdrawn_fact_was_never_so() -> None:
    wrong = care("f1", "present")
    assert said(wrong, taken_back("w1", "f1", "2026-03-05")) == "child.parental_care is not on record"
    assert said(wrong, taken_back("w1", "f1", "2026-03-05"), known="2026-03-04") == "present"
    assert (
        said(wrong, taken_back("w1", "f1", "2026-03-05", learnt={"carla": "2026-03-05"}), by="dmitri")
        == "present"
    )


def test_a_withdrawn_withdrawal_does_nothing() -> None:
    told, first = care("f1", "absent"), taken_back("z", "f1", "2026-03-05")
    second, third = taken_back("a", "z", "2026-03-05"), taken_back("b", "a", "2026-03-05")
    assert said(told, first, second) == "absent"
    assert said(told, first, second, third) == "child.parental_care is not on record"


def test_withdrawing_a_correction_brings_back_what_it_corrected() -> None:
    first, second = care("f1", "absent"), care("f2", "present", "2026-03-05", corrects="f1")
    assert said(first, second, taken_back("w", "f2", "2026-03-06")) == "absent"
    unsaid = "child.parental_care is not on record"
    assert said(first, second, taken_back("w", "f1", "2026-03-06")) == unsaid


def held(name: str, happened: str, trained: bool, **more: object) -> Fact:
    payload = {"interviewer": "dmitri-1", "interviewer_trained": trained}
    return fact(name, "interview_held", happened, payload, **more)


def test_versions_of_one_event_stand_side_by_side_and_what_differs_is_unknown() -> None:
    one = held("f1", "2026-03-02T10:00", True, subject="i1")
    other = held("f2", "2026-03-02T14:00", False, version_of="f1", source="carla")
    (item,) = seen([one, other]).of(Kind.INTERVIEW)
    assert (item["id"], item["held"], item["interviewer"]) == ("i1", True, "dmitri-1")
    assert item["interviewer_trained"] == Unknown("the sources differ", ("interviewer_trained",))
    assert item["held_at"].text() == "2026-03-02T10:00/2026-03-02T14:00"
    assert seen([one, other]).child["interviews_held"] == 1


def test_what_only_one_version_says_stands() -> None:
    one = fact("f1", "interview_held", "2026-03-02", {"companion": True}, subject="i1")
    other = held("f2", "2026-03-02", True, version_of="f1")
    (item,) = seen([one, other]).of(Kind.INTERVIEW)
    assert (item["companion"], item["interviewer_trained"]) == (True, True)


def test_a_version_of_a_version_or_of_a_correction_is_of_the_same_event() -> None:
    one = held("f1", "2026-03-02", True, subject="i1")
    corrected = held("f2", "2026-03-02", True, corrects="f1", recorded="2026-03-03")
    other = held("f3", "2026-03-02", False, version_of="f2", recorded="2026-03-04")
    third = held("f4", "2026-03-02", True, version_of="f3", recorded="2026-03-05")
    (event,) = standing([third, other, corrected, one], as_of())
    assert (event.subject, event.facts) == ("i1", (corrected, other, third))


def test_a_version_whose_base_that_agency_does_not_know_stands_alone() -> None:
    one = held("f1", "2026-03-02", True, subject="i1")
    other = held("f2", "2026-03-02", False, version_of="f1", source="carla")
    (item,) = seen([one, other], as_of(by="carla")).of(Kind.INTERVIEW)
    assert (item["id"], item["interviewer_trained"]) == ("i1", False)


def test_facts_that_correct_each_other_in_a_circle_end_in_one_answer() -> None:
    one, other = care("a", "absent", corrects="b"), care("b", "present", corrects="a")
    assert [said(one, other), said(other, one)] == ["absent", "absent"]


def names(events: Sequence[Event]) -> list[str]:
    return [event.id for event in events]


def test_a_coarse_event_has_begun_in_one_reading_and_lies_ahead_in_the_other() -> None:
    year = fact("year", CARE, "2026", {"parental_care": "absent"})
    day = fact("day", CARE, "2026-03-02", {"parental_care": "present"})
    events = standing([year, day], as_of())
    inside, after = at("2026-06-01"), at("2026-12-31")
    assert names(happened(events, inside, Reading.EARLIEST)) == ["year", "day"]
    assert names(happened(events, inside, Reading.LATEST)) == ["day"]
    assert names(happened(events, after, Reading.EARLIEST)) == ["year", "day"]
    assert names(happened(events, after, Reading.LATEST)) == ["day", "year"]


def test_versions_that_differ_on_the_day_make_one_event_between_them() -> None:
    one = held("f1", "2026-03-02", True, subject="i1")
    other = held("f2", "2026-03-09", True, version_of="f1")
    events = standing([one, other], as_of())
    between = at("2026-03-05")
    assert [len(happened(events, between, reading)) for reading in Reading] == [1, 0]


@settings(max_examples=25)
@given(records(), instants, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_given_never_changes_what_stands(facts, instant, random) -> None:
    mixed = list(facts)
    random.shuffle(mixed)
    for reading in Reading:
        assert happened(standing(mixed, as_of()), instant, reading) == happened(
            standing(facts, as_of()), instant, reading
        )


@settings(max_examples=25)
@given(records(), instants, st.sampled_from(AGENCIES), st.data())
def test_what_an_agency_learns_never_hides_a_fact_from_any(facts, instant, agency, data) -> None:
    asked = AsOf(instant, known_as_of=instant)
    before = {event.id for event in standing(facts, asked)}
    more = tuple(
        replace(one, learnt=(*one.learnt, Learnt(AgencyId(agency), one.recorded)))
        if data.draw(st.booleans())
        else one
        for one in facts
    )
    assert before <= {event.id for event in standing(more, asked)}


@settings(max_examples=25)
@given(records(), instants, st.sampled_from(AGENCIES))
def test_what_one_agency_knows_any_knows(facts, instant, agency) -> None:
    one = standing(facts, AsOf(instant, known_as_of=instant, by=AgencyId(agency)))
    every = standing(facts, AsOf(instant, known_as_of=instant))
    assert {event.id for event in one} <= {event.id for event in every} <= {fact.id for fact in facts}


@settings(max_examples=25)
@given(records().filter(bool), st.data())
def test_a_withdrawn_fact_leaves_the_answer_as_if_it_had_never_been(facts, data) -> None:
    gone = data.draw(st.sampled_from(facts))
    taken = replace(taken_back("w", gone.id, "2026-11-23"), recorded=gone.recorded)
    without = tuple(one for one in facts if one is not gone)
    assert set(standing((*facts, taken), as_of())) == set(standing(without, as_of()))


@settings(max_examples=25)
@given(records().filter(bool), st.data())
def test_a_corrected_fact_leaves_the_answer_as_if_it_had_been_told_right_at_once(facts, data) -> None:
    wrong = data.draw(st.sampled_from(facts))
    right = data.draw(plain_facts(99, wrong.type))
    correction = replace(right, corrects=wrong.id, subject=wrong.subject, recorded=wrong.recorded)
    at_once = replace(right, id=wrong.id, subject=wrong.subject, learnt=wrong.learnt + right.learnt)
    told = tuple(at_once if one is wrong else one for one in facts)
    said_now = {answer_of(event) for event in standing((*facts, correction), as_of())}
    assert said_now == {answer_of(event) for event in standing(told, as_of())}


def answer_of(event: Event) -> tuple[object, ...]:
    subject = event.subject.replace("f99", "")
    return subject, event.known, event.earliest, event.latest, event.facts[0].payload, event.facts[0].type
