"""Limits: numbers that the law itself sets. Knows no practice and no clock."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from encircle.law.counting import Period
from encircle.law.origin import Origin
from encircle.law.source import Source
from encircle.law.texts import Texts


class Sense(StrEnum):
    """Whether the number is a time limit or a least duration."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class LimitRule:
    """A number of law, with the provisions that set it."""

    code: str
    title: Texts
    period: Period
    sense: Sense
    sources: tuple[Source, ...]
    origins: tuple[Origin, ...]

    def is_law(self, country: str, on: date | None) -> bool:
        """Whether it may be shown as a legal limit: some provision binds there and then, and was read."""
        return any(source.is_read and source.binds(country, on) for source in self.sources)

    def may_be_law(self, country: str, on: date | None) -> bool:
        """Whether some provision binds there and then, read or not."""
        return any(source.binds(country, on) for source in self.sources)
