"""Why a condition holds, fails or is not known: its parts and what they read. Knows no law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from encircle.law.condition.compiling import Function, compiled
from encircle.law.condition.condition import Condition, Expression
from encircle.law.condition.reading import Paths, inner, path_of
from encircle.law.condition.schema import Bool
from encircle.law.condition.syntax import (
    Attribute,
    Items,
    Literal,
    Name,
    Node,
    Quantified,
    Quantifier,
    Size,
    parts,
)
from encircle.law.condition.value import Scope, Value
from encircle.law.condition.writing import write
from encircle.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of a trace.

    `depth` says under which line it stands; `text` is the part as written; `value` is what it came to.
    `path` is set where an attribute was read, elements numbered from 0: `interviews[1].held`.
    """

    depth: int
    text: str
    value: Value
    path: str | None = None


def explain(asked: Condition | Expression, scope: Scope) -> tuple[Reading, ...]:
    """The whole first, then under it each sub-condition with its answer, each attribute with its value.

    Every part is shown, also those that the answer did not need.
    """
    return tuple(_Trace(_answers(asked), asked).readings(asked.tree, scope, {}, 0))


@lru_cache(maxsize=1024)
def _answers(asked: Condition | Expression) -> Mapping[int, Function]:
    """A function for each part, so that a trace can never differ from the answer."""
    found: dict[int, Function] = {}

    def add(node: Node, names: Paths) -> None:
        if not isinstance(node, Literal):
            found[id(node)] = compiled(node, asked.kinds, names=names)
        for part in parts(node):
            within = isinstance(node, Quantified) and part is node.body
            add(part, inner(node, names) if within and isinstance(node, Quantified) else names)

    add(asked.tree, {})
    return found


class _Trace:
    """One walk from the top. `names` holds the numbered paths of the elements that names stand for."""

    def __init__(self, answers: Mapping[int, Function], asked: Condition | Expression) -> None:
        self._answers = answers
        self._kinds = asked.kinds

    def readings(self, node: Node, scope: Scope, names: Paths, depth: int) -> Iterator[Reading]:
        if isinstance(node, Literal):
            if depth == 0:
                yield Reading(depth, write(node), node.value)
            return
        if isinstance(node, Attribute | Name):
            yield Reading(depth, write(node), self._value(node, scope), path_of(node, names=names))
            return
        if depth == 0 or isinstance(node, Size) or isinstance(self._kinds.of(node), Bool):
            yield Reading(depth, write(node), self._value(node, scope))
            depth += 1
        if isinstance(node, Quantified):
            yield from self._elements(node, scope, names, depth)
        elif not isinstance(node, Size):
            for part in parts(node):
                yield from self.readings(part, scope, names, depth)

    def _elements(self, node: Quantified, scope: Scope, names: Paths, depth: int) -> Iterator[Reading]:
        """What was read of each element; of a list that is not known or made on the spot, the list too."""
        made = isinstance(node.over, Quantified | Items)
        if made or isinstance(self._value(node.over, scope), Unknown):
            yield from self.readings(node.over, scope, names, depth)
        for path, element in self._numbered(node.over, scope, names):
            within = {**scope, node.variable: element}
            yield from self.readings(node.body, within, {**names, node.variable: path}, depth)

    def _numbered(self, items: Node, scope: Scope, names: Paths) -> list[tuple[str | None, Value]]:
        """The elements of a list, each with the path it came from."""
        if isinstance(items, Quantified) and items.how is Quantifier.FILTER:
            kept = self._numbered(items.over, scope, names)
            return [one for one in kept if self._value(items.body, {**scope, items.variable: one[1]}) is True]
        if isinstance(items, Quantified) and items.how is Quantifier.MAP:
            return [
                (
                    path_of(items.body, names={**names, items.variable: path}),
                    self._value(items.body, {**scope, items.variable: one}),
                )
                for path, one in self._numbered(items.over, scope, names)
            ]
        found, path = self._value(items, scope), path_of(items, names=names)
        if not isinstance(found, tuple):
            return []
        return [(None if path is None else f"{path}[{number}]", one) for number, one in enumerate(found)]

    def _value(self, node: Node, scope: Scope) -> Value:
        return self._answers[id(node)](scope)
