"""Concerns in which the agency in the context takes part: when each came in, by when it is due, who was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.records.reading import read_rows
from encircle.records.seen import SeenRoot
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.relation import Relation


@dataclass(frozen=True, slots=True)
class OpenConcern:
    """One concern. `urgency`, `due_at`: of its most urgent duty. `asked`: the agencies that were asked what they know."""

    root: SeenRoot
    came: datetime
    urgency: int | None
    due_at: datetime | None
    asked: tuple[AgencyId, ...]


def concerns_of(agency: AgencyId, *, at_most: int, skip: int = 0) -> tuple[OpenConcern, ...]:
    """The concerns of that agency, the newest first."""
    return _found(_NEWEST, agency, at_most=at_most, skip=skip)


def unseen_of(agency: AgencyId, *, at_most: int) -> tuple[OpenConcern, ...]:
    """Those of that agency at which nobody has looked yet, the oldest first: however many newer ones there are."""
    return _found(_UNSEEN, agency, at_most=at_most, skip=0)


def _found(query: str, agency: AgencyId, *, at_most: int, skip: int) -> tuple[OpenConcern, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            query,
            {"agency": agency, "at_most": at_most, "skip": skip, "consulted": Relation.CONSULTED.value},
        )
        return tuple(
            OpenConcern(
                SeenRoot(RootId(root), number, Kind(kind), country),
                came,
                urgency,
                due_at,
                tuple(AgencyId(one) for one in asked or ()),
            )
            for root, number, kind, country, came, urgency, due_at, asked in cursor.fetchall()
        )


def facts_of_each(roots: Sequence[RootId]) -> Mapping[RootId, tuple[Fact, ...]]:
    """The facts of each of these records, as far as they can be read. Two queries, whatever their number."""
    facts, _erased = read_rows(_FACTS, (list(roots),))
    found: dict[RootId, list[Fact]] = {root: [] for root in roots}
    for fact in facts:
        found[fact.root].append(fact)
    return {root: tuple(own) for root, own in found.items()}


SEEN_BY_NOBODY = """
    EXISTS (SELECT FROM fact WHERE fact.root_id = root.id AND fact.type = 'concern_registered')
    AND NOT EXISTS (SELECT FROM fact WHERE fact.root_id = root.id
                      AND fact.type IN ('concern_triaged', 'agency_consulted', 'concern_linked'))
    AND NOT EXISTS (SELECT FROM membership AS asked WHERE asked.root_id = root.id AND asked.relation = %(consulted)s)
"""
"""A concern at which nobody has looked yet: no agency was asked, nothing was decided."""

_FACTS = "SELECT {columns} FROM fact {learnt} WHERE fact.root_id = ANY (%s::uuid[]) ORDER BY fact.seq"

_CONCERNS = """
    SELECT root.id::text, root.number, root.kind, opener.country, root.made_at, row.urgency, row.due_at,
           (SELECT array_agg(DISTINCT other.agency_id::text) FROM membership AS other
             WHERE other.root_id = root.id AND other.relation = %(consulted)s
               AND (other.until IS NULL OR other.until > now()))
      FROM root
      JOIN agency AS opener ON opener.id = root.opened_by_id
      LEFT JOIN situation_row AS row ON row.root_id = root.id
     WHERE root.kind = 'concern'
       AND root.id = ANY (ARRAY(SELECT root_id FROM membership WHERE agency_id = %(agency)s
                                   AND since <= now() AND (until IS NULL OR until > now())))
"""
_NEWEST = f"{_CONCERNS} ORDER BY root.made_at DESC, root.id LIMIT %(at_most)s OFFSET %(skip)s"
_UNSEEN = f"{_CONCERNS} AND {SEEN_BY_NOBODY} ORDER BY root.made_at, root.id LIMIT %(at_most)s OFFSET %(skip)s"
