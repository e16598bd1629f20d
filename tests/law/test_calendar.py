"""Calendars: working days of real countries, and what they do not know."""

from datetime import UTC, date, datetime

import pytest

from encircle.law.calendar import WEEKENDS_ONLY, Calendar

EE = Calendar("EE", "Europe/Tallinn")
ENGLAND = Calendar("GB-ENG", "Europe/London")
DENMARK = Calendar("DK", "Europe/Copenhagen")
EU = Calendar(None, "Europe/Brussels")


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        (EE, date(2026, 2, 24), False),
        (EE, date(2026, 6, 23), False),
        (EE, date(2026, 4, 6), True),
        (EE, date(2026, 11, 21), False),
        (EE, date(2026, 11, 23), True),
        (ENGLAND, date(2026, 4, 6), False),
        (ENGLAND, date(2012, 6, 5), False),
        (ENGLAND, date(2026, 2, 24), True),
        (DENMARK, date(2026, 6, 5), True),
        (DENMARK, date(2026, 4, 2), False),
        (EU, date(2026, 12, 25), True),
        (EU, date(2026, 12, 26), False),
    ],
)
def test_working_days_are_those_of_the_country(calendar: Calendar, day: date, works: bool) -> None:
    assert calendar.is_working(day) is works


def test_the_next_working_day_is_found_over_a_row_of_holidays() -> None:
    assert EE.working_from(date(2026, 12, 24)) == date(2026, 12, 28)
    assert EE.working_from(date(2026, 12, 28)) == date(2026, 12, 28)


def test_a_calendar_knows_for_which_years_it_has_holidays() -> None:
    assert [EE.knows_holidays(year) for year in (1990, 1991, 2100, 2101)] == [False, True, True, False]
    assert not EU.knows_holidays(2026)


def test_only_a_calendar_without_holidays_has_something_to_say() -> None:
    assert (EE.says, EU.says) == (None, WEEKENDS_ONLY)


@pytest.mark.parametrize("code", ["QQ", "GB-XX", "", "ee "])
def test_an_unknown_calendar_is_refused_in_plain_words(code: str) -> None:
    with pytest.raises(ValueError, match=r"Expected a country such as EE, or a part such as GB-ENG\."):
        Calendar(code, "Europe/Tallinn")


def test_an_unknown_zone_is_refused_in_plain_words() -> None:
    with pytest.raises(ValueError, match=r"Expected a name such as Europe/Tallinn\."):
        Calendar("EE", "Europe/Tallin")


def test_a_day_begins_at_midnight_of_the_country() -> None:
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    assert [calendar.day_of(late) for calendar in (EE, ENGLAND)] == [date(2026, 11, 24), date(2026, 11, 23)]
