"""Bodies of requests: read whole before anybody makes a page of them; a long one lies sealed, and no plain byte of it."""

import io
import tempfile
from collections.abc import Iterator
from typing import IO

import pytest

from encircle.host import body as bodies
from encircle.host.body import SHORT_BYTES, Body, BrokenOff, NoRoom

CANARY = b"Canary-77c1 "
LONG = CANARY * 60_000
"""More than two pieces."""


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[IO[bytes]]]:
    """The temporary files that are made."""
    made: list[IO[bytes]] = []
    own = tempfile.SpooledTemporaryFile

    def made_here(max_size: int) -> IO[bytes]:
        made.append(own(max_size=max_size))
        return made[-1]

    monkeypatch.setattr(bodies, "SpooledTemporaryFile", made_here)
    return made


class Dripping(io.RawIOBase):
    """What comes in a few bytes at a time."""

    def __init__(self, whole: bytes, at_once: int) -> None:
        super().__init__()
        self._rest, self._at_once = io.BytesIO(whole), at_once

    def read(self, size: int = -1, /) -> bytes:
        return self._rest.read(min(size, self._at_once))


@pytest.mark.parametrize("at_once", [7, 1000, 1 << 20])
@pytest.mark.parametrize("whole", [b"", b"form=a&text=b", LONG[:SHORT_BYTES], LONG[: SHORT_BYTES + 1], LONG])
def test_what_came_is_read_as_it_came_however_slowly(whole: bytes, at_once: int):
    body = Body()
    body.read_in(Dripping(whole, max(at_once, len(whole) // 5_000)), len(whole))
    assert body.opened().read() == whole
    body.close()


def test_lines_and_parts_of_a_long_one_can_be_read_as_django_reads_them():
    whole = (b"a line\n" * 100_000) + b"end"
    body = Body()
    body.read_in(io.BytesIO(whole), len(whole))
    opened = body.opened()
    assert [opened.readline(), opened.read(3), opened.readline()] == [b"a line\n", b"a l", b"ine\n"]
    assert opened.read() == whole[14:]
    body.close()


def test_no_plain_byte_of_a_long_one_is_put_aside(kept: list[IO[bytes]]):
    body = Body()
    body.read_in(io.BytesIO(LONG), len(LONG))
    (file,) = kept
    file.seek(0)
    aside = file.read()
    assert len(aside) > len(LONG)
    assert CANARY.strip() not in aside
    assert body.opened().read() == LONG, "and it opens with the key in memory"
    body.close()


def test_one_that_breaks_off_is_no_body(kept: list[IO[bytes]]):
    for whole in (b"form=a", LONG):
        body = Body()
        with pytest.raises(BrokenOff):
            body.read_in(io.BytesIO(whole), len(whole) + 1)
        body.close()
    assert [one.closed for one in kept] == [True]


def test_the_disk_is_not_filled_and_room_comes_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bodies, "MOST_OF_ALL", len(LONG) + 10)
    first, second, third = Body(), Body(), Body()
    assert not bodies.ROOM.is_short()
    first.read_in(io.BytesIO(LONG), len(LONG))
    assert bodies.ROOM.is_short()
    with pytest.raises(NoRoom):
        second.read_in(io.BytesIO(LONG), len(LONG))
    second.close()
    third.read_in(io.BytesIO(b"form=a"), 6)
    assert third.opened().read() == b"form=a", "words are always taken"
    first.close()
    again = Body()
    again.read_in(io.BytesIO(LONG), len(LONG))
    again.close()


def test_beyond_the_most_it_is_read_to_its_end_and_forgotten(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bodies, "MOST_BYTES", 2 * SHORT_BYTES)
    body, incoming = Body(), io.BytesIO(LONG)
    body.read_in(incoming, len(LONG))
    assert incoming.tell() == len(LONG)
    assert body.opened().read() == LONG[: 2 * SHORT_BYTES]
    body.close()
