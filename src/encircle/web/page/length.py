"""Lengths of time and numbers of practice in words: 15 working days; 20 times within 7 days."""

from django.utils.translation import ngettext

from encircle.law.counting import Period, Unit
from encircle.law.sop import SopRule


def period(length: Period) -> str:
    """15 working days."""
    n = length.amount
    words = {
        Unit.HOURS: ngettext("{n} hour", "{n} hours", n),
        Unit.DAYS: ngettext("{n} day", "{n} days", n),
        Unit.WORKING_DAYS: ngettext("{n} working day", "{n} working days", n),
        Unit.WEEKS: ngettext("{n} week", "{n} weeks", n),
        Unit.MONTHS: ngettext("{n} month", "{n} months", n),
        Unit.YEARS: ngettext("{n} year", "{n} years", n),
    }
    return words[length.unit].format(n=n)


def set_number(sop: SopRule) -> str:
    """20 times within 7 days; or a time alone."""
    if sop.period is None:
        return ""
    length = period(sop.period)
    if sop.times is None:
        return length
    return ngettext("{n} time within {length}", "{n} times within {length}", sop.times).format(
        n=sop.times, length=length
    )
