"""Whether the journal is whole: every entry against its leaf, all leaves against the signed heads."""

import hashlib
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from encircle.core.journal.checkpoint import Checkpoint, parse_checkpoint
from encircle.core.journal.entry import Entry, EntryKind
from encircle.core.journal.verify import (
    Fault,
    FirstBad,
    Verified,
    WitnessBroken,
    verify_entries,
)
from encircle.crypto.signed import NoteRefused, NoteVerifier, open_note
from encircle.records.context import with_context
from encircle.records.journal.sequencer import signer
from encircle.records.journal.witness import Witness
from encircle.vocabulary.refusal import Refused

AT_ONCE = 2_000

_KINDS = {kind.value: kind for kind in EntryKind}


class NothingSigned(Refused):
    """There is no signed head to verify against, neither in the database nor beside the witness's leaves."""


def verify() -> Verified | FirstBad | WitnessBroken:
    """Whether the journal in the database is the one that was signed; else its first bad entry.

    With the witness's leaves a rewritten entry is named exactly; without them as one of the lot between two heads.
    Entries that no head has signed yet are held against their own leaf. Refuses: NothingSigned.
    """
    verifier = signer().verifier
    witness = Witness(Path(settings.JOURNAL_WITNESS))
    with with_context(agency=None, actor="verifier", purpose="verify"):
        heads = _heads(verifier, witness)
        latest, earlier = heads[-1], heads[:-1]
        leaves = witness.leaves()
        with closing(_lines()) as lines:
            found = verify_entries(
                lines, latest, earlier=earlier, witnessed=leaves if len(leaves) >= latest.size else None
            )
        if isinstance(found, WitnessBroken):
            return _without_witness(latest, earlier, leaves)
        return _unpaired(found) if isinstance(found, Verified) else found


def _without_witness(
    latest: Checkpoint, earlier: list[Checkpoint], leaves: Sequence[bytes]
) -> FirstBad | WitnessBroken:
    """The leaves outside are not those that were signed. Whether the database is, the heads say alone."""
    with closing(_lines()) as lines:
        found = verify_entries(lines, latest, earlier=earlier)
    if isinstance(found, FirstBad):
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM journal_leaf WHERE position IS NOT NULL ORDER BY position")
        differs = (
            at
            for at, (row, kept) in enumerate(zip(cursor.fetchall(), leaves, strict=False))
            if bytes(row[0]) != kept
        )
        return WitnessBroken(latest.size, next(differs, None))


def _heads(verifier: NoteVerifier, witness: Witness) -> list[Checkpoint]:
    """All heads that our key signed, by size. One that it did not sign proves nothing and is left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM journal_checkpoint ORDER BY size")
        notes = [*witness.heads(), *(bytes(row[0]) for row in cursor.fetchall())]
    heads: dict[int, Checkpoint] = {}
    for note in notes:
        try:
            head = parse_checkpoint(open_note(note, verifiers=[verifier]).text)
        except NoteRefused:
            continue
        heads.setdefault(head.size, head)
    if not heads:
        raise NothingSigned(
            code="nothing_signed",
            reason="No head of the journal was signed yet, so there is nothing to verify against.",
            instead="Let the sequencer run once.",
        )
    return [heads[size] for size in sorted(heads)]


def _lines() -> Generator[tuple[int, Entry, bytes, bytes]]:
    """Every line in order; those that still wait for a position come last, in the order of their arrival."""
    expected = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(_LINES)
        while rows := cursor.fetchmany(AT_ONCE):
            for position, leaf, salt, body, *fields in rows:
                expected = expected if position is None else position
                yield expected, _entry(fields, body), bytes(salt), bytes(leaf)
                expected += 1


def _entry(fields: list[Any], body: bytes | None) -> Entry:
    entry_id, at, kind, actor, agency, role, purpose, basis, regime, groups, root, duty, outcome, visit = (
        fields
    )
    return Entry(
        id=entry_id,
        at=at,
        kind=_KINDS.get(kind, EntryKind.LOOK),
        # A kind that does not exist was put there: without its actor the entry fits no leaf.
        actor=actor if kind in _KINDS else "",
        agency=agency,
        role=role,
        purpose=purpose,
        legal_basis=basis,
        regime=regime,
        field_groups=tuple(groups),
        root_id=root,
        duty=duty,
        outcome=outcome,
        body_digest=None if body is None else hashlib.sha256(body).digest(),
        visit=visit,
    )


def _unpaired(whole: Verified) -> Verified | FirstBad:
    """The journal is whole, unless an entry and its leaf lost each other before they were signed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry.id::text FROM journal_entry AS entry FULL JOIN journal_leaf AS leaf"
            " ON leaf.entry = entry.id WHERE entry.id IS NULL OR leaf.entry IS NULL"
            " ORDER BY leaf.id NULLS LAST, entry.at, entry.id LIMIT 1"
        )
        row = cursor.fetchone()
    if row is None:
        return whole
    position = whole.size + whole.pending
    return FirstBad(position, row[0], Fault.MISSING, proven=whole.size, through=position)


_LINES = """
    SELECT leaf.position, leaf.hash, entry.salt, entry.body, entry.id::text, entry.at, entry.kind, entry.actor,
           entry.agency_id::text, entry.role, entry.purpose, entry.legal_basis, entry.regime, entry.field_groups,
           entry.root_id::text, entry.duty, entry.outcome, entry.visit
      FROM journal_leaf AS leaf JOIN journal_entry AS entry ON entry.id = leaf.entry
     ORDER BY leaf.position NULLS LAST, leaf.id
"""
