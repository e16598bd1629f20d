"""Texts: one saying in several languages. Knows no layout and no translation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Texts:
    """The same text by language (BCP 47 primary tag), English always among them."""

    by_language: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Self:
        """The texts of that mapping. Refuses one without English (ValueError)."""
        if ENGLISH not in texts:
            raise ValueError(
                f"Got {', '.join(sorted(texts)) or 'no language'}. Expected English (en) among them."
            )
        return cls(tuple(sorted(texts.items())))

    @classmethod
    def english(cls, text: str) -> Self:
        """A text that exists in English alone."""
        return cls(((ENGLISH, text),))

    def in_(self, language: str) -> str:
        """The text in that language, or in English where it has not been translated."""
        fallback = ""
        for known, text in self.by_language:
            if known == language:
                return text
            if known == ENGLISH:
                fallback = text
        return fallback

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it exists."""
        return tuple(language for language, _ in self.by_language)

    def __str__(self) -> str:
        return self.in_(ENGLISH)
