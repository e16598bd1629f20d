"""The situation: what is known of one child at an instant, as the conditions of the law read it. Knows no law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from encircle.core.child.as_of import Reading
from encircle.core.child.derived import DERIVED
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown

Value: TypeAlias = "bool | int | str | Span | timedelta | Unknown | tuple[Value, ...] | dict[str, Value]"
Item: TypeAlias = dict[str, Value]
"""One subject: every attribute of its kind with its value; an unanswered one holds an Unknown."""


class Told(NamedTuple):
    """What one event set of a subject, and the facts that told it."""

    values: Item
    facts: tuple[Fact, ...]


@dataclass(slots=True)
class Situation:
    """One child at an instant, coarse times read in one way.

    `scope`: what conditions read: `child`, each collection by its plural, `now`.
    `items`: the same subjects by kind. `told`: for each subject (kind, id) what each event said of it, in order.
    `whose`: what the record is of: a child, or an agency or installation in its own record, where no child is.
    """

    at: datetime
    reading: Reading
    scope: dict[str, Value]
    items: dict[Kind, tuple[Item, ...]]
    told: dict[tuple[Kind, str], list[Told]] = field(default_factory=dict)
    whose: Kind = Kind.CHILD
    _behind: dict[tuple[Kind, str, str], tuple[Fact, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def own(self) -> Item:
        """What is said of the child, agency or installation itself."""
        return self.items[self.whose][0]

    @property
    def child(self) -> Item:
        """The child's own attributes."""
        return self.items[Kind.CHILD][0]

    def of(self, kind: Kind) -> tuple[Item, ...]:
        """All subjects of that kind, in the order in which they entered the record."""
        return self.items.get(kind, ())

    def scopes(self, kind: Kind | None) -> Iterator[tuple[Item | None, Mapping[str, Value]]]:
        """What a rule reads: the whole record once, or for each subject of that kind, which then has its own name.

        A scope is good until the next one is asked for.
        """
        if kind is None:
            yield None, self.scope
            return
        items = self.of(kind)
        scope = dict(self.scope) if items else self.scope
        for item in items:
            scope[kind] = item
            yield item, scope

    def facts_behind(self, kind: Kind, subject: str, attribute: str) -> tuple[Fact, ...]:
        """The facts from which an attribute has its value; empty where nothing on record says it."""
        asked = (kind, subject, attribute)
        if asked not in self._behind:
            self._behind[asked] = self._facts_behind(kind, subject, attribute)
        return self._behind[asked]

    def _facts_behind(self, kind: Kind, subject: str, attribute: str) -> tuple[Fact, ...]:
        for told in reversed(self.told.get((kind, subject), ())):
            if attribute in told.values:
                return told.facts
        derived = DERIVED.get(kind, {}).get(attribute)
        return () if derived is None else self._read(derived.reads, kind, subject)

    def _read(self, reads: tuple[tuple[Kind, str], ...], kind: Kind, subject: str) -> tuple[Fact, ...]:
        """The facts behind each attribute that a derived one reads: of this subject, or of all subjects of another kind."""
        found: dict[FactId, Fact] = {}
        for of, attribute in reads:
            subjects = (subject,) if of is kind else tuple(str(item["id"]) for item in self.of(of))
            for one in subjects:
                found.update((fact.id, fact) for fact in self.facts_behind(of, one, attribute))
        return tuple(found.values())

    def moment(self, item: Mapping[str, Value], mark: str) -> datetime | None:
        """When that statement came true of the subject, as times are read here; None where it has no time."""
        at = item[f"{mark}_at"]
        if not isinstance(at, Span):
            return None
        return at.earliest if self.reading is Reading.EARLIEST else at.latest


def is_true(item: Mapping[str, Value], attribute: str) -> bool:
    """Whether that statement is on record as true; unknown counts as not."""
    return item[attribute] is True
