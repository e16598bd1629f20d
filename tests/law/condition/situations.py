"""Random situations that hold just what one condition reads, with ids that meet and times that lie close together."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from encircle.law.condition import Bool, Condition, Duration, Int, ListOf, Record, Str, Time, Type, Value
from encircle.law.condition.document import Json
from encircle.vocabulary.moment import Precision, Span, point
from encircle.vocabulary.unknown import Unknown

START = datetime(2027, 1, 30, tzinfo=UTC)
POINTS = st.integers(0, 5).map(lambda days: point(START + timedelta(days=days), "UTC"))
COARSE = st.tuples(st.integers(0, 5), st.integers(1, 3)).map(
    lambda pair: Span(
        START + timedelta(days=pair[0]), START + timedelta(days=sum(pair)), Precision.INTERVAL, "UTC"
    )
)
NOT_KNOWN = st.just(Unknown("not recorded"))


def read_by(condition: Condition, schema: Record) -> Record:
    """The schema cut down to what the condition reads."""
    tree: dict[str, dict[str, object]] = {}
    for path in condition.reads:
        branch = tree
        for part in path.replace("[]", "").split("."):
            branch = branch.setdefault(part, {})  # type: ignore[assignment]  # a tree of names
    return _cut(schema, tree)


def _cut(record: Record, tree: dict[str, dict[str, object]]) -> Record:
    return Record(record.name, {name: _cut_one(record.fields[name], tree[name]) for name in tree})


def _cut_one(kind: Type, tree: dict[str, object]) -> Type:
    if isinstance(kind, Record):
        return _cut(kind, tree)  # type: ignore[arg-type]  # a tree of names
    return ListOf(_cut_one(kind.element, tree)) if isinstance(kind, ListOf) else kind


def situations(record: Record, *, coarse: bool) -> st.SearchStrategy[dict[str, Value]]:
    """Scopes of that schema. `coarse`: also with times that are not exact, and lists that are not known at all."""
    return st.fixed_dictionaries({name: _top(kind, coarse=coarse) for name, kind in record.fields.items()})


def _top(kind: Type, *, coarse: bool) -> st.SearchStrategy[Value]:
    known = _known(kind, coarse=coarse)
    whole = isinstance(kind, Record | ListOf)
    return known if whole and not coarse else _mostly(known)


def _mostly(known: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    return st.one_of(known, known, known, NOT_KNOWN)


def _known(kind: Type, *, coarse: bool) -> st.SearchStrategy[Value]:
    match kind:
        case Bool():
            return st.booleans()
        case Int():
            return st.integers(0, 3)
        case Str(choices=choices):
            return st.sampled_from(["a", "b"] if choices is None else sorted(choices))
        case Time():
            return st.one_of(POINTS, COARSE) if coarse else POINTS
        case Duration():
            return st.sampled_from([timedelta(hours=1), timedelta(days=2)])
        case ListOf(element=element):
            inner = _known(element, coarse=coarse)
            scalar = not isinstance(element, Record)
            return st.lists(_mostly(inner) if scalar and coarse else inner, max_size=3).map(tuple)
        case Record(fields=fields):
            return st.fixed_dictionaries({name: _top(field, coarse=coarse) for name, field in fields.items()})


def left_out(draw: st.DrawFn, given: dict[str, Json]) -> dict[str, Json]:
    """The document with some of its names left out, as where they stand sealed."""
    return {name: _left_out(draw, one) for name, one in given.items() if draw(st.integers(0, 3))}


def _left_out(draw: st.DrawFn, given: Json) -> Json:
    if isinstance(given, dict):
        return left_out(draw, given)
    if isinstance(given, list):
        return [_left_out(draw, one) for one in given]
    return given
