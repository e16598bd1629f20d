"""What a lock by passkey promises: one output opens it, in its place, whole; never the output as it comes."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.crypto.passkey_lock import OUTPUT_BYTES, lock_by_passkey, salt_for, unlock_by_passkey
from encircle.crypto.people import CHEAP, KeyPair, bound_to, hold, lock, unlock
from encircle.crypto.sealed import SealBroken, open_sealed, place, seal

MINE = KeyPair.of(bytes(range(96)))
OUTPUT = bytes(range(100, 132))
OUTPUTS = st.binary(min_size=OUTPUT_BYTES, max_size=OUTPUT_BYTES)
HERE = bound_to("passkey-lock", "carla", "her key", "her passkey")
KEPT = (
    "AUI4CTyTxXF2Er/tfEPqE9cfWt3GAoG+T1uwC9lfkFOQ6WmYvwWw8FZf+0Bwu/HrnfOPXhKCt29zSg8tRYut"
    "ZoOZIEVVRFPn2j4mCYqmTDpvpGKA74uOrAbhs/gE7kj7Uf2ql50wi2C57uG2VNbUVYY5PeH7L+MvSkPqM/U="
)


@settings(max_examples=60)
@given(OUTPUTS, OUTPUTS)
def test_the_same_output_opens_it_and_another_does_not(output: bytes, other: bytes) -> None:
    blob = lock_by_passkey(MINE, output, bound=HERE)
    assert (unlock_by_passkey(blob, output, bound=HERE), len(blob)) == (MINE, 125)
    assert MINE.private not in blob
    if other != output:
        with pytest.raises(SealBroken):
            unlock_by_passkey(blob, other, bound=HERE)


@pytest.mark.parametrize(
    "parts",
    [
        ("passkey-lock", "dmitri", "her key", "her passkey"),
        ("passkey-lock", "carla", "another key", "her passkey"),
        ("passkey-lock", "carla", "her key", "another passkey"),
        ("member-key", "carla", "her key", "her passkey"),
        ("passkey-lock", "carla", "her keyher passkey"),
    ],
)
def test_moved_to_another_person_key_passkey_or_use_it_does_not_open(parts: tuple[str, ...]) -> None:
    blob = lock_by_passkey(MINE, OUTPUT, bound=HERE)
    with pytest.raises(SealBroken):
        unlock_by_passkey(blob, OUTPUT, bound=bound_to(*parts))


@given(st.integers(min_value=0))
def test_no_flipped_bit_of_lock_or_output_goes_unseen(at: int) -> None:
    blob, output = bytearray(lock_by_passkey(MINE, OUTPUT, bound=HERE)), bytearray(OUTPUT)
    blob[at // 8 % len(blob)] ^= 1 << at % 8
    output[at // 8 % len(output)] ^= 1 << at % 8
    for lock_, given_ in ((bytes(blob), OUTPUT), (lock_by_passkey(MINE, OUTPUT, bound=HERE), bytes(output))):
        with pytest.raises(SealBroken):
            unlock_by_passkey(lock_, given_, bound=HERE)


@pytest.mark.parametrize("output", [b"", OUTPUT[:-1], OUTPUT + b"\x00", OUTPUT * 2])
def test_an_output_of_another_length_neither_locks_nor_opens(output: bytes) -> None:
    blob = lock_by_passkey(MINE, OUTPUT, bound=HERE)
    with pytest.raises(SealBroken):
        unlock_by_passkey(blob, output, bound=HERE)
    with pytest.raises(SealBroken):
        lock_by_passkey(MINE, output, bound=HERE)


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x02" * 125, b"\x01" * 125])
def test_what_is_no_lock_gets_the_same_refusal(blob: bytes) -> None:
    with pytest.raises(SealBroken):
        unlock_by_passkey(blob, OUTPUT, bound=HERE)


def test_what_a_passphrase_or_a_visit_holds_does_not_open_as_a_lock_nor_the_other_way() -> None:
    words = base64.urlsafe_b64encode(OUTPUT).decode()
    under_words = lock(MINE, words, bound=HERE, cost=CHEAP, cheap_is_allowed=True)
    for blob in (under_words, under_words[28:], hold(MINE, words, bound=HERE)):
        with pytest.raises(SealBroken):
            unlock_by_passkey(blob, OUTPUT, bound=HERE)
    mine = lock_by_passkey(MINE, OUTPUT, bound=HERE)
    with pytest.raises(SealBroken):
        unlock(under_words[:28] + mine, words, bound=HERE, cheap_is_allowed=True)


def test_a_passkey_is_asked_for_one_key_always_the_same_and_for_another_another() -> None:
    assert salt_for("her key") == salt_for("her key") != salt_for("his key")
    assert len(salt_for("her key")) == 32


def test_what_was_locked_in_earlier_days_opens() -> None:
    assert salt_for("her key").hex() == "e47836cf9a1aa1e4a8d7d9e1b26f16b139ca705da9409f7ea78697fdbaf7f6d8"
    assert unlock_by_passkey(base64.b64decode(KEPT), OUTPUT, bound=HERE) == MINE


def test_planted_locks_that_take_the_output_as_it_comes_or_leave_out_the_place_are_caught() -> None:
    under = b"encircle/under-passkey/1"
    for aad in (place(under, HERE), place(under), b""):
        planted = seal(MINE.private, key=OUTPUT, aad=aad)
        assert open_sealed(planted, key=OUTPUT, aad=aad) == MINE.private
        with pytest.raises(SealBroken):
            unlock_by_passkey(planted, OUTPUT, bound=HERE)
