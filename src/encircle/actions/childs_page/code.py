"""The code of a child's page: made by chance, read as people type it. Knows no child."""

import secrets

SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: nothing that is misread on paper."""
LENGTH = 16
GROUP = 4
_READ_AS = str.maketrans({"o": "0", "i": "1", "l": "1", **dict.fromkeys(" -.\u2010\u2011\u2013\u00a0\t\r\n")})


def new_code() -> str:
    """16 random signs: 30 bits by which it is found, 50 that nobody can guess where wrong ones are slowed."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """What was typed, as a code: capitals, blanks and lines do not count, and letters that look like figures are figures."""
    return typed[:200].casefold().translate(_READ_AS)[:LENGTH]


def is_short(typed: str) -> bool:
    """Whether it is a code without its last group, right or wrong: who is made to open the page types that.

    It is never looked up, so it tells nobody whether its beginning is that of a code.
    """
    return len(read_code(typed)) == LENGTH - GROUP


def printed(code: str) -> str:
    """In four groups, as it stands on the card."""
    return " ".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))
