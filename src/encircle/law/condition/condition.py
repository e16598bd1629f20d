"""A condition of a pack: read, checked and compiled once, then asked of as many scopes as there are. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from encircle.law.condition.checking import Kinds, check
from encircle.law.condition.compiling import Function, compiled
from encircle.law.condition.fault import ConditionError
from encircle.law.condition.grammar import read
from encircle.law.condition.reading import reads
from encircle.law.condition.schema import Bool, Record, Type
from encircle.law.condition.syntax import Node
from encircle.law.condition.value import Scope, Value
from encircle.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A question with the answer true, false or Unknown.

    `holds(scope)` answers it; the scope has every attribute of the schema, an unanswered one as Unknown.
    `reads` are the attributes it mentions, `tree` its syntax tree, `kinds` the types of its parts.
    """

    text: str
    tree: Node
    reads: tuple[str, ...]
    holds: Callable[[Scope], bool | Unknown]
    kinds: Kinds


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A value worked out from attributes: `value(scope)` is of the type that was expected, or Unknown."""

    text: str
    tree: Node
    reads: tuple[str, ...]
    value: Callable[[Scope], Value]
    kinds: Kinds


def parse(text: str, *, schema: Record, origin: str = "") -> Condition:
    """The condition that the text says, checked against the schema. The same text is compiled once.

    Refuses: what is not in the language or makes no sense for the schema (ConditionError, which names
    the line and column and repeats `origin`, the file and line that the text came from).
    """
    try:
        return _condition(text, schema)
    except ConditionError as fault:
        raise fault.coming_from(origin) from fault.__cause__


def parse_value(text: str, *, schema: Record, expect: Type, origin: str = "") -> Expression:
    """The expression that the text says; it gives a value of the expected type. Refuses as `parse` does."""
    try:
        return _expression(text, schema, expect)
    except ConditionError as fault:
        raise fault.coming_from(origin) from fault.__cause__


@lru_cache(maxsize=4096)
def _condition(text: str, schema: Record) -> Condition:
    tree, kinds, function = _made(text, schema, Bool())
    return Condition(text, tree, reads(tree), cast("Callable[[Scope], bool | Unknown]", function), kinds)


@lru_cache(maxsize=4096)
def _expression(text: str, schema: Record, expect: Type) -> Expression:
    tree, kinds, function = _made(text, schema, expect)
    return Expression(text, tree, reads(tree), function, kinds)


def _made(text: str, schema: Record, expect: Type) -> tuple[Node, Kinds, Function]:
    tree = read(text)
    kinds = check(tree, schema, expect=expect)
    return tree, kinds, compiled(tree, kinds)
