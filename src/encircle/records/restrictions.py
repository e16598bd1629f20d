"""Restrictions of use: the facts that say so, read by their matter. Decides nothing."""

from collections.abc import Collection, Mapping

from encircle.records.reading import read_rows
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.identifier import RootId


def restrictions_of(root: RootId) -> tuple[Fact, ...]:
    """The facts that restrict the use of this record or end that. One query where there is none."""
    return read_rows(_OF_MATTER, (root,))[0]


def restrictions_of_each(roots: Collection[RootId]) -> Mapping[RootId, tuple[Fact, ...]]:
    """The same of each of these records, left out where nothing was ever restricted. One query where there is none."""
    found: dict[RootId, list[Fact]] = {}
    for fact in read_rows(_OF_MATTERS, (sorted(roots),))[0] if roots else ():
        found.setdefault(fact.root, []).append(fact)
    return {root: tuple(facts) for root, facts in found.items()}


_OF_MATTERS = """
    SELECT {columns} FROM fact {learnt}
     WHERE fact.matter = ANY (ARRAY(SELECT encircle_matter(id, 'use_restricted', id) FROM unnest(%s::uuid[]) AS id))
     ORDER BY fact.seq
"""
_OF_MATTER = """
    SELECT {columns} FROM fact {learnt}
     WHERE fact.matter = (SELECT encircle_matter(id, 'use_restricted', id) FROM (SELECT %s::uuid AS id) AS given)
     ORDER BY fact.seq
"""
