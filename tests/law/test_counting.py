"""Counting rules: what must hold for every period, start and calendar."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.law.calendar import Calendar, zone_of
from encircle.law.counting import Counting, Period, Step, Unit, end_of

CALENDARS = st.sampled_from(
    [
        Calendar("EE", "Europe/Tallinn"),
        Calendar("GB-ENG", "Europe/London"),
        Calendar("DK", "Europe/Copenhagen"),
        Calendar(None, "Europe/Brussels"),
    ]
)
STARTS = st.integers(0, 95 * 365 * 24 * 60).map(
    lambda minutes: datetime(1995, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
DAYS = st.sampled_from([unit for unit in Unit if unit is not Unit.HOURS])
REGULATION = st.builds(Period, st.integers(1, 60), DAYS, st.just(Counting.REG_1182_71))
PLAIN = st.builds(Period, st.integers(1, 60), DAYS, st.just(Counting.PLAIN))
HOURS = st.builds(
    Period,
    st.integers(1, 500),
    st.just(Unit.HOURS),
    st.sampled_from([Counting.HOURS, Counting.REG_1182_71]),
)
PERIODS = st.one_of(REGULATION, PLAIN, HOURS)


@given(PERIODS, STARTS, CALENDARS)
def test_a_period_ends_after_it_starts(period: Period, start: datetime, calendar: Calendar) -> None:
    assert end_of(period, start=start, calendar=calendar).at > start


@given(PERIODS, STARTS, st.integers(0, 100_000), CALENDARS)
def test_a_later_start_never_ends_sooner(
    period: Period, start: datetime, minutes: int, calendar: Calendar
) -> None:
    later = start + timedelta(minutes=minutes)
    first, second = (end_of(period, start=one, calendar=calendar).at for one in (start, later))
    assert first <= second


@given(PERIODS, STARTS, CALENDARS)
def test_a_longer_period_never_ends_sooner(period: Period, start: datetime, calendar: Calendar) -> None:
    longer = Period(period.amount + 1, period.unit, period.counting)
    ends = [end_of(one, start=start, calendar=calendar).at for one in (period, longer)]
    assert ends == sorted(ends)


@given(REGULATION, STARTS, CALENDARS)
def test_by_the_regulation_a_period_in_days_ends_with_a_working_day(
    period: Period, start: datetime, calendar: Calendar
) -> None:
    end = end_of(period, start=start, calendar=calendar).at.astimezone(zone_of(calendar.zone))
    assert calendar.is_working(end.date())
    assert (end.hour, end.minute, end.second) == (23, 59, 59)


@given(REGULATION, STARTS, CALENDARS)
def test_by_the_regulation_two_days_or_more_contain_two_working_days(
    period: Period, start: datetime, calendar: Calendar
) -> None:
    if period.unit in (Unit.DAYS, Unit.WORKING_DAYS) and period.amount < 2:
        return
    zone = zone_of(calendar.zone)
    end = end_of(period, start=start, calendar=calendar).at.astimezone(zone).date()
    day, working = start.astimezone(zone).date(), 0
    while day < end and working < 2:
        day += timedelta(days=1)
        working += calendar.is_working(day)
    assert working == 2


@given(PLAIN, STARTS, CALENDARS)
def test_the_regulation_never_gives_less_time_than_plain_counting(
    period: Period, start: datetime, calendar: Calendar
) -> None:
    by_law = Period(period.amount, period.unit, Counting.REG_1182_71)
    plain, moved = (end_of(one, start=start, calendar=calendar).at for one in (period, by_law))
    assert plain <= moved


@given(st.integers(1, 500), STARTS, CALENDARS)
def test_hours_by_the_regulation_end_at_most_an_hour_after_real_hours(
    amount: int, start: datetime, calendar: Calendar
) -> None:
    real, by_law = (
        end_of(Period(amount, Unit.HOURS, counting), start=start, calendar=calendar).at
        for counting in (Counting.HOURS, Counting.REG_1182_71)
    )
    assert real == start + timedelta(hours=amount)
    assert timedelta(0) <= by_law - real < timedelta(hours=1)


def test_years_without_known_holidays_are_told() -> None:
    start = datetime(1980, 5, 5, tzinfo=UTC)
    period = Period(5, Unit.WORKING_DAYS, Counting.REG_1182_71)
    known = end_of(period, start=start.replace(year=2020), calendar=Calendar("EE", "Europe/Tallinn"))
    unknown = end_of(period, start=start, calendar=Calendar("EE", "Europe/Tallinn"))
    assert Step.NO_HOLIDAYS not in known.steps
    assert Step.NO_HOLIDAYS in unknown.steps


@pytest.mark.parametrize(
    ("amount", "unit", "counting", "said"),
    [
        (0, Unit.DAYS, Counting.PLAIN, "Got an amount of 0. Expected a whole number from 1."),
        (-3, Unit.HOURS, Counting.HOURS, "Got an amount of -3. Expected a whole number from 1."),
        (1, Unit.DAYS, Counting.HOURS, "Got counting 'hours' for days. Expected reg_1182_71 or plain."),
        (1, Unit.HOURS, Counting.PLAIN, "Got counting 'plain' for hours. Expected hours or reg_1182_71."),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(
    amount: int, unit: Unit, counting: Counting, said: str
) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        Period(amount, unit, counting)
    assert str(refused.value) == said
