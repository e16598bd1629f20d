"""Who receives: reports go to desks that do triage, talks to helplines as well; who answers; when somebody is there."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from uuid import UUID

from encircle.actions.permit import mandates
from encircle.actions.whose_law import law_for
from encircle.core.hours import is_night
from encircle.law.counting import Unit
from encircle.law.law import Law
from encircle.law.sop import DESK_CLOSES, DESK_OPENS
from encircle.records import reports as rows
from encircle.records.reports import Receiver
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role

_MIDNIGHT: Final = 24
"""The hour at which a day ends."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The desk that answers for a report from its arrival on. `out_of_hours`: no desk was there but those for such hours."""

    desk: AgencyId
    out_of_hours: bool = False


def roles_for(purpose: Purpose) -> frozenset[Role]:
    """The roles whose mandate has that purpose."""
    return frozenset(role for role, one in mandates().items() if purpose in one.purposes)


def receivers(purpose: Purpose, *, also: AgencyId | None = None) -> tuple[Receiver, ...]:
    """All that are enrolled, have their key in use and come for that purpose; `also`: who writes down a call itself."""
    roles = roles_for(purpose)
    return tuple(one for one in rows.recipients() if one.role in roles or one.agency == also)


def are_enough(enrolled: tuple[Receiver, ...], purpose: Purpose, *, fewest: int) -> bool:
    """Whether so many agencies of them come for that purpose."""
    roles = roles_for(purpose)
    return len({one.agency for one in enrolled if one.role in roles}) >= fewest


def desk_of(report: str, enrolled: tuple[Receiver, ...], purpose: Purpose) -> AgencyId:
    """The desk that answers for it: by chance, so that nothing is counted together; of talks a helpline, if there is one."""
    roles = roles_for(purpose)
    able = tuple(one for one in enrolled if one.role in roles)
    helplines = tuple(one for one in able if one.role is Role.HELPLINE)
    return _by_chance(report, helplines if purpose is Purpose.TALK and helplines else able)


def taken_by(report: str, enrolled: tuple[Receiver, ...], *, in_danger: bool, at: datetime) -> Taken:
    """The desk that answers for a report: one of the whole country, as a report names no place; by chance among several.

    Where somebody is in danger, one that is there now; outside the hours of all, one that is named for such hours; where
    none is named, any.
    """
    roles = roles_for(Purpose.TRIAGE)
    able = tuple(one for one in enrolled if one.role in roles)
    by_day = tuple(one for one in able if not one.out_of_hours) or able
    if not in_danger:
        return Taken(_by_chance(report, _of_country(by_day)))
    there = tuple(one for one in by_day if is_there(one, at))
    if there:
        return Taken(_by_chance(report, _of_country(there)))
    return Taken(_by_chance(report, at_night(able) or _of_country(able)), out_of_hours=True)


def at_night(enrolled: tuple[Receiver, ...]) -> tuple[Receiver, ...]:
    """The desks that are named for the hours in which no other one is there."""
    return tuple(one for one in enrolled if one.out_of_hours)


def is_out_of_hours(enrolled: tuple[Receiver, ...], at: datetime) -> bool:
    """Whether no desk that does triage is there at that instant, but those that are named for such hours."""
    roles = roles_for(Purpose.TRIAGE)
    able = tuple(one for one in enrolled if one.role in roles)
    return not any(is_there(one, at) for one in able if not one.out_of_hours)


def is_there(one: Receiver, at: datetime) -> bool:
    """Whether somebody is at that desk at that instant, by the hours of its agency or the practice of its country.

    Where the practice sets no hours, a desk is taken to be there.
    """
    return is_open(one.opens_at, one.closes_at, one.country, at)


def is_open(opens: time | None, closes: time | None, country: str, at: datetime) -> bool:
    """Whether an agency with these hours is there at that instant; without any, by the practice of its country."""
    law = law_for(country)
    hours = hours_at(opens, closes, law, at)
    return hours is None or not is_night(at, opens=hours[0], closes=hours[1], calendar=law.calendar)


def nobody_at_night(enrolled: tuple[Receiver, ...], at: datetime) -> bool:
    """Whether there are hours in which no desk is there: none is named for them, and each has a time at which it closes."""
    hours = [hours_at(one.opens_at, one.closes_at, law_for(one.country), at) for one in enrolled]
    return not at_night(enrolled) and all(own is not None and own[0] != own[1] for own in hours)


def hours_at(opens: time | None, closes: time | None, law: Law, at: datetime) -> tuple[time, time] | None:
    """These hours, or those that the practice of the country sets; None, where it sets none."""
    if opens is not None and closes is not None:
        return opens, closes
    first, last = (_hour(law, code, at) for code in (DESK_OPENS, DESK_CLOSES))
    return None if first is None or last is None else (first, last)


def somebody_is_there(enrolled: tuple[Receiver, ...], at: datetime) -> bool:
    """Whether one of their desks is open at that instant."""
    return any(is_there(one, at) for one in enrolled)


def hours_of(enrolled: tuple[Receiver, ...], at: datetime) -> tuple[time, time] | None:
    """From when until when the desk with the longest hours is open on working days; None, where there is none."""
    found = (hours_at(one.opens_at, one.closes_at, law_for(one.country), at) for one in enrolled)
    spans = [span for span in found if span is not None]
    return max(spans, key=lambda span: _minutes(span[1]) - _minutes(span[0]), default=None)


def _hour(law: Law, code: str, at: datetime) -> time | None:
    """The hour of the day that this number of practice names; None, where it names none."""
    rule = next((rule.at(at) for rule in law.sops if rule.code == code), None)
    if rule is None or rule.period is None or rule.period.unit is not Unit.HOURS:
        return None
    return time(rule.period.amount) if rule.period.amount < _MIDNIGHT else time.max


def _of_country(desks: tuple[Receiver, ...]) -> tuple[Receiver, ...]:
    """Those of the whole country; all of them, where each has a region."""
    return tuple(one for one in desks if one.region is None) or desks


def _by_chance(report: str, desks: tuple[Receiver, ...]) -> AgencyId:
    return desks[UUID(report).int % len(desks)].agency


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
