"""Readings: one row from two, where coarse times can be read as early as they can be and as late. Knows no law."""

from msgspec.structs import replace

from encircle.core.duty.row import DutyRow, DutyState
from encircle.vocabulary.moment import EXACT_DATE
from encircle.vocabulary.unknown import Unknown

UNDATED = Unknown(EXACT_DATE)

_TO_BE_DONE = (DutyState.OPEN, DutyState.DUE_SOON, DutyState.OVERDUE)
"""A duty in one of these stands open; the further on, the later it is."""


def both_readings(earliest: DutyRow | None, latest: DutyRow | None) -> DutyRow:
    """The row that is certain. At least one of the two is there.

    A duty holds from the earliest moment at which it can have opened. That it is late is said only if both say so.
    Where they differ otherwise, its state is unknown: the exact date is missing.
    """
    if earliest is None or latest is None:
        return _of_one(earliest, latest)
    row = replace(earliest, found=_agreed(earliest, latest))
    if earliest.state is latest.state:
        return row
    if earliest.state in _TO_BE_DONE and latest.state in _TO_BE_DONE:
        less = earliest if _TO_BE_DONE.index(earliest.state) < _TO_BE_DONE.index(latest.state) else latest
        return replace(less, found=row.found)
    return _undated(row)


def _of_one(earliest: DutyRow | None, latest: DutyRow | None) -> DutyRow:
    if earliest is not None:
        holds = earliest.state in _TO_BE_DONE or earliest.state is DutyState.UNKNOWN
        return earliest if holds else _undated(earliest)
    assert latest is not None, "a row of no reading"
    return _undated(latest)


def _agreed(earliest: DutyRow, latest: DutyRow) -> tuple[bool | Unknown, ...]:
    if len(earliest.found) != len(latest.found):
        return earliest.found or latest.found
    pairs = zip(earliest.found, latest.found, strict=True)
    return tuple(first if first is second or first == second else UNDATED for first, second in pairs)


def _undated(row: DutyRow) -> DutyRow:
    return replace(
        row,
        state=DutyState.UNKNOWN,
        met_at=None,
        late=False,
        unknown=UNDATED,
        because=None,
        next_change_at=None,
    )
