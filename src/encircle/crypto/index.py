"""The keyed index: find a name without storing it. Knows no names' spelling and no tables."""

import hmac

from encircle.vocabulary.refusal import Refused

INDEX_BYTES = 16
_SHORTEST_KEY = 16


class NothingToIndex(Refused):
    """An empty name: all nameless children would look alike."""


def name_index(text: str, key: bytes) -> bytes:
    """The 16 bytes under which this text is found: HMAC-SHA-256, cut to 128 bits.

    Equal texts give equal bytes: who reads the table sees which children share a name key and how often, and
    who holds the key can test a name. Spelling and script are the caller's: give the transliterated name key.
    Refuses: NothingToIndex, if the text is empty.
    """
    if len(key) < _SHORTEST_KEY:
        raise ValueError(f"an index key has at least {_SHORTEST_KEY} bytes, not {len(key)}")
    if not text:
        raise NothingToIndex(
            code="nothing_to_index",
            reason="An empty name cannot be searched for: every child without a name would be found.",
            instead="Leave the name out.",
        )
    return hmac.digest(key, text.encode(), "sha256")[:INDEX_BYTES]
