"""The way back: one secret in two writings, found without being stored, and a pair of keys that follows from it."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.crypto import report, way_back
from encircle.crypto.people import KeyPair
from encircle.crypto.sealed import SealBroken

CODES = st.binary(min_size=10, max_size=10)
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def test_the_list_has_1024_words_told_apart_by_four_letters():
    words = way_back.word_list()
    assert len(words) == 1024
    assert list(words) == sorted(words)
    assert len({word[:4] for word in words}) == 1024


@given(CODES)
def test_words_and_digits_are_the_same_secret(code: bytes):
    words, digits = way_back.in_words(code), way_back.in_digits(code)
    assert len(words.split()) == 8
    assert len(digits.replace(" ", "")) == 25
    typed = (
        words,
        digits,
        words.upper().replace(" ", ",\n "),
        digits.replace(" ", "-"),
        digits.translate(ARABIC),
    )
    assert {way_back.read_code(one) for one in typed} == {code}
    assert way_back.read_code(" ".join(word[:4] for word in words.split())) == code


@given(st.text(max_size=500))
def test_whatever_is_typed_is_a_code_or_none(typed: str):
    found = way_back.read_code(typed)
    assert found is None or len(found) == 10


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "able",
        "able " * 9,
        "able " * 7 + "abuse",
        "1" * 24,
        "9" * 25,
        "1" * 26,
        "\ud800",
        "able " * 7 + "ab",
    ],
)
def test_what_cannot_be_a_code_is_none(typed: str):
    assert way_back.read_code(typed) is None


def test_each_code_is_of_eighty_random_bits():
    codes = [way_back.new_code() for _ in range(2_000)]
    assert len(set(codes)) == 2_000
    ones = [sum(int.from_bytes(code) >> bit & 1 for code in codes) for bit in range(80)]
    assert all(800 < count < 1_200 for count in ones)


def test_a_form_sent_twice_has_the_same_code_and_none_without_the_key():
    one, two = way_back.drawn_code(b"f" * 16, key=b"k" * 32), way_back.drawn_code(b"f" * 16, key=b"k" * 32)
    assert one == two
    assert (
        way_back.drawn_code(b"g" * 16, key=b"k" * 32) != one != way_back.drawn_code(b"f" * 16, key=b"o" * 32)
    )


def test_the_index_is_a_keyed_hash():
    code = bytes(range(10))
    assert way_back.code_index(code, pepper=b"p" * 32) == hmac.new(b"p" * 32, code, "sha256").digest()


def test_the_key_of_a_report_opens_by_the_code_and_by_a_recipient_and_by_nobody_else():
    code, recipient, other = way_back.new_code(), KeyPair.new(), KeyPair.new()
    key = report.new_report_key()
    seals = [
        report.seal_report_key(key, one.public, report="r")
        for one in (way_back.pair_of_code(code), recipient)
    ]
    assert report.open_report_key(way_back.pair_of_code(code), seals[0].sealed, report="r") == key
    assert report.open_report_key(recipient, seals[1].sealed, report="r") == key
    for pair, sealed, of in ((other, seals[1], "r"), (recipient, seals[1], "s"), (recipient, seals[0], "r")):
        with pytest.raises(SealBroken):
            report.open_report_key(pair, sealed.sealed, report=of)


def test_a_part_opens_in_its_place_alone():
    key = report.new_report_key()
    sealed = report.seal_part(b"words", key=key, report="r", part="p", kind="account")
    assert report.open_part(sealed, key=key, report="r", part="p", kind="account") == b"words"
    for place in ({"report": "s"}, {"part": "q"}, {"kind": "answer"}):
        with pytest.raises(SealBroken):
            report.open_part(sealed, key=key, **{"report": "r", "part": "p", "kind": "account"} | place)
