"""Coarse dates: what is certain of a duty where a time can be read in two ways."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as changed

from encircle.core.duty import DutyRow, DutyState
from encircle.core.duty.readings import both_readings
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

Found = tuple[bool | Unknown, ...]


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


# Two readings, state by state

STATES = tuple(DutyState)
TO_BE_DONE = (DutyState.OPEN, DutyState.DUE_SOON, DutyState.OVERDUE)
"""The further on, the later the duty is."""


def read(state: DutyState) -> DutyRow:
    return DutyRow(
        GUARDIAN_DUTY, None, state, late=True, met_at=at("2026-03-04"), next_change_at=at("2026-04-01")
    )


def unclear(row: DutyRow) -> DutyRow:
    return changed(
        row,
        state=DutyState.UNKNOWN,
        unknown=Unknown(EXACT_DATE),
        met_at=None,
        late=False,
        next_change_at=None,
    )


@pytest.mark.parametrize("earliest", STATES)
@pytest.mark.parametrize("latest", STATES)
def test_of_two_readings_that_is_said_which_is_certain(earliest: DutyState, latest: DutyState) -> None:
    first, last = read(earliest), read(latest)
    if earliest is latest:
        expected = first
    elif earliest in TO_BE_DONE and latest in TO_BE_DONE:
        expected = read(min(earliest, latest, key=TO_BE_DONE.index))
    else:
        expected = unclear(first)
    assert both_readings(first, last) == expected


@pytest.mark.parametrize("state", STATES)
def test_a_duty_that_stands_in_one_reading_alone_holds_from_the_earliest_moment(state: DutyState) -> None:
    row = read(state)
    holds = state in (*TO_BE_DONE, DutyState.UNKNOWN)
    assert both_readings(row, None) == (row if holds else unclear(row))
    assert both_readings(None, row) == unclear(row)


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        ((True, False), (True, False), (True, False)),
        ((True, False), (False, False), (Unknown(EXACT_DATE), False)),
        ((Unknown("why"),), (Unknown("why"),), (Unknown("why"),)),
        ((Unknown("why"),), (True,), (Unknown(EXACT_DATE),)),
        ((), (True,), (True,)),
        ((True,), (), (True,)),
    ],
)
def test_evidence_is_there_where_both_readings_find_it(
    earliest: Found, latest: Found, expected: Found
) -> None:
    """A reading in which it is not known whether the duty stands finds nothing, and says nothing against the other."""
    first, last = (changed(read(DutyState.OPEN), found=found) for found in (earliest, latest))
    assert both_readings(first, last) == changed(first, found=expected)
    overdue = changed(first, state=DutyState.OVERDUE)
    assert both_readings(overdue, last) == changed(last, found=expected)
