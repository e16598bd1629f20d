"""Sayings: a duty or prohibition in plain words, for a professional and for a child of each age. Knows no child."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from encircle.law.origin import Origin
from encircle.law.texts import Texts


class Band(StrEnum):
    """The ages, in full years, for which a text is written; the youngest first."""

    YOUNG = "6-9"
    MIDDLE = "10-13"
    OLDER = "14-17"


LONGEST_SENTENCE = {Band.YOUNG: 12, Band.MIDDLE: 18, Band.OLDER: 25}
"""Words that a sentence may have, so that a child of that age can follow it."""
_END = re.compile(r"[.!?؟]+[”“\"')]*(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Saying:
    """What a rule says, without words of law. The code is that of the duty or prohibition.

    `child`: a text for each age, also of what an agency or a country owes as such: what adults do so that children are safe.
    `kept_by`: for a prohibition that no condition can express, what makes it impossible to break.
    """

    code: str
    professional: Texts
    child: Mapping[Band, Texts]
    kept_by: Texts | None
    origins: tuple[Origin, ...]


def stem(code: str) -> str:
    """The code without its variant: P1 for P1-interview."""
    return code.partition("-")[0]


def words_in_sentences(text: str) -> tuple[int, ...]:
    """How many words each sentence of that text has; one of none for an empty text."""
    return tuple(len(sentence.split()) for sentence in _END.split(text) if sentence.strip()) or (0,)
