"""What one account, or one token, did in a time, by the journal, with its places in the tree: for a report of a breach."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.core.journal.proof import inclusion_proof
from encircle.records.journal.history import PROGRAM_OF_ENTRY
from encircle.vocabulary.identifier import RootId


@dataclass(frozen=True, slots=True)
class Done:
    """One entry of the journal. `position`: in the tree, None while it waits; `leaf`: its salted hash."""

    id: str
    at: datetime
    kind: str
    outcome: str
    agency: str
    role: str
    purpose: str
    groups: Sequence[str]
    root: RootId | None
    position: int | None
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The last signed head: its size, its root and the note."""

    size: int
    root: bytes
    note: str


def person_of(login: str) -> str | None:
    """The id under which the journal knows who signs in with that login; None where nobody does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person.id::text FROM person JOIN account ON account.id = person.account_id WHERE account.login = %s",
            (login,),
        )
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def done_by(person: str, *, since: datetime, until: datetime) -> tuple[Done, ...]:
    """Everything that the journal has of that person in that time, the earliest first. One query, by agency and time."""
    return _done(_BY_PERSON, person, since, until)


def done_with(token: str, *, since: datetime, until: datetime) -> tuple[Done, ...]:
    """The same of a token, whomever of its agency the program named."""
    return _done(_WITH_TOKEN, token, since, until)


def program_of(token: str) -> str | None:
    """What its agency calls the program that works with that token; None where there is no such token."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM api_token WHERE id::text = %s", (token,))
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def last_head() -> Head | None:
    """The last signed head; None before the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT size, tree_root, note FROM journal_checkpoint ORDER BY size DESC LIMIT 1")
        row = cursor.fetchone()
    return None if row is None else Head(int(row[0]), bytes(row[1]), bytes(row[2]).decode())


def proof_of(position: int, *, size: int) -> tuple[bytes, ...]:
    """The hashes that lead from the leaf of that position to the head of that size (RFC 9162)."""
    return inclusion_proof(position, size=size, node_at=_node_at)


def numbers_of(roots: Collection[RootId]) -> Mapping[RootId, str]:
    """The numbers of those records that are of a child or a concern."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, number FROM root WHERE id = ANY(%s::uuid[]) AND kind IN ('child', 'concern')",
            (list(roots),),
        )
        return {RootId(root): number for root, number in cursor.fetchall()}


def _done(whose: str, who: str, since: datetime, until: datetime) -> tuple[Done, ...]:
    with connection.cursor() as cursor:
        cursor.execute(whose, {"who": who, "since": since, "until": until})
        return tuple(
            Done(*(*told, None if root is None else RootId(root), position, bytes(leaf)))
            for *told, root, position, leaf in cursor.fetchall()
        )


def _node_at(level: int, index: int) -> bytes:
    with connection.cursor() as cursor:
        if level == 0:
            cursor.execute("SELECT hash FROM journal_leaf WHERE position = %s", (index,))
        else:
            cursor.execute('SELECT hash FROM journal_node WHERE level = %s AND "index" = %s', (level, index))
        return bytes(cursor.fetchone()[0])


_DONE = """
    SELECT entry.id::text, entry.at, entry.kind, entry.outcome, coalesce(agency.code, ''), coalesce(entry.role, ''),
           coalesce(entry.purpose, ''), entry.field_groups, entry.root_id::text, leaf.position, leaf.hash
      FROM journal_entry AS entry
      JOIN journal_leaf AS leaf ON leaf.entry = entry.id
      LEFT JOIN agency ON agency.id = entry.agency_id
     WHERE entry.agency_id IN (SELECT agency_id FROM {table} WHERE id = %(who)s::uuid)
       AND entry.at >= %(since)s AND entry.at < %(until)s AND {acted}
     ORDER BY entry.at, entry.id
"""
_BY_PERSON = _DONE.format(table="person", acted="entry.actor = %(who)s::text")
_WITH_TOKEN = _DONE.format(
    table="api_token", acted=f"entry.actor LIKE 'token:%%' AND {PROGRAM_OF_ENTRY} = %(who)s::text"
)
