"""Bodies of requests as they come in, however slowly: short ones in memory, long ones sealed piece by piece.

What a slow line sends is waited for here, and by nobody who makes pages. Of a long body no plain byte is written: what is put
aside is sealed in a temporary file without a name, and its key is in memory alone. Knows no cases.
"""

from collections.abc import Iterator
from io import BufferedReader, BytesIO, RawIOBase
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import IO, Final, Protocol

from encircle.crypto.pieces import PIECE_BYTES, Sealing, open_piece
from encircle.crypto.sealed import OVERHEAD_BYTES

SHORT_BYTES: Final = 64 * 1024
"""A form of words is never longer: it stays in memory, and needs no room on the disk."""
MOST_BYTES: Final = 128 * 1024 * 1024
"""Of one body; what comes beyond is read and forgotten, as the pages forget what is too long."""
MOST_OF_ALL: Final = 1024 * 1024 * 1024
"""Of all long bodies together, so that the disk is not filled by what nobody finishes."""
_AT_ONCE = 64 * 1024


class Incoming(Protocol):
    """Whatever bytes come out of."""

    def read(self, size: int, /) -> bytes:
        """At most so many; none, once there are no more."""


class NoRoom(Exception):
    """Too many long bodies are under way together."""


class BrokenOff(Exception):
    """Who sent it went away before it was whole."""


class _Room:
    """How much of the disk is taken by long bodies."""

    def __init__(self) -> None:
        self._lock, self._taken = Lock(), 0

    def take(self, size: int) -> None:
        """Refuses: NoRoom."""
        with self._lock:
            if self._taken + size > MOST_OF_ALL:
                raise NoRoom
            self._taken += size

    def is_short(self) -> bool:
        """Whether less than a quarter of it is left."""
        with self._lock:
            return 4 * self._taken > 3 * MOST_OF_ALL

    def give(self, size: int) -> None:
        """It is free again."""
        with self._lock:
            self._taken -= size


ROOM: Final = _Room()


class Body:
    """One body. `read_in` waits until it is whole; `opened` is read by who makes the page; `close` forgets it."""

    __slots__ = ("_kept", "_sealing", "_short", "_taken")

    def __init__(self) -> None:
        self._short = b""
        self._sealing: Sealing | None = None
        self._kept: IO[bytes] | None = None
        self._taken = 0

    def read_in(self, incoming: Incoming, length: int) -> None:
        """Wait for so many bytes. Refuses: BrokenOff; NoRoom, where it is long."""
        left = length
        while left > 0:
            came = incoming.read(min(_AT_ONCE, left))
            if not came:
                raise BrokenOff
            if length <= SHORT_BYTES:
                self._short += came
            elif length - left < MOST_BYTES:
                self._put_aside(came)
            left -= len(came)
        if self._sealing is not None and self._kept is not None:
            self._kept.write(self._sealing.end())

    def opened(self) -> IO[bytes]:
        """What came, from its beginning."""
        if self._sealing is None or self._kept is None:
            return BytesIO(self._short)
        self._kept.seek(0)
        return BufferedReader(_Opened(self._pieces(self._kept, self._sealing)), PIECE_BYTES)

    def close(self) -> None:
        """Forget it."""
        self._short = b""
        if self._kept is not None:
            self._kept.close()
        ROOM.give(self._taken)
        self._taken = 0

    def _put_aside(self, plain: bytes) -> None:
        if self._sealing is None or self._kept is None:
            self._sealing = Sealing()
            self._kept = SpooledTemporaryFile(max_size=_AT_ONCE)  # noqa: SIM115  # closed by `close`
        ROOM.take(len(plain))
        self._taken += len(plain)
        for sealed in self._sealing.take(plain):
            self._kept.write(sealed)

    @staticmethod
    def _pieces(kept: IO[bytes], sealing: Sealing) -> Iterator[bytes]:
        for number in range(sealing.pieces):
            sealed = kept.read(PIECE_BYTES + OVERHEAD_BYTES)
            yield open_piece(sealed, key=sealing.key, number=number, of=sealing.pieces)


class _Opened(RawIOBase):
    """The plain bytes of pieces, one piece in memory at a time."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces, self._rest = pieces, memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, into: "memoryview | bytearray", /) -> int:  # type: ignore[override]  # the stub says Buffer
        """As many as there is room for, or as the piece still has."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(into), len(self._rest))
        into[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
