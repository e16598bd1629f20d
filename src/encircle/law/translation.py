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
    """The texts of one pack in one language. A draft, until somebody who works in it has reviewed them.

    `files`: the files of phrases that alone have texts in it; empty where the law itself is said in it.
    """

    pack: str
    language: str
    made: Made
    reviewed: Reviewed | None
    origin: Origin
    files: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether nobody has reviewed it."""
        return self.reviewed is None

    def told(self) -> str:
        """Its state in a sentence."""
        of = f" ({', '.join(self.files)})" if self.files else ""
        texts = f"the texts in {self.language}{of}"
        if self.reviewed is not None:
            return f"{texts} were reviewed on {self.reviewed.on} ({self.reviewed.role})."
        by = "a draft made by machine" if self.made is Made.MACHINE else "a draft"
        return f"{texts} are {by}: nobody who works in this language has reviewed them."


@dataclass(frozen=True, slots=True)
class IdlePhrase:
    """A translation of an English text that no rule of the law has."""

    pack: str
    english: str
    origin: Origin
