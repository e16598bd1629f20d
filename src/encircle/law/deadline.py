"""Deadlines: from the words of a law and the numbers of an SOP to an instant. Knows no table and no clock."""

from datetime import datetime

import msgspec

from encircle.law.calendar import Calendar
from encircle.law.counting import Period, Step, end_of
from encircle.law.duty import DueRule, Standing
from encircle.law.source import Source
from encircle.law.texts import Texts
from encircle.vocabulary.moment import Span


class Due(msgspec.Struct, frozen=True):
    """When a duty must be met.

    Unit: instants in UTC, the last second that is in time; both None where there are words alone.
    A start known only coarsely gives two different ends. `set_by` says whose practice an SOP number is.
    """

    kind: Standing
    words: Texts
    earliest: datetime | None
    latest: datetime | None
    sources: tuple[Source, ...]
    set_by: Texts | None = None
    steps: tuple[Step, ...] = ()


def due(rule: DueRule, *, start: Span, calendar: Calendar) -> Due:
    """When the duty must be met that started then.

    Words such as "without delay" give a time by SOP only, never a legal limit; a number of law that
    nobody has read gives the kind "unverified".
    Law: the sources of the limit; its counting rule (e.g. Reg. 1182/71, Art. 3).
    """
    if rule.standing is Standing.SOP:
        by_sop = due_by_sop(rule, start=start, calendar=calendar)
        if by_sop is not None:
            return by_sop
    if rule.limit is not None and rule.standing in (Standing.LAW, Standing.UNVERIFIED):
        earliest, latest, steps = _ends(rule.limit.period, start, calendar)
        return Due(rule.standing, rule.words, earliest, latest, rule.limit.sources, None, steps)
    return Due(Standing.WORDS, rule.words, None, None, ())


def due_by_sop(rule: DueRule, *, start: Span, calendar: Calendar) -> Due | None:
    """When it must be met by the SOP alone, which can be sooner than the law; None where no number is set."""
    if rule.sop is None or rule.sop.period is None:
        return None
    earliest, latest, steps = _ends(rule.sop.period, start, calendar)
    return Due(Standing.SOP, rule.words, earliest, latest, rule.sop.sources, rule.sop.set_by, steps)


def _ends(period: Period, start: Span, calendar: Calendar) -> tuple[datetime, datetime, tuple[Step, ...]]:
    first = end_of(period, start=start.earliest, calendar=calendar)
    if start.is_point:
        return first.at, first.at, first.steps
    last = end_of(period, start=start.latest, calendar=calendar)
    return first.at, last.at, tuple(dict.fromkeys(first.steps + last.steps))
