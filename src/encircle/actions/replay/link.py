"""Links: which roots of a case tell of one child. Knows no law."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from encircle.core.child import AsOf
from encircle.core.child.as_of import standing
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.concern import ConcernLinked
from encircle.vocabulary.facts.identity import SameChildStated
from encircle.vocabulary.identifier import RootId

ALL_KNOWN = AsOf(datetime.max.replace(tzinfo=UTC))
_LINKING = frozenset({"same_child_stated", "concern_linked", "withdrawal"})


def roots_of(
    child: RootId, facts: Iterable[Fact], *, concerns: Collection[RootId], as_of: AsOf = ALL_KNOWN
) -> frozenset[RootId]:
    """The records and concerns whose facts are about that child, within that knowledge.

    "The same child" joins records both ways and onward. A concern joins each child that it is linked to, and nothing
    onward: one report can name three children, and they stay three. A link counts from the first, as identity does;
    withdrawn, it never was.
    """
    same: list[tuple[RootId, RootId]] = []
    about: list[tuple[RootId, RootId]] = []
    for event in standing((fact for fact in facts if fact.type in _LINKING), as_of):
        for fact in event.facts:
            if isinstance(fact.payload, SameChildStated):
                same.append((fact.root, RootId(fact.payload.other_record)))
            elif isinstance(fact.payload, ConcernLinked):
                about.append((fact.root, RootId(fact.payload.other_record)))
    roots = _joined(child, same)
    both_ways = [*about, *((other, one) for one, other in about)]
    return roots | {concern for one, concern in both_ways if one in roots and concern in concerns}


def _joined(start: RootId, pairs: Iterable[tuple[RootId, RootId]]) -> frozenset[RootId]:
    beside: dict[RootId, set[RootId]] = {}
    for one, other in pairs:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    found, to_visit = {start}, [start]
    while to_visit:
        new = beside.get(to_visit.pop(), set()) - found
        found |= new
        to_visit += new
    return frozenset(found)
