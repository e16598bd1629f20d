"""The ledger: states of a duty, its clock, coarse dates, and who knew what when."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.actions.law import law_of
from encircle.core.child import AsOf
from encircle.core.duty import DutyRow, DutyState, ledger
from encircle.law.counting import Unit
from encircle.law.duty import Clock, DueRule, Standing
from encircle.law.sop import SopRule
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.moment import EXACT_DATE
from encircle.vocabulary.unknown import Unknown
from tests.core.world import (
    WORDS,
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

NEEDS_GUARDIAN = {"appointment": "guardians.exists(g, g.current)"}
ALONE = "child.parental_care_recorded && child.parental_care == 'absent'"
GUARDIAN_DUTY = duty(
    ALONE,
    starts=["child.parental_care_recorded"],
    needs=NEEDS_GUARDIAN,
    dated="guardians.appointed",
    due=days(10),
)


def alone(happened: str = "2026-03-02", **more: object) -> Fact:
    return fact("alone", "parental_care_recorded", happened, {"parental_care": "absent"}, **more)


def guardian(happened: str, name: str = "g", **more: object) -> Fact:
    return fact(name, "guardian_appointed", happened, {"capacity": "guardian"}, subject=name, **more)


def only(facts: list[Fact], rule=GUARDIAN_DUTY, **asked: str) -> DutyRow:
    (row,) = rows(facts, rule, asked=as_of(**asked))
    return row


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
    sop = SopRule("sop", limit.title, limit.period, limit.title, (), limit.origins)
    row = only([alone()], replace(GUARDIAN_DUTY, due=DueRule(WORDS.words, None, sop, Standing.SOP)))
    assert row.due is not None
    assert (row.state, row.due.kind) == (DutyState.OVERDUE, Standing.SOP)


def test_a_duty_for_each_interview_has_a_row_for_each() -> None:
    rule = duty("interview.held", for_each=Kind.INTERVIEW, starts=["interview.held"], due=days(1))
    facts = [fact("i1", "interview_held", "2026-03-02"), fact("i2", "interview_held", "2026-03-09")]
    found = rows(facts, rule, asked=as_of("2026-03-10"))
    assert [(row.subject, row.state.value) for row in found] == [("i1", "overdue"), ("i2", "due_soon")]


# The clock


def test_nobody_is_overdue_before_anybody_has_learnt() -> None:
    told = alone("1995-03-02", learnt={"carla": "1998-07-28"})
    at_the_time = only([told], day="1996-01-01")
    assert (at_the_time.state, at_the_time.due) == (DutyState.OPEN, None)
    afterwards = only([told], day="1998-08-10")
    assert afterwards.due is not None
    assert (afterwards.state, afterwards.due.latest) == (DutyState.OVERDUE, at("1998-08-07"))


def test_what_nobody_ever_learnt_starts_no_clock() -> None:
    assert only([alone(learnt={})]).due is None


def test_a_clock_that_counts_from_the_event_runs_whoever_knew() -> None:
    told = alone("1995-03-02", learnt={"carla": "1998-07-28"})
    row = only([told], replace(GUARDIAN_DUTY, clock=Clock.HAPPENED), day="1996-01-01")
    assert row.due is not None
    assert (row.state, row.due.latest) == (DutyState.OVERDUE, at("1995-03-12"))


def test_the_clock_of_an_agency_runs_from_when_that_agency_learnt() -> None:
    told = alone(learnt={"dmitri": "2026-03-02", "carla": "2026-03-20"})
    dues = {by: only([told], by=by).due for by in ("dmitri", "carla")}
    assert {by: due.latest for by, due in dues.items() if due} == {
        "dmitri": at("2026-03-12"),
        "carla": at("2026-03-30"),
    }
    assert rows([told], GUARDIAN_DUTY, asked=as_of(by="eva")) == ()


def test_of_several_statements_the_one_known_first_starts_the_clock() -> None:
    rule = replace(
        GUARDIAN_DUTY, from_=duty("true", starts=["child.presumed", "child.parental_care_recorded"]).from_
    )
    early_but_unknown = fact(
        "p", "child_presumed", "2026-01-05", {"presumed_on": ["claim"]}, learnt={"carla": "2026-06-01"}
    )
    never_learnt = replace(early_but_unknown, learnt=())
    for other in (early_but_unknown, never_learnt):
        row = only([alone(), other], rule)
        assert row.started is not None
        assert [one.id for one in row.started.facts] == ["alone"]


def test_a_plural_starts_with_the_subject_that_was_known_first() -> None:
    rule = duty("proceedings.exists(p, p.opened)", starts=["proceedings.opened"], due=days(10))
    facts = [
        fact(
            "a",
            "proceeding_opened",
            "2026-01-05",
            {"proceeding_kind": "asylum"},
            learnt={"carla": "2026-06-01"},
        ),
        fact("b", "proceeding_opened", "2026-02-05", {"proceeding_kind": "family"}),
    ]
    row = only(facts, rule, day="2026-02-06")
    assert row.due is not None
    assert row.due.latest == at("2026-02-15")


def test_twelve_hours_across_the_change_of_clocks_are_twelve_real_hours() -> None:
    rule = duty(
        "missing.located", for_each=Kind.MISSING, starts=["missing.located"], due=days(12, unit=Unit.HOURS)
    )
    row = only([fact("m", "missing_located", "2026-03-28T22:30", {"located_by_role": "police"})], rule)
    assert row.due is not None
    assert row.due.latest == at("2026-03-29T11:30")


def test_learnt_inside_a_coarse_time_the_clock_runs_from_knowing() -> None:
    told = alone("1995", learnt={"carla": "1995-06-30"})
    row = only([told], day="1995-12-31")
    assert row.due is not None
    assert (row.due.earliest, row.due.latest) == (at("1995-07-10"), at("1995-07-10"))


# Coarse dates


def test_a_coarse_date_gives_a_range_and_a_duty_that_holds_from_its_first_moment() -> None:
    told = alone("2026-03")
    inside = only([told], day="2026-03-20")
    assert inside.due is not None
    assert (inside.state, inside.due.earliest, inside.due.latest) == (
        DutyState.DUE_SOON,
        at("2026-03-11"),
        at("2026-04-10"),
    )
    assert [only([told], day=day).state.value for day in ("2026-04-10", "2026-04-11")] == [
        "due_soon",
        "overdue",
    ]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ([alone(), guardian("2026")], "unknown"),
        ([alone(), guardian("2026-03")], "met"),
        ([alone("2026"), guardian("2026-03-04")], "unknown"),
        ([alone("2026")], "open"),
    ],
)
def test_where_the_answer_differs_inside_a_coarse_time_the_exact_date_is_asked_for(
    facts: list[Fact], state: str
) -> None:
    row = only(facts, replace(GUARDIAN_DUTY, due=WORDS), day="2026-06-01")
    assert row.state == state
    assert row.unknown == (Unknown(EXACT_DATE) if state == "unknown" else None)


def test_a_duty_that_a_coarse_time_may_have_ended_is_not_known() -> None:
    rule = duty("!guardians.exists(g, g.appointed)")
    row = only([guardian("2026")], rule, day="2026-06-01")
    assert (row.state, row.unknown) == (DutyState.UNKNOWN, Unknown(EXACT_DATE))


def test_it_is_late_only_if_both_readings_say_so() -> None:
    rule = duty(
        ALONE,
        starts=["child.parental_care_recorded"],
        due=days(10),
        suspended="guardians.exists(g, g.appointed)",
    )
    row = only([alone(), guardian("2026")], rule, day="2026-06-01")
    assert (row.state, row.unknown) == (DutyState.UNKNOWN, Unknown(EXACT_DATE))
    both = duty(
        ALONE,
        starts=["child.parental_care_recorded"],
        due=days(10),
        needs=NEEDS_GUARDIAN | {"x": "child.presumed"},
    )
    row = only([alone(), guardian("2026")], both, day="2026-06-01")
    assert (row.state, row.missing) == (DutyState.OVERDUE, ("appointment", "x"))
    assert row.evidence[0].found == Unknown(EXACT_DATE)


# Invariants, on the law as it stands

LAW = law_of("ee")


def table(facts, asked: AsOf) -> dict[tuple[str, str], str]:
    found = ledger(folded(facts, asked), LAW.duties, calendar=LAW.calendar)
    return {row.key: row.state.value for row in found}


def test_before_the_first_fact_no_duty_stands_except_those_that_always_do() -> None:
    always = {(rule.code, "") for rule in LAW.duties if rule.for_each is None and rule.when.text == "true"}
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


def test_a_fault_in_the_clock_would_be_seen() -> None:
    """Planted: with the clock of the event, the record that nobody knew of would be overdue in its own time."""
    told = alone("1995-03-02", learnt={"carla": "1998-07-28"})
    rule = replace(GUARDIAN_DUTY, clock=Clock.HAPPENED)
    assert [only([told], one, day="1996-01-01").state.value for one in (GUARDIAN_DUTY, rule)] == [
        "open",
        "overdue",
    ]
