"""A scope as a JSON document: the shape that conditions in SQL read. Knows no table and no child.

    yes or no        true, false
    whole number     its number
    word             its text
    time             [earliest, latest], both as 2026-11-23T18:00:00Z
    duration         its seconds
    list             array
    record           object by attribute name
    not known        null
    not in here      the name is left out

A name that is left out says nothing: whoever reads the document can't tell whether it is known elsewhere. The codes
of `situation_row` (records/projection.py) are the part of such a document that may stand unsealed: of the child alone.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from encircle.law.condition.value import Value
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

_SECOND = timedelta(seconds=1)


def document(scope: Mapping[str, Value]) -> dict[str, Json]:
    """The whole scope; everything unknown in it is null."""
    return {name: _json(value) for name, value in scope.items()}


def instant(at: datetime) -> str:
    """That instant, in UTC, as it is written in JSON."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _json(value: Value) -> Json:
    match value:
        case Unknown():
            return None
        case bool() | int() | str():
            return value
        case Span():
            return [instant(value.earliest), instant(value.latest)]
        case timedelta():
            return value // _SECOND
        case tuple():
            return [_json(one) for one in value]
        case _:
            return document(value)
