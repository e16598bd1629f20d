"""Lines to the pages, as the kernel counts their bytes: what brings nothing is given up where others need the place.

The server's threads wait for a line without an end, and nothing of the server tells how long one has been still. So its
connections are looked at from beside: one that is shut down here ends its request as if the other side had left. Nobody is
asked for an address. Works on Linux; elsewhere nothing is looked at. Knows no cases.
"""

import os
import resource
import socket
import stat
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from encircle.host.body import ROOM, SHORT_BYTES

PLACES: Final = 1000
"""Lines that are held at once, idle ones too, as the server is told (cli/process.py)."""
SILENT_SECONDS: Final = 120.0
"""So long a line may be still while there is room: a telephone in a tunnel."""
WINDOW_SECONDS: Final = 5
FEW_BYTES: Final = 512
"""In that window, both ways together: no line that carries more is given up, however few places are left."""
_EVERY_SECONDS, _SHORTEST_REQUEST, _LATE_SECONDS, _EARLY_SECONDS = 1.0, 64, 3.0, 0.5
_SENT_WITHIN_SECONDS, _FILES_BESIDE = 2.0, 500
_OPEN = Path("/proc/self/fd")
_HEARD, _COUNTED = struct.Struct("=52xI"), struct.Struct("=120xQQ")
"""Of `struct tcp_info` (linux/tcp.h): milliseconds since the last byte came; bytes that arrived there, bytes that came."""


class InHand:
    """Requests that are whole and whose answers are not sent yet: they are as still as silent lines, and not to blame."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: dict[object, float] = {}
        self._answered: deque[tuple[float, float]] = deque(maxlen=PLACES)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Inside, one more is in hand; and for a moment afterwards, while its answer leaves."""
        own, since = object(), self._clock()
        self._since[own] = since
        try:
            yield
        finally:
            self._answered.append((since, self._clock()))
            del self._since[own]

    def seconds(self) -> tuple[float, ...]:
        """For how long each has been whole."""
        now = self._clock()
        left = [since for since, at in list(self._answered) if now - at <= _SENT_WITHIN_SECONDS]
        return tuple(now - since for since in (*list(self._since.values()), *left))


@dataclass(slots=True, eq=False)
class Line:
    """One line over time, by one look a second."""

    still_since: float
    moved: int = 0
    """Bytes in all, both ways."""
    heard_seconds: float = 0.0
    """Since the last one came."""
    before: deque[int] = field(default_factory=lambda: deque(maxlen=WINDOW_SECONDS + 1))

    def seen(self, *, moved: int, heard_seconds: float, at: float) -> None:
        """What one look has found."""
        if moved != self.moved:
            self.still_since = at
        self.moved, self.heard_seconds = moved, heard_seconds
        self.before.append(moved)

    @property
    def lately(self) -> int | None:
        """Bytes within the window; nothing, while it has not been there for so long."""
        return self.moved - self.before[0] if len(self.before) > WINDOW_SECONDS else None

    def may_be_in_hand(self, in_hand: Collection[float]) -> bool:
        """Whether one of the requests that are whole may have come over it."""
        one_came = (self.lately or 0) >= _SHORTEST_REQUEST
        return any(
            -_EARLY_SECONDS <= self.heard_seconds - whole <= _LATE_SECONDS
            for whole in in_hand
            if one_came or whole >= WINDOW_SECONDS - 1
        )


def to_give_up(
    lines: Collection[Line],
    *,
    places: int,
    in_hand: Collection[float],
    at: float,
    short_of_disk: bool = False,
) -> frozenset[Line]:
    """Lines whose places are needed more than they are used.

    While a quarter of the places is free: those that were still for SILENT_SECONDS. Else those as well that carried less
    than FEW_BYTES within the window, least first, until half of the places are free. While the disk is short of room: all
    that carry so little and have brought a long body, which lies there. Never one whose answer is being made.
    """
    waiting = [one for one in lines if not one.may_be_in_hand(in_hand)]
    over = frozenset(one for one in waiting if at - one.still_since >= SILENT_SECONDS)
    slow = [
        (one.lately, one.moved, one) for one in waiting if one.lately is not None and one.lately < FEW_BYTES
    ]
    if short_of_disk:
        over |= {one for _, moved, one in slow if moved > SHORT_BYTES}
    if 4 * len(lines) < 3 * places:
        return over
    least = sorted(slow, key=lambda found: found[:2])[: len(lines) - places // 2]
    return over | {one for _, _, one in least}


class Lines:
    """The lines of this process to the port on which it listens."""

    def __init__(self, in_hand: InHand, *, places: int = PLACES) -> None:
        self._in_hand, self._places = in_hand, places
        self._known: dict[int, Line] = {}

    def watch(self) -> None:
        """From now on look every second, in a thread of its own; nothing, where the kernel does not tell."""
        _allow_files(self._places + _FILES_BESIDE)
        if _OPEN.is_dir() and hasattr(socket, "TCP_INFO"):
            threading.Thread(target=self._keep_looking, name="lines", daemon=True).start()

    def _keep_looking(self) -> None:
        while True:
            time.sleep(_EVERY_SECONDS)
            self.look(time.monotonic())

    def look(self, at: float) -> None:
        """Count the bytes of all lines, and shut down those that are to be given up."""
        found, ports = {}, set()
        for own in _sockets():
            with own:
                if own.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    ports.add(_port(own))
                    continue
                with suppress(OSError):
                    found[os.fstat(own.fileno()).st_ino] = (_port(own), *_counted(own))
        known = {}
        for number, (port, moved, heard) in found.items():
            if port in ports:
                known[number] = self._known.get(number) or Line(at)
                known[number].seen(moved=moved, heard_seconds=heard, at=at)
        self._known = known
        over = to_give_up(
            known.values(),
            places=self._places,
            in_hand=self._in_hand.seconds(),
            at=at,
            short_of_disk=ROOM.is_short(),
        )
        self._shut({number for number, one in known.items() if one in over})

    def _shut(self, numbers: Collection[int]) -> None:
        if not numbers:
            return
        for own in _sockets():
            with own, suppress(OSError):
                number = os.fstat(own.fileno()).st_ino
                if number in numbers and _counted(own)[0] == self._known[number].moved:
                    own.shutdown(socket.SHUT_RDWR)


def _sockets() -> Iterator[socket.socket]:
    """Each open TCP socket of this process, as a handle of our own."""
    for name in os.listdir(_OPEN):
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                own = socket.socket(socket.AF_INET, socket.SOCK_STREAM, fileno=os.dup(int(name)))
                if own.getsockopt(socket.SOL_SOCKET, socket.SO_PROTOCOL) == socket.IPPROTO_TCP:
                    yield own
                else:
                    own.close()


def _port(own: socket.socket) -> int:
    return int(own.getsockname()[1])


def _counted(own: socket.socket) -> tuple[int, float]:
    """Bytes both ways, and seconds since the last one came."""
    told = own.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _COUNTED.size)
    arrived, came = _COUNTED.unpack(told)
    return arrived + came, _HEARD.unpack_from(told)[0] / 1000


def _allow_files(many: int) -> None:
    """As many files may be open as lines and what stands beside them, as far as this process may allow it itself."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < many:
        resource.setrlimit(
            resource.RLIMIT_NOFILE, (many if hard == resource.RLIM_INFINITY else min(many, hard), hard)
        )
