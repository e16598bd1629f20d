"""Reading a payload: from plain values to the typed payload of a fact, refused in plain words."""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final
from unicodedata import category

import msgspec

from encircle.vocabulary.facts.fact_type import FACT_TYPES, FactType, Payload
from encircle.vocabulary.facts.shape import FieldShape, shape
from encircle.vocabulary.moment import span_of
from encircle.vocabulary.refusal import BadInput

LARGEST_PAYLOAD: Final = 64 * 1024
"""Bytes of the payload as JSON."""
_ZONE: Final = "UTC"
"""Only to see whether a time can be read; it is counted in the zone of its fact later."""
_PAGE: Final = "docs/developer/facts.md lists all of them."
_LAYOUT: Final = frozenset("\n\t")


def read_payload(type_name: str, values: Mapping[str, object]) -> Payload:
    """The payload of that type with those values, as YAML or JSON gives them. None means: not given.

    Refuses (BadInput): an unknown type or field, a missing field, a wrong value, a text with control
    characters or half a character, a payload over size.
    """
    fact_type = FACT_TYPES.get(type_name)
    if fact_type is None:
        reason = f"There is no type of fact called {_shown(type_name)}. {_meant(str(type_name), FACT_TYPES)}"
        raise _refused("unknown_type", "type", reason)
    fields = {field.name: field for field in shape(fact_type)}
    given: dict[str, object] = {}
    for name, value in values.items():
        if name not in fields:
            raise _unknown_field(type_name, name, fields)
        if value is not None:
            given[name] = _checked(fields[name], value)
    for field in fields.values():
        if field.required and field.name not in given:
            raise _lacking(type_name, field)
    return _converted(fact_type, given, fields)


def payload_problems(type_name: str, values: Mapping[str, object]) -> tuple[BadInput, ...]:
    """All that `read_payload` would refuse of these values, in the order of the fields; empty where nothing is wrong."""
    fact_type = FACT_TYPES.get(type_name)
    if fact_type is None:
        return _refusal(type_name, values)
    fields = {field.name: field for field in shape(fact_type)}
    found: list[BadInput] = []
    for name in dict.fromkeys((*fields, *values)):
        try:
            if name not in fields:
                raise _unknown_field(type_name, name, fields)
            if values.get(name) is not None:
                _convert(fact_type, fields[name], _checked(fields[name], values[name]))
            elif fields[name].required:
                raise _lacking(type_name, fields[name])
        except BadInput as wrong:
            found.append(wrong)
    return tuple(found) or _refusal(type_name, values)


def _refusal(type_name: str, values: Mapping[str, object]) -> tuple[BadInput, ...]:
    """What the payload as a whole is refused for."""
    try:
        read_payload(type_name, values)
    except BadInput as wrong:
        return (wrong,)
    return ()


def _checked(field: FieldShape, value: object) -> object:
    """The value, times as text. Refuses texts that can't be kept and times that can't be read."""
    for text in value if isinstance(value, list | tuple) else (value,):
        if isinstance(text, str):
            _check_text(field, text)
    if field.value != "when":
        return value
    try:
        span_of(value, _ZONE)
    except ValueError as wrong:
        raise _refused("wrong_value", field.name, f"{field.name}: {wrong}") from wrong
    return value.isoformat() if isinstance(value, date) else str(value)


def _check_text(field: FieldShape, text: str) -> None:
    kinds = {category(character) for character in text if character not in _LAYOUT}
    if "Cs" in kinds:
        reason = f"{field.name}: the text holds half of a character (a lone surrogate). Write the whole one."
        raise _refused("half_character", field.name, reason)
    if "Cc" in kinds or (field.value != "text" and not _LAYOUT.isdisjoint(text)):
        reason = f"{field.name}: the text holds a control character, which nobody can see. Remove it."
        raise _refused("control_character", field.name, reason)
    if not text.strip():
        reason = f"{field.name} is empty. Expected {field.expected}, or leave the field out."
        raise _refused("wrong_value", field.name, reason)


def _converted(fact_type: FactType, given: Mapping[str, object], fields: Mapping[str, FieldShape]) -> Payload:
    for name, value in given.items():
        _convert(fact_type, fields[name], value)
    payload = msgspec.convert(dict(given), type=fact_type.payload)
    size = len(msgspec.json.encode(payload))
    if size > LARGEST_PAYLOAD:
        reason = (
            f"The payload has {size:,} bytes, and {LARGEST_PAYLOAD:,} is the most. Shorten its longest text."
        )
        raise _refused("over_size", "payload", reason)
    return payload


def _convert(fact_type: FactType, field: FieldShape, value: object) -> None:
    """Refuses a value that the field cannot hold."""
    try:
        msgspec.convert(value, type=_types(fact_type.payload)[field.name])
    except msgspec.ValidationError as wrong:
        reason = f"{field.name}: got {_got(field, value)}. {_wanted(field, value)}"
        raise _refused("wrong_value", field.name, reason) from wrong


@lru_cache(maxsize=512)
def _types(payload: type[Payload]) -> Mapping[str, Any]:
    """The type of each field; looking it up costs ten times as much as reading a value."""
    return {one.name: one.type for one in msgspec.structs.fields(payload)}


def _unknown_field(type_name: str, name: object, fields: Mapping[str, FieldShape]) -> BadInput:
    reason = f"{type_name} has no field {_shown(name)}. {_meant(str(name), fields)}"
    return _refused("unknown_field", _shown(name), reason)


def _lacking(type_name: str, field: FieldShape) -> BadInput:
    reason = f"{type_name} needs the field {field.name}. Expected {field.expected}. {field.doc}"
    return _refused("missing_field", field.name, reason)


def _wanted(field: FieldShape, value: object) -> str:
    """What the value has to be, after the code that may have been meant."""
    words = [
        word for word in (value if isinstance(value, list | tuple) else [value]) if isinstance(word, str)
    ]
    unknown = next((word for word in words if field.choices and word not in field.choices), None)
    close = get_close_matches(unknown or "", field.choices, n=1)
    meant = f"Did you mean {close[0]}? " if close else ""
    return f"{meant}Expected {field.expected}."


def _meant(name: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(name, list(known), n=3, cutoff=0.5)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    if not known:
        return "It has no fields."
    few = sorted(known)[:12]
    return f"There are: {', '.join(few)}{' ... ' + _PAGE if len(known) > len(few) else '.'}"


def _got(field: FieldShape, value: object) -> str:
    """What was given; of free text and numbers of papers only the length, since errors are written down."""
    if isinstance(value, str) and field.value in ("text", "identifier"):
        return f"{len(value):,} characters"
    return _shown(value)


def _shown(value: object) -> str:
    """The value as it may be told: short, and never with its invisible characters."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= 60 else f"{text[:60]}..."


def _refused(code: str, where: str, reason: str) -> BadInput:
    return BadInput(code=code, where=where, reason=reason)
