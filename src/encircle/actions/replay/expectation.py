"""Expectations of a case: what must and must not be reported, item by item, read from the file."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from encircle.actions.replay.case import Expectation
from encircle.actions.replay.fields import Reader
from encircle.actions.replay.whole import Names
from encircle.core.child.schema import kind_records
from encircle.core.duty import DutyState
from encircle.core.prohibition import AlarmState
from encircle.law.pack.problem import Problems
from encircle.law.pack.tree import Fields
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, FactId, RootId

AXES = ("indicators", *kind_records()[Kind.CHILD].fields)
STATES = (*DutyState, *AlarmState)
_FIELDS = (
    "id",
    "child",
    "own",
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
    children: Mapping[RootId, str],
    own: Mapping[RootId, Kind],
    names: Names,
    problems: Problems,
) -> tuple[Expectation, ...]:
    """The expectations of a file; every problem noted with its line."""
    found: dict[str, Expectation] = {}
    for part in parts:
        read = Reader(part, problems)
        read.only(_FIELDS)
        expectation = _expectation(read, zone=zone, children=children, own=own, names=names)
        if expectation is None:
            continue
        if expectation.id in found:
            read.wrong("id", f"{expectation.id!r} stands twice.")
        found[expectation.id] = expectation
    return tuple(found.values())


def _expectation(
    read: Reader, *, zone: str, children: Mapping[RootId, str], own: Mapping[RootId, Kind], names: Names
) -> Expectation | None:
    as_of = read.until("as_of", zone, required=True)
    of_itself = read.choice("own", own)
    child = of_itself or read.choice("child", children, required=True)
    kinds = [name for name in ("axis", "code", "never") if name in read.tree.fields]
    if len(kinds) != 1:
        read.wrong("code", "expected one of: axis with value, code with state, never.")
    if as_of is None or child is None or len(kinds) != 1:
        return None
    by = read.choice("by", names.agencies)
    basic = Expectation(
        id=read.word("id", required=True),
        child=RootId(child),
        as_of=as_of,
        known_as_of=read.until("known_as_of", zone),
        by=AgencyId(by) if by else None,
        origin=read.tree.origin,
        note=read.words("note"),
    )
    subjects = names.listed.union(*names.subjects.values())
    if kinds == ["axis"]:
        return replace(basic, axis=read.choice("axis", AXES), value=read.several("value"))
    if kinds == ["never"]:
        return replace(basic, never=read.word("never"), subject=read.choice("for", subjects))
    by_fact = read.choice("by_fact", names.listed)
    return replace(
        basic,
        code=read.word("code"),
        subject=read.choice("for", subjects),
        states=read.several("state", STATES),
        missing=read.several("missing"),
        present=read.several("present"),
        since=read.span("since", zone),
        by_fact=FactId(by_fact) if by_fact else None,
    )
