"""The calendar as rows: what is ahead of each record, for lists over many. Reads rows, folds nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from encircle.core.calendar import OTHER, Calendar, Entry
from encircle.records.seen import SeenRoot
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.actions import ActionAgreed
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, FactId, RootId, SubjectId

CALENDAR_COLUMNS = {
    "code": "varchar",
    "subject_id": "uuid",
    "earliest": "timestamptz",
    "latest": "timestamptz",
    "lane": "varchar",
    "field_group": "varchar",
    "agency_id": "uuid",
}
"""Columns of calendar_row that follow from facts, with their types."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that is ahead on one record. `agency`: of an action, who has to do it."""

    root: SeenRoot
    what: str
    subject: SubjectId | None
    earliest: datetime
    latest: datetime
    lane: str
    agency: AgencyId | None


def calendar_rows(
    calendar: Calendar, agencies: Collection[AgencyId], groups: Mapping[FactId, FieldGroup]
) -> list[dict[str, Any]]:
    """The rows of what is ahead; deadlines of duties have rows of their own. `agencies`: those that take part."""
    return [_row(entry, agencies, groups) for entry in calendar.ahead if entry.duty is None]


def coming(
    groups: Collection[FieldGroup],
    *,
    openable: Collection[FieldGroup],
    agency: AgencyId,
    since: datetime,
    until: datetime,
    skip: int,
    at_most: int,
    without: Sequence[RootId] = (),
) -> tuple[Coming, ...]:
    """What is ahead on all records that the context shows to that agency, of parts that are open, earliest end first.

    `groups`: those that the mandate opens on each record; `openable`: those that a decision can have opened beside them.
    `without`: but for these records, which are not there for who asks.
    """
    given: dict[str, Any] = {
        "agency": agency,
        "groups": [group.value for group in groups],
        "openable": [group.value for group in openable],
        "since": since,
        "until": until,
        "skip": skip,
        "at_most": at_most,
        "through": skip + at_most,
        "without": list(without),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COMING, given)
        return tuple(_coming(row) for row in cursor.fetchall())


def actions_of(
    agency: AgencyId,
    groups: Collection[FieldGroup],
    *,
    skip: int,
    at_most: int,
    without: Sequence[RootId] = (),
) -> tuple[Coming, ...]:
    """What that agency has agreed to do and has not done, of parts that are open, what is due first comes first."""
    given: dict[str, Any] = {
        "agency": agency,
        "groups": [group.value for group in groups],
        "skip": skip,
        "at_most": at_most,
        "without": list(without),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ACTIONS, given)
        return tuple(_coming(row) for row in cursor.fetchall())


def _row(entry: Entry, agencies: Collection[AgencyId], groups: Mapping[FactId, FieldGroup]) -> dict[str, Any]:
    named = [fact.payload.agency for fact in entry.facts if isinstance(fact.payload, ActionAgreed)]
    return {
        "code": entry.what,
        "subject_id": entry.subject,
        "earliest": entry.at.earliest,
        "latest": entry.at.latest,
        "lane": None if entry.lane == OTHER else entry.lane,
        "field_group": _group(entry.facts, groups).value,
        "agency_id": named[0] if named and named[0] in agencies else None,
    }


def _group(facts: Iterable[Fact], group_of: Mapping[FactId, FieldGroup]) -> FieldGroup:
    """The part of the record from which it is known; of several, the one that fewest may read comes last in the list."""
    groups = {group_of[fact.id] for fact in facts}
    return max(groups, key=list(FieldGroup).index, default=FieldGroup.MINIMUM)


def _coming(row: tuple[Any, ...]) -> Coming:
    root, number, kind, country, code, subject, earliest, latest, lane, agency = row
    return Coming(
        root=SeenRoot(RootId(root), number, Kind(kind), country),
        what=code,
        subject=None if subject is None else SubjectId(subject),
        earliest=earliest,
        latest=latest,
        lane=lane or OTHER,
        agency=None if agency is None else AgencyId(agency),
    )


_AHEAD = """
    WITH ahead AS MATERIALIZED (
        SELECT calendar_row.* FROM {rows}
         ORDER BY {order} LIMIT %(at_most)s OFFSET %(skip)s
    )
    SELECT root.id::text, root.number, root.kind, opener.country, ahead.code, ahead.subject_id::text, ahead.earliest,
           ahead.latest, ahead.lane, ahead.agency_id::text
      FROM ahead JOIN root ON root.id = ahead.root_id JOIN agency AS opener ON opener.id = root.opened_by_id
     ORDER BY ahead.latest, ahead.id
"""
# Each open part is walked along the order of the agency, so that rows of closed parts and of others are never read.
# What decisions have opened beside the mandate is a part of few records: each is asked for by itself.
_COMING = _AHEAD.format(
    rows="""
    (SELECT own.row_id, own.latest FROM unnest(%(groups)s::varchar[]) AS part (code) CROSS JOIN LATERAL (
        SELECT row_id, latest FROM calendar_of_agency
         WHERE agency_id = %(agency)s AND field_group = part.code
           AND latest >= %(since)s AND latest < %(until)s AND root_id <> ALL (%(without)s::uuid[])
         ORDER BY latest, row_id LIMIT %(through)s) AS own
      UNION
     SELECT beside.row_id, beside.latest FROM opened_part
       JOIN calendar_of_agency AS beside ON beside.root_id = opened_part.root_id
        AND beside.agency_id = opened_part.agency_id AND lower(beside.field_group) = opened_part.field_group
      WHERE opened_part.agency_id = %(agency)s AND opened_part.until > now() AND NOT EXISTS (
            SELECT FROM sharing_agreement WHERE id = agreement_id AND ended_at IS NOT NULL)
        AND beside.field_group = ANY (%(openable)s) AND beside.root_id <> ALL (%(without)s::uuid[])
        AND beside.latest >= %(since)s AND beside.latest < %(until)s) AS own
    JOIN calendar_row ON calendar_row.id = own.row_id""",
    order="own.latest, own.row_id",
)
_ACTIONS = _AHEAD.format(
    rows="""calendar_row WHERE agency_id = %(agency)s AND field_group = ANY (%(groups)s)
         AND root_id <> ALL (%(without)s::uuid[])""",
    order="latest, id",
)
