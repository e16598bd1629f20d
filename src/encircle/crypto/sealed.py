"""Sealed bytes: a plain text that only its key opens, in only one place. Knows no keys' origin and no tables.

A seal is AES-256-GCM: version byte, 12 random bytes of nonce, cipher text with its tag of 16 bytes.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from encircle.vocabulary.refusal import Refused

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
VERSION = 1
OVERHEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES

_FACT = b"encircle/fact"


class SealBroken(Refused):
    """Sealed bytes that do not open: another key, another place, or altered bytes."""


def seal(plain: bytes, *, key: bytes, aad: bytes) -> bytes:
    """Seal these bytes to this key and this place (`aad`); 29 bytes longer than the plain text.

    The nonce is random: one key may seal 2**32 times before a repeat becomes likelier than 1 in 2**32.
    """
    nonce = os.urandom(NONCE_BYTES)
    return bytes((VERSION,)) + nonce + AESGCM(_whole(key)).encrypt(nonce, plain, aad)


def open_sealed(blob: bytes, *, key: bytes, aad: bytes) -> bytes:
    """The plain bytes of a seal.

    Refuses: SealBroken, if the key or the place differs, or the bytes were altered, cut or of an unknown
    version. Which of these it was is not told: the cipher can't tell either.
    """
    if len(blob) < OVERHEAD_BYTES or blob[0] != VERSION:
        raise seal_broken()
    nonce, cipher_text = blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
    try:
        return AESGCM(_whole(key)).decrypt(nonce, cipher_text, aad)
    except InvalidTag as broken:
        raise seal_broken() from broken


class FactsKey:
    """A key of the facts of one child and compartment, made ready once to open many of them."""

    __slots__ = ("_after", "_cipher")

    def __init__(self, key: bytes, *, child_id: str, compartment: str) -> None:
        self._cipher = AESGCM(_whole(key))
        self._after = place(child_id.encode(), compartment.encode())

    def open(self, blob: bytes, *, fact_id: str, format_version: int) -> bytes:
        """The payload of that fact. Refuses: as `open_sealed`."""
        if len(blob) < OVERHEAD_BYTES or blob[0] != VERSION:
            raise seal_broken()
        aad = place(_FACT, format_version.to_bytes(4), fact_id.encode()) + self._after
        try:
            return self._cipher.decrypt(blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :], aad)
        except InvalidTag as broken:
            raise seal_broken() from broken


def fact_aad(format_version: int, fact_id: str, child_id: str, compartment: str) -> bytes:
    """The place of a fact's payload: moved to another fact, child or compartment, a seal no longer opens.

    `child_id` is the id of the root: the child, or the concern as long as there is no child.
    """
    return place(_FACT, format_version.to_bytes(4), fact_id.encode(), child_id.encode(), compartment.encode())


def place(purpose: bytes, *parts: bytes) -> bytes:
    """Name a place unambiguously: each part follows its length, so no two lists of parts look alike."""
    return b"".join([len(part).to_bytes(4) + part for part in (purpose, *parts)])


def seal_broken() -> SealBroken:
    """The one refusal for everything that does not open, so that its text tells an attacker nothing."""
    return SealBroken(
        code="seal_broken",
        reason="This sealed part cannot be opened: its key, place or bytes are not those of its sealing.",
        instead="Run the journal check and tell the person who runs this installation.",
    )


def _whole(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:  # AESGCM would silently take 16 or 24 bytes as a weaker cipher
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    return key
