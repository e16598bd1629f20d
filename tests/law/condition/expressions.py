"""Random conditions over the test world, as syntax trees, and random worlds to ask them of."""

from datetime import UTC, datetime, timedelta

from hypothesis import reject
from hypothesis import strategies as st

from encircle.law.condition import (
    Bool,
    Condition,
    ConditionError,
    Duration,
    Int,
    ListOf,
    Record,
    Str,
    Time,
    Type,
    Value,
    parse,
    write,
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
    Sign,
    Size,
    StartsWith,
    Sum,
)
from encircle.vocabulary.moment import point
from encircle.vocabulary.unknown import Unknown
from tests.law.condition.world import SITUATION

START = datetime(2026, 11, 1, tzinfo=UTC)
TIMES = st.integers(0, 5).map(lambda days: point(START + timedelta(days=days), "UTC"))
LENGTHS = st.sampled_from([timedelta(hours=hours) for hours in (1, 24, 36, 72)])
WORDS = st.sampled_from(["et", "ru", "e", "EE"])
UNKNOWNS = st.sampled_from([Unknown("not recorded", ("child_born",)), Unknown("sources differ", ("care",))])


# Worlds


def values(kind: Type, *, unknowns: bool) -> st.SearchStrategy[Value]:
    known = _known(kind, unknowns=unknowns)
    return st.one_of(known, known, UNKNOWNS) if unknowns else known


def _known(kind: Type, *, unknowns: bool) -> st.SearchStrategy[Value]:
    match kind:
        case Bool():
            return st.booleans()
        case Int():
            return st.integers(0, 3)
        case Str(choices=choices):
            return WORDS if choices is None else st.sampled_from(sorted(choices))
        case Time():
            return TIMES
        case Duration():
            return LENGTHS
        case ListOf(element=Record() as element):
            return st.lists(_known(element, unknowns=unknowns), max_size=3).map(tuple)
        case ListOf(element=element):
            return st.lists(_known(element, unknowns=False), max_size=3).map(tuple)
        case Record(fields=fields):
            return st.fixed_dictionaries(
                {name: values(field, unknowns=unknowns) for name, field in fields.items()}
            )


def worlds(*, unknowns: bool) -> st.SearchStrategy[dict[str, Value]]:
    """Situations; with `unknowns`, about one attribute in three is not known."""
    return st.fixed_dictionaries(
        {
            name: (_known if isinstance(kind, Record | ListOf) else values)(kind, unknowns=unknowns)
            for name, kind in SITUATION.fields.items()
        }
    )


# Conditions

# What the checker says of conditions that no fact could change; such examples are of no use.
SETTLED = ("twice", "never be true", "every value", "itself", "the same whatever")


def checked(tree: Node) -> Condition:
    """The condition of the tree, or another example if no fact could change it."""
    text = write(tree)
    try:
        return parse(text, schema=SITUATION)
    except ConditionError as fault:
        if not any(words in fault.sentence for words in SETTLED):
            raise
        return reject()


@st.composite
def conditions(draw: st.DrawFn) -> Node:
    """Conditions of a few levels, not yet checked."""
    return _condition(draw, dict(SITUATION.fields), 3)


def _condition(draw: st.DrawFn, names: dict[str, Type], depth: int) -> Node:
    def again() -> Node:
        return _condition(draw, names, depth - 1)

    if depth <= 0:
        return _leaf(draw, names)
    match draw(st.sampled_from(["and", "or", "not", "leaf", "leaf", "choice", "exists", "quantified"])):
        case "and":
            return And(tuple(again() for _ in range(draw(st.integers(2, 3)))))
        case "or":
            return Or(tuple(again() for _ in range(draw(st.integers(2, 3)))))
        case "not":
            return Not(again())
        case "choice":
            return Choice(again(), again(), again())
        case "exists" | "quantified":
            return _quantified(draw, names, depth)
        case _:
            return _leaf(draw, names)


def _quantified(draw: st.DrawFn, names: dict[str, Type], depth: int) -> Node:
    variable = "xyz"[len(names) - len(SITUATION.fields)]
    if len(names) - len(SITUATION.fields) > 1:
        return _leaf(draw, names)
    over: Node = Name("interviews")
    inner = {**names, variable: SITUATION.fields["interviews"].element}  # type: ignore[union-attr]  # a list
    if draw(st.booleans()) and draw(st.booleans()):
        over = Quantified(Quantifier.FILTER, over, variable, _condition(draw, inner, depth - 2))
    if draw(st.booleans()) and draw(st.booleans()):
        over = Quantified(Quantifier.MAP, over, variable, Attribute(Name(variable), "minutes"))
        inner = {**names, variable: Int()}
    how = draw(st.sampled_from([Quantifier.EXISTS, Quantifier.ALL, Quantifier.EXISTS_ONE]))
    return Quantified(how, over, variable, _condition(draw, inner, depth - 1))


def _leaf(draw: st.DrawFn, names: dict[str, Type]) -> Node:
    kind = draw(st.sampled_from([Bool, Bool, Int, Str, Str, Time, Duration, Has, In, Size, StartsWith]))
    if kind is Bool:
        return _attribute(draw, names, Bool)
    if kind is Has:
        return Has(_attribute(draw, names, draw(st.sampled_from([Bool, Int, Str, Time]))))
    if kind is In:
        return In(Literal(draw(WORDS)), Attribute(Name("child"), "languages"))
    if kind is Size:
        sized: Node = Attribute(Name("child"), "languages") if draw(st.booleans()) else Name("interviews")
        return Compare(_order(draw), Size(sized), Literal(draw(st.integers(0, 3))))
    if kind is StartsWith:
        return StartsWith(Attribute(Name("child"), "country"), Literal(draw(st.sampled_from(["E", "e", ""]))))
    if kind is Str:
        return _words(draw, names)
    left, right = _value(draw, names, kind), _value(draw, names, kind)
    return Compare(_order(draw), left, right)


def _order(draw: st.DrawFn) -> Comparison:
    return draw(st.sampled_from(list(Comparison)))


def _words(draw: st.DrawFn, names: dict[str, Type]) -> Node:
    attribute = _attribute(draw, names, Str)
    base = names[attribute.of.name]  # type: ignore[union-attr]  # an attribute of a name
    kind = base.fields[attribute.name]  # type: ignore[union-attr]  # of a record
    words = sorted(kind.choices) if isinstance(kind, Str) and kind.choices else ["et", "EE"]
    if draw(st.booleans()):
        how = draw(st.sampled_from([Comparison.EQUAL, Comparison.UNEQUAL]))
        return Compare(how, attribute, Literal(draw(st.sampled_from(words))))
    several = draw(st.lists(st.sampled_from(words), min_size=1, max_size=3, unique=True))
    return In(attribute, Items(tuple(Literal(word) for word in several)))


def _value(draw: st.DrawFn, names: dict[str, Type], kind: type[Type]) -> Node:
    if kind is Time:
        time = Name("now") if draw(st.booleans()) else _attribute(draw, names, Time)
        length = Literal(draw(LENGTHS)) if draw(st.booleans()) else Attribute(Name("child"), "grace")
        return Sum(draw(st.sampled_from(list(Sign))), time, length) if draw(st.booleans()) else time
    if kind is Duration:
        return Literal(draw(LENGTHS)) if draw(st.booleans()) else Attribute(Name("child"), "grace")
    number = _attribute(draw, names, Int)
    if draw(st.booleans()):
        return Sum(draw(st.sampled_from(list(Sign))), number, Literal(draw(st.integers(-2, 3))))
    return number


def _attribute(draw: st.DrawFn, names: dict[str, Type], kind: type[Type]) -> Attribute:
    """Some attribute of that type, of `child` or of an element."""
    found = [
        Attribute(Name(name), field)
        for name, record in names.items()
        if isinstance(record, Record)
        for field, one in record.fields.items()
        if isinstance(one, kind)
    ]
    return draw(st.sampled_from(found))
