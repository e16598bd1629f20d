"""Reading level: how hard a page or a text is to read, for a child in a hurry. Knows no page and no rule.

The English grade is that of Kincaid and others (1975): 0.39 x words in a sentence + 11.8 x syllables in a word - 15.59.
Syllables are counted by groups of vowels: right for most short words, and one too many for some made of two.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MOST_WORDS = 40
"""Words that one screen of the child's path may have."""
LONGEST_MEAN = 12.0
"""Words that a sentence there may have in the mean."""
HIGHEST_GRADE = 4.0
"""School year in which an English text there has to be readable."""
_END = re.compile(r"[.!?؟:]+[”“\"')]*(?:\s+|$)")
_WORD = re.compile(r"[^\W_]+(?:['’\N{ZERO WIDTH NON-JOINER}-][^\W_]+)*")
"""A Persian word is one, though its parts are not joined."""
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^aeiouylr]e|[^aeiouytd]ed|[^aeiouysxzc]es)$")
_TOO_SHORT = 3


@dataclass(frozen=True, slots=True)
class Level:
    """`words` on the screen; `mean`: words in a sentence; `grade`: of English, None in another language."""

    words: int
    mean: float
    grade: float | None

    @property
    def is_easy(self) -> bool:
        """Whether a child can be asked to read it."""
        grade = HIGHEST_GRADE if self.grade is None else self.grade
        return self.words <= MOST_WORDS and self.mean <= LONGEST_MEAN and grade <= HIGHEST_GRADE


def level(texts: Iterable[str], *, language: str) -> Level:
    """The level of these texts together, as they stand on one screen: each heading, line or button is a text of its own."""
    sentences = [words for text in texts for words in sentences_in(text)]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return Level(0, 0.0, 0.0 if language == "en" else None)
    mean = len(words) / len(sentences)
    if language != "en":
        return Level(len(words), mean, None)
    return Level(len(words), mean, grade_of(mean, words))


def sentences_in(text: str) -> list[list[str]]:
    """The words of each sentence of a text. A colon ends one: what follows is read as a line of its own."""
    return [words for part in _END.split(text) if (words := _WORD.findall(part))]


def grade_of(mean: float, words: list[str]) -> float:
    """The school year of an English text. `mean`: words in a sentence."""
    return 0.39 * mean + 11.8 * sum(syllables_in(word) for word in words) / len(words) - 15.59


def syllables_in(word: str) -> int:
    """How many syllables an English word has; one for a number."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    if len(plain) > _TOO_SHORT:
        plain = _SILENT.sub(lambda found: found[0][0], plain)
    return max(1, len(_VOWELS.findall(plain)))
