"""A condition of the law on a page, in plain words: in the language of the page where the packs have words for it."""

from dataclasses import dataclass, replace
from typing import Final

from encircle.actions.law import words_of
from encircle.law.condition import Condition
from encircle.law.condition.saying import Line, outline
from encircle.law.texts import ENGLISH

DEEPEST: Final = 5
"""As deep as the style sheet sets lines in."""


@dataclass(frozen=True, slots=True)
class InWords:
    """The lines, and their language where it is not that of the page."""

    lang: str
    lines: tuple[Line, ...]


def in_words(condition: Condition, language: str) -> InWords:
    """The condition as it is said in that language, else in English."""
    words = words_of(language) or words_of(ENGLISH)
    assert words is not None, "the base pack has English words"
    lines = outline(condition, words)
    return InWords(
        "" if words.language == language else words.language,
        tuple(replace(line, depth=min(line.depth, DEEPEST)) for line in lines),
    )
