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


class Marks:
    """The statements of one record that marks name; what several rules ask for is looked up once."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self._of_all: dict[tuple[str, str], list[Found]] = {}

    def kept(self, found: Found) -> Marked:
        """The statement with the record behind it."""
        return Marked(found, self.situation)

    def readings(self, mark: Mark, item: Item | None) -> list[Found]:
        """Each subject of which the statement holds. `item`: the one that a mark in the singular means."""
        if item is not None and mark.of not in _KIND_OF:
            return self._found(mark, (item,))
        name = (mark.of, mark.name)
        found = self._of_all.get(name)
        if found is None:
            found = self._of_all[name] = self._found(mark, self.situation.of(_KIND_OF[mark.of]))
        return found

    def earliest(self, mark: Mark, item: Item | None) -> Found | None:
        """The statement that a mark such as `child.presumed`, `step.taken` or `guardians.appointed` names, if it holds.

        A collection's plural means its earliest subject of which the statement holds.
        """
        found = self.readings(mark, item)
        return found[0] if len(found) == 1 else min(found, key=_earliest, default=None)

    def now(self, mark: Mark, item: Item | None) -> Found | None:
        """The same, of a subject that is current where there is one: the guardian in office, not the one before."""
        found = self.readings(mark, item)
        if len(found) > 1 and found[0].kind in BEGUN_AND_ENDED:
            current = {one["id"] for one in self.situation.of(found[0].kind) if is_true(one, "current")}
            found = [one for one in found if one.subject in current] or found
        return found[0] if len(found) == 1 else min(found, key=_earliest, default=None)

    def _found(self, mark: Mark, items: tuple[Item, ...]) -> list[Found]:
        of, name_at, name_known = _resolved(mark.of, mark.name)
        found = []
        for item in items:
            value = item[mark.name]
            at, known = (item.get(name_at), item.get(name_known)) if value is True else (value, value)
            if isinstance(
                at, Span
            ):  # of an attribute that is itself a time, such as child.turns_18, that time
                known = known if isinstance(known, Span) else None
                found.append(Found(at, known, of, str(item["id"]), mark.name))
        return found


def _earliest(found: Found) -> datetime:
    return found.at.earliest


@lru_cache(maxsize=1024)
def _resolved(of: str, name: str) -> tuple[Kind, str, str]:
    """The kind that a mark speaks of, in the singular or plural, and where its times stand."""
    return _KIND_OF.get(of) or Kind(of), f"{name}_at", f"{name}_known"
