"""Reading ease: how hard all screens of a path are together, by a formula made for their language. Knows no page.

A formula wants a hundred words or more: one screen has too few, so `reading_level` measures that by its length.

German: ease of Amstad (1978), 180 - words in a sentence - 58.5 x syllables in a word; 70 to 80 fairly easy, 80 to 90 easy
(http://doku.major-online.de/cms/mcms/seo-komponente/98-lesbarkeit.html).
French: ease of Kandel and Moles, 207 - 1.015 x words in a sentence - 73.6 x syllables in a word
(https://github.com/Yoast/YoastSEO.js/issues/267).
Russian: ease of Oborneva (2006), 206.835 - 1.3 x words in a sentence - 60.1 x syllables in a word; each vowel is a syllable
(https://geratools.com/russian-readability-flesch).
Swedish and Danish: LIX of Björnsson (1968), words in a sentence + words of more than six letters in a hundred; 20 is very
easy, 60 very difficult (http://www.readabilityformulas.com/the-LIX-readability-formula.php).
Polish: FOG, 0.4 x (words in a sentence + words of four syllables or more in a hundred), in years of school; up to 6 is very
simple (https://zanotowane.pl/907/1771; why four, and what 6 is: "Indeks czytelności FOG" in the Polish Wikipedia).
English: the grade, as in `reading_level`. All of these pages were read on 2026-11-29. For Arabic, Estonian, Finnish, Latvian,
Lithuanian, Persian and Ukrainian no formula was found that could be checked.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from encircle.law.reading_level import HIGHEST_GRADE, grade_of, sentences_in

_LONG_IN_LIX = 6
_HARD_IN_FOG = 4
_SYLLABLE = {
    "de": re.compile(r"au|äu|eu|ei|ie|ai|aa|ee|oo|[aeiouyäöü]"),
    "fr": re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+"),
    "pl": re.compile(r"i?[aąeęoóuy]|i"),
    "ru": re.compile(r"[аеёиоуыэюя]"),
}
_SILENT_IN_FRENCH = re.compile(r"(?<=[^aeiouyàâäéèêëîïôöùûüœæ])(?:es?|ent)$")


@dataclass(frozen=True, slots=True)
class Formula:
    """`limit`: the highest figure of a text for a child; of a formula that counts ease (`is_ease`), the lowest."""

    name: str
    of: Callable[[float, list[str]], float]
    limit: float
    is_ease: bool = False

    def allows(self, figure: float) -> bool:
        """Whether a child can be asked to read it."""
        return figure >= self.limit if self.is_ease else figure <= self.limit


def figure_of(texts: Iterable[str], *, language: str) -> float | None:
    """The figure of all these texts together; None where there is no formula for the language, or nothing to read."""
    sentences = [words for text in texts for words in sentences_in(text)]
    words = [word for sentence in sentences for word in sentence]
    formula = FORMULAS.get(language)
    return None if formula is None or not words else formula.of(len(words) / len(sentences), words)


def syllables_in(word: str, language: str) -> int:
    """How many syllables a word of German, French, Polish or Russian has; one for a number."""
    plain = word.lower()
    if language == "fr" and len(_SYLLABLE["fr"].findall(plain)) > 1:
        plain = _SILENT_IN_FRENCH.sub("", plain)
    return max(1, len(_SYLLABLE[language].findall(plain)))


def _in_a_word(words: list[str], language: str) -> float:
    return sum(syllables_in(word, language) for word in words) / len(words)


def _amstad(mean: float, words: list[str]) -> float:
    return 180 - mean - 58.5 * _in_a_word(words, "de")


def _kandel_and_moles(mean: float, words: list[str]) -> float:
    return 207 - 1.015 * mean - 73.6 * _in_a_word(words, "fr")


def _oborneva(mean: float, words: list[str]) -> float:
    return 206.835 - 1.3 * mean - 60.1 * _in_a_word(words, "ru")


def _lix(mean: float, words: list[str]) -> float:
    return mean + 100 * sum(len(word) > _LONG_IN_LIX for word in words) / len(words)


def _fog(mean: float, words: list[str]) -> float:
    hard = sum(syllables_in(word, "pl") >= _HARD_IN_FOG for word in words)
    return 0.4 * (mean + 100 * hard / len(words))


FORMULAS: Mapping[str, Formula] = {
    "en": Formula("grade", grade_of, HIGHEST_GRADE),
    "de": Formula("ease of Amstad", _amstad, 80.0, is_ease=True),
    "fr": Formula("ease of Kandel and Moles", _kandel_and_moles, 80.0, is_ease=True),
    "ru": Formula("ease of Oborneva", _oborneva, 80.0, is_ease=True),
    "sv": Formula("LIX", _lix, 30.0),
    "da": Formula("LIX", _lix, 30.0),
    "pl": Formula("FOG", _fog, 6.0),
}
"""By language."""
