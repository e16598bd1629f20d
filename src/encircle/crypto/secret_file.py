"""Secret files: 32 random bytes that one account alone may read. Knows nothing of what they open.

The file holds one line, the base64 text of the bytes: the same form as in an environment, and one that can be
copied to paper.
"""

import base64
import binascii
import os
import stat
from collections.abc import Callable
from pathlib import Path

from encircle.vocabulary.refusal import Refused

SECRET_BYTES = 32
_MOST_READ = 100  # a key has 44 signs: a file that fills this is none
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyRefused(Refused):
    """A key that cannot be used as it lies: absent, of a wrong size, open to others. Never shows it."""


def read_secret(path: Path, *, what: str) -> bytes:
    """The 32 bytes of a secret file; `what` names the key in a refusal ("installation key").

    Refuses: KeyRefused, if the file is absent, not a plain file, owned by another account, open to the group
    or to others, or does not hold the base64 text of 32 bytes.
    """
    secret = secret_of_text(read_line(path, what=what))
    if secret is None:
        raise no_secret(path, what)
    return secret


def no_secret(path: Path, what: str) -> KeyRefused:
    """The refusal of a file that one may read, but that does not hold a secret."""
    finding = f"does not hold the base64 text of {SECRET_BYTES} bytes"
    return _refused(path, what, finding, "put the key back from its safe copy")


def read_line(path: Path, *, what: str) -> str:
    """The one line of a file that this account alone may read; nothing, where it is too long or no plain text.

    Refuses: KeyRefused, if the file is absent, not a plain file, owned by another account, open to the group or to others.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as refused:
        raise _absent(path, what, refused) from refused
    try:
        _refuse_unfit(path, what, os.fstat(descriptor))
        text = os.read(descriptor, _MOST_READ)
    finally:
        os.close(descriptor)
    return text.decode("ascii", "replace").strip() if len(text) < _MOST_READ else ""


def secret_of_text(text: str | bytes) -> bytes | None:
    """The 32 bytes of this base64 text, blanks around it left out; None if it is anything else."""
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
    return secret if len(secret) == SECRET_BYTES else None


def create_secret(path: Path, *, what: str, shut: Callable[[bytes], str] | None = None) -> bytes:
    """Make a new secret file of 32 random bytes, mode 0600, and return them. The folder must exist.

    `shut`: the line that stands in the file in place of the secret itself.

    The file appears whole or not at all, also when the machine stops half-way or two processes start at once.
    Refuses: KeyRefused, if a file is already there (a key is never overwritten) or the folder can't be
    written.
    """
    secret = os.urandom(SECRET_BYTES)
    line = base64.b64encode(secret).decode() if shut is None else shut(secret)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with open(descriptor, "wb") as file:
                file.write(line.encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, path)
        finally:
            draft.unlink()
        flush_folder(path.parent)
    except FileExistsError as there:
        raise _refused(
            path, what, "is there already and is never overwritten", "use it, or name another"
        ) from there
    except OSError as failed:
        reason = f"could not be written ({failed.strerror})"
        raise _refused(path, what, reason, "give a folder that this account may write") from failed
    return secret


def _refuse_unfit(path: Path, what: str, found: os.stat_result) -> None:
    """Refuse what is no plain file, is not ours or is open to others."""
    if not stat.S_ISREG(found.st_mode):
        raise _refused(path, what, "is not a plain file", "give the path of the key file itself")
    if found.st_uid not in (os.geteuid(), 0):
        raise _refused(path, what, "belongs to another account", "run this as the account that owns the file")
    if found.st_mode & _OTHERS:
        finding = f"can be read or changed by other accounts (mode {stat.S_IMODE(found.st_mode):04o})"
        raise _refused(path, what, finding, f"chmod 600 {path}")


def flush_folder(folder: Path) -> None:
    """Write the folder's own entry to the disk, so that a new name in it outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _absent(path: Path, what: str, failed: OSError) -> KeyRefused:
    return _refused(
        path, what, f"could not be opened ({failed.strerror})", "put the key back from its safe copy"
    )


def _refused(path: Path, what: str, finding: str, instead: str) -> KeyRefused:
    return KeyRefused(code="key_refused", reason=f"The {what} {path} {finding}.", instead=instead)
