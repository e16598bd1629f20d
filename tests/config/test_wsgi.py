"""The threads that make pages wait for no line: a request is read to its end before one of them has it."""

import io
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from typing import Any

import pytest

from encircle.config.wsgi import Environ, InTurn, Start

SLOW, MAKERS = 6, 2
PATIENCE_SECONDS = 5


class Held(io.RawIOBase):
    """A line on which nothing comes until it is let go."""

    def __init__(self, go: threading.Event) -> None:
        super().__init__()
        self._go, self._rest = go, io.BytesIO(b"form=a")

    def read(self, size: int = -1, /) -> bytes:
        self._go.wait()
        return self._rest.read(size)


def app(environ: Environ, start: Start) -> Iterable[bytes]:
    """Says what it was sent."""
    body = environ["wsgi.input"].read()
    start("200 OK", [("X-Length", str(len(body)))])
    return [body]


@pytest.fixture
def go() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def asked(body: Any, length: int) -> Environ:
    return {"wsgi.input": body, "CONTENT_LENGTH": str(length)}


def beside_slow_lines(
    server: Callable[[Environ, Start], Iterable[bytes]], go: threading.Event, *, threads: int
) -> Future[list[bytes]]:
    """A request without a body, beside slow ones."""
    pool = ThreadPoolExecutor(threads)
    for _ in range(SLOW):
        pool.submit(server, asked(Held(go), 6), lambda *_told: None)
    quick = pool.submit(lambda: list(server(asked(io.BytesIO(), 0), lambda *_told: None)))
    pool.shutdown(wait=False)
    return quick


def test_a_page_is_made_while_more_lines_are_slow_than_there_are_makers(go: threading.Event):
    quick = beside_slow_lines(InTurn(app, makers=MAKERS), go, threads=SLOW + 1)
    assert quick.result(PATIENCE_SECONDS) == [b""]


def test_where_makers_read_the_lines_themselves_it_waits(go: threading.Event):
    quick = beside_slow_lines(app, go, threads=MAKERS)
    with pytest.raises(TooLong):
        quick.result(0.5)
    go.set()
    assert quick.result(PATIENCE_SECONDS) == [b""]


def test_what_is_told_comes_with_the_page_and_what_breaks_off_reaches_nobody():
    told: list[object] = []
    reached: list[Environ] = []

    def noted(environ: Environ, start: Start) -> Iterable[bytes]:
        reached.append(environ)
        return app(environ, start)

    server = InTurn(noted, makers=MAKERS)
    assert server(asked(io.BytesIO(b"form=a"), 6), lambda *one: told.append(one)) == [b"form=a"]
    assert server(asked(io.BytesIO(b"form"), 6), lambda *one: told.append(one)) == [b""]
    assert told == [("200 OK", [("X-Length", "6")]), ("400 Bad Request", [])]
    assert len(reached) == 1
    for said in ("", "none", "-4"):
        assert server({"wsgi.input": io.BytesIO(b"x"), "CONTENT_LENGTH": said}, lambda *_one: None) == [b""]


def test_an_error_of_the_pages_is_one_of_the_server():
    def fails(_environ: Environ, _start: Start) -> Iterable[bytes]:
        raise KeyError("nothing")

    with pytest.raises(KeyError):
        InTurn(fails, makers=MAKERS)(asked(io.BytesIO(), 0), lambda *_told: None)
