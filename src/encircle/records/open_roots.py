"""Open roots: every record that is not closed, in batches, for a job that reads all of them. Computes nothing."""

from dataclasses import dataclass

from django.db import connection

from encircle.vocabulary.identifier import RootId


@dataclass(frozen=True, slots=True)
class OpenRoot:
    """A record that is not closed: its id, its number, and the country whose law it was opened under."""

    root: RootId
    number: str
    country: str


def open_roots(
    after: RootId | None, *, at_most: int, codes: tuple[str, ...] | None = None
) -> tuple[OpenRoot, ...]:
    """The next open records after that one, by id; none at the end. Only what the context may see.

    `codes`: only those on which one of these duties stands or has stood.
    """
    with connection.cursor() as cursor:
        found = {"after": after, "at_most": at_most, "codes": None if codes is None else list(codes)}
        cursor.execute(_NEXT, found)
        return tuple(OpenRoot(RootId(root), number, country) for root, number, country in cursor.fetchall())


_NEXT = """
    SELECT root.id::text, root.number, agency.country
      FROM root JOIN agency ON agency.id = root.opened_by_id
      JOIN situation_row AS row ON row.root_id = root.id
     WHERE row.protection IS DISTINCT FROM 'closed' AND root.kind IN ('child', 'concern')
       AND (%(after)s::uuid IS NULL OR root.id > %(after)s::uuid)
       AND (%(codes)s::text[] IS NULL OR EXISTS (
            SELECT FROM duty_row AS duty WHERE duty.root_id = root.id AND duty.code = ANY (%(codes)s::text[])))
     ORDER BY root.id LIMIT %(at_most)s
"""
