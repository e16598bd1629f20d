"""The journal's entries as lines for a place elsewhere: codes, hashes and sealed bodies, as they lie in the tables."""

import json
from collections.abc import Generator

from django.db import connection

from encircle.records.context import with_context

AT_ONCE = 2_000


def lines_after(position: int) -> Generator[str]:
    """Each placed entry behind that position, in order, as one line of JSON. What was sealed stays sealed."""
    with with_context(agency=None, actor="copy", purpose="verify"), connection.chunked_cursor() as cursor:
        cursor.execute(_AFTER, (position,))
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                told = dict(zip(_NAMES, row, strict=True))
                yield json.dumps({name: _plain(value) for name, value in told.items()})


def _plain(value: object) -> object:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


_NAMES = (
    *("position", "leaf", "salt", "body", "entry", "at", "kind", "actor", "agency", "role", "purpose"),
    *("legal_basis", "regime", "field_groups", "root", "duty", "outcome", "visit"),
)
_AFTER = """
    SELECT leaf.position, leaf.hash, entry.salt, entry.body, entry.id::text, entry.at::text, entry.kind, entry.actor,
           entry.agency_id::text, entry.role, entry.purpose, entry.legal_basis, entry.regime, entry.field_groups,
           entry.root_id::text, entry.duty, entry.outcome, entry.visit
      FROM journal_leaf AS leaf JOIN journal_entry AS entry ON entry.id = leaf.entry
     WHERE leaf.position > %s ORDER BY leaf.position
"""
