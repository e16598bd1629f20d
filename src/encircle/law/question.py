"""Questions: what the forms of the door ask and its desks say, in which words, and who has reviewed these. Knows no page."""

from dataclasses import dataclass
from enum import StrEnum

from encircle.law.origin import Origin
from encircle.law.source import Source
from encircle.law.texts import Texts
from encircle.law.translation import Translation


class AskedOf(StrEnum):
    """Whose form it is."""

    CHILD = "child"
    PROFESSIONAL = "professional"


class About(StrEnum):
    """What a question is about. `event`: what happened; the rules of careful asking are strictest there."""

    DANGER = "danger"
    NEED = "need"
    EVENT = "event"
    SETTING = "setting"
    CHILD = "child"
    REPORTER = "reporter"


class Takes(StrEnum):
    """How it is answered: one of the answers, any of them, free words, or a line of free words."""

    ONE = "one"
    SEVERAL = "several"
    WORDS = "words"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to choose. `id`: how it is kept; `icon`: one of the sprite, as an old phone may have no emoji."""

    id: str
    text: Texts
    icon: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form. `place`: where it stands in it; `needed`: nothing is sent without an answer.

    `states`: for each language how its words came into it, and who has reviewed them.
    """

    code: str
    of: AskedOf
    place: int
    about: About
    takes: Takes
    needed: bool
    ask: Texts
    hint: Texts | None
    answers: tuple[Answer, ...]
    states: tuple[Translation, ...]
    sources: tuple[Source, ...]
    origins: tuple[Origin, ...]

    @property
    def texts(self) -> tuple[Texts, ...]:
        """All that somebody reads of it."""
        hint = () if self.hint is None else (self.hint,)
        return (self.ask, *hint, *(answer.text for answer in self.answers))


@dataclass(frozen=True, slots=True)
class Ready:
    """Words that a desk may put into an answer, and change. `place`: their order; `states`: as of a question."""

    code: str
    place: int
    text: Texts
    states: tuple[Translation, ...]
    origins: tuple[Origin, ...]
