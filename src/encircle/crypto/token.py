"""A PKCS#11 token (smart card, HSM) that keeps installation keys shut: their files open nothing without it.

The token holds one AES-256 key that never leaves it. An installation key is shut under it once and opened once in a
process, since what is derived from it is needed for every page (PKCS#11 v3.1, CKM_AES_GCM). Knows no settings.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from encircle.crypto.secret_file import KeyRefused, read_line

KEY_LABEL = "encircle-installation"
_PLACE = b"encircle/installation-key/1"
_IV_BYTES, _TAG_BITS, _KEY_BITS = 12, 128, 256


@dataclass(frozen=True, slots=True)
class Token:
    """One token, found by its label. `module`: the library of its maker; the PIN lies in a file that one account reads."""

    module: Path
    label: str
    pin_file: Path = field(repr=False)

    def prepare(self) -> bool:
        """Make the key in the token that shuts others, where there is none; whether it was made. Refuses: KeyRefused."""
        with self._session(writes=True) as (library, session):
            if self._key(library, session) is not None:
                return False
            session.generate_key(
                library.KeyType.AES,
                _KEY_BITS,
                label=KEY_LABEL,
                store=True,
                template={library.Attribute.SENSITIVE: True, library.Attribute.EXTRACTABLE: False},
            )
        return True

    def shut(self, secret: bytes) -> bytes:
        """The secret as it may lie in a file. Refuses: KeyRefused, a token that is not there or not prepared."""
        nonce = os.urandom(_IV_BYTES)
        with self._session(writes=False) as (library, session):
            sealed: bytes = self._needed(library, session).encrypt(secret, **_how(library, nonce))
        return nonce + sealed

    def open(self, shut: bytes) -> bytes:
        """The secret again. Refuses: KeyRefused, what another token shut, or what was altered."""
        nonce, sealed = shut[:_IV_BYTES], shut[_IV_BYTES:]
        with self._session(writes=False) as (library, session):
            secret: bytes = self._needed(library, session).decrypt(sealed, **_how(library, nonce))
        return secret

    def _needed(self, library: Any, session: Any) -> Any:
        key = self._key(library, session)
        if key is None:
            raise self._refused("holds no key of Encircle", "prepare it: encircle keys token")
        return key

    def _key(self, library: Any, session: Any) -> Any:
        asked = {library.Attribute.LABEL: KEY_LABEL, library.Attribute.CLASS: library.ObjectClass.SECRET_KEY}
        return next(iter(session.get_objects(asked)), None)

    @contextmanager
    def _session(self, *, writes: bool) -> Iterator[tuple[Any, Any]]:
        pin = read_line(self.pin_file, what="PIN of the token")
        try:
            library = import_module("pkcs11")
        except ModuleNotFoundError as absent:
            raise self._refused("needs a library for PKCS#11", "install encircle[token]") from absent
        try:
            token = library.lib(str(self.module)).get_token(token_label=self.label)
            with token.open(rw=writes, user_pin=pin) as session:
                yield library, session
        except RuntimeError as failed:  # all of the library's own, and a module that is none
            finding = f"did not do it ({type(failed).__name__})"
            raise self._refused(finding, "look whether it is there, and whether the PIN is right") from None

    def _refused(self, finding: str, instead: str) -> KeyRefused:
        return KeyRefused(
            code="token_refused",
            reason=f"The token {self.label!r} that keeps the installation key {finding}.",
            instead=f"{instead[:1].upper()}{instead[1:]}.",
        )


def _how(library: Any, nonce: bytes) -> dict[str, Any]:
    return {
        "mechanism": library.Mechanism.AES_GCM,
        "mechanism_param": library.GCMParams(nonce, _PLACE, _TAG_BITS),
    }
