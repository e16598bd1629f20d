"""As of: which events count, at an instant and with the knowledge of a time or an agency. Knows no law."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from operator import attrgetter

from encircle.core.child.event import Event, resolved, told_once
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.identifier import AgencyId


class Reading(Enum):
    """How coarse times are read: each event as early as it can have happened, or each as late as it can have."""

    EARLIEST = "earliest"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class AsOf:
    """The question's instant and knowledge. All instants are aware, in UTC.

    `at`: what had happened by then. `known_as_of`, `by`: only what had been learnt by then, by any agency or by that one.
    `recorded_as_of`: only what the system held by then. None means no limit.
    """

    at: datetime
    known_as_of: datetime | None = None
    by: AgencyId | None = None
    recorded_as_of: datetime | None = None

    @property
    def knows_all(self) -> bool:
        """Whether nothing on record is left out for want of knowledge."""
        return self.known_as_of is None and self.by is None and self.recorded_as_of is None

    def knows(self, fact: Fact) -> bool:
        """Whether the fact is within the knowledge asked for."""
        if self.recorded_as_of is not None and fact.recorded > self.recorded_as_of:
            return False
        if self.known_as_of is None and self.by is None:
            return True
        learnt = fact.first_learnt(by=self.by)
        return learnt is not None and (self.known_as_of is None or learnt <= self.known_as_of)


def standing(facts: Iterable[Fact], as_of: AsOf) -> tuple[Event, ...]:
    """The events that stand within that knowledge: corrections, withdrawals and versions applied.

    The instant is not applied yet (see `happened`): what is withdrawn or corrected later was never so.
    """
    every = tuple(facts)
    known = every if as_of.knows_all else tuple(fact for fact in every if as_of.knows(fact))
    by = as_of.by
    for fact in known:
        if fact.corrects or fact.withdraws or fact.version_of:
            return resolved(known, every=every, by=by)
    return tuple([told_once(fact, by) for fact in known])


_ORDER = {
    Reading.EARLIEST: attrgetter("earliest", "latest", "recorded", "id"),
    Reading.LATEST: attrgetter("latest", "earliest", "recorded", "id"),
}


def happened(events: Iterable[Event], at: datetime, reading: Reading) -> list[Event]:
    """Those that had happened by the instant, in order of time, coarse times read as asked."""
    if reading is Reading.EARLIEST:
        begun = [event for event in events if event.earliest <= at]
    else:
        begun = [event for event in events if event.latest <= at]
    begun.sort(key=_ORDER[reading])
    return begun
