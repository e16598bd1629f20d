"""A long file in sealed pieces: sealed while it comes in, opened one by one. Knows no tables.

Each piece is bound to its number and to whether it is the last, so that none can be left out, moved or cut off.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

from encircle.crypto.keyring import new_data_key
from encircle.crypto.sealed import open_sealed, place, seal

PIECE_BYTES: Final = 256 * 1024
"""So much of the plain file is in memory at once, and in one piece."""
_PIECE = b"encircle/file-piece"


class Sealing:
    """A file that comes in bit by bit. `key` is its own; `digest` is of what came in so far."""

    __slots__ = ("_hash", "_number", "_rest", "key")

    def __init__(self) -> None:
        self.key = new_data_key()
        self._hash = hashlib.sha256()
        self._rest = b""
        self._number = 0

    @property
    def digest(self) -> bytes:
        """SHA-256 of the plain bytes."""
        return self._hash.digest()

    @property
    def pieces(self) -> int:
        """How many were sealed."""
        return self._number

    def take(self, plain: bytes) -> Iterator[bytes]:
        """The pieces that are full now, sealed. The last one is kept back until the end."""
        self._hash.update(plain)
        self._rest += plain
        while len(self._rest) > PIECE_BYTES:
            whole, self._rest = self._rest[:PIECE_BYTES], self._rest[PIECE_BYTES:]
            yield self._sealed(whole, is_last=False)

    def end(self) -> bytes:
        """The last piece, sealed; the plain rest is gone from here."""
        rest, self._rest = self._rest, b""
        return self._sealed(rest, is_last=True)

    def _sealed(self, plain: bytes, *, is_last: bool) -> bytes:
        aad = _place(self._number, is_last=is_last)
        self._number += 1
        return seal(plain, key=self.key, aad=aad)


def open_piece(sealed: bytes, *, key: bytes, number: int, of: int) -> bytes:
    """The plain bytes of that piece of so many. Refuses: SealBroken."""
    return open_sealed(sealed, key=key, aad=_place(number, is_last=number == of - 1))


def _place(number: int, *, is_last: bool) -> bytes:
    return place(_PIECE, number.to_bytes(4), b"last" if is_last else b"more")
