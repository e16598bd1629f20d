"""Urgency: the order in which what is due stands in a work list. Of time and law only: it ranks no child."""

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum

from encircle.core.duty.row import DutyRow, DutyState
from encircle.law.duty import Standing


class Urgency(IntEnum):
    """Where a duty stands in a work list; what nobody has to do anything about has none."""

    LATE = 0
    """Overdue, or breached."""
    DATED = 1
    """To be done by a time that law or practice sets."""
    UNDATED = 2
    """To be done, in words of law alone or by a number that nobody has read."""
    UNKNOWN = 3
    """A fact is missing that would say whether it stands."""


_LATE = (DutyState.OVERDUE, DutyState.BREACHED)
_TO_BE_DONE = (DutyState.OPEN, DutyState.DUE_SOON)
_BINDING = (Standing.LAW, Standing.SOP)


def urgency(row: DutyRow) -> Urgency | None:
    """The place of this duty in a work list."""
    if row.state in _LATE:
        return Urgency.LATE
    if row.state in _TO_BE_DONE:
        return Urgency.UNDATED if due_by(row) is None else Urgency.DATED
    return Urgency.UNKNOWN if row.state is DutyState.UNKNOWN else None


def due_by(row: DutyRow) -> datetime | None:
    """The end of its time, where law or practice sets one."""
    return row.due.latest if row.due is not None and row.due.kind in _BINDING else None


def most_urgent(rows: Iterable[DutyRow]) -> tuple[Urgency, datetime | None] | None:
    """The first place that any of these duties has in a work list, and by when that one is due."""
    places = [(place, due_by(row)) for row in rows if (place := urgency(row)) is not None]
    return min(places, key=lambda one: (one[0], one[1] is None, one[1]), default=None)
