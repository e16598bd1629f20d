"""The clock: from when a duty's time runs, and that nobody is late before anybody knew."""

from dataclasses import replace

from encircle.core.duty import DutyState
from encircle.law.counting import Unit
from encircle.law.duty import Clock
from encircle.vocabulary.facts.kind import Kind
from tests.core.duty.world import GUARDIAN_DUTY, alone, only
from tests.core.world import (
    as_of,
    at,
    days,
    duty,
    fact,
    rows,
)


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


def test_a_fault_in_the_clock_would_be_seen() -> None:
    """Planted: with the clock of the event, the record that nobody knew of would be overdue in its own time."""
    told = alone("1995-03-02", learnt={"carla": "1998-07-28"})
    rule = replace(GUARDIAN_DUTY, clock=Clock.HAPPENED)
    assert [only([told], one, day="1996-01-01").state.value for one in (GUARDIAN_DUTY, rule)] == [
        "open",
        "overdue",
    ]
