"""Roots whose time has come: which rows have to be computed anew. Computes nothing."""

from collections.abc import Collection
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


def with_linked(roots: Collection[RootId]) -> tuple[Due, ...]:
    """These roots, each with those that are linked to it."""
    with connection.cursor() as cursor:
        cursor.execute(_WITH_ITS, (list(roots),))
        return _found(cursor.fetchall())


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
    """The transaction ends without waiting for the disk: what a power cut takes waits still, and is computed again."""
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

_WITH_ITS = _WITH_LINKED.format(
    due="SELECT root_id, next_change_at FROM situation_row WHERE root_id = ANY (%s::uuid[])"
)

_BRING_FORWARD = """
    UPDATE situation_row SET next_change_at = %(at)s
     WHERE (next_change_at IS NULL OR next_change_at > %(at)s)
       AND root_id IN (SELECT root_id FROM duty_row WHERE code = ANY (%(codes)s::text[]))
"""
