"""Sealing to people: whoever has the public key seals, only the holder of the private key opens. Knows no tables.

HPKE (RFC 9180) with X25519 and ML-KEM-768 together, so that what is sealed today stays shut if either of them falls.
A private key lies under a passphrase, under the public key of somebody who may have it, or for one visit under its
session. Each seal is bound to its place (`bound_to`): moved elsewhere it does not open.
"""

import os
from dataclasses import dataclass, field
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from encircle.crypto.sealed import KEY_BYTES, open_sealed, place, seal, seal_broken
from encircle.vocabulary.refusal import Refused

PUBLIC_BYTES: Final = 1184 + 32
PRIVATE_BYTES: Final = 64 + 32
SALT_BYTES: Final = 16
VERSION: Final = 1

_SEED_BYTES, _KEM_PUBLIC_BYTES = 64, 1184
_COST_BYTES = 12
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_TO_KEY, _PASSPHRASE, _VISIT = b"encircle/to-key", b"encircle/under-passphrase", b"encircle/for-visit/1"


class CostRefused(Refused):
    """A passphrase would be, or was, made into a key too cheaply for an installation with real children."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a passphrase costs (Argon2id, RFC 9106): memory in KiB, rounds, lanes."""

    memory: int
    rounds: int
    lanes: int

    @property
    def is_cheap(self) -> bool:
        """Whether guesses cost so little that it is for demonstrations and tests alone."""
        return self.memory * self.rounds < PROPER.memory * PROPER.rounds


PROPER: Final = Cost(memory=64 * 1024, rounds=3, lanes=4)
"""The second choice of RFC 9106, for machines with little memory."""
CHEAP: Final = Cost(memory=64, rounds=1, lanes=1)
"""For demonstrations and tests."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A private key and its public half. The private one is never shown, not even in an error."""

    public: bytes
    private: bytes = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        """A pair of fresh chance."""
        return cls.of(MLKEM768PrivateKey.generate().private_bytes_raw() + os.urandom(32))

    @classmethod
    def of(cls, private: bytes) -> Self:
        """The pair of these private bytes: the seed of ML-KEM, then the key of X25519. Refuses: SealBroken."""
        if len(private) != PRIVATE_BYTES:
            raise seal_broken()
        lattice, curve = _halves(private)
        public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        return cls(public, private)


def bound_to(purpose: str, *parts: str) -> bytes:
    """The place of a seal to people: what it is for, then whose, of which child, of which fact."""
    return place(_TO_KEY, purpose.encode(), *(part.encode() for part in parts))


def seal_to(public: bytes, plain: bytes, *, bound: bytes) -> bytes:
    """These bytes, which only the private key of that public one opens, and only for this place.

    Refuses: SealBroken, if it is no public key.
    """
    if len(public) != PUBLIC_BYTES:
        raise seal_broken()
    try:
        key = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:_KEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(public[_KEM_PUBLIC_BYTES:]),
        )
    except ValueError as broken:
        raise seal_broken() from broken
    return bytes((VERSION,)) + _SUITE.encrypt(plain, key, info=bound)


def open_with(pair: KeyPair, blob: bytes, *, bound: bytes) -> bytes:
    """The plain bytes of a seal to that pair. Refuses: SealBroken, as `open_sealed`: why is not told."""
    if not blob or blob[0] != VERSION:
        raise seal_broken()
    try:
        return _SUITE.decrypt(blob[1:], MLKEM768X25519PrivateKey(*_halves(pair.private)), info=bound)
    except (InvalidTag, ValueError) as broken:
        raise seal_broken() from broken


def lock(
    pair: KeyPair, passphrase: str, *, bound: bytes, cost: Cost, cheap_is_allowed: bool = False
) -> bytes:
    """The private key under a passphrase: the cost, a random salt and a seal. Refuses: CostRefused."""
    _refuse_cheap(cost, cheap_is_allowed=cheap_is_allowed)
    head = b"".join(part.to_bytes(4) for part in (cost.memory, cost.rounds, cost.lanes))
    salt = os.urandom(SALT_BYTES)
    aad = place(_PASSPHRASE, head, salt, bound)
    return head + salt + seal(pair.private, key=_stretched(passphrase, salt, cost), aad=aad)


def unlock(blob: bytes, passphrase: str, *, bound: bytes, cheap_is_allowed: bool = False) -> KeyPair:
    """The pair that lies under that passphrase. Refuses: SealBroken (which of all is wrong is not told), CostRefused."""
    head, salt = blob[:_COST_BYTES], blob[_COST_BYTES : _COST_BYTES + SALT_BYTES]
    cost = Cost(*(int.from_bytes(head[at : at + 4]) for at in (0, 4, 8)))
    if len(salt) != SALT_BYTES or cost not in (PROPER, CHEAP):
        raise seal_broken()
    _refuse_cheap(cost, cheap_is_allowed=cheap_is_allowed)
    key = _stretched(passphrase, salt, cost)
    sealed = blob[_COST_BYTES + SALT_BYTES :]
    return KeyPair.of(open_sealed(sealed, key=key, aad=place(_PASSPHRASE, head, salt, bound)))


def hold(pair: KeyPair, session: str, *, bound: bytes) -> bytes:
    """The private key for the time of a visit, under what follows from the id of its session."""
    return seal(pair.private, key=_of_session(session), aad=place(_VISIT, bound))


def held(blob: bytes, session: str, *, bound: bytes) -> KeyPair:
    """The pair that a visit holds. Refuses: SealBroken."""
    return KeyPair.of(open_sealed(blob, key=_of_session(session), aad=place(_VISIT, bound)))


def _halves(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    return (
        MLKEM768PrivateKey.from_seed_bytes(private[:_SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(private[_SEED_BYTES:]),
    )


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    made = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.rounds, lanes=cost.lanes, memory_cost=cost.memory
    )
    return made.derive(passphrase.encode())


def _of_session(session: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=_VISIT).derive(session.encode())


def _refuse_cheap(cost: Cost, *, cheap_is_allowed: bool) -> None:
    if cost.is_cheap and not cheap_is_allowed:
        raise CostRefused(
            code="passphrase_too_cheap",
            reason="This passphrase was made into a key at the price of a demonstration.",
            instead="Make new keys in this installation; those of a demonstration open nothing here.",
        )
