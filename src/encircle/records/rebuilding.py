"""Rebuilding: which roots are still to be computed anew, in parts that are gone through one by one. Computes nothing.

A part goes in the transaction that writes its rows, so that what was interrupted is still to be done, and nothing else.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from encircle.vocabulary.identifier import RootId

OF_A_PART = 200
"""So many roots are held at once: whoever writes about one of them waits for as long as all are computed."""


@dataclass(frozen=True, slots=True)
class Part:
    """Roots that are computed together."""

    id: int
    roots: tuple[RootId, ...]


def waiting() -> int:
    """How many roots still wait of a computing of everything that did not come to its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(cardinality(roots)), 0) FROM rebuild_part")
        return int(cursor.fetchone()[0])


def begin() -> int:
    """Let every root wait; one whose row is gone gets it back, unless all of it is erased. How many there are.

    Those whose facts lie together come together.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LIST_ALL)
        cursor.execute(_PARTS, (OF_A_PART,))
    return waiting()


def claim() -> Part | None:
    """A part that nobody else holds, held until the transaction ends; None, where there is none."""
    return _part(
        "SELECT id, roots::text[] FROM rebuild_part WHERE NOT one_by_one ORDER BY id LIMIT 1"
        " FOR UPDATE SKIP LOCKED"
    )


def apart() -> Part | None:
    """A part whose roots are computed each by itself."""
    return _part("SELECT id, roots::text[] FROM rebuild_part WHERE one_by_one ORDER BY id LIMIT 1")


def set_apart(part: Part, roots: Collection[RootId]) -> None:
    """Let these roots of the part be computed each by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE rebuild_part SET one_by_one = true, roots = %s::uuid[] WHERE id = %s",
            (list(roots), part.id),
        )


def done(part: Part) -> None:
    """The part is computed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rebuild_part WHERE id = %s", (part.id,))


def hold(part: Part) -> tuple[tuple[RootId, ...], tuple[RootId, ...]]:
    """Hold its roots until the transaction ends: those that are linked to no other, and those that are."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, (list(part.roots),))
        rows = cursor.fetchall()
    alone = tuple(RootId(root) for root, linked in rows if not linked)
    return alone, tuple(RootId(root) for root, linked in rows if linked)


def _part(query: str) -> Part | None:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return None if row is None else Part(row[0], tuple(RootId(root) for root in row[1]))


_LIST_ALL = """
    INSERT INTO situation_row (root_id, facts, codes, pack, through_seq, computed_at)
        SELECT id, 0, '{}', 'none', 0, now() FROM root
         WHERE NOT EXISTS (SELECT 1 FROM situation_row WHERE root_id = root.id)
           AND coalesce((SELECT bool_or(destroyed_at IS NULL) FROM data_key WHERE root_id = root.id), true)
    ON CONFLICT DO NOTHING
"""

_PARTS = """
    INSERT INTO rebuild_part (roots)
        SELECT array_agg(root_id) FROM (
            SELECT root_id, (row_number() OVER (ORDER BY through_seq, root_id) - 1) / %s AS part FROM situation_row
        ) AS listed GROUP BY part ORDER BY part
"""

_HOLD = """
    SELECT root_id::text,
           EXISTS (SELECT FROM link WHERE link.root_id = situation_row.root_id)
           OR EXISTS (SELECT FROM link WHERE link.other_id = situation_row.root_id)
      FROM situation_row WHERE root_id = ANY (%s::uuid[]) ORDER BY root_id FOR UPDATE OF situation_row
"""
