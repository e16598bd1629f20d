"""Legal holds and erasures in the tables. That two persons decide, and that a hold stops it, the database holds to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.records.context import Context
from encircle.records.refusal import rules_told
from encircle.records.seal import DataKey, key_of_root, keys
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.identifier import RootId


@dataclass(frozen=True, slots=True)
class Hold:
    """One legal hold. `reason`: None, where its key is destroyed."""

    id: str
    basis: str
    since: datetime
    until: datetime
    runs: bool
    by: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """One erasure of parts of a record. `asked_by`: id of the person; `asked_name`, `decided_name`: names of staff."""

    id: str
    root: RootId
    number: str
    parts: tuple[Compartment, ...]
    ground: str
    basis: str
    asked_by: str
    asked_name: str
    asked_at: datetime
    decided_by: str | None
    decided_name: str
    decided_at: datetime | None
    is_dropped: bool
    done_at: datetime | None
    keys: int | None
    note: str | None


def add_hold(root: RootId, *, hold: str, basis: str, until: datetime, reason: str, ctx: Context) -> bool:
    """Set a hold until then. `hold`: its id; the same one is written once, else False."""
    key = key_of_root(root, Compartment.GENERAL)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO legal_hold (id, root_id, basis, until, set_by_id, data_key_id, reason)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING",
            (hold, root, basis, until, ctx.actor, key.id, key.seal_body(reason.encode(), entry=hold)),
        )
        return bool(cursor.rowcount)


def end_hold(hold: str, root: RootId) -> bool:
    """End it as of now; False, where there is none of this record that still runs."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE legal_hold SET until = greatest(now(), since) WHERE id = %s AND root_id = %s AND until > now()",
            (hold, root),
        )
        return bool(cursor.rowcount)


def holds_on(root: RootId) -> tuple[Hold, ...]:
    """The holds of that record, those that run first. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLDS, (root,))
        rows = cursor.fetchall()
    found = keys(row[-1] for row in rows)
    return tuple(Hold(*(*told, _reason(found.get(key), sealed, told[0]))) for *told, sealed, key in rows)


def held_roots() -> frozenset[RootId]:
    """The records on which a hold runs, as far as the context may see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT root_id::text FROM legal_hold WHERE until > now()")
        return frozenset(RootId(row[0]) for row in cursor.fetchall())


def ask_erasure(
    root: RootId,
    parts: Collection[Compartment],
    *,
    erasure: str,
    ground: str,
    basis: str,
    ctx: Context,
) -> bool:
    """Write down that somebody asks for it. `erasure`: its id; the same one is written once, else False."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO erasure (id, root_id, parts, ground, basis, asked_by_id) VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (id) DO NOTHING",
            (
                erasure,
                root,
                ":".join(part.value for part in Compartment if part in parts),
                ground,
                basis,
                ctx.actor,
            ),
        )
        return bool(cursor.rowcount)


def decide_erasure(erasure: str, root: RootId, *, ctx: Context) -> bool:
    """The second person decides that it is erased. Refuses: RuleBroken, to who asked; under a hold; one that stands."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE erasure SET decided_at = now(), decided_by_id = %s WHERE id = %s AND root_id = %s",
            (ctx.actor, erasure, root),
        )
        return bool(cursor.rowcount)


def drop_erasure(erasure: str, root: RootId) -> bool:
    """Put it aside before it is done. Refuses: RuleBroken, one that stands."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute("UPDATE erasure SET dropped_by = 'x' WHERE id = %s AND root_id = %s", (erasure, root))
        return bool(cursor.rowcount)


def write_done(erasure: str, *, destroyed: int, note: bytes, at: datetime) -> None:
    """It is done: how many keys were destroyed, and the certificate. Refuses: RuleBroken, under a hold."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE erasure SET done_at = %s, keys = %s, note = %s WHERE id = %s",
            (at, destroyed, note, erasure),
        )


def erasures_on(root: RootId) -> tuple[ErasureRow, ...]:
    """The erasures of that record, the newest first."""
    return _erasures("erasure.root_id = %s", root)


def erasures_waiting() -> tuple[ErasureRow, ...]:
    """Those that were decided and not done, of records on which no hold runs."""
    return _erasures(
        "erasure.decided_at IS NOT NULL AND erasure.done_at IS NULL AND erasure.dropped_by IS NULL AND NOT EXISTS"
        " (SELECT FROM legal_hold WHERE legal_hold.root_id = erasure.root_id AND legal_hold.until > now())"
    )


def erasure_of(erasure: str) -> ErasureRow | None:
    """That erasure; None, where there is none that the context may see."""
    return next(iter(_erasures("erasure.id = %s", erasure)), None)


def roots_numbered(at_most: int, *, after: str = "") -> tuple[tuple[RootId, str, str], ...]:
    """Records of children in order of number: id, number, country of who opened it. For a job."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT root.id::text, root.number, agency.country FROM root JOIN agency ON agency.id = root.opened_by_id"
            " WHERE root.kind = 'child' AND root.number > %s ORDER BY root.number LIMIT %s",
            (after, at_most),
        )
        return tuple((RootId(root), number, country) for root, number, country in cursor.fetchall())


def _erasures(which: str, *given: str) -> tuple[ErasureRow, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_ERASURES.format(which=which), given)
        return tuple(
            ErasureRow(
                *(
                    *(one, RootId(root), number, tuple(map(Compartment, parts.split(":"))), *rest),
                    None if note is None else bytes(note).decode(),
                )
            )
            for one, root, number, parts, *rest, note in cursor.fetchall()
        )


def _reason(key: object, sealed: bytes, hold: str) -> str | None:
    return key.open_body(bytes(sealed), entry=hold).decode() if isinstance(key, DataKey) else None


_NAME = "coalesce(trim({0}.given_name || ' ' || {0}.surname), '')"

_HOLDS = f"""
    SELECT hold.id::text, hold.basis, hold.since, hold.until, hold.until > now(), {_NAME.format("person")},
           hold.reason, hold.data_key_id::text
      FROM legal_hold AS hold JOIN person ON person.id = hold.set_by_id
     WHERE hold.root_id = %s ORDER BY hold.until > now() DESC, hold.since DESC, hold.id
"""

_ERASURES = f"""
    SELECT erasure.id::text, erasure.root_id::text, root.number, erasure.parts, erasure.ground, erasure.basis,
           erasure.asked_by_id::text, {_NAME.format("asker")}, erasure.asked_at, erasure.decided_by_id::text,
           {_NAME.format("decider")}, erasure.decided_at, erasure.dropped_by IS NOT NULL, erasure.done_at,
           erasure.keys, erasure.note
      FROM erasure JOIN root ON root.id = erasure.root_id
      LEFT JOIN person AS asker ON asker.id = erasure.asked_by_id
      LEFT JOIN person AS decider ON decider.id = erasure.decided_by_id
     WHERE {{which}}
     ORDER BY erasure.asked_at DESC, erasure.id
"""
