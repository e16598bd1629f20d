"""Records on which an agency has said, in some time, that the account of a child was taken. Reads no payload."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from encircle.core.asked_again import TAKINGS
from encircle.vocabulary.identifier import AgencyId, RootId


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose acts are counted, from when until when; `without`: records that are not there for who asks."""

    agency: AgencyId
    since: datetime
    until: datetime
    without: Sequence[RootId]


def roots_where_asked(asked: Asked, *, at_most: int) -> dict[RootId, str]:
    """Those records with their numbers, of what the context shows. Coarse times are read as early as they can be."""
    given: dict[str, Any] = {
        "agency": asked.agency,
        "since": asked.since,
        "until": asked.until,
        "without": list(asked.without),
        "at_most": at_most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ROOTS, given)
        return {RootId(root): number for root, number in cursor.fetchall()}


# The types stand here as they do in the index, so that it is used.
_ROOTS = f"""
    SELECT root.id::text, root.number FROM root
     WHERE root.id <> ALL (%(without)s::uuid[]) AND root.id IN (
        SELECT fact.root_id FROM fact
         WHERE fact.agency_id = %(agency)s AND fact.type IN ({", ".join(f"'{name}'" for name in TAKINGS)})
           AND fact.happened_earliest >= %(since)s AND fact.happened_earliest < %(until)s)
     ORDER BY root.number LIMIT %(at_most)s
"""
