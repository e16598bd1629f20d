"""Trees: what a pack file says, each part with its file and line. Knows no meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from encircle.law.origin import Origin


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value as it was written; `text` is None for null and for nothing."""

    text: str | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: "tuple[Tree, ...]"
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Fields:
    """Named values; `at` has the place of each name, `over` the places of what an upper pack laid over it."""

    fields: "Mapping[str, Tree]"
    at: Mapping[str, Origin]
    origin: Origin
    over: tuple[Origin, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))
        object.__setattr__(self, "at", MappingProxyType(dict(self.at)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fields) and dict(self.fields) == dict(other.fields)

    def __hash__(self) -> int:
        return hash(frozenset(self.fields))

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Every place that shaped it, lowest pack first."""
        return (self.origin, *self.over)

    def place(self, name: str) -> Origin:
        """Where that name stands, or where the whole begins if it does not."""
        return self.at.get(name, self.origin)

    def text(self, name: str) -> str | None:
        """The single value under that name, if there is one."""
        value = self.fields.get(name)
        return value.text if isinstance(value, Leaf) else None


Tree: TypeAlias = Leaf | Items | Fields
