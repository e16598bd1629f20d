"""Readings: which sources have been read and reviewed, when, and which of them must be read again. Reads no file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from encircle.law.channel import Channel
from encircle.law.duty import DutyRule
from encircle.law.finding import Finding, Lack
from encircle.law.law import Law
from encircle.law.limit import LimitRule
from encircle.law.origin import Origin
from encircle.law.prohibition import ProhibitionRule
from encircle.law.retention import RetentionRule
from encircle.law.sop import SopRule
from encircle.law.source import Source

STALE_AFTER = timedelta(days=365)
"""A text that was read longer ago is read again, unless the one who asks says another time."""


@dataclass(frozen=True, slots=True)
class Readings:
    """How many sources of the values of a law were read in the text, reviewed by a lawyer, and neither."""

    sources: int
    read: int
    reviewed: int
    neither: int


def cited(law: Law) -> Iterator[tuple[str, Source]]:
    """Every source of every duty, prohibition, number, channel and mandate, with the code that names it."""
    rules: tuple[DutyRule | ProhibitionRule | LimitRule | Channel | SopRule | RetentionRule, ...] = (
        *law.duties,
        *law.prohibitions,
        *law.limits,
        *law.channels,
        *law.sops,
        *law.retention,
    )
    for rule in rules:
        for source in rule.sources:
            yield rule.code, source
    for mandate in law.mandates:
        for source in mandate.sources:
            yield f"mandate {mandate.role.value}", source


def readings(law: Law) -> Readings:
    """The figures of a law."""
    sources = [source for _, source in cited(law)]
    return Readings(
        sources=len(sources),
        read=sum(source.is_read for source in sources),
        reviewed=sum(source.reviewed is not None for source in sources),
        neither=sum(not source.is_read and source.reviewed is None for source in sources),
    )


def stale(law: Law, *, after: timedelta = STALE_AFTER) -> Iterator[Finding]:
    """Sources that were read or reviewed too long ago, or on a day that is still to come.

    A law without a day (`law.on` is None) is not asked: nothing is old without a present.
    """
    if law.on is None:
        return
    for code, cite, origin, done, on in _readings(law):
        if on > law.on:
            what = f"{cite} was {done} on {on}, which is still to come. Write the day it was done."
            yield Finding(origin, code, Lack.READ_AHEAD, what)
        elif law.on - on > after:
            what = f"{cite} was {done} on {on}, more than {after.days} days ago. Do it again."
            yield Finding(origin, code, Lack.STALE, what)


def _readings(law: Law) -> Iterator[tuple[str, str, Origin, str, date]]:
    """Code, text, place, what was done and when, of each reading of a provision or of an act as a whole."""
    for code, source in cited(law):
        if source.read is not None:
            yield code, source.cite(), source.origins[-1], "read", source.read.on
        if source.reviewed is not None:
            yield code, source.cite(), source.origins[-1], "reviewed", source.reviewed.on
    for act in law.acts:
        if act.read is not None:
            yield act.code, act.short.in_("en"), act.origins[-1], "read", act.read.on


def unread(law: Law) -> tuple[tuple[str, int], ...]:
    """The acts of which provisions are still to be read, each with how many; the most first."""
    counts: dict[str, int] = {}
    for provision in {
        (source.act.short.in_("en"), source.at) for _, source in cited(law) if not source.is_read
    }:
        counts[provision[0]] = counts.get(provision[0], 0) + 1
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
