"""The journal: an entry and its leaf, in the transaction of what they tell. Takes no lock."""

import hashlib
import os
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection

from encircle.core.journal.entry import Entry, EntryKind, entry_bytes
from encircle.core.journal.tree import SALT_BYTES, leaf_hash
from encircle.records import seal
from encircle.records.context import Context
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.regime import Regime


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is to be journalled, beside who acts when, which the context says. Codes and ids only."""

    kind: EntryKind
    outcome: str
    root: RootId | None = None
    role: str | None = None
    legal_basis: str | None = None
    regime: Regime | None = None
    field_groups: tuple[FieldGroup, ...] = ()
    duty: str | None = None


def enter(act: Act, *, ctx: Context, body: bytes | None = None) -> Entry:
    """Write the entry, and the salted hash that is its leaf, into the open transaction.

    The body (what was asked, seen or written, in words) is sealed under the general key of the root; of a
    refusal, or where there is no root, under the key of the acting agency, which may not have the root's.
    """
    entry_id = str(uuid4())
    key = None if body is None else _key_for(act, ctx)
    sealed = None if key is None or body is None else key.seal_body(body, entry=entry_id)
    entry = Entry(
        id=entry_id,
        at=ctx.now,
        kind=act.kind,
        actor=ctx.actor,
        agency=ctx.agency,
        role=act.role,
        purpose=ctx.purpose,
        legal_basis=act.legal_basis,
        regime=None if act.regime is None else act.regime.value,
        field_groups=tuple(group.value for group in act.field_groups),
        root_id=act.root,
        duty=act.duty or ctx.duty,
        outcome=act.outcome,
        body_digest=None if sealed is None else hashlib.sha256(sealed).digest(),
        visit=ctx.visit,
    )
    salt = os.urandom(SALT_BYTES)
    _insert(entry, key=key, sealed=sealed, salt=salt)
    return entry


def _key_for(act: Act, ctx: Context) -> seal.DataKey:
    if act.root is not None and act.kind is not EntryKind.REFUSAL:
        return seal.key_of_root(act.root, Compartment.GENERAL)
    if ctx.agency is None:
        raise ValueError("a body that belongs to no root belongs to an agency")
    return seal.key_of_agency(ctx.agency)


def _insert(entry: Entry, *, key: seal.DataKey | None, sealed: bytes | None, salt: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            (
                entry.id,
                entry.at,
                entry.kind.value,
                entry.actor,
                entry.agency,
                entry.role,
                entry.purpose,
                entry.legal_basis,
                entry.regime,
                list(entry.field_groups),
                entry.root_id,
                entry.duty,
                entry.outcome,
                None if key is None else key.id,
                sealed,
                salt,
                entry.visit,
                entry.id,
                leaf_hash(salt, entry_bytes(entry)),
            ),
        )


_INSERT = """
    WITH written AS (
        INSERT INTO journal_entry (id, at, kind, actor, agency_id, role, purpose, legal_basis, regime,
            field_groups, root_id, duty, outcome, data_key_id, body, salt, visit)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    )
    INSERT INTO journal_leaf (entry, hash) VALUES (%s, %s)
"""
