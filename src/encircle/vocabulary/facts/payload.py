"""Reading a payload: from plain values to the typed payload of a fact, refused in plain words."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

import msgspec

from encircle.vocabulary.facts.fact_type import FACT_TYPES, FactType, Payload
from encircle.vocabulary.facts.shape import FieldShape, shape
from encircle.vocabulary.refusal import BadInput

LARGEST_PAYLOAD = 64 * 1024
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HALVES = re.compile("[\ud800-\udfff]")


def read_payload(type_name: str, values: Mapping[str, object]) -> Payload:
    """The payload of that type with those values.

    Refuses: BadInput for an unknown type or field, a missing field, a wrong value, a text that can't be kept, over size.
    """
    fact_type = FACT_TYPES.get(type_name)
    if fact_type is None:
        raise _refused(
            type_name, f"There is no type of fact called {type_name!r}. {_meant(type_name, FACT_TYPES)}"
        )
    fields = {field.name: field for field in shape(fact_type)}
    for name, value in values.items():
        if name not in fields:
            raise _refused(name, f"{type_name} has no field {name!r}. {_meant(name, fields)}")
        _check_text(name, value)
    for field in fields.values():
        if field.required and values.get(field.name) is None:
            raise _refused(field.name, f"{field.name} is missing. {_expected(field)}")
    return _converted(fact_type, values, fields)


def _converted(
    fact_type: FactType, values: Mapping[str, object], fields: Mapping[str, FieldShape]
) -> Payload:
    given = {name: value for name, value in values.items() if value is not None}
    try:
        payload = msgspec.convert(given, type=fact_type.payload)
    except msgspec.ValidationError:
        for name, value in given.items():
            _check_alone(fact_type, name, value, fields[name])
        raise
    if len(msgspec.json.encode(payload)) > LARGEST_PAYLOAD:
        raise _refused(
            fact_type.name, f"The payload is larger than {LARGEST_PAYLOAD} bytes. Shorten its texts."
        )
    return payload


def _check_alone(fact_type: FactType, name: str, value: object, field: FieldShape) -> None:
    info = {one.name: one for one in msgspec.structs.fields(fact_type.payload)}
    try:
        msgspec.convert(value, type=info[name].type)
    except msgspec.ValidationError as wrong:
        raise _refused(name, f"{name}: got {str(value)[:60]!r}. {_expected(field)}") from wrong


def _check_text(name: str, value: object) -> None:
    texts = value if isinstance(value, list | tuple) else (value,)
    for text in texts:
        if not isinstance(text, str):
            continue
        if _HALVES.search(text):
            raise _refused(
                name,
                f"{name}: the text holds half of a character (a lone surrogate). Write the character itself.",
            )
        if _CONTROLS.search(text):
            raise _refused(name, f"{name}: the text holds a control character. Remove it.")


def _expected(field: FieldShape) -> str:
    if field.choices:
        few = ", ".join(field.choices[:12])
        return f"Expected one of {few}{', ...' if len(field.choices) > 12 else ''}."
    words = {
        "bool": "true or false",
        "int": "a whole number, not below 0",
        "text": "a text of 1 to 20,000 characters",
        "when": "a date, a time or an interval",
        "code": "a code",
        "codes": "a list of codes",
    }
    return f"Expected {words.get(field.value, 'a name of 1 to 100 characters')}: {field.doc}"


def _meant(name: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"Did you mean {close[0]!r}?" if close else f"There are: {', '.join(sorted(known)[:12])}."


def _refused(where: str, reason: str) -> BadInput:
    return BadInput(code="bad_payload", reason=reason, where=where)
