"""Silent lines at a real server: they lose their places to a report; a slow telephone and whoever waits for us do not."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench._silent import SORTS, holding

PLACES, LINES = 20, 24
APP = f"""
import time
from encircle.host.lines import InHand, Lines
hand = InHand()

def application(environ, start):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    with hand.one():
        time.sleep(float(environ["QUERY_STRING"] or 0))
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"%d;" % len(body)]

def watched():
    Lines(hand, places={PLACES}).watch()
    return application
"""
PATIENCE_SECONDS, SHUT_SECONDS, LONG_SECONDS = 20.0, 9.0, 8


@contextmanager
def served(folder: Path, app: str) -> Iterator[int]:
    """The web server as `encircle serve` starts it, with twenty places."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    Path(folder / "silent.py").write_text(APP, "utf-8")
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--port", str(port)]
    words += [
        "--blocking-threads",
        str(PLACES),
        "--backpressure",
        str(PLACES),
        "--no-ws",
        "--log-level",
        "error",
    ]
    process = subprocess.Popen([*words, *app.split()], cwd=folder)
    try:
        while not answered(port, b"", patience=1):
            assert process.poll() is None
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def answered(port: int, body: bytes, *, patience: float, query: str = "") -> bool:
    """Whether a request over a line of its own was read whole and answered in time."""
    way = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        way.request("POST", f"/?{query}", body)
        return way.getresponse().read() == b"%d;" % len(body)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        way.close()


def slowly(port: int) -> bool:
    """Whether a telephone that sends 200 bytes a second for nine seconds came to its end."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as way:
        way.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1800\r\n\r\n")
        for _ in range(9):
            way.sendall(b"x" * 200)
            time.sleep(1)
        return way.recv(4096).endswith(b"1800;")


@pytest.mark.parametrize("sort", SORTS)
def test_a_report_goes_through_and_whoever_goes_on_or_waits_for_us_stays(tmp_path: Path, sort: str):
    with served(tmp_path, "--factory silent:watched") as port, ThreadPoolExecutor(2) as pool:
        telephone = pool.submit(slowly, port)
        waits = pool.submit(answered, port, b"x", patience=PATIENCE_SECONDS, query=str(LONG_SECONDS))
        time.sleep(1)
        with holding(port, sort, LINES) as held:
            assert answered(port, b"x" * 7000, patience=PATIENCE_SECONDS)
            assert (telephone.result(), waits.result()) == (True, True)
        assert held.given_up >= LINES - PLACES


def test_where_nobody_looks_they_keep_it_out(tmp_path: Path):
    with served(tmp_path, "silent:application") as port, holding(port, "half a body", LINES):
        assert not answered(port, b"x" * 7000, patience=SHUT_SECONDS)
