"""Why the database cannot be used, as one line. Knows the words of PostgreSQL and of the machine."""

import errno
from dataclasses import dataclass
from pathlib import Path

from encircle.vocabulary.refusal import Refused


class DatabaseUnavailable(Refused):
    """The database cannot be opened or reached now; the text says why and what to do, in one line."""


class DatabaseInUse(DatabaseUnavailable):
    """Another process of Encircle already runs the database of this data folder."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A trouble that PostgreSQL or the machine names, and what it means for the operator."""

    words: str
    code: str
    reason: str
    instead: str


DISK_FULL = Cause(
    "No space left on device",
    "disk_full",
    "The disk that holds the database is full",
    "Free some space and start again; what was confirmed is kept.",
)
READ_ONLY = Cause(
    "Read-only file system",
    "read_only",
    "The disk that should hold the database cannot be written to (read-only)",
    "Mount it writable, or choose another folder with --data.",
)
PERMISSION = Cause(
    "Permission denied",
    "no_permission",
    "This account may not use the folder of the database",
    "Choose another folder with --data, or start with the account that owns it.",
)

QUOTA = Cause(
    "Disk quota exceeded",
    "quota",
    "The disk quota of the database account is used up",
    "Raise the quota or free some space, then start again; what was confirmed is kept.",
)
FILE_LIMIT = Cause(
    "File too large",
    "file_limit",
    "A limit on the size of files (ulimit -f) stops the database from writing",
    "Start without that limit.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        "could not create shared memory segment",
        "shared_memory",
        "The machine gives the database no shared memory",
        "Raise the limits kernel.shmmax, kernel.shmall and kernel.shmmni.",
    ),
    Cause(
        "could not map anonymous shared memory",
        "memory_full",
        "The machine has not enough free memory for the database",
        "Free some memory (about 100 MB) and start again.",
    ),
    Cause(
        "pre-existing shared memory block",
        "still_in_use",
        "Processes of an earlier database server still use the data folder",
        "Wait a moment and start again; if it stays so, restart the machine.",
    ),
    DISK_FULL,
    QUOTA,
    FILE_LIMIT,
    READ_ONLY,
    Cause(
        "database files are incompatible",
        "incompatible",
        "The database files were made by a PostgreSQL that does not fit this one",
        "Use the release of Encircle that made them, or restore a backup.",
    ),
    PERMISSION,
)

ERRNO_CAUSES = {
    errno.ENOSPC: DISK_FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: PERMISSION,
    errno.EPERM: PERMISSION,
    errno.EDQUOT: QUOTA,
    errno.EFBIG: FILE_LIMIT,
}

FULL_BELOW_BYTES = 1_000_000


def from_server_words(text: str, *, place: Path, disk_is_full: bool) -> DatabaseUnavailable:
    """The refusal for a server or initdb that ended with these last words (its log since it was started).

    With a full disk the log itself may be empty, so the caller says whether the disk is full.
    """
    for cause in CAUSES:
        if cause.words in text:
            return _refusal(cause, place)
    if disk_is_full:
        return _refusal(DISK_FULL, place)
    last = _last_words(text)
    return DatabaseUnavailable(
        code="server_ended",
        reason=f"The database server in {place} ended: {last}.",
        instead="See server.log there.",
    )


def from_os_error(error: OSError, *, place: Path) -> DatabaseUnavailable:
    """The refusal for an operation of the machine that failed while the database was being opened."""
    where = Path(str(error.filename)) if error.filename else place
    cause = ERRNO_CAUSES.get(error.errno or 0)
    if cause is not None:
        return _refusal(cause, where)
    return DatabaseUnavailable(
        code="machine_refused",
        reason=f"The database could not be opened: {where}: {error.strerror or error}",
        instead="Choose another folder with --data.",
    )


def _refusal(cause: Cause, place: Path) -> DatabaseUnavailable:
    return DatabaseUnavailable(code=cause.code, reason=f"{cause.reason}: {place}.", instead=cause.instead)


def _last_words(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for mark in ("PANIC:", "FATAL:", "error:"):
        told = [line.partition(mark)[2].strip() for line in lines if mark in line]
        if told:
            return told[-1]
    return lines[-1] if lines else "it gave no reason"
