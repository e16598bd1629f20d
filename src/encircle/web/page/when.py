"""Times in words: as exactly as they are known, in the zone of the law. Decides nothing."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from encircle.vocabulary.moment import Precision, Span

_DAY, _MONTH, _YEAR = "DATE_FORMAT", "YEAR_MONTH_FORMAT", "Y"


def local(instant: datetime, zone: str) -> datetime:
    """The instant on the wall clocks of that zone."""
    return instant.astimezone(ZoneInfo(zone))


def day(instant: datetime, zone: str) -> str:
    """6 May 2009."""
    return _written(local(instant, zone), _DAY)


def written(on: date) -> str:
    """6 May 2009, of a day that belongs to no zone."""
    return _day_written(on, _DAY, get_language())


def minute(instant: datetime, zone: str) -> str:
    """6 May 2009, 23:10; the end of a day is the day."""
    at = local(instant, zone)
    return _written(at, _DAY) if (at.hour, at.minute) == (23, 59) else _exact(at)


def span(time: Span) -> str:
    """As exactly as it is known: 2009, May 2009, 6 May 2009, between two of them."""
    first, last = local(time.earliest, time.zone), local(time.latest, time.zone)
    match time.precision:
        case Precision.YEAR:
            return _written(first, _YEAR)
        case Precision.MONTH:
            return _written(first, _MONTH)
        case Precision.DAY:
            return _written(first, _DAY)
        case Precision.INTERVAL if not time.is_point:
            return _("between {first} and {last}").format(
                first=_end(first, start=True), last=_end(last, start=False)
            )
        case _:
            return _exact(first)


def learnt(instant: datetime, zone: str) -> str:
    """When somebody came to know: the start of a day stands for some time on that day."""
    at = local(instant, zone)
    return _written(at, _DAY) if (at.hour, at.minute) == (0, 0) else minute(instant, zone)


def since(time: Span) -> str:
    """Since when: since 6 May 2009, since some time between two days."""
    if time.precision is Precision.INTERVAL and not time.is_point:
        return _("since some time {between}").format(between=span(time))
    return _("since {time}").format(time=span(time))


def between(earliest: datetime, latest: datetime, zone: str) -> str:
    """One time, or the range in which it lies."""
    if earliest == latest:
        return minute(latest, zone)
    if day(earliest, zone) == day(latest, zone):
        return day(latest, zone)
    return _("between {first} and {last}").format(first=minute(earliest, zone), last=minute(latest, zone))


def typed(instant: datetime, zone: str) -> str:
    """As one would type it into the form: a day for its end, else a minute."""
    at = local(instant, zone)
    return f"{at:%Y-%m-%d}" if (at.hour, at.minute) == (23, 59) else f"{at:%Y-%m-%dT%H:%M}"


def distance(of: datetime, to: datetime) -> str:
    """How far apart two instants are, in the unit that people would use."""
    length = abs(of - to)
    if length >= timedelta(days=730):
        return _counted(ngettext("{n} year", "{n} years", length.days // 365), length.days // 365)
    if length >= timedelta(days=60):
        return _counted(ngettext("{n} month", "{n} months", length.days // 30), length.days // 30)
    if length >= timedelta(days=2):
        return _counted(ngettext("{n} day", "{n} days", length.days), length.days)
    hours = int(length.total_seconds() // 3600)
    if not hours:
        minutes = int(length.total_seconds() // 60)
        return _counted(ngettext("{n} minute", "{n} minutes", minutes), minutes)
    return _counted(ngettext("{n} hour", "{n} hours", hours), hours)


def _written(at: datetime, as_format: str) -> str:
    return _day_written(at.date(), as_format, get_language())


@lru_cache(maxsize=4096)
def _day_written(on: date, as_format: str, language: str | None) -> str:
    """A page names the same days many times, in one language."""
    return date_format(on, as_format)


def _counted(words: str, n: int) -> str:
    return words.format(n=n)


def _end(at: datetime, *, start: bool) -> str:
    """An end of an interval, as coarse as it can be told: the year for its first or last day."""
    if (at.month, at.day) == ((1, 1) if start else (12, 31)):
        return _written(at, _YEAR)
    return _written(at, _DAY) if (at.hour, at.minute) in ((0, 0), (23, 59)) else _exact(at)


def _exact(at: datetime) -> str:
    return _("{day}, {time}").format(day=_written(at, _DAY), time=f"{at:%H:%M}")
