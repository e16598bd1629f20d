"""The axis of time: which part of a record is drawn, where an instant lies on it, and what is written below."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from encircle.web.page import when

ZOOMS = ("all", "year", "month", "day", "hour")
MOST_TICKS = 6
_MARGIN = 0.04
_HOURS_AROUND = timedelta(hours=3)
_NEAR = 0.35
"""An as-of instant farther away than this share of the story does not stretch the drawing."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis, with its text; `x` in percent of the width."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Window:
    """The part of time that is drawn."""

    start: datetime
    end: datetime
    zone: str

    def x(self, instant: datetime) -> float:
        """Where it lies, in percent of the width; outside it is held at the edge."""
        share = (instant - self.start) / (self.end - self.start)
        return round(min(max(share, 0.0), 1.0) * 100, 2)

    def holds(self, earliest: datetime, latest: datetime) -> bool:
        """Whether any of it is inside."""
        return earliest <= self.end and latest >= self.start

    def ticks(self) -> tuple[Tick, ...]:
        """At most six marks, in the largest unit that gives some."""
        for unit, wanted in (("year", 3), ("month", 3), ("day", 3), ("hour", 0)):
            marks = [
                at for at in _starts(unit, self.start, self.end, self.zone) if self.start <= at <= self.end
            ]
            if len(marks) >= wanted:
                step = -(-len(marks) // MOST_TICKS)
                return tuple(Tick(self.x(at), _label(unit, at, self.zone)) for at in marks[:: step or 1])
        return ()


def window(first: datetime, last: datetime, at: datetime, *, zoom: str, zone: str) -> Window:
    """The whole story with a margin, or the year, month, day or six hours around the as-of instant."""
    if zoom in ZOOMS[1:]:
        return Window(*_around(at, zoom, zone), zone)
    length = max(last - first, timedelta(days=1))
    if first - length * _NEAR <= at <= last + length * _NEAR:
        first, last = min(first, at), max(last, at)
    margin = max(last - first, timedelta(days=1)) * _MARGIN
    return Window(first - margin, last + margin, zone)


def _around(at: datetime, zoom: str, zone: str) -> tuple[datetime, datetime]:
    here = when.local(at, zone)
    if zoom == "hour":
        return (at - _HOURS_AROUND), (at + _HOURS_AROUND)
    start = here.replace(hour=0, minute=0, second=0, microsecond=0)
    if zoom == "day":
        return start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC)
    start = start.replace(day=1) if zoom == "month" else start.replace(month=1, day=1)
    return start.astimezone(UTC), _next(start, zoom).astimezone(UTC)


def _next(start: datetime, unit: str) -> datetime:
    match unit:
        case "year":
            return start.replace(year=start.year + 1)
        case "month":
            return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
        case "day":
            return start + timedelta(days=1)
        case _:
            return start + timedelta(hours=1)


def _starts(unit: str, start: datetime, end: datetime, zone: str) -> Iterator[datetime]:
    """The first moments of each year, month, day or hour; none where there would be too many to read."""
    most = {"year": 200, "month": 48, "day": 100, "hour": 100}[unit]
    at = when.local(start, zone).replace(minute=0, second=0, microsecond=0)
    if unit != "hour":
        at = at.replace(hour=0)
    if unit in ("month", "year"):
        at = at.replace(day=1)
    if unit == "year":
        at = at.replace(month=1)
    for _count in range(most):
        if at > end:
            return
        yield at.astimezone(UTC)
        at = _next(at, unit).replace(tzinfo=ZoneInfo(zone))


def _label(unit: str, at: datetime, zone: str) -> str:
    here = when.local(at, zone)
    if unit == "hour":
        return f"{here:%H:%M}"
    return date_format(here, {"year": "Y", "month": "M Y", "day": "MONTH_DAY_FORMAT"}[unit])
