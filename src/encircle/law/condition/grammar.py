"""From the text of a condition to its syntax tree. Knows no schema: names and types are checked elsewhere."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from encircle.law.condition.fault import ConditionError, Place, nearest
from encircle.law.condition.schema import RESERVED
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
    parts,
)
from encircle.law.condition.token import Sort, Token, tokens
from encircle.vocabulary.moment import parse_span

DEEPEST: Final = 50
_LONGEST_DURATION: Final = timedelta(days=36525)
_COMPARISONS: Final = {how.value: how for how in Comparison}
_SIGNS: Final = {sign.value: sign for sign in Sign}
_QUANTIFIERS: Final = {how.value: how for how in Quantifier}
_FUNCTIONS: Final = ("has", "size", "duration", "timestamp")
_METHODS: Final = (*_QUANTIFIERS, "size", "startsWith")
_DURATION: Final = re.compile(r"(?=.)(?:([0-9]{1,5})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,8})m)?")
_TIMESTAMP: Final = re.compile(r"[0-9-]{10}T[0-9:]{8}(?:Z|[+-][0-9]{2}:[0-9]{2})")


def read(text: str) -> Node:
    """The syntax tree of the text.

    Refuses: what is not in the language, and more than 50 levels of nesting (ConditionError).
    """
    reader = _Reader(text)
    tree = reader.expression()
    reader.expect_end()
    _refuse_depth(tree)
    return tree


def _refuse_depth(tree: Node) -> None:
    waiting = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            raise _too_deep(node.at)
        waiting.extend((part, depth + 1) for part in parts(node))


def _too_deep(at: Place) -> ConditionError:
    return ConditionError(f"The condition is nested deeper than {DEEPEST} levels.", place=at)


class _Reader:
    """One walk through the tokens, from the loosest binding to the tightest."""

    def __init__(self, text: str) -> None:
        self._tokens = list(tokens(text))
        self._next = 0
        self._depth = 0

    def expression(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _too_deep(self._seen.at)
        condition = self._or()
        mark = self._take("?")
        if mark is not None:
            then = self._or()
            self._expect(":", "between the two values of '?'")
            condition = Choice(condition, then, self.expression(), mark.at)
        self._depth -= 1
        return condition

    def expect_end(self) -> None:
        if self._seen.sort is Sort.END:
            return
        if self._seen.text in _COMPARISONS or self._seen.text == "in":
            raise self._fault("Two comparisons in a row: put '&&' between them.")
        raise self._fault(f"Did not expect {self._seen.shown()} here.")

    def _or(self) -> Node:
        return self._chain("||", self._and, Or)

    def _and(self) -> Node:
        return self._chain("&&", self._relation, And)

    def _chain(
        self, sign: str, term: Callable[[], Node], made: Callable[[tuple[Node, ...], Place], Node]
    ) -> Node:
        terms, at = [term()], self._seen.at
        while self._take(sign):
            terms.append(term())
        return made(tuple(terms), at) if len(terms) > 1 else terms[0]

    def _relation(self) -> Node:
        left = self._sum()
        token = self._seen
        if token.sort is Sort.SIGN and token.text in _COMPARISONS:
            self._advance()
            return Compare(_COMPARISONS[token.text], left, self._sum(), token.at)
        if self._take("in"):
            return In(left, self._sum(), token.at)
        return left

    def _sum(self) -> Node:
        left = self._unary()
        while self._seen.sort is Sort.SIGN and self._seen.text in _SIGNS:
            token = self._advance()
            left = Sum(_SIGNS[token.text], left, self._unary(), token.at)
        return left

    def _unary(self) -> Node:
        negations: list[Place] = []
        while mark := self._take("!"):
            negations.append(mark.at)
        node = self._negative() if self._seen.text == "-" else self._member()
        for at in reversed(negations):
            node = Not(node, at)
        return node

    def _negative(self) -> Node:
        at = self._advance().at
        if self._seen.sort is not Sort.NUMBER:
            raise self._fault("A minus sign stands before a number or between two values.")
        return Literal(-int(self._advance().text), at)

    def _member(self) -> Node:
        node = self._primary()
        while self._take("."):
            name = self._name("after the dot")
            called = self._take("(") is not None
            node = self._method(node, name) if called else Attribute(node, name.text, name.at)
        return node

    def _primary(self) -> Node:
        token = self._seen
        if token.sort is Sort.NUMBER:
            return Literal(int(self._advance().text), token.at)
        if token.sort is Sort.STRING:
            return Literal(self._advance().text, token.at)
        if self._take("("):
            node = self.expression()
            self._expect(")", "to close the bracket")
            return node
        if self._take("["):
            return Items(self._elements(), token.at)
        if token.text in ("true", "false"):
            return Literal(self._advance().text == "true", token.at)
        name = self._name("here")
        return self._function(name) if self._take("(") else Name(name.text, name.at)

    def _elements(self) -> tuple[Node, ...]:
        if self._seen.text == "]":
            raise self._fault("A list needs at least one element.")
        elements = [self.expression()]
        while self._take(","):
            elements.append(self.expression())
        self._expect("]", "to close the list")
        return tuple(elements)

    def _function(self, name: Token) -> Node:
        if name.text not in _FUNCTIONS:
            raise _no_function(name, _FUNCTIONS, _METHODS, "A list or word comes first")
        argument = self.expression()
        self._expect(")", f"after the one value in {name.text}(...)")
        if name.text == "size":
            return Size(argument, name.at)
        if name.text == "has":
            if not isinstance(argument, Attribute):
                raise ConditionError("has(...) takes an attribute, as in has(child.age).", place=name.at)
            return Has(argument, name.at)
        if not (isinstance(argument, Literal) and isinstance(argument.value, str)):
            raise ConditionError(f"{name.text}(...) takes a string.", place=name.at)
        return _LITERALS[name.text](argument.value, name.at)

    def _method(self, of: Node, name: Token) -> Node:
        if name.text not in _METHODS:
            raise _no_function(name, _METHODS, _FUNCTIONS, "It stands alone")
        if name.text == "size":
            self._expect(")", "after size(")
            return Size(of, name.at)
        first = self.expression()
        if name.text == "startsWith":
            self._expect(")", "after the one value in startsWith(...)")
            return StartsWith(of, first, name.at)
        if not isinstance(first, Name):
            raise ConditionError(f"{name.text}(...) begins with a plain name for the element.", place=name.at)
        self._expect(",", f"after the name in {name.text}(name, ...)")
        body = self.expression()
        self._expect(")", f"to close {name.text}(...)")
        return Quantified(_QUANTIFIERS[name.text], of, first.name, body, name.at)

    @property
    def _seen(self) -> Token:
        return self._tokens[self._next]

    def _advance(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _take(self, text: str) -> Token | None:
        token = self._seen
        if token.text == text and token.sort in (Sort.SIGN, Sort.NAME):
            return self._advance()
        return None

    def _expect(self, text: str, why: str) -> None:
        if self._take(text) is None:
            raise self._fault(f"Expected '{text}' {why}, but found {self._seen.shown()}.")

    def _name(self, where: str) -> Token:
        token = self._seen
        if token.sort is not Sort.NAME:
            raise self._fault(f"Expected a name {where}, but found {token.shown()}.")
        if token.text == "null":
            raise self._fault("There is no 'null': ask whether an attribute is known with has(...).")
        if token.text in RESERVED:
            raise self._fault(f"'{token.text}' is a word of the language and cannot be a name.")
        return self._advance()

    def _fault(self, sentence: str) -> ConditionError:
        return ConditionError(sentence, place=self._seen.at)


def _no_function(name: Token, known: tuple[str, ...], other: tuple[str, ...], mend: str) -> ConditionError:
    if name.text in other:
        return ConditionError(f"'{name.text}' is used otherwise. {mend}.", place=name.at)
    return ConditionError(f"There is no function '{name.text}'. {nearest(name.text, known)}", place=name.at)


def _duration(text: str, at: Place) -> Literal:
    match = _DURATION.fullmatch(text)
    if match is None:
        sentence = (
            f"'{text}' is not a duration. Expected days, hours and minutes, such as '30d', '72h' or '1d12h'."
        )
        raise ConditionError(sentence, place=at)
    days, hours, minutes = (int(part or 0) for part in match.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes)
    if length > _LONGEST_DURATION:
        raise ConditionError(f"'{text}' is longer than {_LONGEST_DURATION.days} days.", place=at)
    return Literal(length, at)


def _timestamp(text: str, at: Place) -> Literal:
    if _TIMESTAMP.fullmatch(text) is None:
        sentence = (
            f"'{text}' is not an instant. Expected one with its offset, such as '2026-07-15T00:00:00Z'."
        )
        raise ConditionError(sentence, place=at)
    try:
        return Literal(parse_span(text, "UTC"), at)
    except ValueError as wrong:
        raise ConditionError(str(wrong), place=at) from wrong


_LITERALS: Final[Mapping[str, Callable[[str, Place], Literal]]] = {
    "duration": _duration,
    "timestamp": _timestamp,
}
