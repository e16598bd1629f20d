"""The keyring: installation keys that wrap the data keys of children. Knows no tables and no settings.

Everything sealed hangs on them: one data key per child and compartment, wrapped under the installation key.
"""

import base64
import binascii
import fcntl
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from encircle.crypto.sealed import KEY_BYTES, OVERHEAD_BYTES, open_sealed, place, seal, seal_broken
from encircle.crypto.secret_file import (
    SECRET_BYTES,
    KeyRefused,
    create_secret,
    flush_folder,
    no_secret,
    read_line,
    secret_of_text,
)
from encircle.crypto.token import Token
from encircle.vocabulary.refusal import Refused

KEY_ID_BYTES = 8
WRAPPED_BYTES = KEY_ID_BYTES + OVERHEAD_BYTES + KEY_BYTES

_WHAT = "installation key"
_WRAPPED = b"encircle/data-key"
_SHUT = "pkcs11:"
"""How the line of a file begins that a token has shut."""


class KeyMissing(Refused):
    """Something is wrapped under an installation key that this keyring does not hold."""


class KeyUse(StrEnum):
    """What is derived from an installation key; no two uses ever share a key."""

    KEY_ID = "encircle/key-id/1"
    WRAP = "encircle/wrap-data-keys/1"
    NAME_INDEX = "encircle/name-index/1"
    KEPT_FORM = "encircle/kept-form/1"
    SECOND_FACTOR = "encircle/second-factor/1"
    CHILDS_CODE = "encircle/childs-code/1"
    WAY_BACK = "encircle/way-back/1"
    STATISTICS_DRAW = "encircle/statistics-draw/1"


@dataclass(frozen=True, slots=True)
class InstallationKey:
    """One installation key. Its id may be shown and stored; the secret never, not even in an error."""

    id: bytes
    _secret: bytes = field(repr=False)
    _for_use: dict[KeyUse, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, secret: bytes) -> Self:
        """The key made of these 32 bytes."""
        if len(secret) != SECRET_BYTES:
            raise ValueError(f"an {_WHAT} has {SECRET_BYTES} bytes, not {len(secret)}")
        return cls(id=_derived(secret, KeyUse.KEY_ID)[:KEY_ID_BYTES], _secret=secret)

    @classmethod
    def from_file(cls, path: Path, *, token: Token | None = None) -> Self:
        """The key in this file, which that token may have shut.

        Refuses: KeyRefused (absent, wrong size, open to other accounts, or shut by a token that is not given).
        """
        line = read_line(path, what=_WHAT)
        if not line.startswith(_SHUT):
            secret = secret_of_text(line)
        elif token is None:
            raise KeyRefused(
                code="key_is_shut",
                reason=f"The {_WHAT} in {path} is shut by a token.",
                instead="Name the token: ENCIRCLE_PKCS11_MODULE, ENCIRCLE_PKCS11_TOKEN and ENCIRCLE_PKCS11_PIN_FILE. "
                "A copy for the safe is bare: encircle keys copy.",
            )
        else:
            secret = token.open(_shut_bytes(path, line))
        if secret is None or len(secret) != SECRET_BYTES:
            raise no_secret(path, _WHAT)
        return cls.of(secret)

    @classmethod
    def create_file(cls, path: Path, *, token: Token | None = None) -> Self:
        """A new random key, written to this file with mode 0600, shut by that token. Refuses: KeyRefused, if one is there."""
        return cls.of(create_secret(path, what=_WHAT, shut=None if token is None else partial(_shut, token)))

    def copy_to(self, path: Path) -> None:
        """Write the bare key into a new file, mode 0600, for the safe. Refuses: KeyRefused, if one is there."""
        line = base64.b64encode(self._secret).decode()
        create_secret(path, what="safe copy", shut=lambda _: line)

    @classmethod
    def from_text(cls, text: str, *, named: str) -> Self:
        """The key in this base64 text, as an environment gives it; `named` is the name of the setting.

        Refuses: KeyRefused, if it is not the base64 of 32 bytes. The text itself is not shown.
        """
        secret = secret_of_text(text)
        if secret is None:
            raise KeyRefused(
                code="key_refused",
                reason=f"The {_WHAT} in {named} is not the base64 text of {SECRET_BYTES} bytes.",
                instead="Put the key back from its safe copy.",
            )
        return cls.of(secret)

    def derived(self, use: KeyUse) -> bytes:
        """The 32 bytes for one use (HKDF-SHA-256, RFC 5869). Whoever holds one of them learns no other."""
        if use not in self._for_use:
            self._for_use[use] = _derived(self._secret, use)
        return self._for_use[use]


@dataclass(frozen=True, slots=True)
class Keyring:
    """The current installation key, which wraps, and older ones, which only unwrap till all is rewrapped."""

    current: InstallationKey
    older: tuple[InstallationKey, ...] = ()

    def wrap(self, data_key: bytes, *, aad: bytes) -> bytes:
        """This data key, wrapped under the current key for one place (`aad`); the blob names its key."""
        if len(data_key) != KEY_BYTES:
            raise ValueError(f"a data key has {KEY_BYTES} bytes, not {len(data_key)}")
        return self.current.id + seal(
            data_key, key=self.current.derived(KeyUse.WRAP), aad=place(_WRAPPED, self.current.id, aad)
        )

    def unwrap(self, wrapped: bytes, *, aad: bytes) -> bytes:
        """The data key in this blob.

        Refuses: KeyMissing, if its installation key is not in this ring; SealBroken, if the place differs or
        the blob was altered.
        """
        if len(wrapped) != WRAPPED_BYTES:
            raise seal_broken()
        key_id, sealed = wrapped[:KEY_ID_BYTES], wrapped[KEY_ID_BYTES:]
        key = self._held(key_id)
        return open_sealed(sealed, key=key.derived(KeyUse.WRAP), aad=place(_WRAPPED, key_id, aad))

    def is_current(self, wrapped: bytes) -> bool:
        """Whether this blob is wrapped under the current key; when all are, the older keys may go."""
        return wrapped[:KEY_ID_BYTES] == self.current.id

    def rewrap(self, wrapped: bytes, *, aad: bytes) -> bytes:
        """The same data key under the current key. What it sealed stays as it is. Refuses as unwrap does."""
        return self.wrap(self.unwrap(wrapped, aad=aad), aad=aad)

    def derived(self, use: KeyUse) -> tuple[bytes, ...]:
        """The keys for one use, the current first: write with the first, search with all while rotating."""
        return tuple(key.derived(use) for key in (self.current, *self.older))

    def _held(self, key_id: bytes) -> InstallationKey:
        for key in (self.current, *self.older):
            if key.id == key_id:
                return key
        raise KeyMissing(
            code="key_missing",
            reason=f"This is wrapped under the {_WHAT} {key_id.hex()}, which is not in this keyring.",
            instead="Put that key back from its safe copy and name it among the older keys.",
        )


def older_keys(current: Path) -> list[Path]:
    """The files of older keys beside this one."""
    return sorted(current.parent.glob(f"{current.name}.older-*"))


def rotate_key(current: Path, *, token: Token | None = None) -> InstallationKey:
    """A new random key in this file; what was there stands among the older ones beside it. Returns the new one.

    Stopped at any point, the files that are left open everything that they opened before; asked again, it goes on. Two
    at once make two keys, one after the other.
    Refuses: KeyRefused, where there is no usable key yet.
    """
    folder = os.open(current.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        now, older = InstallationKey.from_file(current, token=token), older_keys(current)
        if now.id not in {InstallationKey.from_file(path, token=token).id for path in older}:
            numbers = [
                int(path.name.rpartition("-")[2]) for path in older if path.name.rpartition("-")[2].isdigit()
            ]
            os.link(current, current.with_name(f"{current.name}.older-{max(numbers, default=0) + 1}"))
            flush_folder(current.parent)
        draft = current.with_name(f"{current.name}.next")
        draft.unlink(missing_ok=True)
        made = InstallationKey.create_file(draft, token=token)
        draft.replace(current)
        flush_folder(current.parent)
    finally:
        os.close(folder)
    return made


def retire_key(current: Path, key_id: bytes, *, token: Token | None = None) -> Path:
    """Take an older key out of use: its file is no longer read, and stays beside the others for the backups that need it.

    Refuses: KeyRefused, an id that no older key has.
    """
    for path in older_keys(current):
        if InstallationKey.from_file(path, token=token).id == key_id:
            aside = path.with_name(f"{current.name}.retired-{key_id.hex()}")
            path.replace(aside)
            flush_folder(path.parent)
            return aside
    raise KeyRefused(
        code="key_refused",
        reason=f"No older {_WHAT} has the id {key_id.hex()}.",
        instead="Look which there are: encircle keys show.",
    )


def load_keyring(current: Path, *, older: Sequence[Path] = ()) -> Keyring:
    """The keyring of these key files. Refuses: KeyRefused, at the first file that can't be used."""
    return Keyring(
        InstallationKey.from_file(current), tuple(InstallationKey.from_file(path) for path in older)
    )


def new_data_key() -> bytes:
    """A fresh random data key, for one child and one compartment."""
    return os.urandom(KEY_BYTES)


def data_key_aad(*, data_key_id: str, root_id: str, compartment: str) -> bytes:
    """The place of a wrapped data key: moved to another row, child or compartment it no longer opens."""
    return place(b"encircle/data-key-row", *(part.encode() for part in (data_key_id, root_id, compartment)))


def _derived(secret: bytes, use: KeyUse) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=use.encode()).derive(secret)


def _shut(token: Token, secret: bytes) -> str:
    return _SHUT + base64.b64encode(token.shut(secret)).decode()


def _shut_bytes(path: Path, line: str) -> bytes:
    try:
        return base64.b64decode(line.removeprefix(_SHUT), validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise no_secret(path, _WHAT) from wrong
