"""The file in which an institution keeps its private key of recovery, under a passphrase. Needs no installation."""

import base64
import binascii
import os
from hmac import compare_digest
from pathlib import Path
from typing import Final

from encircle.crypto import people as crypto
from encircle.crypto.report import name_of_key
from encircle.crypto.sealed import SealBroken
from encircle.vocabulary.refusal import Refused

LEAST_SIGNS: Final = 14
_BOUND = crypto.bound_to("recovery-file")
_MOST_READ: Final = 4096


class RecoveryRefused(Refused):
    """What was asked cannot be done with these keys, or as things stand."""


def make_recovery_key(path: Path, passphrase: str) -> str:
    """A new pair in two files: the private key under the passphrase, and beside it (`.pub`) what is enrolled.

    Its fingerprint. Needs no installation: an institution does this on a machine of its own. Refuses: RecoveryRefused.
    """
    if len(passphrase) < LEAST_SIGNS:
        raise refused(
            "passphrase_too_weak", "A passphrase has at least 14 signs.", "Take four words or more."
        )
    pair = crypto.KeyPair.new()
    locked = crypto.lock(pair, passphrase, bound=_BOUND, cost=crypto.PROPER)
    for file, content in ((path, locked), (public_file(path), pair.public)):
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except OSError as failed:
            reason = f"{file} could not be made ({failed.strerror})."
            raise refused("recovery_file", reason, "Name a file that is not there yet.") from failed
        with open(descriptor, "wb") as written:
            written.write(base64.b64encode(content) + b"\n")
            written.flush()
            os.fsync(written.fileno())
    return name_of_key(pair.public).hex()


def refuse_different(passphrase: str, again: str) -> None:
    """Refuses: RecoveryRefused, a passphrase that was not typed twice alike."""
    if not compare_digest(passphrase.encode(), again.encode()):
        raise refused("passphrases_differ", "The two passphrases are not the same.", "Try again.")


def public_file(path: Path) -> Path:
    """The file beside it that may be shown to everybody."""
    return path.with_name(f"{path.name}.pub")


def open_recovery_file(path: Path, passphrase: str) -> crypto.KeyPair:
    """The pair in that file. Refuses: RecoveryRefused; which of all is wrong is not told."""
    try:
        return crypto.unlock(read_recovery_file(path), passphrase, bound=_BOUND)
    except SealBroken as broken:
        reason = f"{path} does not open with this passphrase, or holds no private key of recovery."
        raise refused("recovery_passphrase", reason, "Try again, or take another two.") from broken


def read_recovery_file(path: Path) -> bytes:
    """The bytes that stand there as base64. Refuses: RecoveryRefused."""
    try:
        with path.open("rb") as file:
            return base64.b64decode(file.read(_MOST_READ).strip(), validate=True)
    except (OSError, binascii.Error, ValueError) as failed:
        raise refused(
            "recovery_file", f"{path} cannot be read as a key.", "Look at the file again."
        ) from failed


def refused(code: str, reason: str, instead: str) -> RecoveryRefused:
    """That refusal."""
    return RecoveryRefused(code=code, reason=reason, instead=instead)
