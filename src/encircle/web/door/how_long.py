"""How long what somebody told at the door is kept, as it is told to them: by the rule of the country for its kind."""

from collections.abc import Iterable

from encircle.actions.reports.door import Said
from encircle.actions.reports.keeping import kept_until
from encircle.law.retention import KeptOf
from encircle.web.page import when


def may_go_after(of: KeptOf | None, said: Iterable[Said]) -> str:
    """The day after which it may be deleted if nobody writes any more.

    Empty, where the country has set no number, nothing is said yet, or no rule of the door counts for it any more.
    """
    hours = [one.hour for one in said if one.hour is not None]
    if of is None or not hours:
        return ""
    until = kept_until(of, max(hours))
    return "" if until is None else when.written(until.date())
