"""Alarms that nobody has acknowledged, over all records that the context shows: the newest first. Reads rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from encircle.records.seen import SeenRoot
from encircle.records.waiting import EVERY, KEPT, LED, MINE, Among, has_few
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, RootId


@dataclass(frozen=True, slots=True)
class RaisedAlarm:
    """One alarm. `agency`: who acted, where that is known. `at`: as early as it can have been."""

    root: SeenRoot
    code: str
    agency: AgencyId | None
    at: datetime | None


def alarms_raised(agency: AgencyId, *, at_most: int, among: Among = EVERY) -> tuple[RaisedAlarm, ...]:
    """Alarms of the records in which the agency takes part.

    Where it takes part in very many, those by acts of its own: the others stand on the list of records.
    """
    if among.root is not None:
        which = "alarm_row.root_id = %(root)s"
    elif among.person is not None:
        which = f"alarm_row.root_id = ANY (ARRAY({LED}))"
    elif has_few(agency):
        which = f"alarm_row.root_id = ANY (ARRAY({MINE}))"
    else:
        which = "alarm_row.agency_id = %(agency)s"
    given: Mapping[str, Any] = {
        "agency": agency,
        "person": among.person,
        "root": among.root,
        "at_most": at_most,
        "without": among.kept,
    }
    with connection.cursor() as cursor:
        open_to_them = f"{which} {KEPT}"
        cursor.execute(_ALARMS.format(which=open_to_them), given)
        return tuple(
            RaisedAlarm(
                SeenRoot(RootId(root), number, Kind(kind), country),
                code,
                None if acted is None else AgencyId(acted),
                at,
            )
            for root, number, kind, country, code, acted, at in cursor.fetchall()
        )


_ALARMS = """
    SELECT root.id::text, root.number, root.kind, opener.country, raised.code, raised.agency_id::text, raised.at
      FROM (
        SELECT * FROM alarm_row WHERE state = 'raised' AND {which} ORDER BY at DESC NULLS LAST, id LIMIT %(at_most)s
      ) AS raised
      JOIN root ON root.id = raised.root_id
      JOIN agency AS opener ON opener.id = root.opened_by_id
     ORDER BY raised.at DESC NULLS LAST, raised.id
"""
