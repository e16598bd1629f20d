"""Calendars: the working days of a country, and the zone in which its days begin. Knows no deadline."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from encircle.law.texts import Texts

_DAY = timedelta(days=1)
_SATURDAY = 5

WEEKENDS_ONLY = Texts.english(
    "Counted with Saturdays and Sundays only: this calendar has no public holidays."
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one country.

    `code` is a country (EE) or a part of one (GB-ENG) whose public holidays are counted; None means that only
    Saturdays and Sundays are free, which `says` tells. `zone` (IANA) is where its days begin.
    Refuses: a country, part or zone that is not known (ValueError, in plain words).
    """

    code: str | None
    zone: str

    def __post_init__(self) -> None:
        zone_of(self.zone)
        if self.code is not None:
            _years_known(self.code)

    @property
    def says(self) -> Texts | None:
        """What must be told beside every time counted with it, if anything."""
        return WEEKENDS_ONLY if self.code is None else None

    def day_of(self, instant: datetime) -> date:
        """The day that it is there at that instant."""
        return instant.astimezone(zone_of(self.zone)).date()

    def knows_holidays(self, year: int) -> bool:
        """Whether the public holidays of that year are known."""
        if self.code is None:
            return False
        first, last = _years_known(self.code)
        return first <= year <= last

    def is_holiday(self, day: date) -> bool:
        """Whether it is a public holiday, as far as known."""
        return self.code is not None and day in _holidays(self.code, day.year)

    def is_working(self, day: date) -> bool:
        """Whether it is no Saturday, Sunday or public holiday. Law: Reg. 1182/71, Art. 2(2)."""
        return day.weekday() < _SATURDAY and not self.is_holiday(day)

    def working_from(self, day: date) -> date:
        """That day, or the first working day after it."""
        while not self.is_working(day):
            day += _DAY
        return day


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name. Refuses an unknown one (ValueError)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as wrong:
        raise ValueError(f"Got time zone {name!r}. Expected a name such as Europe/Tallinn.") from wrong


def last_year_known(code: str) -> int:
    """The last year of which the public holidays of that calendar are known."""
    return _years_known(code)[1]


@lru_cache(maxsize=64)
def _years_known(code: str) -> tuple[int, int]:
    table = _table(code, ())
    return table.start_year, table.end_year


@lru_cache(maxsize=4096)
def _holidays(code: str, year: int) -> frozenset[date]:
    return frozenset(_table(code, (year,)))


def _table(code: str, years: tuple[int, ...]) -> holidays.HolidayBase:
    country, _, part = code.partition("-")
    try:
        return holidays.country_holidays(country, subdiv=part or None, years=years, expand=False)
    except NotImplementedError as wrong:
        raise ValueError(
            f"Got calendar {code!r}. Expected a country such as EE, or a part such as GB-ENG."
        ) from wrong
