"""One process at a time runs the database of a data folder.

Held by the kernel, so it cannot be left behind.
"""

import errno
import fcntl
import os
from pathlib import Path

from encircle.host.database.unavailable import DatabaseUnavailable

_held: "set[FolderLock]" = set()


class FolderLock:
    """The lock of a data folder, held until `release` or the end of this process, however it ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor
        _held.add(self)

    def release(self) -> None:
        """Give the folder free; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            _held.discard(self)


def take(path: Path) -> FolderLock | None:
    """Take the lock in that file, or None while another process (or another part of this one) holds it.

    Refuses: a file system without locks.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return None
        raise DatabaseUnavailable(
            code="no_locks",
            reason=f"The file system of {path.parent} has no locks, so two servers could not be told apart.",
            instead="Choose a folder on a local disk with --data.",
        ) from error
    lock = FolderLock(descriptor)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
    except OSError:
        lock.release()
        raise
    return lock


def holder(path: Path) -> str:
    """The process that holds the lock, for a message: "process 1234", or "another process"."""
    try:
        told = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        told = ""
    return f"process {told}" if told.isdigit() else "another process"


def _let_go_in_child() -> None:
    """A forked child must not keep the folder locked when its parent is killed."""
    for lock in tuple(_held):
        lock.release()


os.register_at_fork(after_in_child=_let_go_in_child)
