"""Marks: where a duty's clock starts and where an alarm happened, read from the situation. Knows no deadlines."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from encircle.core.child.situation import Item, Situation, is_true
from encircle.law.mark import Mark
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import KINDS, Kind
from encircle.vocabulary.moment import Span

_KIND_OF = {doc.plural: kind for kind, doc in KINDS.items()}


class Found(NamedTuple):
    """A statement that holds of one subject: when it happened, and when it was first learnt (None: by nobody)."""

    at: Span
    known: Span | None
    kind: Kind
    subject: str
    name: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A statement that holds, with the record in which it was found."""

    found: Found
    situation: Situation = field(repr=False, compare=False)

    @property
    def at(self) -> Span:
        """When it happened."""
        return self.found.at

    @property
    def known(self) -> Span | None:
        """When it was first learnt; None: by nobody."""
        return self.found.known

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts behind it."""
        return self.situation.facts_behind(self.found.kind, self.found.subject, self.found.name)


def marked(mark: Mark, situation: Situation, *, item: Item | None, kind: Kind | None) -> Marked | None:
    """The statement that a mark such as `child.presumed`, `step.taken` or `guardians.appointed` names, if it holds.

    A collection's plural means its earliest subject of which the statement holds.
    """
    holding = _holding(mark, situation, item, kind)
    return Marked(_found(mark, min(holding, key=_earliest)), situation) if holding else None


def marked_now(mark: Mark, situation: Situation, *, item: Item | None, kind: Kind | None) -> Span | None:
    """When the same happened, of a subject that is current where there is one: the guardian in office, not one before."""
    holding = _holding(mark, situation, item, kind)
    if len(holding) > 1 and "current" in holding[0][1]:
        holding = [one for one in holding if is_true(one[1], "current")] or holding
    return min(holding, key=_earliest)[0] if holding else None


def readings(mark: Mark, situation: Situation, *, item: Item | None, kind: Kind | None) -> list[Found]:
    """Each subject of which the statement holds."""
    return [_found(mark, one) for one in _holding(mark, situation, item, kind)]


def _holding(
    mark: Mark, situation: Situation, item: Item | None, kind: Kind | None
) -> list[tuple[Span, Item]]:
    """When it happened, and the subject of which it holds."""
    of, own, name_at, _ = _resolved(mark.of, mark.name)
    items = (item,) if own and of is kind and item is not None else situation.of(of)
    found = []
    for one in items:
        value = one[mark.name]
        at = one.get(name_at) if value is True else value
        if isinstance(at, Span):  # or an attribute that is itself a time, such as child.turns_18
            found.append((at, one))
    return found


def _found(mark: Mark, holding: tuple[Span, Item]) -> Found:
    of, _, _, name_known = _resolved(mark.of, mark.name)
    at, item = holding
    known = item.get(name_known) if item[mark.name] is True else at
    return Found(at, known if isinstance(known, Span) else None, of, str(item["id"]), mark.name)


def _earliest(holding: tuple[Span, Item]) -> datetime:
    return holding[0].earliest


@lru_cache(maxsize=1024)
def _resolved(of: str, name: str) -> tuple[Kind, bool, str, str]:
    """The kind that a mark speaks of, whether of one subject by its own name, and where its times stand."""
    own = of not in _KIND_OF
    return Kind(of) if own else _KIND_OF[of], own, f"{name}_at", f"{name}_known"
