"""Lines that hold the door's places: they send nothing, half a head, half a body, a byte now and then, or stay idle."""

import resource
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_HEAD = b"POST /hello/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SORTS = {
    "nothing": b"",
    "half a head": _HEAD,
    "half a body": _HEAD + b"Content-Length: 7000\r\n\r\nstep=send&text=",
    "a byte every second": _HEAD + b"Content-Length: 7000\r\n\r\nstep=send&text=",
    "idle": b"GET /-/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
}
DRIPS = "a byte every second"
_PATIENCE_SECONDS = 10.0
_FILES_BESIDE = 200


class Held:
    """The lines of one sort. Those that the server gives up are opened again, where that is wanted."""

    def __init__(self, port: int, sort: str, many: int) -> None:
        self._port, self._sort = port, sort
        self._open = [self._one() for _ in range(many)]
        self.given_up = 0

    def _one(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self._port), timeout=_PATIENCE_SECONDS)
        made.sendall(SORTS[self._sort])
        made.setblocking(False)
        return made

    def look(self, *, again: bool) -> None:
        """Count what was given up since, and send the next byte on those that drip."""
        poll = select.poll()
        for one in self._open:
            poll.register(one, select.POLLIN | select.POLLHUP)
        came = {number for number, _ in poll.poll(0)}
        still = []
        for one in self._open:
            over = one.fileno() in came and self._is_over(one)
            if not over and self._sort == DRIPS:
                with suppress(OSError):
                    one.send(b"a")
            if not over:
                still.append(one)
                continue
            one.close()
            self.given_up += 1
            if again:
                with suppress(OSError):
                    still.append(self._one())
        self._open = still

    @staticmethod
    def _is_over(one: socket.socket) -> bool:
        try:
            return not one.recv(4096)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def close(self) -> None:
        """Leave all."""
        for one in self._open:
            one.close()


@contextmanager
def holding(port: int, sort: str, many: int, *, again: bool = False) -> Iterator[Held]:
    """Inside, so many lines of that sort stay open, as far as the server lets them."""
    _allow_files(many + _FILES_BESIDE)
    held, over = Held(port, sort, many), threading.Event()

    def keep() -> None:
        while not over.wait(1):
            held.look(again=again)

    keeper = threading.Thread(target=keep, daemon=True)
    time.sleep(1)
    keeper.start()
    try:
        yield held
    finally:
        over.set()
        keeper.join()
        held.close()


def _allow_files(many: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < many:
        most = many if hard == resource.RLIM_INFINITY else min(many, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
