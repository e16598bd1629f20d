"""By which law the API tells a record: today's or that of the day asked for, and what differs between the two."""

from datetime import date
from typing import Annotated, Any

from django.utils.translation import get_language
from ninja import Query

from encircle.actions.law_day import ByLaw
from encircle.core.duty import DutyRow
from encircle.core.two_laws import Apart, LawOf, NumberSince, Row, number_of
from encircle.law.counting import Period
from encircle.law.practice import Adopted
from encircle.law.texts import Texts
from encircle.web.api.shape import Answer

LawAsked = Annotated[
    str,
    Query(
        pattern=f"^({'|'.join(LawOf)})?$",
        description="today: today's law (as when it is left out). then: the law that was in force on the day of as_of.",
    ),
]


class PeriodTold(Answer):
    """A length of time and how it is counted. `times`: how often within it, where the number counts happenings."""

    amount: int
    unit: str
    counting: str
    times: int | None


class SideTold(Answer):
    """A duty or an alarm under one of two laws. `kind`: what sets the time of a duty (law, sop, unverified, words).

    `number`: that time; None where there are words alone, and for an alarm, which has no kind either.
    """

    state: str
    kind: str | None
    number: PeriodTold | None


class ApartTold(Answer):
    """A duty or an alarm that differs: `ways` says how. `today`, `then`: None where it does not stand under that law."""

    code: str
    subject: str | None
    title: str
    ways: list[str]
    today: SideTold | None
    then: SideTold | None


class NumberSinceTold(Answer):
    """A number of practice that is another today. `proposal`: the one by which today's holds; None where it is of a pack."""

    code: str
    title: str
    today: PeriodTold | None
    then: PeriodTold | None
    proposal: int | None


class ByLawTold(Answer):
    """By which law the record is told, and since when and until when that law is the same, as far as the packs know.

    `law_of`: today or then. `differs`: what is open of the record and is another under today's law; `practice_since`: the
    numbers of practice that are others today: under either law the record is measured by the number of its day. Both are
    told with then alone; None means that nothing was compared.
    """

    law_of: str
    on: date
    first: date | None
    last: date | None
    differs: list[ApartTold] | None
    practice_since: list[NumberSinceTold] | None


def by_law_told(by: ByLaw) -> dict[str, Any]:
    """What is told of the law of a look."""
    return {
        "law_of": by.law_of.value,
        "on": by.on,
        "first": by.era.first,
        "last": by.era.last,
        "differs": [_apart(one) for one in by.differs] if by.is_compared else None,
        "practice_since": [_since(one) for one in by.since] if by.is_compared else None,
    }


def _apart(one: Apart) -> dict[str, Any]:
    return {
        "code": one.row.rule.code,
        "subject": one.row.subject,
        "title": _text(one.row.rule.title),
        "ways": [way.value for way in one.ways],
        "today": _side(one.today),
        "then": _side(one.then),
    }


def _side(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    if not isinstance(row, DutyRow):
        return {"state": row.state.value, "kind": None, "number": None}
    kind, number = number_of(row.rule.due)
    return {"state": row.state.value, "kind": kind.value, "number": _period(number)}


def _since(one: NumberSince) -> dict[str, Any]:
    by: Adopted | None = one.now.by
    return {
        "code": one.now.code,
        "title": _text(one.now.title),
        "today": _period(one.now.period, times=one.now.times),
        "then": _period(one.then.period, times=one.then.times),
        "proposal": None if by is None else by.number,
    }


def _period(length: Period | None, *, times: int | None = None) -> dict[str, Any] | None:
    if length is None:
        return None
    return {
        "amount": length.amount,
        "unit": length.unit.value,
        "counting": length.counting.value,
        "times": times,
    }


def _text(texts: Texts) -> str:
    return texts.in_(get_language() or "en")
