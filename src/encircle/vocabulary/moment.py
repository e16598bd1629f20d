"""Times as people know them: a year, a day, a minute, "between". Knows zones; knows no clock and no holiday.

A time is a closed interval of minutes. Where the answer to "was this before that?" differs inside the
interval, the answer is Unknown("exact date"), never a guess.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from encircle.vocabulary.unknown import Unknown

FIRST_YEAR: Final = 1850
LAST_YEAR: Final = 2199
EXACT_DATE: Final = "exact date"
_MINUTE: Final = timedelta(minutes=1)
_EXAMPLES: Final = "2009, 2009-05, 2009-05-06, 2009-05-06T23, 2009-05-06T23:00 or 1994/1996"
_SHAPE: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?:T(?P<hour>[0-9]{2})"
    r"(?P<clock>:(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,6})?)?"
    r"(?P<offset>Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?)?)?)?)?"
)


class Precision(Enum):
    """How exactly a time is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    INTERVAL = "interval"


# Looking a member up in its class costs more than adding the times does.
_TO_THE_MINUTE: Final = Precision.MINUTE
_BETWEEN: Final = Precision.INTERVAL


@dataclass(frozen=True, slots=True)
class Span:
    """A time: it lies somewhere from `earliest` to `latest`, both included.

    Unit: minutes, held as instants in UTC; `zone` (IANA) is where its days and hours are counted.
    Refuses: ends that are not in UTC, or that come in the wrong order (ValueError).
    """

    earliest: datetime
    latest: datetime
    precision: Precision
    zone: str

    def __post_init__(self) -> None:
        if self.earliest.tzinfo is not UTC or self.latest.tzinfo is not UTC:
            raise ValueError("The ends of a time must be in UTC (datetime.UTC).")
        if self.latest < self.earliest:
            raise ValueError(f"A time cannot end ({self.latest}) before it begins ({self.earliest}).")

    @property
    def is_point(self) -> bool:
        """Whether it is known to the minute."""
        return self.earliest == self.latest

    def __add__(self, length: timedelta) -> "Span":
        earliest = self.earliest + length
        if self.is_point:
            return Span(earliest, earliest, _TO_THE_MINUTE, self.zone)
        return Span(earliest, self.latest + length, _BETWEEN, self.zone)

    def __sub__(self, length: timedelta) -> "Span":
        return self + -length

    def text(self) -> str:
        """As it would be written: at its precision, in its zone. `parse_span` reads it back unchanged."""
        if self.precision is Precision.INTERVAL:
            return f"{_end_text(self, 'earliest')}/{_end_text(self, 'latest')}"
        local = self.earliest.astimezone(_zone(self.zone))
        if self.precision is Precision.MINUTE and self.is_point:
            return _minute_text(local)
        return local.strftime(_FORMATS[self.precision])


_FORMATS: Final = {
    Precision.YEAR: "%Y",
    Precision.MONTH: "%Y-%m",
    Precision.DAY: "%Y-%m-%d",
    Precision.HOUR: "%Y-%m-%dT%H",
    Precision.MINUTE: "%Y-%m-%dT%H:%M",
}


def before(first: Span, second: Span) -> bool | Unknown:
    """Whether the first lies before the second; two equal points do not."""
    if first.latest < second.earliest:
        return True
    if first.earliest >= second.latest:
        return False
    return Unknown(EXACT_DATE)


def at_or_before(first: Span, second: Span) -> bool | Unknown:
    """Whether the first lies before the second or at the same minute."""
    if first.latest <= second.earliest:
        return True
    if first.earliest > second.latest:
        return False
    return Unknown(EXACT_DATE)


def same(first: Span, second: Span) -> bool | Unknown:
    """Whether both are the same minute. Two equal coarse times are not known to be the same."""
    if first.latest < second.earliest or second.latest < first.earliest:
        return False
    if first.is_point and second.is_point:
        return True
    return Unknown(EXACT_DATE)


def parse_span(text: str, zone: str) -> Span:
    """The time that the text names, its days and hours counted in `zone`.

    An hour that the clocks repeat in autumn, written without an offset, covers both; one that they
    skip in spring is refused. Seconds are dropped.
    Refuses: any other text, and years outside 1850 to 2199 (ValueError, in plain words).
    """
    left, bar, right = text.partition("/")
    if not bar:
        return _side(text, zone, text)
    first, last = _side(left, zone, text), _side(right, zone, text)
    if last.latest < first.earliest:
        raise ValueError(f"Got {text!r}: the second time lies before the first. Expected earliest/latest.")
    return Span(first.earliest, last.latest, Precision.INTERVAL, zone)


def span_of(value: object, zone: str) -> Span:
    """The time in a value as a YAML reader gives it: text, a whole number (a year), a date or a datetime."""
    if isinstance(value, str):
        return parse_span(value, zone)
    if isinstance(value, datetime):
        return parse_span(value.isoformat(timespec="minutes"), zone)
    if isinstance(value, date):
        return parse_span(value.isoformat(), zone)
    if isinstance(value, int) and not isinstance(value, bool):
        return parse_span(f"{value:04d}", zone)
    raise ValueError(f"Got {value!r}, which is not a time. Expected {_EXAMPLES}.")


def point(instant: datetime, zone: str) -> Span:
    """The minute in which that instant lies. Refuses an instant without offset (ValueError)."""
    if instant.tzinfo is None:
        raise ValueError(f"Got {instant}, which has no offset. Expected an instant, for example in UTC.")
    minute = instant.astimezone(UTC).replace(second=0, microsecond=0)
    return Span(minute, minute, Precision.MINUTE, zone)


def instant_end(text: str, zone: str) -> datetime:
    """The last second of the year, month, day or hour named; an exact time is that time itself.

    Unit: instant in UTC. An interval has no single end to ask about and is refused (ValueError).
    """
    if "/" in text:
        raise ValueError(f"Got {text!r}: an interval. Expected one time, such as 2009-05-06.")
    span = parse_span(text, zone)
    match = _SHAPE.fullmatch(text)
    if match is not None and match["minute"] is not None:
        return span.latest + timedelta(seconds=int(match["second"] or 0))
    return span.latest + timedelta(seconds=59)


def _side(text: str, zone: str, whole: str) -> Span:
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise ValueError(f"Got {whole!r}, which is not a time. Expected {_EXAMPLES}.")
    precision, first, last = _walls(match, whole)
    if match["offset"] is not None:
        instant = first.replace(tzinfo=_offset(match["offset"], whole)).astimezone(UTC)
        _zone(zone)
        return Span(instant, instant, Precision.MINUTE, zone)
    earliest, latest = _first_instant(first, _zone(zone)), _last_instant(last, _zone(zone))
    if latest < earliest:
        raise ValueError(f"Got {whole!r}: the clocks in {zone} were put forward over it, so it never was.")
    return Span(earliest, latest, precision, zone)


def _walls(match: re.Match[str], whole: str) -> tuple[Precision, datetime, datetime]:
    """First and last local minute that the text covers."""
    year, month, day, hour, minute = (
        None if match[part] is None else int(match[part])
        for part in ("year", "month", "day", "hour", "minute")
    )
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Got {whole!r}: the year must lie between {FIRST_YEAR} and {LAST_YEAR}.")
    if match["second"] is not None and int(match["second"]) > 59:
        raise ValueError(f"Got {whole!r}: seconds go from 00 to 59.")
    try:
        first = datetime(year, month or 1, day or 1, hour or 0, minute or 0)  # noqa: DTZ001  # local, its zone comes later
    except ValueError as wrong:
        raise ValueError(f"Got {whole!r}: {wrong}. Expected a date and time that exist.") from wrong
    if month is None:
        return Precision.YEAR, first, first.replace(year=year + 1) - _MINUTE
    if day is None:
        following = first.replace(year=year + month // 12, month=month % 12 + 1)
        return Precision.MONTH, first, following - _MINUTE
    if hour is None:
        return Precision.DAY, first, first.replace(hour=23, minute=59)
    if minute is None:
        return Precision.HOUR, first, first.replace(minute=59)
    return Precision.MINUTE, first, first


def _offset(text: str, whole: str) -> timezone:
    if text == "Z":
        return UTC
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    length = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    if length >= timedelta(hours=24) or minutes > 59 or sum(seconds) > 59:
        raise ValueError(f"Got {whole!r}: there is no offset {text}. Expected Z or one such as +02:00.")
    return timezone(length if text[0] == "+" else -length)


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as wrong:
        raise ValueError(f"Got time zone {name!r}. Expected a name such as Europe/Tallinn.") from wrong


def _first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """When the local clock first reached that minute, or passed it in a jump."""
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return instant if _shows(instant, wall, zone) else _jump(wall, zone)


def _last_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """When the local clock last showed that minute, or the minute before a jump over it."""
    instant = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return instant if _shows(instant, wall, zone) else _jump(wall, zone) - _MINUTE


def _shows(instant: datetime, wall: datetime, zone: ZoneInfo) -> bool:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0) == wall


def _jump(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the local clock jumped over that minute."""
    low = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    high = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    after = high.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (low, middle) if middle.astimezone(zone).utcoffset() == after else (middle, high)
    return high


def _minute_text(local: datetime) -> str:
    if local.second:  # before time zones, local time ran odd seconds beside UTC
        return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return local.isoformat(timespec="minutes") if twice else local.strftime(_FORMATS[Precision.MINUTE])


def _end_text(span: Span, end: str) -> str:
    """One end of an interval, as coarse as it can be written without loss."""
    instant: datetime = getattr(span, end)
    local = instant.astimezone(_zone(span.zone))
    for precision in (Precision.YEAR, Precision.MONTH, Precision.DAY):
        written = local.strftime(_FORMATS[precision])
        if FIRST_YEAR <= local.year <= LAST_YEAR and getattr(parse_span(written, span.zone), end) == instant:
            return written
    return _minute_text(local)
