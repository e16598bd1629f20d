"""Coarse dates: what is certain of a duty where a time can be read in two ways."""

from dataclasses import replace

import pytest

from encircle.core.duty import DutyState
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.moment import EXACT_DATE
from encircle.vocabulary.unknown import Unknown
from tests.core.duty.world import ALONE, GUARDIAN_DUTY, NEEDS_GUARDIAN, alone, guardian, only
from tests.core.world import (
    WORDS,
    at,
    days,
    duty,
)


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
