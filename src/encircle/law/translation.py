"""Translations: how the texts of a pack came into a language, and who has reviewed them. Knows no text."""

from dataclasses import dataclass
from enum import StrEnum

from encircle.law.origin import Origin
from encircle.law.source import Reviewed


class Made(StrEnum):
    """How a translation was made."""

    MACHINE = "machine"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Translation:
    """The texts of one pack in one language. A draft, until somebody who works in it has reviewed them."""

    pack: str
    language: str
    made: Made
    reviewed: Reviewed | None
    origin: Origin

    @property
    def is_draft(self) -> bool:
        """Whether nobody has reviewed it."""
        return self.reviewed is None

    def told(self) -> str:
        """Its state in a sentence."""
        if self.reviewed is not None:
            return f"the texts in {self.language} were reviewed on {self.reviewed.on} ({self.reviewed.role})."
        by = "a draft made by machine" if self.made is Made.MACHINE else "a draft"
        return f"the texts in {self.language} are {by}: nobody who works in this language has reviewed them."


@dataclass(frozen=True, slots=True)
class IdlePhrase:
    """A translation of an English text that no rule of the law has."""

    pack: str
    english: str
    origin: Origin
