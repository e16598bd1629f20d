"""Checks over the whole file: references, corrections, and what can't be said of a child not yet born."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from encircle.actions.replay.case import CaseAgency
from encircle.law.origin import Origin
from encircle.law.pack.problem import Problems, meant
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.shape import FieldShape, shape
from encircle.vocabulary.identifier import AgencyId, FactId, RootId
from encircle.vocabulary.moment import parse_span

WITHDRAWAL = "withdrawal"
_BIRTHS = ("date_of_birth", "date_of_birth_claimed", "expected")
_FACT_NAMED = frozenset({("alarm_acknowledged", "by_fact")})
_ROOT_NAMED = frozenset(
    {
        ("same_child_stated", "other_record"),
        ("concern_linked", "other_record"),
        ("same_child_answered", "asked_of"),
    }
)


@dataclass(slots=True)
class Names:
    """All that a fact of the file may name. `listed`: the ids of all facts, also of those that could not be read."""

    agencies: Mapping[AgencyId, CaseAgency]
    roots: frozenset[str]
    listed: frozenset[str]
    facts: dict[FactId, Fact] = field(default_factory=dict)
    subjects: dict[Kind, set[str]] = field(default_factory=lambda: {kind: set() for kind in Kind})

    @property
    def is_complete(self) -> bool:
        """Whether every fact could be read, so that a subject that is not among them is really not there."""
        return len(self.facts) == len(self.listed)

    def take(self, fact: Fact) -> None:
        """Take in what that fact gives a name to: itself, and the subject that it is about."""
        self.facts[fact.id] = fact
        about = self.subjects[FACT_TYPES[fact.type].about]
        if fact.subject is not None:
            about.add(str(fact.subject))
        elif fact.corrects is None and fact.version_of is None:
            about.add(str(fact.id))


def check_whole(
    facts: Sequence[Fact], *, names: Names, origins: Mapping[FactId, Origin], problems: Problems
) -> None:
    """Note every reference that leads nowhere and every fact that can't stand beside the others."""
    births = _earliest_births(facts)
    circles = _in_circles(names.facts)
    for fact in facts:
        origin = origins[fact.id]
        for what in (*_relations(fact, names), *_references(fact, names)):
            problems.add(origin, what)
        if fact.id in circles:
            problems.add(origin, "corrects, version_of or withdraws: the facts name each other in a circle.")
        born = births.get(fact.root)
        if born is not None and FACT_TYPES[fact.type].living_child and fact.happened.latest < born:
            problems.add(
                origin, f"happened: a {fact.type} lies before the child's earliest date of birth on record."
            )


def _relations(fact: Fact, names: Names) -> Iterator[str]:
    given = {
        name: other for name in ("corrects", "version_of", "withdraws") if (other := getattr(fact, name))
    }
    if len(given) > 1:
        yield f"{' and '.join(given)}: a fact corrects, is a version, or withdraws: one of them."
    for name, other_id in given.items():
        other = names.facts.get(other_id)
        if other is not None:
            yield from _relation(fact, name, other)
        elif other_id not in names.listed:
            yield f"{name}: no fact {other_id!r} in this file. {meant(other_id, names.listed)}"
    if (fact.type == WITHDRAWAL) != (fact.withdraws is not None):
        yield "withdraws: a fact of the type withdrawal names the fact that it withdraws, and no other type does."


def _relation(fact: Fact, name: str, other: Fact) -> Iterator[str]:
    if other.id == fact.id:
        yield f"{name}: a fact can't name itself."
    elif other.root != fact.root:
        yield f"{name}: {other.id!r} is about another child or concern."
    elif name != "withdraws" and other.type != fact.type:
        yield f"{name}: {other.id!r} is a {other.type}; expected a fact of the same type, {fact.type}."
    elif other.recorded > fact.recorded:
        yield f"{name}: {other.id!r} was recorded later; a fact can speak only of one recorded before it."


def _in_circles(by_id: Mapping[FactId, Fact]) -> frozenset[FactId]:
    """The facts that name each other in a circle: no one of them came first."""
    links = {one.id: one.corrects or one.version_of or one.withdraws for one in by_id.values()}
    found: set[FactId] = set()
    done: set[FactId] = set()
    for start in links:
        path: list[FactId] = []
        at: FactId | None = start
        while at is not None and at in links and at not in done:
            done.add(at)
            path.append(at)
            at = links[at]
        if at in path:
            found.update(path[path.index(at) :])
    return frozenset(one for one in found if links[one] != one)


def _references(fact: Fact, names: Names) -> Iterator[str]:
    for one in shape(FACT_TYPES[fact.type]):
        value = getattr(fact.payload, one.name)
        if value is not msgspec.UNSET:
            yield from _reference(fact, one, value, names)


def _reference(fact: Fact, one: FieldShape, value: str, names: Names) -> Iterator[str]:
    where = f"payload, {one.name}"
    if one.value == "agency" and value not in names.agencies:
        yield f"{where}: no agency {value!r} at the top of the file. {meant(value, names.agencies)}"
    known = names.subjects[Kind(one.ref_kind)] if one.value == "ref" and one.ref_kind else None
    if known is not None and value not in known and names.is_complete:
        yield f"{where}: no {one.ref_kind} {value!r} in this file. {meant(value, known)}"
    if (fact.type, one.name) in _FACT_NAMED and value not in names.listed:
        yield f"{where}: no fact {value!r} in this file. {meant(value, names.listed)}"
    if (fact.type, one.name) in _ROOT_NAMED and value not in names.roots:
        yield f"{where}: no child or concern {value!r} at the top of the file. {meant(value, names.roots)}"
    if one.value == "when":
        try:
            parse_span(value, fact.happened.zone)
        except ValueError as wrong:
            yield f"{where}: {wrong}"


def _earliest_births(facts: Sequence[Fact]) -> dict[RootId, datetime]:
    births: dict[RootId, datetime] = {}
    for fact in facts:
        if FACT_TYPES[fact.type].about is not Kind.CHILD:
            continue
        for name in _BIRTHS:
            text = getattr(fact.payload, name, msgspec.UNSET)
            if isinstance(text, str):
                try:
                    born = parse_span(text, fact.happened.zone).earliest
                except ValueError:
                    continue  # told by _reference, with the line
                births[fact.root] = min(births.get(fact.root, born), born)
    return births
