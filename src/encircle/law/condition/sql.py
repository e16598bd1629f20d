"""From a checked condition to one expression of PostgreSQL, with the same three answers: NULL is unknown.

It reads a `document` (document.py) in jsonb. What the document leaves out is unknown, also to `has(...)`, so that
the answer over a part of a situation is NULL or the answer over the whole. Core PostgreSQL only; no function of
ours, no parameter: names and words stand in it as quoted constants.

PostgreSQL has Kleene's tables: AND, OR and NOT over NULL, and `true = ANY (...)`, `true = ALL (...)` over rows.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from encircle.law.condition.checking import Kinds
from encircle.law.condition.condition import Condition, Expression
from encircle.law.condition.document import instant
from encircle.law.condition.schema import Bool, Duration, Int, ListOf, Str, Time, Type
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
)
from encircle.vocabulary.moment import Span

_CASTS: Final[Mapping[type[Type], str]] = {
    Bool: "boolean",
    Int: "numeric",
    Str: "text",
    Time: "timestamptz[]",
    Duration: "bigint",
}
_EARLIER: Final = "CASE WHEN {b} < {c} THEN true WHEN {a} >= {d} THEN false END"
_NOT_LATER: Final = "CASE WHEN {b} <= {c} THEN true WHEN {a} > {d} THEN false END"
_SAME: Final = "CASE WHEN {b} < {c} OR {d} < {a} THEN false WHEN {a} = {b} AND {c} = {d} THEN true END"
_TIMES: Final = {
    Comparison.EQUAL: (_SAME, False, False),
    Comparison.UNEQUAL: (_SAME, False, True),
    Comparison.LESS: (_EARLIER, False, False),
    Comparison.AT_MOST: (_NOT_LATER, False, False),
    Comparison.MORE: (_EARLIER, True, False),
    Comparison.AT_LEAST: (_NOT_LATER, True, False),
}
"""Each comparison of two times, {a} to {b} and {c} to {d}: its words, whether its sides are swapped, and turned round."""

_QUANTIFIERS: Final = {
    Quantifier.EXISTS: "true = ANY (SELECT {body} FROM {each})",
    Quantifier.ALL: "true = ALL (SELECT {body} FROM {each})",
    Quantifier.EXISTS_ONE: "(SELECT CASE WHEN count(*) FILTER (WHERE r.c) > 1 THEN false "
    "WHEN bool_or(r.c IS NULL) THEN NULL ELSE count(*) FILTER (WHERE r.c) = 1 END FROM {answers})",
    Quantifier.FILTER: "(SELECT CASE WHEN bool_or(r.c IS NULL) THEN NULL "
    "ELSE coalesce(jsonb_agg(r.v) FILTER (WHERE r.c), '[]'::jsonb) END FROM {answers})",
    Quantifier.MAP: "(SELECT coalesce(jsonb_agg(to_jsonb({body})), '[]'::jsonb) FROM {each})",
}
_FIRST: Final = f"'{instant(datetime.min.replace(tzinfo=UTC))}'::timestamptz"
_LAST: Final = f"'{instant(datetime.max.replace(tzinfo=UTC))}'::timestamptz"
"""Beyond these no calendar of ours reaches."""


def to_sql(
    asked: Condition | Expression, *, document: str = "document", names: Mapping[str, str] | None = None
) -> str:
    """The expression; of a condition it is true, false or NULL.

    `document`: the jsonb column (or other SQL) that holds the situation. `names`: names that stand beside it, such
    as the one item of `for_each`, each with its own jsonb. Both are written by us, never by a pack.
    """
    return _Writer(asked.kinds, document).value(asked.tree, dict(names or {}))


def quoted(word: str) -> str:
    """That word as a constant of SQL, whatever is in it."""
    return "'" + word.replace("'", "''") + "'::text"


class _Writer:
    """Writes the SQL of one tree. `names`: the jsonb of each name that does not stand in the document."""

    def __init__(self, kinds: Kinds, document: str) -> None:
        self._kinds = kinds
        self._document = document
        self._count = 0

    def value(self, node: Node, names: Mapping[str, str]) -> str:  # noqa: C901  # a case for each sort of node, none missing
        """SQL of the node's own type: boolean, numeric, text, bigint (seconds), timestamptz[] (a time), jsonb."""
        match node:
            case Literal(value=held):
                return _literal(held)
            case Name() | Attribute():
                return self._read(node, names)
            case Items(elements=elements):
                return f"jsonb_build_array({', '.join(self.value(one, names) for one in elements)})"
            case Not(of=of):
                return f"(NOT {self.value(of, names)})"
            case And(terms=terms):
                return f"({' AND '.join(self.value(term, names) for term in terms)})"
            case Or(terms=terms):
                return f"({' OR '.join(self.value(term, names) for term in terms)})"
            case Compare():
                return self._compare(node, names)
            case In():
                return self._in(node, names)
            case Sum():
                return self._sum(node, names)
            case Choice(condition=condition, then=then, otherwise=otherwise):
                one, other = self.value(then, names), self.value(otherwise, names)
                return (
                    f"(CASE {self.value(condition, names)} WHEN true THEN {one} WHEN false THEN {other} END)"
                )
            case Has(of=of):
                return self._has(of, names)
            case Quantified():
                return self._quantified(node, names)
            case Size(of=of):
                return f"jsonb_array_length({self.value(of, names)})::numeric"
            case _:
                return f"starts_with({self.value(node.of, names)}, {self.value(node.start, names)})"

    def _json(self, node: Node, names: Mapping[str, str]) -> str:
        """The jsonb that a name or attribute stands for."""
        if isinstance(node, Attribute):
            return f"({self._json(node.of, names)}->{quoted(node.name)})"
        assert isinstance(node, Name), "only a name or an attribute has attributes"
        return names[node.name] if node.name in names else f"({self._document}->{quoted(node.name)})"

    def _read(self, node: Name | Attribute, names: Mapping[str, str]) -> str:
        kind = self._kinds.of(node)
        if isinstance(kind, ListOf):
            return f"nullif({self._json(node, names)}, 'null'::jsonb)"
        if isinstance(kind, Time):
            earliest, latest = self._ends(node, names)
            return f"(CASE WHEN {earliest} IS NOT NULL THEN ARRAY[{earliest}, {latest}] END)"
        if isinstance(node, Attribute):
            return f"({self._json(node.of, names)}->>{quoted(node.name)})::{_CASTS[type(kind)]}"
        return f"({self._json(node, names)}#>>'{{}}')::{_CASTS[type(kind)]}"

    def _ends(self, node: Name | Attribute, names: Mapping[str, str]) -> tuple[str, str]:
        time = self._json(node, names)
        return f"({time}->>0)::timestamptz", f"({time}->>1)::timestamptz"

    def _has(self, of: Attribute, names: Mapping[str, str]) -> str:
        """An attribute of a record that is not known is not known; one that is left out is NULL, not false."""
        record, found = self._json(of.of, names), self._json(of, names)
        return (
            f"(CASE WHEN jsonb_typeof({record}) = 'null' THEN false ELSE jsonb_typeof({found}) <> 'null' END)"
        )

    def _compare(self, node: Compare, names: Mapping[str, str]) -> str:
        if isinstance(self._kinds.of(node.left), Time):
            words, swapped, turned = _TIMES[node.how]
            sides = (node.right, node.left) if swapped else (node.left, node.right)
            answer = self._times(words, *sides, names)
            return f"(NOT {answer})" if turned else answer
        sign = (
            "<>"
            if node.how is Comparison.UNEQUAL
            else "="
            if node.how is Comparison.EQUAL
            else node.how.value
        )
        return f"({self.value(node.left, names)} {sign} {self.value(node.right, names)})"

    def _times(self, words: str, left: Node, right: Node, names: Mapping[str, str]) -> str:
        """A comparison of two times; one that is worked out is worked out once."""
        if isinstance(left, Name | Attribute | Literal) and isinstance(right, Name | Attribute | Literal):
            (a, b), (c, d) = self._simple_ends(left, names), self._simple_ends(right, names)
            return f"({words.format(a=a, b=b, c=c, d=d)})"
        q = self._fresh("q")
        text = words.format(a=f"{q}.a[1]", b=f"{q}.a[2]", c=f"{q}.b[1]", d=f"{q}.b[2]")
        return f"(SELECT {text} FROM {_once(q, self.value(left, names), self.value(right, names))})"

    def _simple_ends(self, node: Name | Attribute | Literal, names: Mapping[str, str]) -> tuple[str, str]:
        if isinstance(node, Literal):
            assert isinstance(node.value, Span), "a literal of another type"
            return _instant(node.value.earliest), _instant(node.value.latest)
        return self._ends(node, names)

    def _in(self, node: In, names: Mapping[str, str]) -> str:
        kind, item = self._kinds.of(node.item), self.value(node.item, names)
        if isinstance(node.items, Items) and not isinstance(kind, Time):
            written = ", ".join(self.value(one, names) for one in node.items.elements)
            return f"({item} IN ({written}))"
        q, e = self._fresh("q"), self._fresh("e")
        each = f"jsonb_array_elements({q}.b) AS {e}(v)"
        if isinstance(kind, Time):
            ends = {"c": f"({e}.v->>0)::timestamptz", "d": f"({e}.v->>1)::timestamptz"}
            same = _SAME.format(a=f"{q}.a[1]", b=f"{q}.a[2]", **ends)
            found = f"true = ANY (SELECT {same} FROM {each})"
        else:
            found = f"{q}.a = ANY (SELECT ({e}.v#>>'{{}}')::{_CASTS[type(kind)]} FROM {each})"
        answer = f"CASE WHEN {q}.b IS NOT NULL THEN {found} END"
        return f"(SELECT {answer} FROM {_once(q, item, self.value(node.items, names))})"

    def _sum(self, node: Sum, names: Mapping[str, str]) -> str:
        left, right = self.value(node.left, names), self.value(node.right, names)
        sign = node.sign.value
        if not isinstance(self._kinds.of(node.left), Time):
            return f"({left} {sign} {right})"
        q = self._fresh("q")
        moved = [f"{q}.a[{end}] {sign} {q}.b * interval '1 second'" for end in (1, 2)]
        within = " AND ".join(f"{end} BETWEEN {_FIRST} AND {_LAST}" for end in moved)
        return f"(SELECT CASE WHEN {within} THEN ARRAY[{', '.join(moved)}] END FROM {_once(q, left, right)})"

    def _quantified(self, node: Quantified, names: Mapping[str, str]) -> str:
        q, e, items = self._fresh("q"), self._fresh("e"), self.value(node.over, names)
        body = self.value(node.body, {**names, node.variable: f"{e}.v"})
        each = f"jsonb_array_elements({q}.a) AS {e}(v)"
        answers = f"(SELECT {e}.v AS v, {body} AS c FROM {each} OFFSET 0) AS r"
        asked = _QUANTIFIERS[node.how].format(body=body, each=each, answers=answers)
        return f"(SELECT CASE WHEN {q}.a IS NOT NULL THEN {asked} END FROM {_once(q, items)})"

    def _fresh(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"


def _once(name: str, *values: str) -> str:
    """A row in which each value is worked out once; without OFFSET the planner would copy it to where it is named."""
    columns = ", ".join(f"{value} AS {column}" for value, column in zip(values, "ab", strict=False))
    return f"(SELECT {columns} OFFSET 0) AS {name}"


def _literal(held: bool | int | str | timedelta | Span) -> str:
    match held:
        case bool():
            return "true" if held else "false"
        case int():
            return f"({held})::numeric"
        case str():
            return quoted(held)
        case Span():
            return f"ARRAY[{_instant(held.earliest)}, {_instant(held.latest)}]"
        case _:
            return f"({held // timedelta(seconds=1)})::bigint"


def _instant(at: datetime) -> str:
    return f"'{instant(at)}'::timestamptz"
