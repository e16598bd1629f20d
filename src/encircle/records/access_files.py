"""Access files in the tables: prepared, checked by another person, given, or put aside. The file itself is nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from encircle.records.context import Context
from encircle.records.refusal import rules_told
from encircle.records.seal import DataKey, Erased, Shut, key_of_root, keys
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.identifier import RootId


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file. `prepared_by`, `checked_by`: ids of persons; the names beside them. `choices`: None, where it is erased."""

    id: str
    recipient: str
    language: str
    with_place: bool
    prepared_by: str
    prepared_name: str
    prepared_at: datetime
    checked_by: str | None
    checked_name: str
    checked_at: datetime | None
    digest: bytes | None
    given_at: datetime | None
    is_dropped: bool
    choices: str | None


def add_file(
    root: RootId,
    *,
    file: str,
    recipient: str,
    language: str,
    with_place: bool,
    choices: str,
    ctx: Context,
) -> bool:
    """Write down that it was prepared. `file`: its id; the same one is written once, else False."""
    key = key_of_root(root, Compartment.GENERAL)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_file (id, root_id, recipient, language, with_place, prepared_by_id, data_key_id, choices)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING",
            (
                file,
                root,
                recipient,
                language,
                with_place,
                ctx.actor,
                key.id,
                key.seal_body(choices.encode(), entry=file),
            ),
        )
        return bool(cursor.rowcount)


def mark_checked(file: str, root: RootId, digest: bytes) -> bool:
    """A second person has read the file of this digest. Refuses: RuleBroken, to who prepared it; a file that stands."""
    return _set("digest = %s", digest, file, root)


def mark_given(file: str, root: RootId) -> bool:
    """It was given. Refuses: RuleBroken, one that was not checked."""
    return _set("given_at = now(), given_by_id = coalesce(%s::uuid, checked_by_id)", None, file, root)


def drop_file(file: str, root: RootId) -> bool:
    """Put it aside before it is given. Refuses: RuleBroken, one that stands."""
    return _set("dropped_by = %s", "x", file, root)


def files_on(root: RootId) -> tuple[FileRow, ...]:
    """The files of that record, the newest first. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_ON, (root,))
        rows = cursor.fetchall()
    found = keys(row[-1] for row in rows)
    return tuple(_row(row, found) for row in rows)


def _set(what: str, value: bytes | str | None, file: str, root: RootId) -> bool:
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE access_file SET {what} WHERE id = %s AND root_id = %s",  # nosec B608  # three of this file's own
            (value, file, root),
        )
        return bool(cursor.rowcount)


def _row(row: tuple[Any, ...], found: Mapping[str, DataKey | Erased | Shut]) -> FileRow:
    *told, digest, given_at, is_dropped, sealed, key_id = row
    key = found.get(key_id)
    choices = key.open_body(bytes(sealed), entry=told[0]).decode() if isinstance(key, DataKey) else None
    kept = None if digest is None else bytes(digest)
    return FileRow(*(*told, kept, given_at, is_dropped, choices))


_NAME = "trim({0}.given_name || ' ' || {0}.surname)"

_ON = f"""
    SELECT file.id::text, file.recipient, file.language, file.with_place, file.prepared_by_id::text,
           {_NAME.format("preparer")}, file.prepared_at, file.checked_by_id::text,
           coalesce({_NAME.format("checker")}, ''), file.checked_at, file.digest, file.given_at,
           file.dropped_by IS NOT NULL, file.choices, file.data_key_id::text
      FROM access_file AS file
      JOIN person AS preparer ON preparer.id = file.prepared_by_id
      LEFT JOIN person AS checker ON checker.id = file.checked_by_id
     WHERE file.root_id = %s
     ORDER BY file.prepared_at DESC, file.id
"""
