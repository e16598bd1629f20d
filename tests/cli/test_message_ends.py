"""Where one request ends and the next begins is found in one way: what could be read in two ways is refused or closed."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_serve import free_port

APP = """
def application(environ, start):
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['PATH_INFO']} {body.decode()};".encode()]
"""
PATIENCE_SECONDS = 60
POST, NEXT = b"POST /one HTTP/1.1\r\nHost: x\r\n", b"GET /two HTTP/1.1\r\nHost: x\r\n\r\n"
LENGTH, CHUNKED = b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n"
EMPTY = b"0\r\n\r\n"
"""A last chunk, which is also the five bytes that the length speaks of."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The web server as `encircle serve` starts it, before a page that says what it was sent."""
    folder, port = tmp_path_factory.mktemp("ends"), free_port()
    Path(folder / "said.py").write_text(APP, "utf-8")
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--host", "127.0.0.1"]
    words += ["--port", str(port), "--workers", "1", "--blocking-threads", "4", "--backpressure", "64"]
    words += ["--no-ws", "--log-level", "warning", "said:application"]
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE_SECONDS:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield port
    process.terminate()
    process.wait(20)


def asked(port: int, sent: bytes) -> tuple[list[str], list[str], bool]:
    """The states that came back, the bodies, and whether the connection was closed."""
    got, closed = b"", False
    with socket.create_connection(("127.0.0.1", port), timeout=2) as way:
        way.sendall(sent)
        try:
            while part := way.recv(65536):
                got += part
            closed = True
        except (TimeoutError, ConnectionResetError) as ended:
            closed = isinstance(ended, ConnectionResetError)
    answers = got.decode().split("HTTP/1.1 ")[1:]
    return (
        [one[:3] for one in answers],
        [one.partition("\r\n\r\n")[2] for one in answers if one.startswith("200")],
        closed,
    )


def test_two_requests_on_one_connection_are_two(server: int):
    """So that what is asked below could appear."""
    sent = POST + LENGTH + b"\r\nhello" + NEXT
    assert asked(server, sent) == (["200", "200"], ["/one hello;", "/two ;"], False)


@pytest.mark.parametrize(
    "head",
    [
        LENGTH + b"Content-Length: 6\r\n",
        b"Content-Length: 5, 6\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length : 5\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: xchunked\r\n",
    ],
)
def test_a_request_with_two_lengths_or_none_that_is_sure_is_refused_and_the_way_closed(
    server: int, head: bytes
):
    assert asked(server, POST + head + b"\r\n" + EMPTY + NEXT) == (["400"], [], True)


@pytest.mark.parametrize("head", [LENGTH + CHUNKED, CHUNKED + LENGTH])
def test_of_chunks_and_a_length_the_chunks_count_and_nothing_follows(server: int, head: bytes):
    """As RFC 9112, 6.3 says: what comes behind is never read as a second request."""
    assert asked(server, POST + head + b"\r\n" + EMPTY + NEXT) == (["200"], ["/one ;"], True)
