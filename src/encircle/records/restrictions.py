"""Restrictions of use: the facts that say so, read by their matter. Decides nothing."""

from encircle.records.reading import read_rows
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.identifier import RootId


def restrictions_of(root: RootId) -> tuple[Fact, ...]:
    """The facts that restrict the use of this record or end that. One query where there is none."""
    return read_rows(_OF_MATTER, (root,))[0]


_OF_MATTER = """
    SELECT {columns} FROM fact {learnt}
     WHERE fact.matter = (SELECT encircle_matter(id, 'use_restricted', id) FROM (SELECT %s::uuid AS id) AS given)
     ORDER BY fact.seq
"""
