"""One month as a table of weeks, Monday first; for telephones its days follow one another."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format

from encircle.web.desk.calendars.entries import Line
from encircle.web.page import when
from encircle.web.page.field import Words

_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its entries, and whether it is of the month and is today."""

    number: str
    words: str
    inside: bool
    today: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The month. `coarse`: what is only known to lie somewhere in it. `before`, `after`: the months beside it."""

    title: str
    weekdays: tuple[Words, ...]
    weeks: tuple[tuple[Day, ...], ...]
    coarse: tuple[Line, ...]
    before: str
    after: str


def month(found: Iterable[Line], *, asked: str, now: datetime, zone: str) -> Month:
    """The month that was asked for, as 2026-12; that of today where it cannot be read."""
    today = when.local(now, zone).date()
    first = _asked(asked) or today.replace(day=1)
    by_day: dict[date, list[Line]] = {}
    coarse = []
    for one in found:
        begins, ends = _days(one, zone)
        if begins == ends:
            by_day.setdefault(begins, []).append(one)
        elif (begins.year, begins.month) <= (first.year, first.month) <= (ends.year, ends.month):
            coarse.append(one)
    weeks = tuple(
        tuple(
            Day(
                number=str(day.day),
                words=date_format(day, "DATE_FORMAT"),
                inside=day.month == first.month,
                today=day == today,
                lines=tuple(by_day.get(day, ())),
            )
            for day in week
        )
        for week in calendar.Calendar(0).monthdatescalendar(first.year, first.month)
    )
    return Month(
        title=date_format(first, "YEAR_MONTH_FORMAT"),
        weekdays=tuple(WEEKDAYS_ABBR[number] for number in range(7)),
        weeks=weeks,
        coarse=tuple(coarse),
        before=_beside(first, -1),
        after=_beside(first, 1),
    )


def _days(one: Line, zone: str) -> tuple[date, date]:
    at = one.entry.at
    last = when.local(at.latest, zone).date()
    return (last if one.entry.duty else when.local(at.earliest, zone).date()), last


def _asked(text: str) -> date | None:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return found if _FIRST <= found <= _LAST else None


def _beside(first: date, by: int) -> str:
    number = first.year * 12 + first.month - 1 + by
    return f"{number // 12:04}-{number % 12 + 1:02}"
