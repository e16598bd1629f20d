"""Examples of payloads, made from the shape of their types: the least that is needed, all fields, and any."""

from hypothesis import strategies as st

from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.fact_type import FactType
from encircle.vocabulary.facts.shape import FieldShape, shape

TYPES = [FACT_TYPES[name] for name in sorted(FACT_TYPES)]
WORDS = {
    "indicator": "IND-C2",
    "prohibition": "P9",
    "language": "et",
    "country": "EE",
    "channel": "placement_union",
    "required contents": "reasons",
}
PLAIN: dict[str, object] = {
    "bool": True,
    "int": 3,
    "text": "She said: not today.\nÄiti.",
    "when": "2018-10-25T23:00",
    "ref": "guardian-1",
    "agency": "carla-service",
    "identifier": "K-1234/5",
}


def least(of: FactType) -> dict[str, object]:
    """The fields that are needed, and no other."""
    return {field.name: value(field) for field in shape(of) if field.required}


def whole(of: FactType) -> dict[str, object]:
    """Every field of the type."""
    return {field.name: value(field) for field in shape(of)}


def value(field: FieldShape) -> object:
    """One value that fits."""
    if field.value == "codes":
        return list(field.choices[:2]) or [_word(field)]
    if field.value == "code":
        return field.choices[0] if field.choices else _word(field)
    return PLAIN[field.value]


def _word(field: FieldShape) -> str:
    return next(word for about, word in WORDS.items() if about in field.expected)


def _values(field: FieldShape) -> st.SearchStrategy[object]:
    one: st.SearchStrategy[object] = (
        st.sampled_from(field.choices) if field.choices else st.just(value(field))
    )
    return {
        "codes": st.lists(st.sampled_from(field.choices), max_size=4)
        if field.choices
        else st.just(value(field)),
        "bool": st.booleans(),
        "int": st.integers(0, 100_000),
        "text": st.text(
            st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=40
        ).filter(lambda text: text.strip()),
        "when": st.sampled_from(
            ["2018", "2018-10", "2018-10-25", "1994/1996", 1978, "2018-10-25T23:00+02:00"]
        ),
    }.get(field.value, one)


def payloads(of: FactType) -> st.SearchStrategy[dict[str, object]]:
    """Any values that fit, with any of the fields that may be left out."""
    fields = shape(of)
    return st.fixed_dictionaries(
        {field.name: _values(field) for field in fields if field.required},
        optional={field.name: _values(field) for field in fields if not field.required},
    )
