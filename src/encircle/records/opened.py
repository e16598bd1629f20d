"""Parts of records that decisions have opened to agencies: written, ended, listed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.records.context import Context
from encircle.records.refusal import rules_told
from encircle.records.seal import DataKey, key_of_root, keys
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.onward import Onward

_GROUPS = {group.value.lower(): group for group in FieldGroup}


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """One decision. `by`, `by_agency`: who decided. `agreement`: on which it rests, with what may become of it (`onward`).

    `reason`: None, where the key is destroyed.
    """

    id: str
    agency_name: str
    group: FieldGroup
    words: bool
    basis: str
    since: datetime
    until: datetime
    runs: bool
    person: str
    by: str
    by_agency: str
    agency: AgencyId
    agreement: str | None
    onward: Onward | None
    reason: str | None


def open_part(
    root: RootId,
    agency: AgencyId,
    group: FieldGroup,
    *,
    decision: str,
    words: bool,
    basis: str,
    until: datetime,
    reason: str,
    agreement: str | None = None,
    ctx: Context,
) -> bool:
    """Open that part to that agency until then. `decision`: its id; the same one is written once, else False."""
    key = key_of_root(root, Compartment.GENERAL)
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO opened_part (id, root_id, agency_id, field_group, words, basis, until, decided_by_id,"
            " data_key_id, reason, agreement_id) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (id) DO NOTHING",
            (
                decision,
                root,
                agency,
                group.value.lower(),
                words,
                basis,
                until,
                ctx.actor,
                key.id,
                key.seal_body(reason.encode(), entry=decision),
                agreement,
            ),
        )
        return bool(cursor.rowcount)


def end_opened(decision: str, root: RootId) -> bool:
    """End it as of now; False, where there is no such decision on this record that still runs."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE opened_part SET until = greatest(now(), since) WHERE id = %s AND root_id = %s AND until > now()",
            (decision, root),
        )
        return bool(cursor.rowcount)


def opened_on(root: RootId) -> tuple[OpenedPart, ...]:
    """What was opened of that record: what runs first, then the newest. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_ON, (root,))
        rows = cursor.fetchall()
    found = keys(row[-1] for row in rows)
    return tuple(
        OpenedPart(*(one, agency, _GROUPS[group], *rest, _onward(onward), _read(found.get(key), sealed, one)))
        for one, agency, group, *rest, onward, sealed, key in rows
        if group in _GROUPS
    )


def _read(key: object, sealed: bytes, decision: str) -> str | None:
    return key.open_body(bytes(sealed), entry=decision).decode() if isinstance(key, DataKey) else None


def _onward(code: str | None) -> Onward | None:
    """What may become of it; of a word that this release does not know: nothing."""
    if code is None:
        return None
    return Onward(code) if code in set(Onward) else Onward.NOT


_ON = """
    SELECT opened.id::text, agency.name, opened.field_group, opened.words, opened.basis, opened.since,
           least(opened.until, agreement.ended_at),
           opened.until > now() AND agreement.ended_at IS NULL, person.id::text,
           trim(person.given_name || ' ' || person.surname), own.name,
           opened.agency_id::text, opened.agreement_id::text, agreement.onward, opened.reason, opened.data_key_id::text
      FROM opened_part AS opened
      JOIN agency ON agency.id = opened.agency_id
      JOIN person ON person.id = opened.decided_by_id
      JOIN agency AS own ON own.id = person.agency_id
      LEFT JOIN sharing_agreement AS agreement ON agreement.id = opened.agreement_id
     WHERE opened.root_id = %s
     ORDER BY opened.until > now() AND agreement.ended_at IS NULL DESC, opened.since DESC, opened.id
"""
