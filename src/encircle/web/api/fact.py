"""Facts by the API: each as it stands on record, without what is not open; and the shape of every type."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec.json
from pydantic import JsonValue

from encircle.core.access import Allowed, groups_of, text_is_open
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.schema import facts_schema
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.caller import Asking
from encircle.web.api.operation import reading
from encircle.web.api.shape import Answer

CLOSED_VALUES = ("text", "identifier")
"""Kinds of fields that stay closed where free text of the compartment is not open."""


class LearntTold(Answer):
    """Which agency learnt it when."""

    agency: str
    at: datetime


class FactTold(Answer):
    """One fact. `closed`: fields that are on record and not open to the caller."""

    id: str
    type: str
    subject: str | None
    happened: str
    happened_earliest: datetime
    happened_latest: datetime
    learnt: list[LearntTold]
    recorded: datetime
    agency: str
    said_by: str | None
    certainty: str
    group: str
    values: dict[str, JsonValue]
    closed: list[str]
    corrects: str | None
    version_of: str | None
    withdraws: str | None


def facts_told(facts: tuple[Fact, ...], allowed: Allowed) -> list[FactTold]:
    """These facts, which are open, with the fields that are."""
    group_of = groups_of(facts)
    return [fact_told(fact, allowed, group_of) for fact in facts]


def fact_told(fact: Fact, allowed: Allowed, group_of: Mapping[FactId, FieldGroup]) -> FactTold:
    """One of them."""
    values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(fact.payload))
    closed = []
    if not text_is_open(FACT_TYPES[fact.type].compartment, allowed):
        fields = [field.name for field in shape(FACT_TYPES[fact.type]) if field.value in CLOSED_VALUES]
        closed = [name for name in fields if values.pop(name, None) is not None]
    if fact.is_shut:
        closed = [field.name for field in shape(FACT_TYPES[fact.type])]
    return FactTold(
        id=fact.id,
        type=fact.type,
        subject=fact.subject,
        happened=fact.happened.text(),
        happened_earliest=fact.happened.earliest,
        happened_latest=fact.happened.latest,
        learnt=[LearntTold(agency=one.agency, at=one.at) for one in fact.learnt],
        recorded=fact.recorded,
        agency=fact.agency,
        said_by=fact.said_by,
        certainty=fact.certainty.value,
        group=group_of[fact.id].value,
        values=values,
        closed=closed,
        corrects=fact.corrects,
        version_of=fact.version_of,
        withdraws=fact.withdraws,
    )


@reading("/fact-types", Purpose.RECORD, dict[str, JsonValue], title="The types of facts", tag="record")
def fact_types(request: Asking) -> dict[str, Any]:
    """The JSON Schema of facts, with a definition for each type: what `values` of a statement may hold."""
    return facts_schema()
