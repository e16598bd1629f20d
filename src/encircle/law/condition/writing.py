"""From a syntax tree back to the text of a condition, in one settled form. Knows no types."""

from datetime import timedelta
from typing import Final

from encircle.law.condition.syntax import (
    And,
    Attribute,
    Choice,
    Compare,
    Has,
    In,
    Items,
    Literal,
    Name,
    Node,
    Not,
    Or,
    Quantified,
    Size,
    Sum,
)
from encircle.vocabulary.moment import Span

# How tightly each form binds; a part that binds less tightly than its place asks for gets brackets.
_CHOICE, _OR, _AND, _RELATION, _SUM, _UNARY, _MEMBER = range(7)
_BINDING: Final = {
    Choice: _CHOICE,
    Or: _OR,
    And: _AND,
    Compare: _RELATION,
    In: _RELATION,
    Sum: _SUM,
    Not: _UNARY,
}


def write(node: Node) -> str:
    """The text that reads back as this tree."""
    return _write(node, _CHOICE)


def _write(node: Node, least: int) -> str:
    text = _plain(node)
    return f"({text})" if _BINDING.get(type(node), _MEMBER) < least else text


def _plain(node: Node) -> str:  # noqa: C901  # a case for each sort of node, none missing
    match node:
        case Literal(value=value):
            return _literal(value)
        case Name(name=name):
            return name
        case Attribute(of=of, name=name):
            return f"{_write(of, _MEMBER)}.{name}"
        case Items(elements=elements):
            return f"[{', '.join(write(element) for element in elements)}]"
        case Not(of=of):
            return f"!{_write(of, _UNARY)}"
        case And(terms=terms):
            return " && ".join(_write(term, _RELATION) for term in terms)
        case Or(terms=terms):
            return " || ".join(_write(term, _AND) for term in terms)
        case Compare(how=how, left=left, right=right):
            return f"{_write(left, _SUM)} {how.value} {_write(right, _SUM)}"
        case In(item=item, items=items):
            return f"{_write(item, _SUM)} in {_write(items, _SUM)}"
        case Sum(sign=sign, left=left, right=right):
            return f"{_write(left, _SUM)} {sign.value} {_write(right, _UNARY)}"
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return f"{_write(condition, _OR)} ? {_write(then, _OR)} : {write(otherwise)}"
        case Has(of=of):
            return f"has({write(of)})"
        case Quantified(how=quantifier, over=over, variable=variable, body=body):
            return f"{_write(over, _MEMBER)}.{quantifier.value}({variable}, {write(body)})"
        case Size(of=of):
            return f"size({write(of)})"
        case _:
            return f"{_write(node.of, _MEMBER)}.startsWith({write(node.start)})"


def _literal(value: bool | int | str | timedelta | Span) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        case timedelta():
            return f"duration('{_length(value)}')"
        case _:
            return f"timestamp('{value.earliest:%Y-%m-%dT%H:%M:%SZ}')"


def _length(value: timedelta) -> str:
    hours, minutes = divmod(value // timedelta(minutes=1), 60)
    days, rest = divmod(hours, 24)
    if minutes:
        return f"{hours}h{minutes}m" if hours else f"{minutes}m"
    return f"{days}d" if days and not rest else f"{hours}h"
