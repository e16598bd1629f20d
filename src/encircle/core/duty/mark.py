"""Marks: where a duty's clock starts and where an alarm happened, read from the situation. Knows no deadlines."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from encircle.core.child.derived import BEGUN_AND_ENDED
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
    found = min(readings(mark, situation, item=item, kind=kind), key=_earliest, default=None)
    return None if found is None else Marked(found, situation)


def marked_now(mark: Mark, situation: Situation, *, item: Item | None, kind: Kind | None) -> Found | None:
    """The same, of a subject that is current where there is one: the guardian in office, not the one before."""
    found = readings(mark, situation, item=item, kind=kind)
    if len(found) == 1:
        return found[0]
    if found and found[0].kind in BEGUN_AND_ENDED:
        current = {str(one["id"]) for one in situation.of(found[0].kind) if is_true(one, "current")}
        found = [one for one in found if one.subject in current] or found
    return min(found, key=_earliest, default=None)


def _earliest(one: Found) -> datetime:
    return one.at.earliest


def readings(mark: Mark, situation: Situation, *, item: Item | None, kind: Kind | None) -> list[Found]:
    """Each subject of which the statement holds."""
    of, own, name_at, name_known = _resolved(mark)
    items = (item,) if own and of is kind and item is not None else situation.of(of)
    name = mark.name
    found = []
    for one in items:
        value = one[name]
        if value is True:
            at, known = one.get(name_at), one.get(name_known)
            if isinstance(at, Span):
                found.append(Found(at, known if isinstance(known, Span) else None, of, str(one["id"]), name))
        elif isinstance(value, Span):  # an attribute that is itself a time, such as child.turns_18
            found.append(Found(value, value, of, str(one["id"]), name))
    return found


@lru_cache(maxsize=1024)
def _resolved(mark: Mark) -> tuple[Kind, bool, str, str]:
    """The kind that a mark speaks of, whether of one subject by its own name, and where its times stand."""
    own = mark.of not in _KIND_OF
    of = Kind(mark.of) if own else _KIND_OF[mark.of]
    return of, own, f"{mark.name}_at", f"{mark.name}_known"
