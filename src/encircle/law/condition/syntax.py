"""The syntax tree of a condition: what was said, each part with its place. Knows no types and no values."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import TypeAlias

from encircle.law.condition.fault import Place
from encircle.vocabulary.moment import Span

_NOWHERE = Place(1, 1)


class Comparison(Enum):
    """How two values are compared."""

    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


class Sign(Enum):
    """Whether the second value is added or taken away."""

    PLUS = "+"
    MINUS = "-"


class Quantifier(Enum):
    """What is asked of the elements of a list."""

    EXISTS = "exists"
    ALL = "all"
    EXISTS_ONE = "exists_one"
    FILTER = "filter"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written out: true, 3, 'absent', duration('72h'), timestamp('2026-01-01T00:00:00Z')."""

    value: bool | int | str | timedelta | Span
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that stands alone: `child`, `now`, or the variable of a quantifier."""

    name: str
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a record: `child.protection`. The place is that of its own name."""

    of: "Node"
    name: str
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Items:
    """A list written out."""

    elements: "tuple[Node, ...]"
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    of: "Node"
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more terms."""

    terms: "tuple[Node, ...]"
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of two or more terms."""

    terms: "tuple[Node, ...]"
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values compared."""

    how: Comparison
    left: "Node"
    right: "Node"
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class In:
    """Whether a value is in a list."""

    item: "Node"
    items: "Node"
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sum:
    """A number plus or minus a number, or a time plus or minus a duration."""

    sign: Sign
    left: "Node"
    right: "Node"
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of two values, as a condition decides."""

    condition: "Node"
    then: "Node"
    otherwise: "Node"
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Has:
    """Whether an attribute is known."""

    of: Attribute
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Quantified:
    """A question put to each element of a list in turn, under a name."""

    how: Quantifier
    over: "Node"
    variable: str
    body: "Node"
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Size:
    """How many elements a list has."""

    of: "Node"
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class StartsWith:
    """Whether a word begins with another."""

    of: "Node"
    start: "Node"
    at: Place = field(default=_NOWHERE, compare=False, repr=False)


Node: TypeAlias = (
    Literal
    | Name
    | Attribute
    | Items
    | Not
    | And
    | Or
    | Compare
    | In
    | Sum
    | Choice
    | Has
    | Quantified
    | Size
    | StartsWith
)


def parts(node: Node) -> tuple[Node, ...]:
    """The parts that a node is made of, in the order written."""
    match node:
        case Literal() | Name():
            return ()
        case Attribute(of=of) | Not(of=of) | Has(of=of) | Size(of=of):
            return (of,)
        case Items(elements=several) | And(terms=several) | Or(terms=several):
            return several
        case Compare(left=left, right=right) | Sum(left=left, right=right):
            return (left, right)
        case In(item=item, items=items):
            return (item, items)
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case Quantified(over=over, body=body):
            return (over, body)
        case _:
            return (node.of, node.start)
