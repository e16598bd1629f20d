"""Linkage: whether two spellings can be one name. Text in, an answer out; never a score about a child."""

from encircle.core.linkage.key import KeyKind, NameKey, keys_of, keys_to_search
from encircle.core.linkage.likeness import Likeness, Match, likeness
from encircle.core.linkage.name import Heard, Part, parts_of

__all__ = [
    "Heard",
    "KeyKind",
    "Likeness",
    "Match",
    "NameKey",
    "Part",
    "keys_of",
    "keys_to_search",
    "likeness",
    "parts_of",
]
