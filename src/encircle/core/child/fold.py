"""The fold: from the facts that stand to the situation, by one rule for every type of fact. Knows no law."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import msgspec

from encircle.core.child.as_of import AsOf, Reading, Statement, happened, standing
from encircle.core.child.derive import derive
from encircle.core.child.situation import Item, Situation, Value
from encircle.core.child.template import FILLINGS, TEMPLATES, Filling
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import KINDS, Kind
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.moment import Precision, Span, parse_span, point
from encircle.vocabulary.unknown import Unknown

SOURCES_DIFFER = "the sources differ"


@dataclass(frozen=True, slots=True)
class Fold:
    """The situation read from the earliest moment of coarse times, and from the latest where that differs.

    `latest is None`: no coarse time lies across the instant; both readings are the same.
    """

    earliest: Situation
    latest: Situation | None


def fold(facts: Iterable[Fact], as_of: AsOf, *, zone: str) -> Fold:
    """What is known of one child at that instant within that knowledge. `zone`: where `now` is shown (IANA)."""
    statements = standing(facts, as_of)
    first = happened(statements, as_of, Reading.EARLIEST)
    last = happened(statements, as_of, Reading.LATEST)
    earliest = _situation(first, as_of, zone)
    return Fold(earliest, None if len(first) == len(last) else _situation(last, as_of, zone))


def _situation(statements: Sequence[Statement], as_of: AsOf, zone: str) -> Situation:
    now = point(as_of.at, zone)
    situation = Situation(at=as_of.at, scope={"now": now})
    subjects: dict[Kind, dict[str, Item]] = {kind: {} for kind in Kind}
    subjects[Kind.CHILD][""] = dict(TEMPLATES[Kind.CHILD])
    for event in _events(statements):
        _enter(event, subjects, situation)
    for kind, items in subjects.items():
        situation.scope[KINDS[kind].plural] = items[""] if kind is Kind.CHILD else tuple(items.values())
    derive(situation, now=now)
    return situation


def _events(statements: Sequence[Statement]) -> Iterable[tuple[Statement, ...]]:
    """Statements one by one; versions of one event by several sources together."""
    if not any(statement.root.version_of for statement in statements):
        return ((statement,) for statement in statements)
    order = {statement.group: n for n, statement in reversed(list(enumerate(statements)))}
    ordered = sorted(statements, key=lambda s: order[s.group])
    return (tuple(group) for _, group in groupby(ordered, key=lambda s: s.group))


def _enter(event: tuple[Statement, ...], subjects: dict[Kind, dict[str, Item]], situation: Situation) -> None:
    fact = event[0].fact
    filling = FILLINGS.get(fact.type)
    if filling is None:
        return
    subject = _subject(event[0], filling.about)
    item = subjects[filling.about].get(subject)
    if item is None:
        item = subjects[filling.about][subject] = dict(TEMPLATES[filling.about])
        item["id"] = subject
    values = _values(event[0], filling)
    if len(event) > 1:
        values = _side_by_side(event, filling)
    item.update(values)
    origins = situation.origins.setdefault((filling.about, subject), {})
    origins.update(dict.fromkeys(values, tuple(statement.fact for statement in event)))


def _subject(statement: Statement, kind: Kind) -> str:
    if kind is Kind.CHILD:
        return ""
    named = statement.fact.subject or statement.root.subject
    return named or FactId(statement.root.version_of or statement.root.id)


def _values(statement: Statement, filling: Filling) -> Item:
    fact = statement.fact
    payload = fact.payload
    zone = fact.happened.zone
    values: Item = {filling.mark: True, filling.mark_at: fact.happened, filling.mark_by: str(fact.agency)}
    values[filling.mark_known] = (
        Unknown("nobody had learnt it") if statement.known is None else point(statement.known, zone)
    )
    for name in filling.plain:
        value = getattr(payload, name)
        if value is not msgspec.UNSET:
            values[name] = value
    for name in filling.given:
        if getattr(payload, name) is not msgspec.UNSET:
            values[name] = True
    for name in filling.times:
        text = getattr(payload, name)
        if text is not msgspec.UNSET:
            values[name] = parse_span(text, zone)
    return values


def _side_by_side(event: tuple[Statement, ...], filling: Filling) -> Item:
    """What several sources say of one event: what they agree on stands, the rest is unknown, the times are joined."""
    versions = [_values(statement, filling) for statement in event]
    merged: Item = {}
    for name in dict.fromkeys(name for version in versions for name in version):
        said = [version[name] for version in versions if name in version]
        merged[name] = said[0] if all(value == said[0] for value in said) else _differing(name, said, filling)
    return merged


def _differing(name: str, said: list[Value], filling: Filling) -> Value:
    spans = [value for value in said if isinstance(value, Span)]
    if name == filling.mark_at and spans:
        earliest = min(span.earliest for span in spans)
        latest = max(span.latest for span in spans)
        return Span(earliest, latest, Precision.INTERVAL, spans[0].zone)
    if name == filling.mark_known and spans:
        return min(spans, key=lambda span: span.earliest)
    if name == filling.mark_by:
        return said[0]
    return Unknown(SOURCES_DIFFER, (name,))
