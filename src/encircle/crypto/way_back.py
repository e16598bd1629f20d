"""The way back to a report: one secret of 80 random bits, written as eight words or as 25 digits. Knows no tables.

80 bits want no slow key derivation: a million live codes and a thousand guesses a second for a year meet one with a
chance of 3 in 100,000,000. 24 digits would hold 79.7 bits; so there are 25.
"""

import hmac
import os
from functools import lru_cache
from importlib.resources import files
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from encircle.crypto.people import PRIVATE_BYTES, KeyPair
from encircle.crypto.sealed import KEY_BYTES

CODE_BYTES: Final = 10
WORDS: Final = 8
DIGITS: Final = 25

_BITS, _WORD_BITS, _GROUP = 80, 10, 5
_PAIR, _DRAW = b"encircle/way-back-pair/1", b"encircle/way-back-draw/1"
_FILES = b"encircle/form-files/1"
_LONGEST = 400


@lru_cache(maxsize=1)
def word_list() -> tuple[str, ...]:
    """1,024 short English words, in order; no two begin with the same four letters."""
    return tuple(files("encircle.crypto").joinpath("words.en.txt").read_text("utf-8").split())


def new_code() -> bytes:
    """A secret of fresh chance."""
    return os.urandom(CODE_BYTES)


def drawn_code(form: bytes, *, key: bytes) -> bytes:
    """The secret of the form with these random bytes: sent twice, it has the same. Nobody makes it without the key."""
    return HKDF(algorithm=SHA256(), length=CODE_BYTES, salt=key, info=_DRAW).derive(form)


def key_of_form(form: bytes, *, key: bytes) -> bytes:
    """The key under which files wait until the form with these random bytes is sent. Nobody makes it without either."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=key, info=_FILES).derive(form)


def in_words(code: bytes) -> str:
    """Eight words."""
    number = int.from_bytes(code)
    places = range(_BITS - _WORD_BITS, -1, -_WORD_BITS)
    return " ".join(word_list()[number >> place & (1 << _WORD_BITS) - 1] for place in places)


def in_digits(code: bytes) -> str:
    """25 digits, five by five."""
    digits = f"{int.from_bytes(code):0{DIGITS}d}"
    return " ".join(digits[at : at + _GROUP] for at in range(0, DIGITS, _GROUP))


def read_code(typed: str) -> bytes | None:
    """The secret in what somebody typed: words or digits, in any script of digits, any case, any signs between.

    Of a word its first four letters are enough. None, if it cannot be a code; eight words are gone through to the end
    either way, so that a word which is on no list is not told by the time.
    """
    parts = "".join(sign.lower() if sign.isalnum() else " " for sign in typed[:_LONGEST]).split()
    digits = "".join(parts)
    if digits.isdecimal():
        number = int(digits) if len(digits) == DIGITS else 1 << _BITS
        return None if number >> _BITS else number.to_bytes(CODE_BYTES)
    places, words, number, known = _places(), word_list(), 0, len(parts) == WORDS
    for part in (*parts, *[""] * WORDS)[:WORDS]:
        place = places.get(part[:4], 0)
        known &= (part[:4] in places) & words[place].startswith(part)
        number = number << _WORD_BITS | place
    code = number.to_bytes(CODE_BYTES)
    return code if known else None


def code_index(code: bytes, *, pepper: bytes) -> bytes:
    """Under what a report is found: HMAC-SHA-256 with a key outside the database. It tells nobody the code.

    How long a look-up takes may depend on these bytes, which nobody can choose or foresee without the key.
    """
    return hmac.digest(pepper, code, "sha256")


def pair_of_code(code: bytes) -> KeyPair:
    """The keys that follow from the code: what is sealed to them opens with the code alone."""
    return KeyPair.of(HKDF(algorithm=SHA256(), length=PRIVATE_BYTES, salt=None, info=_PAIR).derive(code))


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    return {word[:4]: place for place, word in enumerate(word_list())}
