"""Records as one agency sees them: one by its number, what several children are called.

Row-level security says which ones those are; nothing here does.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from encircle.records.reading import read_rows
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import RootId


@dataclass(frozen=True, slots=True)
class SeenRoot:
    """A record that may be seen: its id and number, what it is of, and the country of the agency that opened it."""

    id: RootId
    number: str
    kind: Kind
    country: str


def root_numbered(number: str) -> SeenRoot | None:
    """The record of a child or concern with that number; None where there is none, or none that the context may see."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROOTS} WHERE root.number = %s AND root.kind IN ('child', 'concern')", (number,))
        row = cursor.fetchone()
    return None if row is None else _seen(row)


def root_of(root: RootId) -> SeenRoot | None:
    """The record of that id; None where there is none, or none that the context may see."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROOTS} WHERE root.id = %s", (root,))
        row = cursor.fetchone()
    return None if row is None else _seen(row)


def name_facts_of_each(roots: Sequence[RootId]) -> Mapping[RootId, tuple[Fact, ...]]:
    """The names on each of these records and what was withdrawn of them, with those of records of the same child.

    Three queries, whatever their number. What is erased is left out.
    """
    same = _same(roots)
    facts, _ = read_rows(_NAMES, (sorted(set().union(*same.values())),))
    return {root: tuple(fact for fact in facts if fact.root in linked) for root, linked in same.items()}


def facts_of_types(roots: Sequence[RootId], types: Collection[str]) -> Mapping[RootId, tuple[Fact, ...]]:
    """The facts of these types, with their corrections and what was withdrawn of them. As `name_facts_of_each`."""
    same = _same(roots)
    facts, _ = read_rows(_OF_TYPES, (sorted(set().union(*same.values())), sorted(types)))
    return {root: tuple(fact for fact in facts if fact.root in linked) for root, linked in same.items()}


def _same(roots: Sequence[RootId]) -> Mapping[RootId, set[str]]:
    """Each of these records with those of the same child."""
    with connection.cursor() as cursor:
        cursor.execute(_SAME, (list(roots),))
        same: dict[RootId, set[str]] = {root: set() for root in roots}
        for asked, linked in cursor.fetchall():
            same[RootId(asked)].add(linked)
    return same


def _seen(row: tuple[str, str, str, str]) -> SeenRoot:
    return SeenRoot(RootId(row[0]), row[1], Kind(row[2]), row[3])


_ROOTS = """
    SELECT root.id::text, root.number, root.kind, agency.country
      FROM root JOIN agency ON agency.id = root.opened_by_id
"""

_SAME = """
    WITH RECURSIVE same (asked, root) AS (
        SELECT id, id FROM unnest(%s::uuid[]) AS id
        UNION
        SELECT same.asked, CASE WHEN link.root_id = same.root THEN link.other_id ELSE link.root_id END
          FROM same JOIN link ON same.root IN (link.root_id, link.other_id)
    )
    SELECT asked::text, root::text FROM same ORDER BY asked, root
"""

_NAMES = """
    SELECT {columns} FROM fact {learnt}
     WHERE fact.matter = ANY (ARRAY(
        SELECT encircle_matter(id, 'name_recorded', id) FROM unnest(%s::uuid[]) AS id
     ))
     ORDER BY fact.seq
"""

_OF_TYPES = """
    SELECT {columns} FROM fact {learnt}
     WHERE fact.matter IN (SELECT matter FROM fact WHERE root_id = ANY (%s::uuid[]) AND type = ANY (%s::varchar[]))
     ORDER BY fact.seq
"""
