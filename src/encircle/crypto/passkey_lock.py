"""A private key under what one passkey gives for it: the output of its PRF. Knows no browser and no tables.

WebAuthn Level 3, extension `prf` (`hmac-secret` of CTAP2): a passkey answers the same salt with the same 32 bytes, which
nobody can foretell. They are never a key as they come: HKDF makes one of them, for this place alone.
"""

from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from encircle.crypto.people import KeyPair
from encircle.crypto.sealed import KEY_BYTES, open_sealed, place, seal, seal_broken

OUTPUT_BYTES: Final = 32

_SALT, _UNDER = b"encircle/passkey-salt/1", b"encircle/under-passkey/1"


def salt_for(key: str) -> bytes:
    """With what a passkey is asked for that key (its id): always the same, and no secret; for another key another."""
    return sha256(place(_SALT, key.encode())).digest()


def lock_by_passkey(pair: KeyPair, output: bytes, *, bound: bytes) -> bytes:
    """The private key under that output. Refuses: SealBroken, if it has not 32 bytes."""
    return seal(pair.private, key=_key(output, bound), aad=place(_UNDER, bound))


def unlock_by_passkey(blob: bytes, output: bytes, *, bound: bytes) -> KeyPair:
    """The pair that lies under that output. Refuses: SealBroken: which of all is wrong is not told."""
    return KeyPair.of(open_sealed(blob, key=_key(output, bound), aad=place(_UNDER, bound)))


def _key(output: bytes, bound: bytes) -> bytes:
    if len(output) != OUTPUT_BYTES:
        raise seal_broken()
    made = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=place(_UNDER, bound))
    return made.derive(output)
