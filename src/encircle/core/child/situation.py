"""The situation: what is known of one child at an instant, as the conditions of the law read it. Knows no law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import KINDS, Kind
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown

Value: TypeAlias = "bool | int | str | Span | timedelta | Unknown | tuple[Value, ...] | dict[str, Value]"
Item: TypeAlias = dict[str, Value]
"""One subject: every attribute of its kind with its value; an unanswered one holds an Unknown."""


@dataclass(slots=True)
class Situation:
    """One child at an instant.

    `scope`: what conditions read: `child`, each collection by its plural, `now`.
    `origins`: for each subject (kind, id) the facts behind each attribute; `first_known`: when each mark was first learnt.
    """

    at: datetime
    scope: dict[str, Value]
    origins: dict[tuple[Kind, str], dict[str, tuple[Fact, ...]]] = field(default_factory=dict)

    @property
    def child(self) -> Item:
        """The child's own attributes."""
        item = self.scope["child"]
        assert isinstance(item, dict)
        return item

    def of(self, kind: Kind) -> tuple[Item, ...]:
        """All subjects of that kind, in the order in which they entered the record."""
        items = self.scope[KINDS[kind].plural]
        if isinstance(items, dict):
            return (items,)
        assert isinstance(items, tuple)
        return tuple(_items(items))

    def facts_behind(self, kind: Kind, subject: str, attribute: str) -> tuple[Fact, ...]:
        """The facts from which an attribute has its value; empty where nothing on record says it."""
        return self.origins.get((kind, subject), {}).get(attribute, ())


def _items(values: tuple[Value, ...]) -> Iterator[Item]:
    for value in values:
        assert isinstance(value, dict)
        yield value


def is_true(item: Mapping[str, Value], attribute: str) -> bool:
    """Whether that statement is on record as true; unknown counts as not."""
    return item[attribute] is True
