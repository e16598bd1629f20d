"""Marks: where a duty's clock starts and where an alarm happened, read from the situation. Knows no deadlines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from encircle.core.child.situation import Item, Situation
from encircle.law.mark import Mark
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import KINDS, Kind
from encircle.vocabulary.moment import Span

_KIND_OF_PLURAL = {doc.plural: kind for kind, doc in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Marked:
    """A statement that holds: when it happened, when it was first learnt (None: by nobody), and the facts behind it."""

    at: Span
    known: Span | None
    facts: tuple[Fact, ...]


def marked(mark: Mark, situation: Situation, *, item: Item | None, kind: Kind | None) -> Marked | None:
    """The statement that a mark such as `child.presumed`, `step.taken` or `guardians.appointed` names, if it holds.

    A collection's plural means its earliest subject of which the statement holds.
    """
    found = [one for one in _readings(mark, situation, item=item, kind=kind) if one is not None]
    return min(found, key=lambda one: one.at.earliest, default=None)


def earliest(
    marks: Iterable[Mark], situation: Situation, *, item: Item | None, kind: Kind | None
) -> Marked | None:
    """Of several statements, the one that held first, as it was known."""
    found = [m for mark in marks if (m := marked(mark, situation, item=item, kind=kind)) is not None]
    return min(found, key=lambda m: (m.known or m.at).earliest, default=None)


def _readings(
    mark: Mark, situation: Situation, *, item: Item | None, kind: Kind | None
) -> Iterator[Marked | None]:
    if kind is not None and item is not None and mark.of == kind.value:
        yield _read(situation, kind, item, mark.name)
    elif mark.of == Kind.CHILD.value:
        yield _read(situation, Kind.CHILD, situation.child, mark.name)
    else:
        named = _KIND_OF_PLURAL[mark.of]
        for one in situation.of(named):
            yield _read(situation, named, one, mark.name)


def _read(situation: Situation, kind: Kind, item: Item, mark: str) -> Marked | None:
    value = item[mark]
    facts = situation.facts_behind(kind, str(item["id"]), mark)
    if isinstance(value, Span):  # an attribute that is itself a time, such as child.turns_18
        return Marked(value, value, facts)
    at, known = item.get(f"{mark}_at"), item.get(f"{mark}_known")
    if value is not True or not isinstance(at, Span):
        return None
    return Marked(at, known if isinstance(known, Span) else None, facts)
