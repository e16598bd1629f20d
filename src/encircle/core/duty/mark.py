"""Marks: where a duty's clock starts and where an alarm happened, read from the situation. Knows no deadlines."""

from collections.abc import Iterator
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
    found = tuple(readings(mark, situation, item=item, kind=kind))
    of = _KIND_OF.get(mark.of)
    if len(found) > 1 and of is not None and of in BEGUN_AND_ENDED:
        current = {str(one["id"]) for one in situation.of(of) if is_true(one, "current")}
        found = tuple(one for one in found if one.subject in current) or found
    return min(found, key=_earliest, default=None)


def _earliest(one: Found) -> datetime:
    return one.at.earliest


def readings(mark: Mark, situation: Situation, *, item: Item | None, kind: Kind | None) -> Iterator[Found]:
    """Each subject of which the statement holds."""
    own = kind is not None and item is not None and mark.of == kind
    of = kind if own and kind is not None else _KIND_OF[mark.of]
    items = (item,) if own and item is not None else situation.of(of)
    name = mark.name
    name_at, name_known = _times_of(name)
    for one in items:
        value = one[name]
        if value is True:
            at, known = one.get(name_at), one.get(name_known)
            if isinstance(at, Span):
                yield Found(at, known if isinstance(known, Span) else None, of, str(one["id"]), name)
        elif isinstance(value, Span):  # an attribute that is itself a time, such as child.turns_18
            yield Found(value, value, of, str(one["id"]), name)


@lru_cache(maxsize=1024)
def _times_of(mark: str) -> tuple[str, str]:
    return f"{mark}_at", f"{mark}_known"
