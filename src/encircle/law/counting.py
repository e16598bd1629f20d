"""Counting rules: where a period ends that starts with an event. Knows no duty and no clock.

Law: Regulation (EEC, Euratom) No 1182/71, Art. 2(2) and 3.
"""

import calendar as months
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from encircle.law.calendar import Calendar, zone_of

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_SECOND = timedelta(seconds=1)
_LAST_SECOND = time(23, 59, 59, fold=1)
_LEAST_WORKING_DAYS = 2


class Unit(StrEnum):
    """What a period is expressed in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Counting(StrEnum):
    """How a period is counted: by the Regulation, in real hours, or by days that are never moved."""

    REG_1182_71 = "reg_1182_71"
    HOURS = "hours"
    PLAIN = "plain"


class Step(StrEnum):
    """What the counting did, each in words with its article."""

    HOUR_NOT_COUNTED = "The hour of the event is not counted (Reg. 1182/71, Art. 3(1))."
    DAY_NOT_COUNTED = "The day of the event is not counted (Reg. 1182/71, Art. 3(1))."
    SAME_DAY = "It ends on the weekday or date on which it began (Reg. 1182/71, Art. 3(2)(c))."
    MONTH_END = "That date is missing in the last month, so it ends on the month's last day (Art. 3(2)(c))."
    MOVED = "The last day is a Saturday, Sunday or public holiday: moved to the next working day (Art. 3(4))."
    TWO_WORKING_DAYS = "Prolonged until it contains two working days (Art. 3(5))."
    HOURS_RUN = "Real hours, minute to minute."
    DAYS_RUN = "Days are counted as they come; the day of the event is not counted and the end is not moved."
    NO_HOLIDAYS = "Public holidays are not counted: this calendar does not know them for these years."


@dataclass(frozen=True, slots=True)
class Period:
    """A length with its unit and the rule by which it is counted.

    Refuses: an amount of zero or less, hours with a rule for days and the reverse (ValueError).
    """

    amount: int
    unit: Unit
    counting: Counting

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"Got an amount of {self.amount}. Expected a whole number from 1.")
        if self.counting is Counting.HOURS and self.unit is not Unit.HOURS:
            raise ValueError(f"Got counting 'hours' for {self.unit}. Expected reg_1182_71 or plain.")
        if self.counting is Counting.PLAIN and self.unit is Unit.HOURS:
            raise ValueError("Got counting 'plain' for hours. Expected hours or reg_1182_71.")


@dataclass(frozen=True, slots=True)
class End:
    """The last second of a period, in UTC: up to and including it is in time. `steps` say why."""

    at: datetime
    steps: tuple[Step, ...]


def end_of(period: Period, *, start: datetime, calendar: Calendar) -> End:
    """When a period ends that an event at `start` sets going.

    Unit: instant in UTC; days are those of the calendar's zone.
    Law: Reg. (EEC, Euratom) 1182/71, Art. 3, where the period says so. Of two readings the one that ends
    first is taken: hours are not prolonged to contain working days.
    """
    if period.unit is Unit.HOURS:
        return _hours(period, start, calendar)
    event = start.astimezone(zone_of(calendar.zone)).date()
    last, steps = _last_day(period, event, calendar)
    if period.counting is Counting.REG_1182_71 and period.unit is not Unit.WORKING_DAYS:
        last, moves = _moved(last, period, event, calendar)
        steps += moves
    if _needs_holidays(period) and not _knows(calendar, event, last):
        steps += (Step.NO_HOLIDAYS,)
    return End(_last_second(last, calendar), steps)


def _hours(period: Period, start: datetime, calendar: Calendar) -> End:
    length = timedelta(hours=period.amount)
    if period.counting is Counting.HOURS:
        return End(start + length, (Step.HOURS_RUN,))
    local = start.astimezone(zone_of(calendar.zone))
    into_the_hour = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return End(start - into_the_hour + _HOUR + length - _SECOND, (Step.HOUR_NOT_COUNTED,))


def _last_day(period: Period, event: date, calendar: Calendar) -> tuple[date, tuple[Step, ...]]:
    plain = period.counting is Counting.PLAIN
    first_step = (Step.DAYS_RUN,) if plain else (Step.DAY_NOT_COUNTED,)
    match period.unit:
        case Unit.WORKING_DAYS:
            return _working_days_after(event, period.amount, calendar), first_step
        case Unit.DAYS | Unit.HOURS:
            return event + period.amount * _DAY, first_step
        case Unit.WEEKS:
            return event + 7 * period.amount * _DAY, first_step if plain else (*first_step, Step.SAME_DAY)
        case _:
            ahead = period.amount * (12 if period.unit is Unit.YEARS else 1)
            last = _same_date(event, ahead)
            end_step = Step.SAME_DAY if last.day == event.day else Step.MONTH_END
            return last, (*first_step, end_step)


def _working_days_after(event: date, amount: int, calendar: Calendar) -> date:
    day = event
    for _ in range(amount):
        day = calendar.working_from(day + _DAY)
    return day


def _same_date(event: date, ahead: int) -> date:
    """The same date so many months later, or the last day of that month where there is no such date."""
    year, month = divmod(event.year * 12 + event.month - 1 + ahead, 12)
    return date(year, month + 1, min(event.day, months.monthrange(year, month + 1)[1]))


def _moved(last: date, period: Period, event: date, calendar: Calendar) -> tuple[date, tuple[Step, ...]]:
    steps: tuple[Step, ...] = ()
    end = calendar.working_from(last)
    if end != last:
        steps += (Step.MOVED,)
    if period.unit is Unit.DAYS and period.amount == 1:
        return end, steps
    least = _working_days_after(event, _LEAST_WORKING_DAYS, calendar)
    if least > end:
        return least, (*steps, Step.TWO_WORKING_DAYS)
    return end, steps


def _needs_holidays(period: Period) -> bool:
    return period.counting is Counting.REG_1182_71 or period.unit is Unit.WORKING_DAYS


def _knows(calendar: Calendar, first: date, last: date) -> bool:
    return calendar.knows_holidays(first.year) and calendar.knows_holidays(last.year)


def _last_second(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, _LAST_SECOND, zone_of(calendar.zone)).astimezone(UTC)
