"""The shape of facts for outsiders: one JSON Schema of a fact, made from the types alone."""

from typing import Any

import msgspec

from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.fact_type import FactType
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.moment import FIRST_YEAR, LAST_YEAR

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DEFINED = "#/$defs/"
_CLOCK = r"T[0-9]{2}(:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
_TIME = rf"[0-9]{{4}}(-[0-9]{{2}}(-[0-9]{{2}}({_CLOCK})?)?)?"
_NAME = {"type": "string", "minLength": 1, "maxLength": 100}


def facts_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one fact as a replay file holds it, with a definition for each type.

    The members `x-...` say kind, mark, field group, compartment, regime and the rows of the requirements.
    """
    return {
        "$schema": _DIALECT,
        "title": "Fact",
        "description": "One dated, sourced statement about a child or a concern, as in a replay file.",
        "type": "object",
        "properties": _properties(),
        "required": ["id", "type", "happened", "source"],
        "additionalProperties": False,
        "allOf": [
            {"oneOf": [{"required": ["child"]}, {"required": ["concern"]}]},
            *(_payload_of(of) for of in _types()),
        ],
        "$defs": {"time": _time(), **_definitions()},
    }


def _types() -> tuple[FactType, ...]:
    return tuple(FACT_TYPES[name] for name in sorted(FACT_TYPES))


def _properties() -> dict[str, Any]:
    def name(description: str) -> dict[str, Any]:
        return {**_NAME, "description": description}

    def time(description: str) -> dict[str, Any]:
        return {"$ref": f"{_DEFINED}time", "description": description}

    return {
        "id": name("A name of its own in the file."),
        "child": name("The child whose fact it is."),
        "concern": name("The concern whose fact it is, where there is no child yet."),
        "type": {"enum": [of.name for of in _types()], "description": "The type of fact."},
        "subject": name(
            "Which interview, guardian, proceeding ... it is about. The same name, the same thing."
        ),
        "happened": time("When it happened."),
        "learnt": {
            "type": "object",
            "additionalProperties": {"$ref": f"{_DEFINED}time"},
            "description": "Which agency learnt it when. Left out: the source, when it happened.",
        },
        "recorded": time("When it was entered. Left out: when it had happened and been learnt."),
        "source": name("The agency that says so."),
        "said_by": name("Who told the source: child, guardian ..."),
        "certainty": {
            "enum": [certainty.value for certainty in Certainty],
            "default": Certainty.REPORTED.value,
            "description": "Seen by the source, told to it, or concluded by it.",
        },
        "corrects": name("The fact of the same type that this one replaces."),
        "version_of": name("Another source's fact about the same event. Both stand."),
        "withdraws": name("The fact that its source takes back; only with the type withdrawal."),
        "note": {"type": "string", "description": "A remark for readers; it never enters the answer."},
        "payload": {"type": "object", "description": "The fields of the type."},
    }


def _payload_of(of: FactType) -> dict[str, Any]:
    then: dict[str, Any] = {"properties": {"payload": {"$ref": f"{_DEFINED}{of.name}"}}}
    if any(field.required for field in shape(of)):
        then["required"] = ["payload"]
    return {"if": {"properties": {"type": {"const": of.name}}, "required": ["type"]}, "then": then}


def _time() -> dict[str, Any]:
    return {
        "description": "A year, month, day, hour or minute in the zone of the file, or an interval of two.",
        "anyOf": [
            {"type": "string", "pattern": f"^{_TIME}(/{_TIME})?$"},
            {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
        ],
    }


def _definitions() -> dict[str, Any]:
    """The payloads by the name of their type, and the lists that they share by their own."""
    _, made = msgspec.json.schema_components(
        [of.payload for of in _types()], ref_template=f"{_DEFINED}{{name}}"
    )
    payloads = {of.name: {**made.pop(of.payload.__name__), **_about(of)} for of in _types()}
    for of in _types():
        for field in shape(of):
            if field.value == "when":
                payloads[of.name]["properties"][field.name] = {
                    "$ref": f"{_DEFINED}time",
                    "description": field.doc,
                }
    return {**made, **payloads}


def _about(of: FactType) -> dict[str, Any]:
    return {
        "title": of.name,
        "description": of.doc,
        "additionalProperties": False,
        "x-kind": of.about.value,
        "x-mark": of.mark,
        "x-field-group": of.group.value,
        "x-field-groups": sorted(group.value for group in of.groups),
        "x-compartment": of.compartment.value,
        "x-regime": of.regime.value,
        "x-rows": list(of.rows),
    }
