"""From a checked condition to plain words, in the language of its `Words`: for whoever reviews a rule.

What is said is the same question: "not" is moved inwards by the rules that hold for three answers as for two,
and `has(x) && x` is said as "it is on record that x". Brackets hold together what belongs together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from encircle.law.condition.condition import Condition, Expression
from encircle.law.condition.naming import Names, Naming
from encircle.law.condition.schema import Bool, ListOf, Record, Time
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
    Quantifier,
    Sign,
    Size,
    StartsWith,
    Sum,
)
from encircle.law.condition.words import Noun, Words, chosen, filled, has_ways, tidy
from encircle.vocabulary.moment import Span

WIDEST: Final = 100
"""What is longer than this is said in several lines, if it has parts."""

_OPPOSITE: Final = {
    Comparison.EQUAL: (Comparison.EQUAL, False),
    Comparison.UNEQUAL: (Comparison.EQUAL, True),
    Comparison.LESS: (Comparison.LESS, False),
    Comparison.AT_LEAST: (Comparison.LESS, True),
    Comparison.AT_MOST: (Comparison.AT_MOST, False),
    Comparison.MORE: (Comparison.AT_MOST, True),
}
"""Each comparison as one of three, and whether that is turned round."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what is said; a deeper one is part of the last that is less deep."""

    depth: int
    text: str


def sentence(asked: Condition | Expression, words: Words) -> str:
    """The whole in one sentence."""
    said = tidy(_Sayer(asked, words).whole(asked.tree))
    head = len(said) - len(said.lstrip("("))
    return f"{said[: head + 1].upper()}{said[head + 1 :]}."


def outline(asked: Condition, words: Words) -> tuple[Line, ...]:
    """The same in lines, so that a long condition can be read."""
    lines = _Sayer(asked, words).lines(asked.tree, {}, yes=True, line=Line(0, ""))
    return tuple(Line(line.depth, tidy(line.text)) for line in lines)


def lacking(asked: Condition | Expression, words: Words) -> tuple[str, ...]:
    """The names for which the language has no words."""
    sayer = _Sayer(asked, words)
    sayer.whole(asked.tree)
    return tuple(sorted(sayer.lacking))


@dataclass(frozen=True, slots=True)
class _Recorded:
    """`has(x)` and what is asked of x, said together."""

    of: Node


class _Sayer:
    def __init__(self, asked: Condition | Expression, words: Words) -> None:
        self._kinds = asked.kinds
        self._words = words
        self._things = Naming(asked.kinds, words)

    @property
    def lacking(self) -> set[str]:
        return self._things.lacking

    def whole(self, tree: Node) -> str:
        if isinstance(self._kinds.of(tree), Bool):
            return self.clause(tree, {}, yes=True)
        return self.value(tree, {})

    def lines(self, node: Node | _Recorded, names: Names, *, yes: bool, line: Line) -> Iterator[Line]:
        """What is said after that beginning of a line, and below it."""
        said = self.clause(node, names, yes=yes)
        node, yes = _turned(node, yes=yes)
        deeper = Line(line.depth + 1, "")
        if isinstance(node, And | Or) and len(said) > WIDEST:
            head = self._words.form("all_of" if isinstance(node, And) is yes else "any_of")
            yield Line(line.depth, f"{line.text}{head}")
            for unit in _units(node):
                yield from self.lines(unit, names, yes=yes, line=deeper)
        elif isinstance(node, Quantified) and node.how is not Quantifier.EXISTS_ONE and len(said) > WIDEST:
            noun, inner = self._elements(node, names)
            form, within = self._quantifier(node, yes=yes)
            head = self._words.form(form, noun=noun, the=inner[node.variable].the, a="")
            yield from self.lines(node.body, inner, yes=within, line=Line(line.depth, f"{line.text}{head}"))
        else:
            yield Line(line.depth, f"{line.text}{said}")

    def clause(self, node: Node | _Recorded, names: Names, *, yes: bool) -> str:  # noqa: C901  # a case for each sort of node
        """What is a yes or no, said as a statement; or as its opposite."""
        node, yes = _turned(node, yes=yes)
        match node:
            case _Recorded(of=of):
                return self._words.form("recorded", yes=yes, a=self.clause(of, names, yes=True))
            case And() | Or():
                terms = [self._term(unit, names, yes=yes) for unit in _units(node)]
                return self._joined("and" if isinstance(node, And) is yes else "or", terms)
            case Attribute():
                return self._statement(node, names, yes=yes)
            case Has():
                return self._has(node.of, names, yes=yes)
            case Compare():
                return self._compare(node, names, yes=yes)
            case In():
                return self._in(node, names, yes=yes)
            case Quantified():
                return self._quantified(node, names, yes=yes)
            case StartsWith(of=of, start=start):
                written = self._words.form("word", a=str(start.value)) if isinstance(start, Literal) else ""
                b = written or self.value(start, names)
                return self._words.form("starts", yes=yes, a=self.value(of, names), b=b)
            case Choice():
                return self._choice(node, names, yes=yes)
            case Literal(value=True):
                return self._words.form("always" if yes else "not")
            case Literal(value=False):
                return self._words.form("not" if yes else "always")
            case _:
                return self._words.form("so", yes=yes, a=self.value(node, names))

    def value(self, node: Node, names: Names) -> str:
        """What is not a statement: a thing, a time, a number, a word."""
        match node:
            case Literal(value=held):
                return self._things.literal(held)
            case Name(name=name):
                return self._words.form("now") if name == "now" else self._things.subject(node, names).the
            case Attribute(of=of, name="id"):
                return self._things.subject(of, names).the
            case Attribute() if not isinstance(self._kinds.of(node), Bool):
                return self._things.noun(node, names)
            case Items(elements=elements):
                return self._joined("either", [self.value(one, names) for one in elements])
            case Sum(sign=sign, left=left, right=right):
                a, b = self.value(left, names), self.value(right, names)
                return self._words.form("plus" if sign is Sign.PLUS else "minus", a=a, b=b)
            case Size(of=of):
                return self._words.form("number", noun=self._list(of, names)[0])
            case Choice() if not isinstance(self._kinds.of(node), Bool):
                return self._choice(node, names, yes=True)
            case Quantified(how=Quantifier.FILTER | Quantifier.MAP):
                return self._list(node, names)[0]
            case _:
                return self._words.form("whether", a=self.clause(node, names, yes=True))

    # Statements

    def _term(self, unit: Node | _Recorded, names: Names, *, yes: bool) -> str:
        said = self.clause(unit, names, yes=yes)
        return f"({said})" if _is_group(_turned(unit, yes=yes)[0]) else said

    def _joined(self, form: str, terms: list[str]) -> str:
        if len(terms) < 2:
            return terms[0]
        return self._words.form(form, a=self._words.form("comma").join(terms[:-1]), b=terms[-1])

    def _statement(self, node: Attribute, names: Names, *, yes: bool) -> str:
        subject = self._things.subject(node.of, names)
        phrase = self._things.phrase(node)
        if phrase is None:
            phrase = f"{{it}}: {self._things.unsaid(node)}"
        said = filled(chosen(phrase, yes=yes), it=subject.the, its=subject.of)
        return said if yes or has_ways(phrase) else self._words.form("no", a=said)

    def _has(self, of: Attribute, names: Names, *, yes: bool) -> str:
        if isinstance(self._kinds.of(of), Bool):
            said = self._statement(of, names, yes=True)
            return self._words.form("known_either_way", yes=yes, a=said)
        return self._words.form("known", yes=yes, a=self.value(of, names))

    def _compare(self, node: Compare, names: Names, *, yes: bool) -> str:
        if isinstance(node.left, Size) and node.how is Comparison.MORE and node.right == Literal(0):
            return self._words.form("there_is", yes=yes, noun=self._list(node.left.of, names)[0])
        how, turned = _OPPOSITE[node.how]
        yes = yes is not turned
        left, right = (self._is_truth(side) for side in (node.left, node.right))
        if how is Comparison.EQUAL and (left is not None or right is not None):
            other, truth = (node.right, left) if left is not None else (node.left, right)
            return self.clause(other, names, yes=truth is yes)
        a, b = self.value(node.left, names), self.value(node.right, names)
        if how is Comparison.EQUAL:
            return self._words.form("is", yes=yes, a=a, b=b)
        is_time = isinstance(self._kinds.of(node.left), Time)
        forms = ("before", "not_after") if is_time else ("less", "at_most")
        if how is Comparison.AT_MOST:
            return self._words.form(forms[1], yes=yes, a=a, b=b)
        return self._words.form(forms[0], yes=yes, a=a, b=b)

    @staticmethod
    def _is_truth(node: Node) -> bool | None:
        value = node.value if isinstance(node, Literal) else None
        return value if isinstance(value, bool) else None

    def _in(self, node: In, names: Names, *, yes: bool) -> str:
        a, b = self.value(node.item, names), self.value(node.items, names)
        if not isinstance(node.items, Items):
            return self._words.form("among", yes=yes, a=a, b=b)
        return self._words.form("is" if len(node.items.elements) == 1 else "one_of", yes=yes, a=a, b=b)

    def _choice(self, node: Choice, names: Names, *, yes: bool) -> str:
        is_bool = isinstance(self._kinds.of(node), Bool)
        a, b = (
            self._term(one, names, yes=yes) if is_bool else self.value(one, names)
            for one in (node.then, node.otherwise)
        )
        return self._words.form("if", c=self._term(node.condition, names, yes=True), a=a, b=b)

    # Lists

    def _quantified(self, node: Quantified, names: Names, *, yes: bool) -> str:
        noun, inner = self._elements(node, names)
        form, within = self._quantifier(node, yes=yes)
        the = inner[node.variable].the
        said = self._words.form(form, noun=noun, the=the, a=self.clause(node.body, inner, yes=within))
        turned = node.how is Quantifier.EXISTS_ONE and not yes
        return self._words.form("no", a=f"({said})") if turned else said

    @staticmethod
    def _quantifier(node: Quantified, *, yes: bool) -> tuple[str, bool]:
        """The form, and whether the body is said as it is: "not for all" is "for at least one: not"."""
        if node.how is Quantifier.EXISTS:
            return "exists" if yes else "none", True
        if node.how is Quantifier.ALL:
            return ("all", True) if yes else ("exists", False)
        return "exactly_one", True

    def _elements(self, node: Quantified, names: Names) -> tuple[str, Names]:
        """What the elements are called, and the names in which one of them stands."""
        noun, element = self._list(node.over, names)
        if any(element.the == known.the for known in names.values()):
            noun = f"{noun} {node.variable}"
            element = Noun(noun, f"{element.the} {node.variable}", f"{element.of} {node.variable}")
        return noun, {**names, node.variable: element}

    def _list(self, node: Node, names: Names) -> tuple[str, Noun]:
        """What an element of the list is called among all, and by itself."""
        if isinstance(node, Quantified):
            noun, inner = self._elements(node, names)
            the = inner[node.variable].the
            if node.how is Quantifier.FILTER:
                said = self._words.form("only", noun=noun, the=the, a=self.clause(node.body, inner, yes=True))
                return said, inner[node.variable]
            entry = self._words.form("each", noun=noun, the=the, a=self.value(node.body, inner))
            return entry, self._element()
        kind = self._kinds.of(node)
        if isinstance(kind, ListOf) and isinstance(kind.element, Record):
            named = self._things.called(kind.element)
            return named.noun, named
        return self._words.form("entry", a=self.value(node, names)), self._element()

    def _element(self) -> Noun:
        the, of = self._words.form("element"), self._words.form("element_of")
        return Noun(the, the, of)


def _turned(node: Node | _Recorded, *, yes: bool) -> tuple[Node | _Recorded, bool]:
    """Without "not" at its head, and without a group of one."""
    while True:
        if isinstance(node, Not):
            node, yes = node.of, not yes
        elif isinstance(node, And | Or) and len(units := _units(node)) == 1:
            node = units[0]
        else:
            return node, yes


def _units(node: And | Or) -> tuple[Node | _Recorded, ...]:
    """The terms; `has(x)` and a next term that is about x alone are one."""
    found: list[Node | _Recorded] = []
    for term in node.terms:
        before = found[-1] if found else None
        if isinstance(node, And) and isinstance(before, Has) and _about(term, before.of):
            found[-1] = _Recorded(term)
        else:
            found.append(term)
    return tuple(found)


def _about(term: Node, attribute: Attribute) -> bool:
    """Whether nothing but that attribute decides the term: it is known where the attribute is."""
    match term:
        case Not(of=of):
            return _about(of, attribute)
        case Compare(left=left, right=right):
            return left == attribute and isinstance(right, Literal) and not isinstance(right.value, Span)
        case In(item=item, items=Items(elements=elements)):
            return item == attribute and all(isinstance(one, Literal) for one in elements)
        case _:
            return term == attribute


def _is_group(node: Node | _Recorded) -> bool:
    return isinstance(node, And | Or | Quantified | Choice)
