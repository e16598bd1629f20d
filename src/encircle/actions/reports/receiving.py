"""Who receives: reports go to desks that do triage, talks to helplines as well; who answers; when somebody is there."""

from datetime import datetime, time
from uuid import UUID

from encircle.actions.permit import mandates
from encircle.actions.whose_law import law_for
from encircle.core.hours import is_night
from encircle.records import reports as rows
from encircle.records.reports import Receiver
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role


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
    able = [one for one in enrolled if one.role in roles]
    helplines = [one for one in able if one.role is Role.HELPLINE]
    chosen = helplines if purpose is Purpose.TALK and helplines else able
    return chosen[UUID(report).int % len(chosen)].agency


def somebody_is_there(enrolled: tuple[Receiver, ...], at: datetime) -> bool:
    """Whether one of their desks is open at that instant."""
    return any(
        not is_night(at, opens=one.opens_at, closes=one.closes_at, calendar=law_for(one.country).calendar)
        for one in enrolled
    )


def hours_of(enrolled: tuple[Receiver, ...]) -> tuple[time, time] | None:
    """From when until when the desk with the longest hours is open on working days; None, where there is none."""
    spans = [(one.opens_at, one.closes_at) for one in enrolled]
    return max(spans, key=lambda span: _minutes(span[1]) - _minutes(span[0]), default=None)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
