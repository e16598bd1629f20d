"""What a seal promises: only its key opens it, only in its place, only whole."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.crypto.sealed import OVERHEAD_BYTES, SealBroken, fact_aad, open_sealed, place, seal

VECTORS = json.loads((Path(__file__).parent / "vectors" / "aes_256_gcm.json").read_text())["tests"]
KEY = bytes(range(32))
PLACE = fact_aad(1, "fact-1", "aino", "location")


def blob_of(vector: dict[str, str]) -> bytes:
    return b"\x01" + b"".join(bytes.fromhex(vector[part]) for part in ("iv", "ct", "tag"))


@pytest.mark.parametrize("vector", [v for v in VECTORS if v["result"] == "valid"], ids=lambda v: str(v["id"]))
def test_public_vectors_open(vector: dict[str, str]) -> None:
    key, aad = bytes.fromhex(vector["key"]), bytes.fromhex(vector["aad"])
    assert open_sealed(blob_of(vector), key=key, aad=aad) == bytes.fromhex(vector["msg"])


@pytest.mark.parametrize(
    "vector", [v for v in VECTORS if v["result"] == "invalid"], ids=lambda v: str(v["id"])
)
def test_public_vectors_with_a_changed_tag_do_not_open(vector: dict[str, str]) -> None:
    with pytest.raises(SealBroken):
        open_sealed(blob_of(vector), key=bytes.fromhex(vector["key"]), aad=b"")


@given(st.binary(max_size=300), st.binary(min_size=32, max_size=32), st.binary(max_size=40))
def test_what_was_sealed_opens_with_its_key_in_its_place(plain: bytes, key: bytes, aad: bytes) -> None:
    blob = seal(plain, key=key, aad=aad)
    assert open_sealed(blob, key=key, aad=aad) == plain
    assert len(blob) == len(plain) + OVERHEAD_BYTES == len(plain) + 29


def test_the_same_words_sealed_twice_look_different() -> None:
    assert seal(b"same", key=KEY, aad=PLACE) != seal(b"same", key=KEY, aad=PLACE)


def test_the_words_do_not_stand_in_the_seal() -> None:
    words = b"the door code is 4711"
    assert words in b"before " + words
    assert words not in seal(words, key=KEY, aad=PLACE)


def test_no_single_flipped_bit_goes_unseen() -> None:
    blob = seal(b"a short note", key=KEY, aad=PLACE)
    for at in range(len(blob) * 8):
        spoilt = bytearray(blob)
        spoilt[at // 8] ^= 1 << at % 8
        with pytest.raises(SealBroken):
            open_sealed(bytes(spoilt), key=KEY, aad=PLACE)


def test_no_cut_and_no_addition_goes_unseen() -> None:
    blob = seal(b"a short note", key=KEY, aad=PLACE)
    for length in range(len(blob)):
        with pytest.raises(SealBroken):
            open_sealed(blob[:length], key=KEY, aad=PLACE)
    with pytest.raises(SealBroken):
        open_sealed(blob + b"\0", key=KEY, aad=PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        fact_aad(2, "fact-1", "aino", "location"),
        fact_aad(1, "fact-2", "aino", "location"),
        fact_aad(1, "fact-1", "another child", "location"),
        fact_aad(1, "fact-1", "aino", "general"),
    ],
    ids=["format", "fact", "child", "compartment"],
)
def test_a_seal_moved_to_another_row_does_not_open(elsewhere: bytes) -> None:
    blob = seal(b"a street and a number", key=KEY, aad=PLACE)
    with pytest.raises(SealBroken):
        open_sealed(blob, key=KEY, aad=elsewhere)


def test_another_key_gets_the_same_refusal_as_altered_bytes() -> None:
    blob = seal(b"words", key=KEY, aad=PLACE)
    with pytest.raises(SealBroken) as other_key:
        open_sealed(blob, key=bytes(32), aad=PLACE)
    with pytest.raises(SealBroken) as altered:
        open_sealed(blob[:-1] + b"\0", key=KEY, aad=PLACE)
    assert (other_key.value.code, str(other_key.value)) == (altered.value.code, str(altered.value))
    assert other_key.value.code == "seal_broken"


@pytest.mark.parametrize("length", [0, 16, 24, 31, 33])
def test_a_key_of_another_size_is_never_taken_as_a_weaker_cipher(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal(b"", key=b"k" * length, aad=b"")
    with pytest.raises(ValueError, match="32 bytes"):
        open_sealed(seal(b"", key=KEY, aad=b""), key=b"k" * length, aad=b"")


words = st.text(max_size=6)


@given(st.tuples(words, words, words), st.tuples(words, words, words))
def test_two_places_are_named_alike_only_if_they_are_the_same(
    one: tuple[str, ...], two: tuple[str, ...]
) -> None:
    assert (fact_aad(1, *one) == fact_aad(1, *two)) is (one == two)


def test_glueing_the_parts_without_lengths_would_have_confused_two_children() -> None:
    assert "fact-1" + "2aino" == "fact-12" + "aino"
    assert fact_aad(1, "fact-1", "2aino", "general") != fact_aad(1, "fact-12", "aino", "general")


def test_the_name_of_a_place_never_changes_because_stored_seals_depend_on_it() -> None:
    assert fact_aad(1, "f", "c", "location").hex() == (
        "0000000d" + b"encircle/fact".hex() + "00000004" + "00000001"
        "00000001" + b"f".hex() + "00000001" + b"c".hex() + "00000008" + b"location".hex()
    )
    assert place(b"a", b"b", b"") != place(b"a", b"", b"b")
