"""From a checked syntax tree to one Python function. Knows no packs, and nothing of the text but its tree.

The source is written from the tree alone: names of attributes and words appear only as quoted constants, so
that no text of a condition can become Python. The function sees seven functions and no builtins.

An expression becomes straight-line statements whose result stands in a local variable or a constant (an
"atom"). `and` and `or` stop as soon as they are decided, which is what makes them fast; Kleene's tables give
the same answer in either order.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from encircle.law.condition import value
from encircle.law.condition.checking import Kinds
from encircle.law.condition.looping import LOOPS, Loop
from encircle.law.condition.reading import Paths, inner, reads
from encircle.law.condition.schema import Time
from encircle.law.condition.source import Source
from encircle.law.condition.syntax import (
    And,
    Attribute,
    Choice,
    Compare,
    Comparison,
    Has,
    In,
    Items,
    Literal,
    Name,
    Node,
    Not,
    Or,
    Quantified,
    Sign,
    Size,
    Sum,
    parts,
)
from encircle.law.condition.value import Scope, Value
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown, join

Function = Callable[[Scope], Value]

VISIBLE: Final[dict[str, object]] = {
    "__builtins__": {},
    "U": Unknown,
    "type": type,
    "len": len,
    "tuple": tuple,
    "either": value.either,
    "join": join,
    "earlier": value.earlier,
    "not_later": value.not_later,
    "same_time": value.same_time,
    "shifted": value.shifted,
    "contains": value.contains,
    "contains_time": value.contains_time,
}
# Each comparison of times: the function, whether its sides are swapped, whether its answer is turned round.
_TIMES: Final = {
    Comparison.EQUAL: ("same_time", False, False),
    Comparison.UNEQUAL: ("same_time", False, True),
    Comparison.LESS: ("earlier", False, False),
    Comparison.AT_MOST: ("not_later", False, False),
    Comparison.MORE: ("earlier", True, False),
    Comparison.AT_LEAST: ("not_later", True, False),
}


def compiled(tree: Node, kinds: Kinds, *, names: Paths | None = None) -> Function:
    """The function that answers the tree for a scope. `names`: the paths of element names it may read."""
    source, constants = source_of(tree, kinds, names=names)
    seen: dict[str, object] = {**VISIBLE, **constants}
    exec(compile(source, "<condition>", "exec"), seen)  # nosec B102  # written from the tree alone
    function: Function = seen["answer"]  # type: ignore[assignment]  # the source defines it
    return function


def source_of(tree: Node, kinds: Kinds, *, names: Paths | None = None) -> tuple[str, dict[str, object]]:
    """The Python source of that function, and the constants it refers to by name."""
    writer = _Writer(kinds)
    for name in sorted(_free(tree, frozenset())):
        writer.name(name)
    writer.source.line(f"return {writer.atom(tree, names or {})}")
    return writer.source.text("def answer(s):"), writer.source.constants


def _free(node: Node, bound: frozenset[str]) -> frozenset[str]:
    match node:
        case Name(name=name):
            return frozenset({name}) - bound
        case Quantified(over=over, variable=variable, body=body):
            return _free(over, bound) | _free(body, bound | {variable})
        case _:
            return frozenset().union(*(_free(part, bound) for part in parts(node)))


class _Writer:
    """Writes statements; `atom` writes those of a part and names its result."""

    def __init__(self, kinds: Kinds) -> None:
        self.source = Source()
        self._kinds = kinds
        self._locals: dict[str, str] = {}

    def name(self, name: str) -> None:
        self._locals[name] = self.source.let(f"s[{name!r}]")

    def atom(self, node: Node, names: Paths) -> str:  # noqa: C901  # a case for each sort of node, none missing
        match node:
            case Literal(value=held):
                return self.source.constant(held) if isinstance(held, Span | timedelta) else repr(held)
            case Name(name=name):
                return self._locals[name]
            case Attribute(of=of, name=name):
                base = self.atom(of, names)
                return self.source.let(f"{base}[{name!r}] if type({base}) is not U else {base}")
            case Items(elements=elements):
                return self.source.let(f"({''.join(self.atom(one, names) + ', ' for one in elements)})")
            case Not(of=of):
                return self._not(self.atom(of, names))
            case And(terms=terms):
                return self._chain(terms, names, decided="False", neutral="True")
            case Or(terms=terms):
                return self._chain(terms, names, decided="True", neutral="False")
            case Compare():
                return self._compare(node, names)
            case In():
                return self._in(node, names)
            case Sum():
                return self._sum(node, names)
            case Choice():
                return self._choice(node, names)
            case Has(of=of):
                return self.source.let(f"type({self.atom(of, names)}) is not U")
            case Quantified():
                return self._quantified(node, names)
            case Size(of=of):
                items = self.atom(of, names)
                return self.source.let(f"len({items}) if type({items}) is not U else {items}")
            case _:
                word, first = self.atom(node.of, names), self.atom(node.start, names)
                return self.source.let(f"{word}.startswith({first}) if {_known(word, first)}")

    def _not(self, atom: str) -> str:
        return self.source.let(f"False if {atom} is True else True if {atom} is False else {atom}")

    def _chain(self, terms: tuple[Node, ...], names: Paths, *, decided: str, neutral: str) -> str:
        result = self.source.let(self.atom(terms[0], names))
        for term in terms[1:]:
            with self.source.block(f"if {result} is not {decided}:"):
                atom = self.atom(term, names)
                with self.source.block(f"if {atom} is not {neutral}:"):
                    simple = f"{atom} is {decided} or {result} is {neutral}"
                    self.source.line(f"{result} = {atom} if {simple} else join({result}, {atom})")
        return result

    def _compare(self, node: Compare, names: Paths) -> str:
        left, right = self.atom(node.left, names), self.atom(node.right, names)
        if not isinstance(self._kinds.of(node.left), Time):
            return self.source.let(f"{left} {node.how.value} {right} if {_known(left, right)}")
        function, swapped, turned = _TIMES[node.how]
        sides = f"{right}, {left}" if swapped else f"{left}, {right}"
        result = self.source.let(f"{function}({sides}, {self._read(node, names)})")
        return self._not(result) if turned else result

    def _read(self, node: Node, names: Paths) -> str:
        return repr(reads(node, names=names))

    def _in(self, node: In, names: Paths) -> str:
        item = self.atom(node.item, names)
        if isinstance(self._kinds.of(node.item), Time):
            items = self.atom(node.items, names)
            return self.source.let(f"contains_time({items}, {item}, {self._read(node, names)})")
        if isinstance(node.items, Items):
            written = [one.value for one in node.items.elements if isinstance(one, Literal)]
            if len(written) == len(node.items.elements):
                words = self.source.constant(frozenset(written))
                return self.source.let(f"{item} in {words} if type({item}) is not U else {item}")
        return self.source.let(f"contains({self.atom(node.items, names)}, {item})")

    def _sum(self, node: Sum, names: Paths) -> str:
        left, right = self.atom(node.left, names), self.atom(node.right, names)
        if isinstance(self._kinds.of(node.left), Time):
            return self.source.let(f"shifted({left}, {right}, {1 if node.sign is Sign.PLUS else -1})")
        return self.source.let(f"{left} {node.sign.value} {right} if {_known(left, right)}")

    def _choice(self, node: Choice, names: Paths) -> str:
        condition = self.atom(node.condition, names)
        result = self.source.let(condition)
        with self.source.block(f"if {condition} is True:"):
            self.source.line(f"{result} = {self.atom(node.then, names)}")
        with self.source.block(f"elif {condition} is False:"):
            self.source.line(f"{result} = {self.atom(node.otherwise, names)}")
        return result

    def _quantified(self, node: Quantified, names: Paths) -> str:
        items, result = self.atom(node.over, names), self.source.fresh()
        loop = Loop(element=self.source.fresh(), items=items)
        self._locals[node.variable] = loop.element
        with self.source.block(f"if type({items}) is U:"):
            self.source.line(f"{result} = {items}")
        with self.source.block("else:"):
            LOOPS[node.how](self.source, result, loop, lambda: self.atom(node.body, inner(node, names)))
        del self._locals[node.variable]
        return result


def _known(first: str, second: str) -> str:
    """The end of an expression that holds only if both atoms are known. Literals always are."""
    variables = [atom for atom in (first, second) if atom.startswith("v")]
    if not variables:
        return "True else None"
    condition = " and ".join(f"type({variable}) is not U" for variable in variables)
    return f"{condition} else {variables[0] if len(variables) == 1 else f'either({first}, {second})'}"
