"""Signed notes (C2SP signed-note, Ed25519): a text and the names of those who stand for it. Knows no journal.

A note is a text ending in a newline, an empty line, then one line per signature: "— name base64(key id,
signature)". The text of a checkpoint is made and read by core.journal; it is signed and verified here as any
other text.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from encircle.crypto.secret_file import create_secret, read_secret
from encircle.vocabulary.refusal import Refused

MOST_SIGNATURES = 100
MOST_BYTES = 1_000_000

_ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_PUBLIC_BYTES = 32
_DASH = "\N{EM DASH} "
_WHAT = "signing key"


class NoteRefused(Refused):
    """A note that nobody we know stands for as it is: malformed, unsigned, or with a broken signature."""


@dataclass(frozen=True, slots=True)
class NoteVerifier:
    """The public half of a signing key, under the name that stands in the note."""

    name: str
    key_id: bytes
    _public: bytes

    @classmethod
    def of(cls, name: str, public: bytes) -> Self:
        """The verifier of this name and these 32 public bytes. Refuses: NoteRefused, if it is no key name."""
        if not _is_key_name(name):
            raise _refused(
                "key_name", "A signing key's name is not empty and has no spaces, plus or control signs."
            )
        return cls(name, _key_id(name, public), public)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The verifier in a line "name+key id+base64", as others publish theirs. Refuses: NoteRefused."""
        name, _, rest = text.partition("+")
        key_id, _, encoded = rest.partition("+")
        key = _decoded(encoded)
        if not _is_key_name(name) or key is None or key[:1] != _ED25519 or len(key) != 1 + _PUBLIC_BYTES:
            raise _refused("key_line", "This is not the line of an Ed25519 verifier key.")
        verifier = cls.of(name, key[1:])
        if verifier.key_id.hex() != key_id:
            raise _refused("key_line", "The id in this verifier key's line is not the id of its key.")
        return verifier

    @property
    def line(self) -> str:
        """The line that others need to verify what this key signs: may be published."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + self._public).decode()}"

    def accepts(self, text: bytes, signature: bytes) -> bool:
        """Whether this key signed exactly this text."""
        try:
            Ed25519PublicKey.from_public_bytes(self._public).verify(signature, text)
        except (InvalidSignature, ValueError):  # ValueError: 32 bytes that are no point of the curve
            return False
        return True


@dataclass(frozen=True, slots=True)
class NoteSigner:
    """A signing key under its name. The secret is never shown."""

    verifier: NoteVerifier
    _private: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def of(cls, name: str, seed: bytes) -> Self:
        """The signer of this name and this 32-byte Ed25519 seed (RFC 8032)."""
        private = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(NoteVerifier.of(name, private.public_key().public_bytes_raw()), private)

    @classmethod
    def from_file(cls, name: str, path: Path) -> Self:
        """The signer whose seed is in this file. Refuses: KeyRefused (absent, wrong size, open to others)."""
        return cls.of(name, read_secret(path, what=_WHAT))

    @classmethod
    def create_file(cls, name: str, path: Path) -> Self:
        """A new signer, its seed written with mode 0600. Refuses: KeyRefused, if one is there already."""
        return cls.of(name, create_secret(path, what=_WHAT))

    def signature_line(self, text: bytes) -> str:
        """The line by which this key stands for this text."""
        signed = base64.b64encode(self.verifier.key_id + self._private.sign(text)).decode()
        return f"{_DASH}{self.verifier.name} {signed}\n"


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A verified note: its text, and the names of the known keys that signed it, in their order."""

    text: str
    signed_by: tuple[str, ...]


def sign_note(text: str, *signers: NoteSigner) -> bytes:
    """The note of this text, signed by each of these. Refuses: NoteRefused, if it can't stand in a note."""
    body = text.encode()
    if not text.endswith("\n") or _has_control_signs(text):
        raise _refused("malformed", "The text of a note ends in a newline and has no control signs.")
    if not signers:
        raise _refused("unsigned", "A note is signed by at least one key.")
    return body + b"\n" + "".join(signer.signature_line(body) for signer in signers).encode()


def open_note(note: bytes, *, verifiers: Sequence[NoteVerifier]) -> OpenedNote:
    """The text of a note that at least one of these keys signed.

    Signatures of unknown keys are ignored, so that witnesses and newer keys can sign beside ours. A known
    key's broken signature refuses the whole note; a repeated line of a key already verified is skipped.
    Refuses: NoteRefused (malformed, signature_broken, unsigned, ambiguous_key).
    """
    text, lines = _split(note)
    signed_by: dict[tuple[str, bytes], str] = {}
    for name, key_id, signature in lines:
        known = [verifier for verifier in verifiers if (verifier.name, verifier.key_id) == (name, key_id)]
        if not known or (name, key_id) in signed_by:
            continue
        if len(known) > 1:
            raise _refused("ambiguous_key", f"Two known keys carry the name {name} and the same id.")
        if not known[0].accepts(text, signature):
            raise _refused("signature_broken", f"The signature of {name} does not fit this text.")
        signed_by[name, key_id] = name
    if not signed_by:
        raise _refused("unsigned", "No key that is known here has signed this note.")
    return OpenedNote(text.decode(), tuple(signed_by.values()))


def _split(note: bytes) -> tuple[bytes, Sequence[tuple[str, bytes, bytes]]]:
    """The text and the signature lines (name, key id, signature) of a note, unverified."""
    malformed = _refused("malformed", "This is not a signed note.")
    try:
        whole = note.decode()
    except UnicodeDecodeError as not_utf8:
        raise malformed from not_utf8
    at = whole.rfind("\n\n")
    tail = whole[at + 2 :]
    if len(note) > MOST_BYTES or at < 0 or _has_control_signs(whole) or not tail.endswith("\n"):
        raise malformed
    if tail.count("\n") > MOST_SIGNATURES:
        raise malformed
    lines = tuple(_signature_parts(tail))
    if any(not _is_key_name(name) or not signature for name, _, signature in lines):
        raise malformed
    return whole[: at + 1].encode(), lines


def _signature_parts(tail: str) -> Iterator[tuple[str, bytes, bytes]]:
    """Name, key id and signature of each line; an empty signature where the line is none."""
    for line in tail.removesuffix("\n").split("\n"):
        name, _, encoded = line.removeprefix(_DASH).partition(" ")
        decoded = _decoded(encoded) if line.startswith(_DASH) else None
        yield name, (decoded or b"")[:_KEY_ID_BYTES], (decoded or b"")[_KEY_ID_BYTES:]


def _decoded(encoded: str) -> bytes | None:
    """The bytes of a canonical base64 text, or None: a signature has one spelling only."""
    try:
        decoded = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
    return decoded if base64.b64encode(decoded).decode() == encoded else None


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_KEY_ID_BYTES]


def _is_key_name(name: str) -> bool:
    return bool(name) and not any(sign.isspace() or sign == "+" or sign < " " for sign in name)


def _has_control_signs(text: str) -> bool:
    return any(sign < " " and sign != "\n" for sign in text)


def _refused(code: str, reason: str) -> NoteRefused:
    return NoteRefused(code=f"note_{code}", reason=reason)
