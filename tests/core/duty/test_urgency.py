"""Urgency: what is late before what is dated, that before what is not, and what needs nobody has no place."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from encircle.core.duty import DutyRow, DutyState
from encircle.core.duty.urgency import Urgency, due_by, most_urgent, urgency
from encircle.law.deadline import Due
from encircle.law.duty import Standing
from tests.core.duty.world import GUARDIAN_DUTY
from tests.core.world import WORDS, at

SOON, LATER = at("2026-03-12"), at("2026-04-12")


def row(state: DutyState, ends: datetime | None = None, kind: Standing = Standing.LAW) -> DutyRow:
    due = None if ends is None else Due(kind, WORDS.words, ends, ends, ())
    return DutyRow(GUARDIAN_DUTY, None, state, due=due)


PLACES = {
    # state: its place with a time that binds, and without one
    DutyState.OPEN: (Urgency.DATED, Urgency.UNDATED),
    DutyState.DUE_SOON: (Urgency.DATED, Urgency.UNDATED),
    DutyState.OVERDUE: (Urgency.LATE, Urgency.LATE),
    DutyState.BREACHED: (Urgency.LATE, Urgency.LATE),
    DutyState.UNKNOWN: (Urgency.UNKNOWN, Urgency.UNKNOWN),
    DutyState.MET: (None, None),
    DutyState.SUSPENDED: (None, None),
    DutyState.LIFTED: (None, None),
    DutyState.NOT_APPLICABLE: (None, None),
}


def test_every_state_is_in_the_table():
    assert set(PLACES) == set(DutyState)


@pytest.mark.parametrize("state", DutyState)
def test_a_duty_has_the_place_of_its_state_and_time(state: DutyState):
    assert (urgency(row(state, SOON)), urgency(row(state))) == PLACES[state]


@pytest.mark.parametrize(
    ("kind", "binds"),
    [(Standing.LAW, True), (Standing.SOP, True), (Standing.UNVERIFIED, False), (Standing.WORDS, False)],
)
def test_only_law_that_was_read_and_practice_set_a_time(kind: Standing, binds: bool):
    one = row(DutyState.OPEN, SOON, kind)
    assert (due_by(one), urgency(one)) == ((SOON, Urgency.DATED) if binds else (None, Urgency.UNDATED))


def test_what_is_due_in_an_interval_is_due_by_its_end():
    coarse = changed(row(DutyState.OPEN), due=Due(Standing.LAW, WORDS.words, SOON, LATER, ()))
    assert due_by(coarse) == LATER


def test_the_most_urgent_is_late_first_then_what_ends_first():
    late, soon, later = (
        row(DutyState.OVERDUE, LATER),
        row(DutyState.OPEN, SOON),
        row(DutyState.DUE_SOON, LATER),
    )
    undated, unknown = row(DutyState.OPEN), row(DutyState.UNKNOWN)
    assert most_urgent([unknown, undated, later, soon, late]) == (Urgency.LATE, LATER)
    assert most_urgent([unknown, undated, later, soon]) == (Urgency.DATED, SOON)
    assert most_urgent([unknown, undated]) == (Urgency.UNDATED, None)
    assert most_urgent([row(DutyState.BREACHED), late]) == (Urgency.LATE, LATER)
    assert most_urgent([unknown]) == (Urgency.UNKNOWN, None)


def test_where_nobody_has_anything_to_do_nothing_is_urgent():
    assert most_urgent([]) is None
    assert most_urgent([row(DutyState.MET, SOON), row(DutyState.LIFTED)]) is None


ROWS = st.lists(
    st.builds(
        row, st.sampled_from(DutyState), st.none() | st.sampled_from([SOON, LATER]), st.sampled_from(Standing)
    ),
    max_size=6,
)


@given(ROWS, ROWS)
def test_one_more_duty_never_makes_a_child_wait_longer(fewer: list[DutyRow], more: list[DutyRow]):
    before, after = most_urgent(fewer), most_urgent([*fewer, *more])
    assert after == most_urgent([*more, *fewer])
    if before is not None:
        assert after is not None
        assert after[0] <= before[0]
