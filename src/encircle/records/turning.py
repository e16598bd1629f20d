"""Roots whose time has come: which rows have to be computed anew. Computes nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.vocabulary.identifier import RootId


@dataclass(frozen=True, slots=True)
class Due:
    """A root to be computed anew, and those linked to it as the same child, whose rows follow from the same facts."""

    root: RootId
    linked: tuple[RootId, ...]


def due(now: datetime, *, at_most: int) -> tuple[Due, ...]:
    """Roots of which time alone has changed something before now, those that wait longest first."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, (now, at_most))
        return _found(cursor.fetchall())


def due_of_all(*, at_most: int) -> tuple[Due, ...]:
    """Roots that are marked for the computing of everything."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKED, (at_most,))
        return _found(cursor.fetchall())


def claim(*, at_most: int) -> tuple[RootId, ...]:
    """Hold marked roots that are linked to no other until the transaction ends, but none that somebody else holds."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, (at_most,))
        return tuple(RootId(root) for (root,) in cursor.fetchall())


def marked() -> int:
    """How many roots are still marked by a computing of everything that did not come to its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM situation_row WHERE next_change_at = 'epoch'")
        count: int = cursor.fetchone()[0]
    return count


def mark_all() -> int:
    """Mark every root; one whose row is gone gets it back, unless all of it is erased. How many there are."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST_ALL)
        cursor.execute("UPDATE situation_row SET next_change_at = 'epoch'")
        return int(cursor.rowcount)


def put_off(root: RootId, *, until: datetime) -> None:
    """Look at this root again then: it could not be computed now."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE situation_row SET next_change_at = %s WHERE root_id = %s", (until, root))


def bring_forward(codes: tuple[str, ...], *, at: datetime) -> int:
    """Let every root on which one of these duties stands turn at that instant, if not before; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_BRING_FORWARD, {"codes": list(codes), "at": at})
        return int(cursor.rowcount)


def wait_for_no_disk() -> None:
    """The transaction ends without waiting for the disk: what a power cut takes is marked still, and computed again."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")


def _found(rows: list[tuple[str, list[str]]]) -> tuple[Due, ...]:
    return tuple(Due(RootId(root), tuple(RootId(one) for one in linked)) for root, linked in rows)


_WITH_LINKED = """
    WITH RECURSIVE due AS MATERIALIZED ({due}),
    same (asked, root) AS (
        SELECT root_id, root_id FROM due
        UNION
        SELECT same.asked, CASE WHEN link.root_id = same.root THEN link.other_id ELSE link.root_id END
          FROM same JOIN link ON same.root IN (link.root_id, link.other_id)
    )
    SELECT due.root_id::text, coalesce(linked.roots, '{{}}')
      FROM due LEFT JOIN (
        SELECT asked, array_agg(root::text ORDER BY root) AS roots FROM same WHERE root <> asked GROUP BY asked
      ) AS linked ON linked.asked = due.root_id
     ORDER BY due.next_change_at, due.root_id
"""

_DUE = _WITH_LINKED.format(
    due="SELECT root_id, next_change_at FROM situation_row WHERE next_change_at < %s"
    " ORDER BY next_change_at, root_id LIMIT %s"
)

_MARKED = _WITH_LINKED.format(
    due="SELECT root_id, next_change_at FROM situation_row WHERE next_change_at = 'epoch'"
    " ORDER BY root_id LIMIT %s"
)

_CLAIM = """
    SELECT root_id::text FROM situation_row
     WHERE next_change_at = 'epoch'
       AND NOT EXISTS (SELECT FROM link WHERE link.root_id = situation_row.root_id)
       AND NOT EXISTS (SELECT FROM link WHERE link.other_id = situation_row.root_id)
     LIMIT %s FOR UPDATE OF situation_row SKIP LOCKED
"""

_BRING_FORWARD = """
    UPDATE situation_row SET next_change_at = %(at)s
     WHERE (next_change_at IS NULL OR next_change_at > %(at)s)
       AND root_id IN (SELECT root_id FROM duty_row WHERE code = ANY (%(codes)s::text[]))
"""

_LIST_ALL = """
    INSERT INTO situation_row (root_id, facts, codes, pack, through_seq, computed_at)
        SELECT id, 0, '{}', 'none', 0, now() FROM root
         WHERE NOT EXISTS (SELECT 1 FROM situation_row WHERE root_id = root.id)
           AND coalesce((SELECT bool_or(destroyed_at IS NULL) FROM data_key WHERE root_id = root.id), true)
    ON CONFLICT DO NOTHING
"""
