"""Conditions in plain words: what has to be on record, as a list in which what belongs together is indented. Asks nothing."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from encircle.law.condition import Condition
from encircle.law.condition.syntax import (
    And,
    Attribute,
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
from encircle.law.condition.writing import write
from encircle.vocabulary.facts.kind import KINDS
from encircle.vocabulary.moment import Span
from encircle.web.law import words
from encircle.web.page import wording
from encircle.web.page.html import all_of, filled

Variables = Mapping[str, str]
"""What a variable of a quantifier runs over: `p` over `proceedings`."""

_NONE: Variables = {}


def in_words(condition: Condition) -> SafeString:
    """The condition as a nested list."""
    return filled("<ul>{}</ul>", _item(condition.tree, _NONE))


def _item(node: Node, variables: Variables) -> SafeString:
    """One point of the list, with the points under it."""
    match node:
        case And(terms=terms):
            return _under(_("All of this:"), terms, variables)
        case Or(terms=terms):
            return _under(_("At least one of these:"), terms, variables)
        case Not(of=And(terms=terms)):
            return _under(_("Not all of this together:"), terms, variables)
        case Not(of=Or(terms=terms)):
            return _under(_("None of these:"), terms, variables)
        case Not(of=Quantified(how=Quantifier.EXISTS) as each):
            return _each(_("None on record of which this holds: {kind}"), each, variables)
        case Quantified(how=Quantifier.EXISTS) as each:
            return _each(_("At least one on record of which this holds: {kind}"), each, variables)
        case Quantified(how=Quantifier.ALL) as each:
            return _each(_("This holds of each one on record: {kind}"), each, variables)
        case Quantified(how=Quantifier.EXISTS_ONE) as each:
            return _each(_("This holds of one alone on record: {kind}"), each, variables)
        case _:
            return filled("<li>{}</li>", _clause(node, variables))


def _under(heading: str, terms: tuple[Node, ...], variables: Variables) -> SafeString:
    points = all_of("", [_item(term, variables) for term in terms])
    return filled("<li>{}<ul>{}</ul></li>", heading, points)


def _each(heading: str, each: Quantified, variables: Variables) -> SafeString:
    if not isinstance(each.over, Name):
        return filled("<li><code>{}</code></li>", write(each))
    within = {**variables, each.variable: each.over.name}
    inner = each.body.terms if isinstance(each.body, And) else (each.body,)
    return _under(heading.format(kind=_kind(each.over.name)), inner, within)


def _clause(node: Node, variables: Variables) -> SafeString | str:
    match node:
        case Not(of=of):
            return _("not: {what}").format(what=_value(of, variables))
        case Compare(how=how, left=left, right=right):
            return _compared(how, left, right, variables)
        case In(item=item, items=Items(elements=elements)):
            values = words.listed(_value(one, variables) for one in elements)
            return _("{what}: one of {values}").format(what=_value(item, variables), values=values)
        case In(item=item, items=items):
            return _("{what}: among them {value}").format(
                what=_value(items, variables), value=_value(item, variables)
            )
        case StartsWith(of=of, start=start):
            return _("{what}: begins with {value}").format(
                what=_value(of, variables), value=_value(start, variables)
            )
        case _:
            return _value(node, variables)


def _compared(how: Comparison, left: Node, right: Node, variables: Variables) -> str:
    counted = any(isinstance(side, Size) or _is_number(side) for side in (left, right))
    patterns = {
        Comparison.EQUAL: _("{what}: {value}"),
        Comparison.UNEQUAL: _("{what}: not {value}"),
        Comparison.LESS: _("{what}: less than {value}") if counted else _("{what}: before {value}"),
        Comparison.AT_MOST: _("{what}: at most {value}") if counted else _("{what}: not after {value}"),
        Comparison.MORE: _("{what}: more than {value}") if counted else _("{what}: after {value}"),
        Comparison.AT_LEAST: _("{what}: at least {value}") if counted else _("{what}: not before {value}"),
    }
    return patterns[how].format(what=_value(left, variables), value=_value(right, variables))


def _is_number(node: Node) -> bool:
    return isinstance(node, Literal) and isinstance(node.value, int) and not isinstance(node.value, bool)


def _value(node: Node, variables: Variables) -> SafeString | str:
    match node:
        case Literal(value=value):
            return _literal(value)
        case Name(name="now"):
            return _("now")
        case Name(name=name):
            return _kind(variables.get(name, name))
        case Attribute(of=Name(name=of), name=name):
            return _attribute(variables.get(of, of), name, inside=of in variables)
        case Has(of=of):
            return _("it is on record: {what}").format(what=_value(of, variables))
        case Size(of=of):
            return _("how many on record: {what}").format(what=_value(of, variables))
        case Sum(sign=sign, left=left, right=right):
            pattern = _("{time} and {length}") if sign is Sign.PLUS else _("{time} less {length}")
            return pattern.format(time=_value(left, variables), length=_value(right, variables))
        case _:
            return filled("<code>{}</code>", write(node))


def _attribute(owner: str, name: str, *, inside: bool) -> str:
    """What the attribute says; of a thing whose kind was just named, without naming it again."""
    said = wording.attribute(f"{owner}.{name}")
    return said.partition(": ")[2] or said if inside else said


def _kind(plural: str) -> str:
    return next((wording.plain(kind.value) for kind, doc in KINDS.items() if doc.plural == plural), plural)


def _literal(value: bool | int | str | timedelta | Span) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case timedelta():
            return words.duration(value)
        case Span():
            return words.day(value.earliest.date())
        case _:
            return wording.plain(str(value)) if value else _("nothing")
