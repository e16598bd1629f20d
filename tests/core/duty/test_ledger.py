"""The ledger: the states of a duty, what it rests on, and what never changes them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.actions.law import law_of
from encircle.core.child import AsOf
from encircle.core.duty import DutyState, ledger
from encircle.law.counting import Counting, Period, Unit
from encircle.law.duty import DueRule, DutyRule, Standing
from encircle.law.practice import Adopted
from encircle.law.sop import SetNumber, SopRule
from encircle.law.texts import Texts
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.moment import Precision, Span
from encircle.vocabulary.role import Role
from encircle.vocabulary.unknown import Unknown
from tests.core.duty.world import ALONE, GUARDIAN_DUTY, NEEDS_GUARDIAN, alone, guardian, only
from tests.core.world import (
    HERE,
    WORDS,
    ZONE,
    as_of,
    at,
    days,
    duty,
    fact,
    folded,
    instants,
    records,
    rows,
    states,
    taken_back,
)

# States


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-03-02", "open"),
        ("2026-03-09", "open"),
        ("2026-03-10", "due_soon"),
        ("2026-03-12", "due_soon"),
        ("2026-03-13", "overdue"),
    ],
)
def test_time_alone_moves_a_duty_from_open_to_due_soon_to_overdue(day: str, state: str) -> None:
    assert only([alone()], day=day).state == state


def test_a_row_says_what_it_rests_on() -> None:
    told = alone()
    row = only([told], day="2026-03-05")
    assert (row.rule, row.subject, row.state, row.missing) == (
        GUARDIAN_DUTY,
        None,
        DutyState.OPEN,
        ("appointment",),
    )
    assert row.started is not None
    assert (row.started.at, row.started.facts) == (told.happened, (told,))
    assert row.due is not None
    assert (row.due.kind, row.due.earliest, row.due.latest) == (
        Standing.LAW,
        at("2026-03-12"),
        at("2026-03-12"),
    )
    assert (row.met_at, row.late, row.unknown, row.because) == (None, False, None, None)
    assert row.next_change_at == at("2026-03-12") - (at("2026-03-12") - told.happened.earliest) / 4


def test_a_duty_is_met_when_its_evidence_is_there_in_time_or_late() -> None:
    early, late = (only([alone(), guardian(day)]) for day in ("2026-03-04", "2026-04-04"))
    assert (early.state, early.met_at, early.late) == (
        DutyState.MET,
        guardian("2026-03-04").happened.latest,
        False,
    )
    assert (late.state, late.met_at, late.late) == (
        DutyState.MET,
        guardian("2026-04-04").happened.latest,
        True,
    )
    assert early.missing == ()


def test_proof_that_has_no_date_meets_a_duty_at_no_known_time() -> None:
    rule = replace(
        GUARDIAN_DUTY, evidence=duty(ALONE, needs={"x": ALONE}, dated="guardians.appointed").evidence
    )
    row = only([alone()], rule)
    assert (row.state, row.met_at, row.late) == (DutyState.MET, None, False)


def test_of_several_proofs_the_last_one_says_when_the_duty_was_met() -> None:
    vetted = {"placed": "placements.exists(p, p.started)"}
    both = (*GUARDIAN_DUTY.evidence, *duty(ALONE, needs=vetted, dated="placements.started").evidence)
    placed = fact("p", "placement_started", "2026-03-09", {"placement_kind": "foster"})
    row = only([alone(), guardian("2026-03-04"), placed], replace(GUARDIAN_DUTY, evidence=both))
    assert (row.state, row.met_at, row.late) == (DutyState.MET, placed.happened.latest, False)


def test_the_guardian_in_office_dates_the_proof_and_not_one_before() -> None:
    before = [guardian("2026-03-03", "old"), fact("e", "guardian_ended", "2026-03-04", ENDED, subject="old")]
    row = only([alone(), *before, guardian("2026-04-04", "new")])
    assert (row.met_at, row.late) == (guardian("2026-04-04").happened.latest, True)


ENDED = {"ended_because": "replaced"}


@pytest.mark.parametrize(
    ("holding", "state"),
    [
        ((), "overdue"),
        (("suspended",), "suspended"),
        (("breached",), "breached"),
        (("lifted",), "lifted"),
        (("suspended", "breached"), "breached"),
        (("suspended", "lifted", "breached"), "lifted"),
    ],
)
def test_what_lifts_comes_before_what_breaches_and_that_before_what_suspends(
    holding: tuple[str, ...], state: str
) -> None:
    rule = duty(
        ALONE,
        starts=["child.parental_care_recorded"],
        due=days(1),
        **dict.fromkeys(holding, "child.is_child"),
    )
    claim = fact("c", "age_claimed", "2026-03-02", {"claimed_child": True})
    row = only([alone(), claim], rule)
    assert (row.state, None if row.because is None else str(row.because)) == (
        state,
        "child.is_child" if holding else None,
    )


def test_a_suspended_duty_that_is_met_is_met() -> None:
    rule = duty(ALONE, needs=NEEDS_GUARDIAN, suspended="child.parental_care_recorded")
    assert states([alone()], rule) == ["suspended"]
    assert states([alone(), guardian("2026-03-04")], rule) == ["met"]


def test_a_ground_that_is_not_known_neither_lifts_nor_suspends() -> None:
    rule = duty(ALONE, lifted="child.is_child", suspended="child.is_child", breached="child.is_child")
    assert states([alone()], rule) == ["open"]


def test_a_trigger_that_is_not_known_is_asked_for_or_opens_the_duty() -> None:
    asks = duty("child.is_child", needs=NEEDS_GUARDIAN)
    opens = duty("child.is_child", needs=NEEDS_GUARDIAN, unknown_opens=True)
    age_unknown = Unknown(
        "nothing on record about the age", ("date_of_birth_recorded", "age_claimed", "child_presumed")
    )
    (row,) = rows([alone()], asks)
    assert (row.state, row.unknown, row.missing) == (DutyState.UNKNOWN, age_unknown, ())
    (row,) = rows([alone()], opens)
    assert (row.state, row.unknown, row.missing) == (DutyState.OPEN, age_unknown, ("appointment",))


def test_evidence_that_is_not_known_is_missing() -> None:
    rule = duty(ALONE, needs={"vetted": "placements.exists(p, p.vetted)"})
    placed = fact("p", "placement_started", "2026-03-02", {"placement_kind": "foster"})
    (row,) = rows([alone(), placed], rule)
    assert (row.state, row.missing) == (DutyState.OPEN, ("vetted",))
    assert isinstance(row.evidence[0].found, Unknown)


def test_a_duty_without_evidence_is_never_met() -> None:
    assert states([alone()], duty(ALONE)) == ["open"]


@pytest.mark.parametrize("standing", [Standing.UNVERIFIED, Standing.WORDS])
def test_only_a_number_that_was_read_or_an_sop_makes_overdue(standing: Standing) -> None:
    rule = replace(GUARDIAN_DUTY, due=days(1, standing))
    row = only([alone()], rule)
    assert row.state is DutyState.OPEN
    assert row.next_change_at is None


def test_an_sop_number_makes_overdue_and_is_shown_as_one() -> None:
    limit = days(5).limit
    assert limit is not None
    sop = SopRule("sop", limit.title, limit.period, (), limit.title, limit.origins)
    row = only([alone()], replace(GUARDIAN_DUTY, due=DueRule(WORDS.words, None, sop, Standing.SOP)))
    assert row.due is not None
    assert (row.state, row.due.kind) == (DutyState.OVERDUE, Standing.SOP)


def by_practice(first: int, then: int, since: str) -> DutyRule:
    """The duty of the test world with a number of days by practice, and another one from an instant on."""
    numbers = tuple(
        SetNumber(
            Period(amount, Unit.DAYS, Counting.PLAIN),
            Texts.english("the network"),
            (),
            None if start is None else Adopted(1, start, Role.COORDINATOR, Role.MINISTRY),
        )
        for amount, start in ((first, None), (then, at(since)))
    )
    sop = SopRule("sop", WORDS.words, numbers[-1].period, (), numbers[-1].set_by, (HERE,), numbers=numbers)
    return replace(GUARDIAN_DUTY, due=DueRule(WORDS.words, None, sop, Standing.SOP))


def test_what_is_open_is_measured_by_the_number_that_holds_now() -> None:
    rule = by_practice(5, 30, "2026-03-20T12:00")
    before, after = (
        only([alone()], rule, day="2026-03-20T11:59"),
        only([alone()], rule, day="2026-03-20T12:00"),
    )
    assert before.due is not None
    assert after.due is not None
    assert (before.state, before.due.latest) == (DutyState.OVERDUE, at("2026-03-07"))
    assert (after.state, after.due.latest) == (DutyState.OPEN, at("2026-04-01"))


def test_what_was_done_is_measured_by_the_number_that_held_when_it_was_done() -> None:
    rule = by_practice(5, 30, "2026-03-20T12:00")
    late, in_time = (
        only([alone(), guardian("2026-03-10")], rule),
        only([alone(), guardian("2026-03-25")], rule),
    )
    assert late.due is not None
    assert in_time.due is not None
    assert (late.state, late.late, late.due.latest) == (DutyState.MET, True, at("2026-03-07"))
    assert (in_time.state, in_time.late, in_time.due.latest) == (DutyState.MET, False, at("2026-04-01"))


def test_a_row_says_when_time_alone_moves_it_next() -> None:
    told, due = alone(), at("2026-03-12")
    soon = due - (due - told.happened.earliest) / 4
    found = {day: only([told], day=day).next_change_at for day in ("2026-03-05", "2026-03-11", "2026-03-13")}
    assert found == {"2026-03-05": soon, "2026-03-11": due, "2026-03-13": None}
    met = only([told, guardian("2026-03-04")], day="2026-03-05")
    assert (met.state, met.next_change_at) == (DutyState.MET, None)


def test_a_duty_is_due_soon_from_the_moment_when_a_quarter_of_its_time_is_left() -> None:
    told, due = alone(), at("2026-03-12")
    soon = due - (due - told.happened.earliest) / 4
    moments = (soon - timedelta(seconds=1), soon, due, due + timedelta(seconds=1))
    found = [rows([told], GUARDIAN_DUTY, asked=AsOf(moment))[0].state.value for moment in moments]
    assert found == ["open", "due_soon", "due_soon", "overdue"]


def test_a_proof_that_comes_in_the_last_second_is_in_time() -> None:
    limit = only([alone()]).due
    assert limit is not None
    assert limit.latest is not None
    proof = guardian("2026-03-12")
    in_time = replace(proof, happened=Span(limit.latest, limit.latest, Precision.MINUTE, ZONE))
    after = limit.latest + timedelta(seconds=1)
    late = replace(proof, happened=Span(after, after, Precision.MINUTE, ZONE))
    assert [only([alone(), one]).late for one in (in_time, late)] == [False, True]


def test_a_duty_for_each_interview_can_run_from_something_of_the_whole_record() -> None:
    rule = duty("interview.held", for_each=Kind.INTERVIEW, starts=["guardians.appointed"], due=days(10))
    facts = [guardian("2026-03-02"), fact("i1", "interview_held", "2026-03-09")]
    (row,) = rows(facts, rule, asked=as_of("2026-03-10"))
    assert row.started is not None
    assert (row.subject, row.started.at) == ("i1", facts[0].happened)


def test_of_two_guardians_in_office_the_first_dates_the_proof() -> None:
    row = only([alone(), guardian("2026-03-09", "b"), guardian("2026-03-04", "a")])
    assert row.met_at == guardian("2026-03-04").happened.latest


def test_a_duty_for_each_interview_has_a_row_for_each() -> None:
    rule = duty("interview.held", for_each=Kind.INTERVIEW, starts=["interview.held"], due=days(1))
    facts = [fact("i1", "interview_held", "2026-03-02"), fact("i2", "interview_held", "2026-03-09")]
    found = rows(facts, rule, asked=as_of("2026-03-10"))
    assert [(row.subject, row.state.value) for row in found] == [("i1", "overdue"), ("i2", "due_soon")]


# Invariants, on the law as it stands

LAW = law_of("ee")


def table(facts, asked: AsOf) -> dict[tuple[str, str], str]:
    found = ledger(folded(facts, asked), LAW.duties, calendar=LAW.calendar)
    return {row.key: row.state.value for row in found}


def test_before_the_first_fact_no_duty_stands_except_those_that_always_do() -> None:
    always = {
        (rule.code, "")
        for rule in LAW.duties
        if rule.for_each is None and rule.when.text == "true" and rule.scope.record is Kind.CHILD
    }
    assert table([alone()], as_of("2026-03-01")).keys() == always
    assert states([], duty("true"), GUARDIAN_DUTY, asked=as_of()) == ["open"]


@settings(max_examples=25)
@given(records(), instants, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_given_never_changes_the_answer(facts, instant, random) -> None:
    mixed = list(facts)
    random.shuffle(mixed)
    assert table(mixed, AsOf(instant)) == table(facts, AsOf(instant))


@settings(max_examples=25)
@given(records().filter(bool), instants, st.data())
def test_withdrawing_a_fact_gives_the_answer_of_never_having_had_it(facts, instant, data) -> None:
    gone = data.draw(st.sampled_from(facts))
    without = tuple(one for one in facts if one is not gone)
    later = replace(taken_back("w", gone.id, "2027-12-31"), recorded=gone.recorded + timedelta(days=1))
    assert table((*facts, later), AsOf(instant)) == table(without, AsOf(instant))


@settings(max_examples=25)
@given(records(), instants)
def test_a_presumption_never_removes_a_duty(facts, instant) -> None:
    presumed = fact("presumed", "child_presumed", "2025-12-31", {"presumed_on": ["claim"]})
    before = table(facts, AsOf(instant))
    after = table((*facts, presumed), AsOf(instant))
    open_before = {key for key, state in before.items() if state in ("open", "due_soon", "overdue")}
    assert {key for key in open_before if key not in after or after[key] == "lifted"} == set()


@settings(max_examples=25)
@given(records(), instants)
def test_nothing_is_overdue_in_the_knowledge_of_an_agency_that_knows_nothing(facts, instant) -> None:
    assert "overdue" not in table(facts, AsOf(instant, by=AgencyId("eva"))).values()
