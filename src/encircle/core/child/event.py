"""Events: what stands of the facts on record after corrections, withdrawals and versions. Knows no instant and no law."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from encircle.vocabulary.fact import Fact
from encircle.vocabulary.identifier import AgencyId, FactId


class Event(NamedTuple):
    """Something that happened, as its source says, or as several sources say side by side.

    `facts`: one of each source, the first that spoke of it first. `known`: when it was first learnt; None: by nobody.
    `subject`: the interview, guardian ... that it is about, where the type of fact is about one.
    `earliest`, `latest`: between when it happened, the times of all versions joined. `recorded`, `id`: of the first.
    """

    facts: tuple[Fact, ...]
    known: datetime | None
    subject: str
    earliest: datetime
    latest: datetime
    recorded: datetime
    id: FactId


def told_once(fact: Fact, by: AgencyId | None) -> Event:
    """The event of a fact that nobody corrected, withdrew or told in another version."""
    span, learnt = fact.happened, fact.learnt
    known = learnt[0].at if by is None and len(learnt) == 1 else fact.first_learnt(by=by)
    subject = fact.subject or fact.id
    return Event((fact,), known, subject, span.earliest, span.latest, fact.recorded, fact.id)


def resolved(known: Sequence[Fact], *, every: Iterable[Fact], by: AgencyId | None) -> tuple[Event, ...]:
    """The events of those facts.

    `every`: all facts on record, since a correction may be known where the fact that it corrects is not.
    The newest correction stands for its whole chain. Withdrawing a correction brings back what it corrected;
    withdrawing the first fact takes out the chain; a withdrawal that is itself withdrawn does nothing.
    """
    by_id = {fact.id: fact for fact in every}
    first = _ends({f.id: f.corrects for f in by_id.values() if f.corrects in by_id})
    gone = _withdrawn(known)
    chains: dict[FactId, list[Fact]] = {}
    for fact in known:
        root = first.get(fact.id, (fact.id, 0))[0]
        if fact.withdraws is None and fact.id not in gone and root not in gone:
            chains.setdefault(root, []).append(fact)
    versions = {f.id: first.get(v, (v, 0))[0] for f in by_id.values() if (v := f.version_of) in by_id and v}
    base = _ends(versions)
    told: dict[FactId, list[FactId]] = {}
    for root in sorted(chains, key=lambda one: (base.get(one, (one, 0))[1], by_id[one].recorded, one)):
        told.setdefault(base.get(root, (root, 0))[0], []).append(root)
    return tuple(
        _event([_Chain(by_id[root], chains[root], first) for root in roots], by_id[group], by)
        for group, roots in told.items()
    )


class _Chain:
    """A fact with its corrections that stand; `newest` speaks for it."""

    def __init__(self, root: Fact, facts: list[Fact], first: Mapping[FactId, tuple[FactId, int]]) -> None:
        self.root = root
        self.facts = facts
        self.newest = max(facts, key=lambda f: (f.recorded, first.get(f.id, (f.id, 0))[1], f.id))


def _event(chains: list[_Chain], base: Fact, by: AgencyId | None) -> Event:
    facts = tuple(chain.newest for chain in chains)
    times = [at for chain in chains for fact in chain.facts if (at := _learnt(fact, by)) is not None]
    named = [fact.subject for chain in chains for fact in (chain.newest, chain.root) if fact.subject]
    return Event(
        facts=facts,
        known=min(times, default=None),
        subject=named[0] if named else base.subject or base.id,
        earliest=min(fact.happened.earliest for fact in facts),
        latest=max(fact.happened.latest for fact in facts),
        recorded=facts[0].recorded,
        id=facts[0].id,
    )


def _learnt(fact: Fact, by: AgencyId | None) -> datetime | None:
    if by is None and len(fact.learnt) == 1:
        return fact.learnt[0].at
    return fact.first_learnt(by=by)


def _withdrawn(known: Sequence[Fact]) -> frozenset[FactId]:
    """What is taken back: the last withdrawal of a row of withdrawals counts, so the one before it does not."""
    links = {fact.id: fact.withdraws for fact in known if fact.withdraws is not None}
    ends = _ends(links)
    gone: set[FactId] = set()
    for taker in sorted(links, key=lambda one: (-ends[one][1], one)):
        if taker not in gone:
            gone.add(links[taker])
    return frozenset(gone)


def _ends(links: Mapping[FactId, FactId | None]) -> dict[FactId, tuple[FactId, int]]:
    """For each linked fact the one at the end of its links, and how many steps away that is.

    In a circle, which nobody may record, the first by name counts as the start.
    """
    ends: dict[FactId, tuple[FactId, int]] = {}
    for start in sorted(links):
        path: dict[FactId, None] = {}
        at = start
        while at not in ends and at not in path and (after := links.get(at)) is not None:
            path[at] = None
            at = after
        end, steps = ends.get(at, (at, 0))
        for one in reversed(path):
            steps += 1
            ends[one] = (end, steps)
    return ends
