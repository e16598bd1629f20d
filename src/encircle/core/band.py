"""Bands: for which age a child is spoken to. Knows no text and no language."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from encircle.core.age import MAJORITY_YEARS
from encircle.law.saying import Band
from encircle.vocabulary.unknown import Unknown

BEGINS = {Band.MIDDLE: 10, Band.OLDER: 14}
"""The age in full years at which a band begins; the youngest is for all below."""


def band(turns_18: datetime | Unknown, *, in_doubt: bool, now: datetime, zone: str) -> Band:
    """The band of the youngest age that the record leaves possible; one younger while the age is in doubt.

    `turns_18`: the latest instant that can be the 18th birthday. With no age on record the band is the middle one: from
    there the page leads to simpler words and to fuller ones. `zone` (IANA) is where days are counted.
    """
    if isinstance(turns_18, Unknown):
        return Band.MIDDLE
    birthday = turns_18.astimezone(ZoneInfo(zone))
    reached = [one for one, age in BEGINS.items() if _years_before(birthday, MAJORITY_YEARS - age) <= now]
    known = reached[-1] if reached else Band.YOUNG
    bands = list(Band)
    return bands[max(bands.index(known) - 1, 0)] if in_doubt else known


def _years_before(day: datetime, years: int) -> datetime:
    """That day so many years before; for a 29 February the 1 March, so that nobody counts as older."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(month=3, day=1)
    return day.replace(year=day.year - years).astimezone(UTC)
