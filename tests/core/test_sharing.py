"""Sharing agreements: where one stands on a day, what it covers, and what cannot be agreed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.core.sharing import AgreementState, Signed, Terms, covers, faults, state_of
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.onward import Onward
from encircle.vocabulary.visit_purpose import VisitPurpose

TERMS = Terms(
    groups=frozenset({FieldGroup.HEALTH, FieldGroup.LOCATION}),
    ends=frozenset({VisitPurpose.PROTECT}),
    onward=Onward.NOT,
    first=date(2026, 12, 1),
    last=date(2027, 11, 30),
)
BOTH, GIVER, TAKER = Signed(True, True, False), Signed(True, False, False), Signed(False, True, False)
ENDED, DECLINED = Signed(True, True, True), Signed(True, False, True)
BEFORE, FIRST, MIDDLE, LAST, AFTER = (
    date(2026, 11, 30),
    date(2026, 12, 1),
    date(2027, 6, 1),
    date(2027, 11, 30),
    date(2027, 12, 1),
)
WAITS, COMING, RUNS = AgreementState.WAITS, AgreementState.COMING, AgreementState.RUNS
OVER, OFF, NO = AgreementState.OVER, AgreementState.ENDED, AgreementState.DECLINED


@pytest.mark.parametrize(
    ("signed", "states"),
    [
        (BOTH, [COMING, RUNS, RUNS, RUNS, OVER]),
        (GIVER, [WAITS, WAITS, WAITS, WAITS, OVER]),
        (TAKER, [WAITS, WAITS, WAITS, WAITS, OVER]),
        (ENDED, [OFF] * 5),
        (DECLINED, [NO] * 5),
    ],
)
def test_it_runs_from_its_first_day_to_its_last_once_both_have_signed(
    signed: Signed, states: list[AgreementState]
):
    assert [state_of(TERMS, signed, on=day) for day in (BEFORE, FIRST, MIDDLE, LAST, AFTER)] == states


@given(
    group=st.sampled_from(FieldGroup),
    day=st.dates(date(2026, 1, 1), date(2029, 1, 1)),
    signed=st.builds(Signed, st.booleans(), st.booleans(), st.booleans()),
)
def test_it_covers_only_its_parts_and_only_while_it_runs(group: FieldGroup, day: date, signed: Signed):
    meant = group in {FieldGroup.HEALTH, FieldGroup.LOCATION} and FIRST <= day <= LAST and signed == BOTH
    assert covers(TERMS, signed, group, on=day) is meant


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, {}),
        ({"groups": frozenset()}, {"groups": "no_part"}),
        ({"groups": frozenset({FieldGroup.MINIMUM})}, {"groups": "no_part"}),
        ({"ends": frozenset()}, {"ends": "no_end"}),
        ({"first": BEFORE - timedelta(days=1)}, {"first": "in_the_past"}),
        ({"first": BEFORE}, {}),
        ({"last": FIRST}, {"last": "ends_before_it_begins"}),
        ({"last": FIRST + timedelta(days=1)}, {}),
        ({"last": date(2031, 12, 1)}, {}),
        ({"last": date(2031, 12, 2)}, {"last": "too_long"}),
        ({"first": date(2028, 2, 29), "last": date(2033, 2, 28)}, {}),
        ({"first": date(2028, 2, 29), "last": date(2033, 3, 1)}, {"last": "too_long"}),
        ({"groups": frozenset(), "last": BEFORE}, {"groups": "no_part", "last": "ends_before_it_begins"}),
    ],
)
def test_what_cannot_be_agreed_is_told_by_field(changed: dict[str, object], found: dict[str, str]):
    assert faults(replace(TERMS, **changed), today=BEFORE) == found
