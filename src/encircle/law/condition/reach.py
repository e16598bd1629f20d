"""Conditions that no fact can change: never true, or never false. Knows the closed lists of words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from encircle.law.condition.fault import ConditionError
from encircle.law.condition.schema import Str, Type
from encircle.law.condition.syntax import And, Compare, Comparison, In, Items, Literal, Node, Not, Or
from encircle.law.condition.writing import write

KindOf = Callable[[Node], Type]


@dataclass(frozen=True, slots=True)
class _Bound:
    """The words that a term leaves to one attribute: these only, or all but these."""

    of: Node
    words: frozenset[str]
    only: bool

    def opposite(self) -> "_Bound":
        return _Bound(self.of, self.words, not self.only)


def refuse_settled(node: Not | And | Or, kind_of: KindOf) -> None:
    """Refuse a chain that says a term twice, can never be true, or can never be false (ConditionError)."""
    if isinstance(node, Not):
        return
    for number, term in enumerate(node.terms):
        if term in node.terms[:number]:
            raise ConditionError(f"'{write(term)}' is said twice.", place=term.at)
    bounds = [bound for term in node.terms for bound in _bounds(term)]
    if isinstance(node, Or):
        bounds = [bound.opposite() for bound in bounds]
    for of in dict.fromkeys(bound.of for bound in bounds):
        if not _leaves_any(of, bounds, kind_of):
            raise ConditionError(_sentence(node, of), place=node.at)


def _sentence(node: And | Or, of: Node) -> str:
    if isinstance(node, And):
        return f"This can never be true: no value of '{write(of)}' fits all of it."
    return (
        f"This is true for every value of '{write(of)}'. To ask whether it is known, write has({write(of)})."
    )


def _bounds(term: Node) -> Iterator[_Bound]:
    match term:
        case Not(of=of):
            yield from (bound.opposite() for bound in _bounds(of))
        case Compare(how=Comparison.EQUAL, left=of, right=Literal(value=str() as word)):
            yield _Bound(of, frozenset({word}), only=True)
        case Compare(how=Comparison.UNEQUAL, left=of, right=Literal(value=str() as word)):
            yield _Bound(of, frozenset({word}), only=False)
        case In(item=of, items=Items(elements=elements)):
            words = [one.value for one in elements if isinstance(one, Literal) and isinstance(one.value, str)]
            if len(words) == len(elements):
                yield _Bound(of, frozenset(words), only=True)


def _leaves_any(of: Node, bounds: list[_Bound], kind_of: KindOf) -> bool:
    kind = kind_of(of)
    left = kind.choices if isinstance(kind, Str) else None
    excluded: frozenset[str] = frozenset()
    for bound in bounds:
        if bound.of != of:
            continue
        if not bound.only:
            excluded |= bound.words
        else:
            left = bound.words if left is None else left & bound.words
    return left is None or bool(left - excluded)
