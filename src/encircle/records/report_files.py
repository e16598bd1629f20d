"""Sealed files at the door: pieces that wait for their form, and those of a report. Knows no plain byte."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import connection

from encircle.records.context import Context

_STAND = "SELECT set_config('encircle.code', %s, true)"


@dataclass(frozen=True, slots=True)
class Label:
    """The sealed label of a file that waits for its form."""

    file: str
    sealed: bytes


@contextmanager
def standing_at(index: bytes) -> Iterator[None]:
    """Inside, this transaction sees what belongs to the form with that hash; then again what it saw before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('encircle.code', true)")
        (before,) = cursor.fetchone()
        cursor.execute(_STAND, (index.hex(),))
    yield
    with connection.cursor() as cursor:
        cursor.execute(_STAND, (before,))


def add_file(file: str, label: bytes, pieces: Iterable[bytes], *, held_by: bytes, ctx: Context) -> None:
    """Keep its pieces until the form is sent; nothing, where it is there already or was sent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT encircle_file_is_sent(%s::uuid)", (file,))
        row = cursor.fetchone()
        if row is None or row[0] or not _add(file, 0, label, held_by, ctx):
            return
        for number, sealed in enumerate(pieces, start=1):
            _add(file, number, sealed, held_by, ctx)


def labels() -> tuple[Label, ...]:
    """The files that wait for the form whose hash stands in the context, in an order that tells nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT file::text, sealed FROM report_piece WHERE number = 0 AND held_by = encircle_code() ORDER BY file"
        )
        return tuple(Label(file, bytes(sealed)) for file, sealed in cursor.fetchall())


def take_labels() -> tuple[Label, ...]:
    """The same, for sending: each goes to one sender alone, also when two send at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM report_piece WHERE number = 0 AND held_by = encircle_code() RETURNING file::text, sealed"
        )
        return tuple(sorted((Label(file, bytes(sealed)) for file, sealed in cursor.fetchall()), key=_by_file))


def leave_out(file: str) -> bool:
    """Delete a file that waits; False, where none of that id waits, as it was sent or left out before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM report_piece WHERE file = %s::uuid AND number = 0 AND held_by = encircle_code()",
            (file,),
        )
        if not cursor.rowcount:
            return False
        cursor.execute(
            "DELETE FROM report_piece WHERE file = %s::uuid AND held_by = encircle_code()", (file,)
        )
        return True


def piece(file: str, number: int) -> bytes | None:
    """One sealed piece, the first is 1; None, where the context does not see it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sealed FROM report_piece WHERE file = %s::uuid AND number = %s", (file, number)
        )
        row = cursor.fetchone()
        return None if row is None else bytes(row[0])


def waiting() -> int:
    """How many files wait for their form, of all forms together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT encircle_files_waiting()")
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def sweep(before: datetime) -> int:
    """Delete the files that were not sent and came before that hour; how many pieces went. For the job alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM report_piece WHERE file IN"
            " (SELECT label.file FROM report_piece AS label WHERE label.number = 0 AND label.hour < %s)",
            (before,),
        )
        return int(cursor.rowcount)


def _add(file: str, number: int, sealed: bytes, held_by: bytes, ctx: Context) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO report_piece (id, file, number, held_by, hour, sealed)"
            " VALUES (%s, %s, %s, %s, date_trunc('hour', %s, 'UTC'), %s) ON CONFLICT (file, number) DO NOTHING",
            (str(uuid4()), file, number, held_by, ctx.now, sealed),
        )
        return bool(cursor.rowcount)


def _by_file(label: Label) -> str:
    return label.file
