"""What stands behind the rows of a list: type, time and part of facts, never what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from django.db import connection

from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.moment import Precision, Span


@dataclass(frozen=True, slots=True)
class Behind:
    """A fact from outside: of which type it is, when it happened, to which part of the record it belongs."""

    type: str
    happened: Span
    group: FieldGroup


def behind(facts: Sequence[FactId]) -> Mapping[FactId, Behind]:
    """These facts, as far as the context may see them. One query, whatever their number."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, (list(facts),))
        return {
            FactId(fact): Behind(
                type_,
                Span(earliest.astimezone(UTC), latest.astimezone(UTC), Precision(precision), zone),
                FieldGroup(group),
            )
            for fact, type_, earliest, latest, precision, zone, group in cursor.fetchall()
        }


_FACTS = """
    SELECT id::text, type, happened_earliest, happened_latest, precision, zone, field_group
      FROM fact WHERE id = ANY (%s::uuid[]) ORDER BY seq
"""
