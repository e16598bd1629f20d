"""Own numbers of an agency for its children, as they are typed or pasted: nothing that names a child is taken."""

import re
from dataclasses import dataclass
from enum import StrEnum

MOST_NUMBERS = 500
LONGEST_NUMBER = 32

_NUMBER = re.compile(r"[^\W_](?:[\w./-]*[^\W_])?")
_DIGIT = re.compile(r"\d")
_PERSONAL = re.compile(r"\d{10,12}|\d{6}[-+A-Fa-fY-Zy-z]\d{3,5}\w?|\d{8}[-+]?\d{4}")
"""The shapes of personal identity codes in the region: ten to twelve digits, or a day of birth, a sign, and three to five."""


class Wrong(StrEnum):
    """Why a line is not taken."""

    SEVERAL = "several"
    NO_DIGIT = "no_digit"
    PERSONAL = "personal"
    SIGNS = "signs"
    TOO_LONG = "too_long"
    TWICE = "twice"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers in their order; and by line, from 1, why one is not taken."""

    taken: tuple[str, ...]
    wrong: tuple[tuple[int, Wrong], ...]


def numbers_in(text: str) -> Numbers:
    """The numbers of these lines, one a line, as a column is pasted from a table. Empty lines count for nothing."""
    taken: list[str] = []
    wrong: list[tuple[int, Wrong]] = []
    for line, written in enumerate(text.splitlines(), start=1):
        said = written.strip().strip('"').strip()
        if not said:
            continue
        because = _wrong(said) or (Wrong.TWICE if said in taken else None)
        if because is None and len(taken) == MOST_NUMBERS:
            because = Wrong.TOO_MANY
        if because is None:
            taken.append(said)
        else:
            wrong.append((line, because))
    return Numbers(tuple(taken), tuple(wrong))


def _wrong(said: str) -> Wrong | None:
    if re.search(r"[\s,;\t|]", said):
        return Wrong.SEVERAL
    if len(said) > LONGEST_NUMBER:
        return Wrong.TOO_LONG
    if not _DIGIT.search(said):
        return Wrong.NO_DIGIT
    if _PERSONAL.fullmatch(said):
        return Wrong.PERSONAL
    return None if _NUMBER.fullmatch(said) else Wrong.SIGNS
