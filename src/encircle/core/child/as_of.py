"""As of: which facts count, at an instant and with the knowledge of a time or an agency. Knows no law."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from encircle.vocabulary.fact import Fact
from encircle.vocabulary.identifier import AgencyId, FactId


class Reading(Enum):
    """How a coarse time is read at an instant inside it: as if it had begun, or as if it were still to come."""

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

    def knows(self, fact: Fact) -> bool:
        """Whether the fact is within the knowledge asked for."""
        if self.recorded_as_of is not None and fact.recorded > self.recorded_as_of:
            return False
        if self.known_as_of is None and self.by is None:
            return True
        learnt = fact.first_learnt(by=self.by)
        return learnt is not None and (self.known_as_of is None or learnt <= self.known_as_of)


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact that stands, with what earlier corrected facts leave behind.

    `root`: the first fact of its chain of corrections (it gives the subject when none is named);
    `known`: when the chain was first learnt, None where nobody had.
    """

    fact: Fact
    root: Fact
    known: datetime | None

    @property
    def group(self) -> FactId:
        """The event: versions of one event by several sources share it."""
        return self.root.version_of or self.root.id


def standing(facts: Iterable[Fact], as_of: AsOf) -> tuple[Statement, ...]:
    """The facts that stand within that knowledge, corrections and withdrawals applied, in order of time.

    The instant is not applied yet: see `happened`.
    """
    every = tuple(facts)
    known = [fact for fact in every if as_of.knows(fact)]
    if not any(fact.corrects or fact.withdraws for fact in known):
        statements = [Statement(fact, fact, fact.first_learnt(by=as_of.by)) for fact in known]
    else:
        statements = _resolved(known, {fact.id: fact for fact in every}, as_of)
    return tuple(sorted(statements, key=_in_time))


def happened(statements: Iterable[Statement], as_of: AsOf, reading: Reading) -> tuple[Statement, ...]:
    """Those that had happened by the instant, a coarse time read as asked."""
    if reading is Reading.EARLIEST:
        return tuple(s for s in statements if s.fact.happened.earliest <= as_of.at)
    return tuple(s for s in statements if s.fact.happened.latest <= as_of.at)


def _in_time(statement: Statement) -> tuple[datetime, datetime, datetime, str]:
    fact = statement.fact
    return fact.happened.earliest, fact.happened.latest, fact.recorded, fact.id


def _resolved(known: list[Fact], by_id: dict[FactId, Fact], as_of: AsOf) -> list[Statement]:
    withdrawn = _withdrawn(known)
    newest: dict[FactId, Fact] = {}
    chains: dict[FactId, list[Fact]] = {}
    for fact in sorted(known, key=lambda f: (f.recorded, f.id)):
        if fact.withdraws is not None:
            continue
        first = _first_of_chain(fact, by_id)
        chains.setdefault(first.id, []).append(fact)
        if fact.id not in withdrawn:
            newest[first.id] = fact
    statements = []
    for first_id, fact in newest.items():
        if first_id in withdrawn:
            continue
        times = [t for f in chains[first_id] if (t := f.first_learnt(by=as_of.by)) is not None]
        statements.append(Statement(fact, by_id[first_id], min(times, default=None)))
    return statements


def _first_of_chain(fact: Fact, by_id: dict[FactId, Fact]) -> Fact:
    seen = {fact.id}
    while fact.corrects is not None and fact.corrects in by_id and fact.corrects not in seen:
        seen.add(fact.corrects)
        fact = by_id[fact.corrects]
    return fact


def _withdrawn(known: list[Fact]) -> frozenset[FactId]:
    """Newest first, so that a withdrawn withdrawal no longer counts."""
    withdrawn: set[FactId] = set()
    for fact in sorted(known, key=lambda f: (f.recorded, f.id), reverse=True):
        if fact.withdraws is not None and fact.id not in withdrawn:
            withdrawn.add(fact.withdraws)
    return frozenset(withdrawn)
