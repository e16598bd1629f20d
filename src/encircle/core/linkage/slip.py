"""Slips of the pen between two spellings: a letter too many, too few, another one, or two that changed places."""

from rapidfuzz.distance import OSA


def slips(one: str, other: str, *, most: int) -> int:
    """How many slips lie between them (Damerau-Levenshtein, adjacent changes); `most` + 1, if there are more."""
    return OSA.distance(one, other, score_cutoff=most)
