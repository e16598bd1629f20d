"""Whether a condition makes sense for a schema: names, types, closed lists of words. Knows no values."""

from collections.abc import Mapping

from encircle.law.condition.fault import ConditionError, Place, nearest
from encircle.law.condition.reach import refuse_settled
from encircle.law.condition.schema import (
    Bool,
    Duration,
    Int,
    ListOf,
    Record,
    Scalar,
    Str,
    Time,
    Type,
    alike,
    named,
)
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
    Size,
    Sum,
    parts,
)
from encircle.law.condition.writing import write
from encircle.vocabulary.moment import Span

DEEPEST_QUANTIFIERS = 6
Names = Mapping[str, Type]


class Kinds:
    """The type of every part of one checked tree."""

    def __init__(self) -> None:
        self._kinds: dict[int, Type] = {}

    def of(self, node: Node) -> Type:
        """The type of that very part (not of one that merely looks the same)."""
        return self._kinds[id(node)]

    def note(self, node: Node, kind: Type) -> Type:
        """Remember the type of a part."""
        self._kinds[id(node)] = kind
        return kind


def check(tree: Node, schema: Record, *, expect: Type) -> Kinds:
    """The types of all parts of a tree that gives a value of the expected type.

    Refuses: unknown names, types that do not go together, words outside a closed list, and conditions
    whose answer no fact could change; `true` alone stands for "always" (ConditionError).
    """
    kinds = Kinds()
    kind = _Checker(kinds).kind(tree, schema.fields)
    if not alike(kind, expect):
        raise _fault(tree, f"This gives {named(kind)}, but {named(expect)} is needed.")
    if isinstance(kind, Str) and isinstance(expect, Str) and _apart(kind, expect):
        raise _fault(tree, f"This never gives one of the words needed. {nearest('', expect.choices or ())}")
    always = isinstance(tree, Literal) and tree.value is True
    if isinstance(kind, Bool) and not always:
        _refuse_constant(tree)
    return kinds


class _Checker:
    """One walk over a tree, from the leaves up."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self._quantifiers = 0

    def kind(self, node: Node, names: Names) -> Type:
        return self._kinds.note(node, self._kind(node, names))

    def _kind(self, node: Node, names: Names) -> Type:  # noqa: C901  # a case for each sort of node, none missing
        match node:
            case Literal():
                return _literal(node)
            case Name():
                return _name(node, names)
            case Attribute():
                return self._attribute(node, names)
            case Items():
                return self._items(node, names)
            case Not() | And() | Or():
                return self._joined(node, names)
            case Compare():
                return self._compare(node, names)
            case In():
                return self._in(node, names)
            case Sum():
                return self._sum(node, names)
            case Choice():
                return self._choice(node, names)
            case Has():
                self.kind(node.of, names)
                return Bool()
            case Quantified():
                return self._quantified(node, names)
            case Size():
                self._list(node.of, names)
                return Int()
            case _:
                self._word(node.of, names)
                self._word(node.start, names)
                return Bool()

    def _attribute(self, node: Attribute, names: Names) -> Type:
        record = self.kind(node.of, names)
        if not isinstance(record, Record):
            raise _fault(node, f"'{write(node.of)}' is {named(record)} and has no attributes.")
        if node.name not in record.fields:
            there = nearest(node.name, record.fields)
            raise _fault(node, f"'{write(node.of)}' has no attribute '{node.name}'. {there}")
        return record.fields[node.name]

    def _items(self, node: Items, names: Names) -> Type:
        kinds = [self._scalar(element, names) for element in node.elements]
        for element, kind in zip(node.elements, kinds, strict=True):
            if not alike(kinds[0], kind):
                raise _fault(element, f"The list begins with {named(kinds[0])}, but this is {named(kind)}.")
        return ListOf(_united(*kinds))

    def _joined(self, node: Not | And | Or, names: Names) -> Bool:
        for term in parts(node):
            self._condition(term, names)
        refuse_settled(node, self._kinds.of)
        return Bool()

    def _condition(self, node: Node, names: Names) -> None:
        kind = self.kind(node, names)
        if not isinstance(kind, Bool):
            raise _fault(node, f"'{write(node)}' is {named(kind)}, but a yes or no is needed here.")
        _refuse_constant(node)

    def _compare(self, node: Compare, names: Names) -> Bool:
        left, right = self._scalar(node.left, names), self._scalar(node.right, names)
        if not alike(left, right):
            raise _fault(node, f"'{node.how.value}' compares {named(left)} with {named(right)}.")
        if node.left == node.right:
            raise _fault(node, f"'{write(node)}' compares a value with itself.")
        ordered = node.how not in (Comparison.EQUAL, Comparison.UNEQUAL)
        if ordered and not isinstance(left, Int | Time | Duration):
            raise _fault(node, f"'{node.how.value}' orders numbers, times and durations, not {named(left)}.")
        _refuse_no_overlap(node.left, left, node.right, right)
        return Bool()

    def _in(self, node: In, names: Names) -> Bool:
        item, element = self._scalar(node.item, names), self._list(node.items, names).element
        if not alike(item, element):
            raise _fault(node, f"'in' looks for {named(item)} in a list of which each is {named(element)}.")
        written = node.items.elements if isinstance(node.items, Items) else (node.items,)
        for one in written:
            kind = self._kinds.of(one)
            _refuse_no_overlap(node.item, item, one, kind.element if isinstance(kind, ListOf) else kind)
        return Bool()

    def _sum(self, node: Sum, names: Names) -> Type:
        left, right = self.kind(node.left, names), self.kind(node.right, names)
        if isinstance(left, Int) and isinstance(right, Int):
            return Int()
        if isinstance(left, Time) and isinstance(right, Duration):
            return Time()
        pair = f"{named(left)} '{node.sign.value}' {named(right)}"
        raise _fault(node, f"Cannot work out {pair}: only number and number, or time and duration.")

    def _choice(self, node: Choice, names: Names) -> Type:
        self._condition(node.condition, names)
        then, otherwise = self._scalar(node.then, names), self._scalar(node.otherwise, names)
        if not alike(then, otherwise):
            raise _fault(node, f"'?' gives {named(then)} or {named(otherwise)}: both must be alike.")
        return _united(then, otherwise)

    def _quantified(self, node: Quantified, names: Names) -> Type:
        element = self._list(node.over, names).element
        if node.variable in names:
            raise _fault(node, f"The name '{node.variable}' already means something here. Choose another.")
        self._quantifiers += 1
        if self._quantifiers > DEEPEST_QUANTIFIERS:
            raise _fault(node, f"More than {DEEPEST_QUANTIFIERS} quantifiers inside one another.")
        inner = {**names, node.variable: element}
        if node.how is Quantifier.MAP:
            body: Type = self._scalar(node.body, inner)
        else:
            self._condition(node.body, inner)
            body = element
        self._quantifiers -= 1
        gives_list = node.how in (Quantifier.FILTER, Quantifier.MAP)
        return ListOf(body) if gives_list else Bool()

    def _scalar(self, node: Node, names: Names) -> Scalar:
        kind = self.kind(node, names)
        if isinstance(kind, ListOf | Record):
            raise _fault(node, f"'{write(node)}' is {named(kind)}, but a single value is needed here.")
        return kind

    def _list(self, node: Node, names: Names) -> ListOf:
        kind = self.kind(node, names)
        if not isinstance(kind, ListOf):
            raise _fault(node, f"'{write(node)}' is {named(kind)}, but a list is needed here.")
        return kind

    def _word(self, node: Node, names: Names) -> None:
        kind = self.kind(node, names)
        if not isinstance(kind, Str):
            raise _fault(node, f"'{write(node)}' is {named(kind)}, but startsWith(...) needs a word.")


def _literal(node: Literal) -> Scalar:
    match node.value:
        case bool():
            return Bool()
        case int():
            return Int()
        case str() as word:
            return Str(frozenset({word}))
        case Span():
            return Time()
        case _:
            return Duration()


def _name(node: Name, names: Names) -> Type:
    if node.name not in names:
        raise _fault(node, f"There is no '{node.name}' here. {nearest(node.name, names)}")
    return names[node.name]


def _united(*kinds: Scalar) -> Scalar:
    """The type of a value that is of one of these types, which are alike."""
    words = [kind.choices for kind in kinds if isinstance(kind, Str)]
    if not words:
        return kinds[0]
    closed = [choices for choices in words if choices is not None]
    return Str(frozenset().union(*closed) if len(closed) == len(words) else None)


def _refuse_no_overlap(left: Node, left_kind: Type, right: Node, right_kind: Type) -> None:
    """Refuse words that can never be equal, because their closed lists have none in common."""
    if isinstance(left, Literal) and isinstance(right, Literal):
        return  # whether a condition hangs on nothing but what is written is asked elsewhere
    if not isinstance(left_kind, Str) or not isinstance(right_kind, Str) or not _apart(left_kind, right_kind):
        return
    for one, other, other_kind in ((left, right, right_kind), (right, left, left_kind)):
        if isinstance(one, Literal) and isinstance(one.value, str):
            there = nearest(one.value, other_kind.choices or ())
            raise _fault(one, f"'{one.value}' is not a value of '{write(other)}'. {there}")
    raise _fault(right, f"'{write(left)}' and '{write(right)}' have no value in common.")


def _apart(left: Str, right: Str) -> bool:
    """Whether both lists are closed and share no word."""
    return left.choices is not None and right.choices is not None and not left.choices & right.choices


def _refuse_constant(node: Node) -> None:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Name):
            return
        waiting.extend(parts(one))
    raise _fault(node, f"'{write(node)}' is the same whatever the facts are.")


def _fault(node: Node, sentence: str) -> ConditionError:
    at: Place = node.at
    return ConditionError(sentence, place=at)
