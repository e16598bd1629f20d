"""A long file in pieces: it comes back whole and in its order; a piece left out, moved or cut off is noticed."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.crypto import pieces
from encircle.crypto.pieces import PIECE_BYTES, Sealing, open_piece
from encircle.crypto.sealed import OVERHEAD_BYTES, SealBroken

FILE = bytes(range(256)) * (PIECE_BYTES // 128 + 3)
"""Two whole pieces and the beginning of a third."""


def sealed(*taken: bytes) -> tuple[Sealing, list[bytes]]:
    sealing = Sealing()
    made = [piece for part in taken for piece in sealing.take(part)]
    return sealing, [*made, sealing.end()]


def opened(sealing: Sealing, made: list[bytes]) -> bytes:
    return b"".join(open_piece(one, key=sealing.key, number=at, of=len(made)) for at, one in enumerate(made))


@pytest.mark.parametrize("step", [len(FILE), PIECE_BYTES, 100_000])
def test_a_file_comes_back_whole_however_it_came_in(step: int) -> None:
    sealing, made = sealed(*(FILE[at : at + step] for at in range(0, len(FILE), step)))
    assert opened(sealing, made) == FILE
    assert (sealing.pieces, sealing.digest) == (3, hashlib.sha256(FILE).digest())
    assert [len(one) - OVERHEAD_BYTES for one in made] == [
        PIECE_BYTES,
        PIECE_BYTES,
        len(FILE) - 2 * PIECE_BYTES,
    ]
    assert FILE[:64] not in b"".join(made)


@given(st.binary(max_size=200))
def test_a_short_file_is_one_piece_and_an_empty_one_too(plain: bytes) -> None:
    sealing, made = sealed(plain)
    assert (len(made), opened(sealing, made)) == (1, plain)


def test_a_file_that_fills_a_piece_to_the_last_byte_has_no_empty_one_behind() -> None:
    sealing, made = sealed(FILE[:PIECE_BYTES])
    assert (len(made), opened(sealing, made)) == (1, FILE[:PIECE_BYTES])


def test_no_more_than_a_piece_of_the_file_is_kept_and_nothing_after_its_end() -> None:
    sealing = Sealing()
    assert [len(one) for one in sealing.take(FILE)] == [PIECE_BYTES + OVERHEAD_BYTES] * 2
    assert len(sealing.end()) == len(FILE) - 2 * PIECE_BYTES + OVERHEAD_BYTES
    assert len(sealing.end()) == OVERHEAD_BYTES


def test_each_file_has_a_key_of_its_own() -> None:
    one, made = sealed(FILE)
    with pytest.raises(SealBroken):
        open_piece(made[0], key=Sealing().key, number=0, of=3)
    assert one.key != Sealing().key


@pytest.mark.parametrize(
    ("piece", "number", "of"), [(0, 1, 3), (1, 0, 3), (0, 2, 3), (1, 1, 2), (2, 2, 4), (2, 1, 3)]
)
def test_a_piece_in_another_place_or_of_a_file_that_was_cut_off_does_not_open(
    piece: int, number: int, of: int
) -> None:
    sealing, made = sealed(FILE)
    assert open_piece(made[piece], key=sealing.key, number=piece, of=3)
    with pytest.raises(SealBroken):
        open_piece(made[piece], key=sealing.key, number=number, of=of)


def test_a_piece_holds_so_much_that_a_long_file_is_never_in_memory_at_once() -> None:
    assert pieces.PIECE_BYTES == 262_144
