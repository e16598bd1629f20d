"""Expectations of a case: what must and must not be reported, item by item, read from the file."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from encircle.actions.replay.case import CaseAgency, Expectation
from encircle.actions.replay.fields import Reader
from encircle.law.pack.problem import Problems
from encircle.law.pack.tree import Fields, Items, Leaf
from encircle.vocabulary.identifier import AgencyId, FactId, RootId

_FIELDS = (
    "id",
    "child",
    "as_of",
    "known_as_of",
    "by",
    "axis",
    "value",
    "code",
    "for",
    "state",
    "missing",
    "present",
    "since",
    "by_fact",
    "never",
    "note",
)


def read_expectations(
    parts: Iterable[Fields],
    *,
    zone: str,
    agencies: Mapping[AgencyId, CaseAgency],
    children: Mapping[RootId, str],
    facts: Set[FactId],
    problems: Problems,
) -> tuple[Expectation, ...]:
    """The expectations of a file; every problem noted with its line."""
    found: dict[str, Expectation] = {}
    for part in parts:
        read = Reader(part, problems)
        read.only(_FIELDS)
        expectation = _expectation(read, zone=zone, agencies=agencies, children=children, facts=facts)
        if expectation is None:
            continue
        if expectation.id in found:
            read.wrong("id", f"{expectation.id!r} stands twice.")
        found[expectation.id] = expectation
    return tuple(found.values())


def _expectation(
    read: Reader,
    *,
    zone: str,
    agencies: Mapping[AgencyId, CaseAgency],
    children: Mapping[RootId, str],
    facts: Set[FactId],
) -> Expectation | None:
    as_of = read.until("as_of", zone, required=True)
    child = read.choice("child", children, required=True)
    kinds = [name for name in ("axis", "code", "never") if name in read.tree.fields]
    if len(kinds) != 1:
        read.wrong("code", "expected one of: axis with value, code with state, never.")
    if as_of is None or child is None or len(kinds) != 1:
        return None
    by = read.choice("by", agencies)
    basic = Expectation(
        id=read.word("id", required=True),
        child=RootId(child),
        as_of=as_of,
        known_as_of=read.until("known_as_of", zone),
        by=AgencyId(by) if by else None,
        origin=read.tree.origin,
        note=read.words("note"),
    )
    if kinds == ["axis"]:
        return replace(basic, axis=read.word("axis"), value=_words(read, "value"))
    if kinds == ["never"]:
        return replace(basic, never=read.word("never"), subject=read.word("for") or None)
    by_fact = read.choice("by_fact", facts)
    return replace(
        basic,
        code=read.word("code"),
        subject=read.word("for") or None,
        states=_words(read, "state"),
        missing=_words(read, "missing"),
        present=_words(read, "present"),
        since=read.span("since", zone),
        by_fact=FactId(by_fact) if by_fact else None,
    )


def _words(read: Reader, name: str) -> tuple[str, ...]:
    part = read.tree.fields.get(name)
    if isinstance(part, Items):
        return tuple(one.text or "" for one in part.items if isinstance(one, Leaf))
    word = read.word(name)
    return (word,) if word else ()
