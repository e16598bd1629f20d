"""The fold: from the events that stand to the situation, by one rule for every type of fact. Knows no law."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import is_
from typing import cast

import msgspec

from encircle.core.child.as_of import AsOf, Reading, happened, standing
from encircle.core.child.derive import derive
from encircle.core.child.event import Event
from encircle.core.child.situation import Item, Situation, Told, Value
from encircle.core.child.template import EMPTY, FILLINGS, TEMPLATES, Filling, How
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import KINDS, WHOLE, Kind
from encircle.vocabulary.moment import Precision, Span, parse_span, point
from encircle.vocabulary.unknown import Unknown

SOURCES_DIFFER = "the sources differ"
NOBODY_KNEW = Unknown("nobody had learnt it")
STATUS_SET = "status_set"


@dataclass(frozen=True, slots=True)
class Fold:
    """The situation with coarse times read as early as they can be, and as late where that differs.

    `latest is None`: both readings are the same.
    """

    earliest: Situation
    latest: Situation | None


def fold(facts: Iterable[Fact], as_of: AsOf, *, zone: str, whose: Kind = Kind.CHILD) -> Fold:
    """What is known of one child at that instant within that knowledge. `zone`: where `now` is shown (IANA).

    `whose`: what these are the facts of, where it is an agency or the installation itself.
    """
    events = standing(facts, as_of)
    first = happened(events, as_of.at, Reading.EARLIEST)
    last = happened(events, as_of.at, Reading.LATEST)
    earliest = _situation(first, as_of.at, Reading.EARLIEST, zone, whose)
    in_one_order = len(first) == len(last) and all(map(is_, first, last))
    if in_one_order or _in_lanes(first) == _in_lanes(last):
        return Fold(earliest, None)
    latest = _situation(last, as_of.at, Reading.LATEST, zone, whose)
    return Fold(earliest, None if latest.scope == earliest.scope else latest)


def _in_lanes(events: Sequence[Event]) -> dict[str, list[str]]:
    """The events whose order among each other can change an answer: those of one kind, or of one type about the child."""
    lanes: dict[str, list[str]] = {}
    for event in events:
        name = event.facts[0].type
        about = FILLINGS[name].about
        lanes.setdefault(name if about in WHOLE else about, []).append(event.id)
    return lanes


def _situation(events: Sequence[Event], at: datetime, reading: Reading, zone: str, whose: Kind) -> Situation:
    now = point(at, zone)
    subjects: dict[Kind, dict[str, Item]] = {whose: {"": dict(TEMPLATES[whose])}}
    told: dict[tuple[Kind, str], list[Told]] = {}
    for event in events:
        filling = FILLINGS[event.facts[0].type]
        kind = filling.about
        subject = "" if kind is whose else event.subject
        items = subjects.setdefault(kind, {})
        item = items.get(subject)
        if item is None:
            item = items[subject] = dict(TEMPLATES[kind])
            item["id"] = subject
        values = _values(event, filling)
        item.update(values)
        told.setdefault((kind, subject), []).append(Told(values, event.facts))
    by_kind = {kind: tuple(items.values()) for kind, items in subjects.items()}
    if whose is not Kind.CHILD:
        own: dict[str, Value] = {"now": now, KINDS[whose].plural: subjects[whose][""]}
        return Situation(at, reading, own, by_kind, told, whose)
    scope: dict[str, Value] = {**EMPTY, "now": now, "child": subjects[Kind.CHILD][""]}
    scope.update((KINDS[kind].plural, items) for kind, items in by_kind.items() if kind not in WHOLE)
    situation = Situation(at, reading, scope, by_kind, told)
    derive(situation, [event for event in events if event.facts[0].type == STATUS_SET], now=now)
    return situation


def _values(event: Event, filling: Filling) -> Item:
    """What the event says of its subject: the statement itself with its time, and the fields of its payload."""
    fact = event.facts[0]
    if len(event.facts) == 1:
        values = _said(fact, filling)
        values[filling.mark_at] = fact.happened
    else:
        values = _side_by_side([_said(one, filling) for one in event.facts])
        values[filling.mark_at] = Span(event.earliest, event.latest, Precision.INTERVAL, fact.happened.zone)
    zone = fact.happened.zone
    values[filling.mark_known] = NOBODY_KNEW if event.known is None else _minute(event.known, zone)
    values[filling.mark] = True
    values[filling.mark_by] = str(fact.agency)
    return values


def _said(fact: Fact, filling: Filling) -> Item:
    values: Item = {}
    said = cast("tuple[Value | msgspec.UnsetType, ...]", msgspec.structs.astuple(fact.payload))
    for (name, how), value in zip(filling.fields, said, strict=True):
        if value is msgspec.UNSET:
            continue
        if how is How.PLAIN:
            values[name] = value
        elif how is How.WORD:
            values[name] = str(value)
        elif how is How.WORDS:
            values[name] = tuple(map(str, cast("tuple[str, ...]", value)))
        else:
            values[name] = True if how is How.GIVEN else _time(str(value), fact.happened.zone)
    return values


def _side_by_side(versions: Sequence[Item]) -> Item:
    """What several sources say of one event: what they agree on stands, the rest is unknown."""
    merged: Item = {}
    for name in dict.fromkeys(name for version in versions for name in version):
        said = [version[name] for version in versions if name in version]
        agreed = all(value == said[0] for value in said)
        merged[name] = said[0] if agreed else Unknown(SOURCES_DIFFER, (name,))
    return merged


_time = lru_cache(maxsize=4096)(parse_span)
_minute = lru_cache(maxsize=4096)(point)
