"""Checks over the whole file: references, corrections, and what can't be said of a child not yet born."""

from collections.abc import Mapping, Sequence
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


def check_whole(
    facts: Sequence[Fact],
    *,
    origins: Mapping[FactId, Origin],
    agencies: Mapping[AgencyId, CaseAgency],
    children: Mapping[RootId, str],
    concerns: Mapping[RootId, str],
    problems: Problems,
) -> None:
    """Note every reference that leads nowhere and every fact that can't stand beside the others."""
    by_id = {fact.id: fact for fact in facts}
    subjects: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    for fact in facts:
        subjects[FACT_TYPES[fact.type].about].update((str(fact.subject or fact.id), str(fact.id)))
    subjects[Kind.CHILD].update(str(child) for child in children)
    subjects[Kind.CONCERN].update(str(concern) for concern in concerns)
    births = _earliest_births(facts)
    for fact in facts:
        origin = origins[fact.id]
        for what in (*_relations(fact, by_id), *_references(fact, subjects, agencies)):
            problems.add(origin, what)
        born = births.get(fact.root)
        if born is not None and FACT_TYPES[fact.type].living_child and fact.happened.latest < born:
            problems.add(origin, f"happened: a {fact.type} lies before the child's earliest date of birth on record.")


def _relations(fact: Fact, by_id: Mapping[FactId, Fact]) -> list[str]:
    found = []
    named = {"corrects": fact.corrects, "version_of": fact.version_of, "withdraws": fact.withdraws}
    given = {name: other for name, other in named.items() if other is not None}
    if len(given) > 1:
        found.append(f"{' and '.join(given)}: a fact corrects, is a version, or withdraws: one of them.")
    for name, other_id in given.items():
        other = by_id.get(other_id)
        if other is None:
            found.append(f"{name}: no fact {other_id!r} in this file. {meant(other_id, by_id)}")
        elif other.id == fact.id:
            found.append(f"{name}: a fact can't name itself.")
        elif other.root != fact.root:
            found.append(f"{name}: {other_id!r} is about another child or concern.")
        elif name != "withdraws" and other.type != fact.type:
            found.append(f"{name}: {other_id!r} is a {other.type}; expected a fact of the same type, {fact.type}.")
        elif other.recorded > fact.recorded:
            found.append(f"{name}: {other_id!r} was recorded later; a fact can speak only of one recorded before it.")
    if (fact.type == WITHDRAWAL) != (fact.withdraws is not None):
        found.append("withdraws: a fact of the type withdrawal names the fact that it withdraws, and no other type does.")
    return found


def _references(
    fact: Fact, subjects: Mapping[Kind, set[str]], agencies: Mapping[AgencyId, CaseAgency]
) -> list[str]:
    found = []
    for field in shape(FACT_TYPES[fact.type]):
        value = getattr(fact.payload, field.name)
        if value is msgspec.UNSET:
            continue
        if field.value == "agency" and value not in agencies:
            found.append(f"payload, {field.name}: no agency {value!r} at the top of the file. {meant(value, agencies)}")
        if field.value == "ref" and field.ref_kind and value not in subjects[Kind(field.ref_kind)]:
            known = subjects[Kind(field.ref_kind)]
            found.append(f"payload, {field.name}: no {field.ref_kind} {value!r} in this file. {meant(value, known)}")
        if field.value == "when" and (wrong := _not_a_time(value, fact, field)):
            found.append(wrong)
    return found


def _not_a_time(text: str, fact: Fact, field: FieldShape) -> str | None:
    try:
        parse_span(text, fact.happened.zone)
    except ValueError as wrong:
        return f"payload, {field.name}: {wrong}"
    return None


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
                    continue  # told by _references, with the line
                births[fact.root] = min(births.get(fact.root, born), born)
    return births
