"""Scanning: clamd is asked in its own words over a socket; without one, or without an answer, that is said."""

import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from encircle.host.file.scanner import Scan, Scanned, scanned

HARMFUL = b"harmful as agreed"


class Clamd:
    """As clamd(8) speaks: INSTREAM, lengths and pieces, an empty piece, then one line."""

    def __init__(self, at: Path, *, ends: bytes = b"") -> None:
        self.at, self._ends = at, ends
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(at))
        self._door.listen()
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            with line, line.makefile("rb") as read:
                assert read.read(10) == b"zINSTREAM\0"
                content = b""
                while length := int.from_bytes(read.read(4)):
                    content += read.read(length)
                found = b"stream: Test.Harm FOUND\0" if HARMFUL in content else b"stream: OK\0"
                line.sendall(self._ends or found)

    def close(self) -> None:
        self._door.close()


@pytest.fixture
def place() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made, "clamd")


def test_what_is_harmful_is_named_and_what_is_not_is_said_to_be_so(place: Path):
    clamd = Clamd(place)
    assert scanned(bytes(200_000) + HARMFUL, at=place) == Scanned(Scan.FOUND, "Test.Harm")
    assert scanned(b"a picture", at=place) == Scanned(Scan.NOTHING_FOUND)
    assert scanned(b"", at=place) == Scanned(Scan.NOTHING_FOUND)
    clamd.close()


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"\xff\0", b"stream: OK but not quite\0"]
)
def test_any_other_answer_is_none(place: Path, answer: bytes):
    clamd = Clamd(place, ends=answer)
    assert scanned(b"a picture", at=place) == Scanned(Scan.NO_ANSWER)
    clamd.close()


def test_without_a_scanner_none_was_made_and_one_that_is_gone_gave_no_answer(place: Path):
    assert scanned(HARMFUL, at=None) == Scanned(Scan.NONE)
    assert scanned(HARMFUL, at=place) == Scanned(Scan.NO_ANSWER)
