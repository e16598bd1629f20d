"""Strictness: whether numbers keep to the law: practice no looser than it, and no word turned into a number."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from encircle.law.calendar import Calendar
from encircle.law.counting import Period, end_of
from encircle.law.duty import DueRule
from encircle.law.finding import Finding, Lack
from encircle.law.law import Law
from encircle.law.limit import LimitRule
from encircle.law.origin import Origin
from encircle.law.sop import SopRule
from encircle.law.source import BINDING_KINDS, Source

NOON, EVENING = 12, 21
YEAR = 366
_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ANY_UNIT = re.compile(r"\b(?:an?|the same|each|every) (?:hour|day|working day|week|month|year)\b")


def later_days(practice: Period, limit: Period, *, calendar: Calendar, year: int) -> tuple[date, ...]:
    """The days of that year from which the number of practice ends after the number of law.

    Each day is asked at noon and in the evening (UTC), since hours and days end differently.
    """
    first = datetime(year, 1, 1, tzinfo=UTC)
    found = []
    for number in range(YEAR):
        for hour in (NOON, EVENING):
            start = first + timedelta(days=number, hours=hour)
            end = end_of(practice, start=start, calendar=calendar).at
            if end > end_of(limit, start=start, calendar=calendar).at:
                found.append(start.date())
                break
    return tuple(found)


def strictness(law: Law) -> Iterator[Finding]:
    """Numbers that are looser than the law, or that stand where the law has words."""
    for code, due in _dues(law):
        if due.limit is not None and due.sop is not None:
            yield from _looser(code, due.limit, due.sop, law)
        if due.limit is not None and not names(due.words.in_("en"), due.limit.period.amount):
            what = (
                f"the words '{due.words.in_('en')}' name no {_told(due.limit.period)}, and the limit "
                f"{due.limit.code} does. Write the words as the law has them, or take the limit away."
            )
            yield Finding(_place(law, code), code, Lack.WORD_AS_NUMBER, what)
    for limit in law.limits:
        if limit.sources and not any(_is_law(source) for source in limit.sources):
            what = "no source of this number is law. A number of guidance or practice belongs in sops/."
            yield Finding(limit.origins[-1], limit.code, Lack.WORD_AS_NUMBER, what)
    for sop in law.sops:
        if sop.period is not None and sop.set_by is None and any(_is_law(source) for source in sop.sources):
            what = (
                "a number of practice that names law as its source. If the law has the number, it belongs in "
                "limits/; else say whose practice it is (sop_source)."
            )
            yield Finding(sop.origins[-1], sop.code, Lack.WORD_AS_NUMBER, what)


def names(words: str, amount: int) -> bool:
    """Whether the words of a law name that amount, in figures or in English words."""
    if amount == 1 and _ANY_UNIT.search(words):
        return True
    return re.search(rf"\b(?:{amount}|{_spelt(amount)})\b", words, re.IGNORECASE) is not None


def _spelt(amount: int) -> str:
    """That amount in English words, below a hundred; else in figures."""
    if amount < len(_NUMBERS):
        return _NUMBERS[amount]
    tens, ones = divmod(amount, 10)
    if tens >= 10:
        return str(amount)
    return _TENS[tens - 2] + (f"-{_NUMBERS[ones]}" if ones else "")


def _looser(code: str, limit: LimitRule, sop: SopRule, law: Law) -> Iterator[Finding]:
    if sop.period is None or not limit.may_be_law(law.country, law.on):
        return
    year = 2000 if law.on is None else law.on.year
    days = later_days(sop.period, limit.period, calendar=law.calendar, year=year)
    if days:
        is_law = limit.is_law(law.country, law.on)
        lack = Lack.LOOSER_THAN_LAW if is_law else Lack.LOOSER_THAN_UNREAD
        law_or_unread = "the law gives" if is_law else "the law, which nobody of us has read, may give"
        what = (
            f"{code}: practice gives {_told(sop.period)} and {law_or_unread} {_told(limit.period)} "
            f"({limit.code}): later from {len(days)} of {YEAR} days, such as {days[0]}. Shorten it."
        )
        yield Finding(sop.origins[-1], sop.code, lack, what)


def _dues(law: Law) -> Iterator[tuple[str, DueRule]]:
    for rule in law.duties:
        yield rule.code, rule.due
    for channel in law.channels:
        yield channel.code, channel.answer
        if channel.acknowledge is not None:
            yield channel.code, channel.acknowledge


def _place(law: Law, code: str) -> Origin:
    rules = {rule.code: rule.origins[-1] for rule in law.duties}
    rules |= {channel.code: channel.origins[-1] for channel in law.channels}
    return rules[code]


def _is_law(source: Source) -> bool:
    return source.act.kind in BINDING_KINDS


def _told(period: Period) -> str:
    unit = period.unit.value.replace("_", " ")
    return f"{period.amount} {unit.removesuffix('s') if period.amount == 1 else unit}"
