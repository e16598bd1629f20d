"""What a condition may speak of: the types of values and the attributes of records. Knows no child."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

# CEL keeps these words for itself, so that no attribute may carry them.
RESERVED: Final = frozenset(
    {"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function"}
) | frozenset({"if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"})
NAME: Final = re.compile(r"[a-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Bool:
    """Yes or no."""

    doc: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Int:
    """A whole number."""

    doc: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Str:
    """A word; with choices, one word of a closed list."""

    choices: frozenset[str] | None = None
    doc: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Time:
    """A time known to some precision (vocabulary.moment.Span)."""

    doc: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of real time, in whole minutes."""

    doc: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ListOf:
    """Several values of one type, in order."""

    element: "Type"
    doc: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A thing with named attributes. Two records are the same only if they are one object.

    `beside`: of a situation, those of other kinds of records, by the scope of the duties that are asked of them.
    Refuses: attribute names that no condition could write (ValueError).
    """

    name: str
    fields: Mapping[str, "Type"]
    doc: str = ""
    beside: Mapping[str, "Record"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for attribute in self.fields:
            if attribute in RESERVED or NAME.fullmatch(attribute) is None:
                raise ValueError(f"No condition could name the attribute {attribute!r} of {self.name!r}.")
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))


Type = Bool | Int | Str | Time | Duration | ListOf | Record
Scalar = Bool | Int | Str | Time | Duration


def named(kind: Type) -> str:
    """The type in plain words, with its article."""
    match kind:
        case Bool():
            return "a yes or no"
        case Int():
            return "a whole number"
        case Str():
            return "a word"
        case Time():
            return "a time"
        case Duration():
            return "a duration"
        case ListOf():
            return f"a list whose elements are each {named(kind.element)}"
        case _:
            return f"a record ({kind.name})"


def alike(first: Type, second: Type) -> bool:
    """Whether values of both types may stand side by side; closed lists of words are not compared here."""
    if isinstance(first, ListOf) and isinstance(second, ListOf):
        return alike(first.element, second.element)
    if isinstance(first, Record) or isinstance(second, Record):
        return first is second
    return type(first) is type(second)
