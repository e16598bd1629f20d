"""A reader of JSON Schema, as far as ours goes: what is wrong with a value. Refuses keywords that it does not know."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_IS = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}
_SAYS_NOTHING = {"$schema", "$defs", "title", "description", "default"}
_KNOWN = _SAYS_NOTHING | {
    *("$ref", "type", "enum", "const", "pattern", "minLength", "maxLength", "minimum", "maximum", "items"),
    *("properties", "required", "additionalProperties", "anyOf", "oneOf", "allOf", "if", "then"),
}


def unknown_keywords(schema: object, *, names: bool = False) -> set[str]:
    """Keywords of the schema that this reader would pass over; `names`: the keys here are names, not keywords."""
    if isinstance(schema, list):
        return {word for one in schema for word in unknown_keywords(one)}
    if not isinstance(schema, dict):
        return set()
    found = set() if names else {key for key in schema if key not in _KNOWN and not key.startswith("x-")}
    for key, below in schema.items():
        if names or key not in ("enum", "const", "default", "required"):
            found |= unknown_keywords(below, names=not names and key in ("properties", "$defs"))
    return found


def faults(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> list[str]:
    """What is wrong with the value; empty where it fits."""
    return list(_faults(value, schema, root, "$"))


def _faults(value: Any, schema: Mapping[str, Any] | bool, root: Mapping[str, Any], at: str) -> Iterator[str]:
    if isinstance(schema, bool):
        yield from () if schema else (f"{at}: nothing is allowed here",)
        return
    if "$ref" in schema:
        yield from _faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    if "type" in schema and not _IS[schema["type"]](value):
        yield f"{at}: not {schema['type']}"
        return
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value != schema["const"]):
        yield f"{at}: not one of the list"
    yield from _limits(value, schema, at)
    yield from _members(value, schema, root, at)
    yield from _together(value, schema, root, at)


def _limits(value: Any, schema: Mapping[str, Any], at: str) -> Iterator[str]:
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{at}: not of the pattern"
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            yield f"{at}: wrong length"
    elif isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{at}: out of range"


def _members(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _faults(one, schema.get("items", True), root, f"{at}[{number}]")
    if isinstance(value, dict):
        yield from (f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value)
        known = schema.get("properties", {})
        for name, one in value.items():
            yield from _faults(
                one, known.get(name, schema.get("additionalProperties", True)), root, f"{at}.{name}"
            )


def _together(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str) -> Iterator[str]:
    def fits(one: Mapping[str, Any]) -> bool:
        return not list(_faults(value, one, root, at))

    if "anyOf" in schema and not any(map(fits, schema["anyOf"])):
        yield f"{at}: fits none"
    if "oneOf" in schema and sum(map(fits, schema["oneOf"])) != 1:
        yield f"{at}: does not fit exactly one"
    for one in schema.get("allOf", ()):
        yield from _faults(value, one, root, at)
    if "if" in schema and fits(schema["if"]):
        yield from _faults(value, schema.get("then", True), root, at)
