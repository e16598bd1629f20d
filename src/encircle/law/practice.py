"""Practice: what a country may set beside its law (numbers, agencies, plain words), and by whose decision. Knows no pack."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from encircle.law.counting import Counting, Unit
from encircle.law.texts import Texts
from encircle.vocabulary.role import Role


class Part(StrEnum):
    """What an amendment is of: a number of practice, the agency behind a role, or a rule in plain words."""

    NUMBER = "number"
    OWNER = "owner"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to be set in the law of one pack. Nothing else of the law can be set beside the packs.

    `code`: of the SOP, the role or the rule. A number: `amount` is None where none is to hold any longer. `texts`: the
    name of the agency, or the plain words, by language; `field`: which plain words (professional, 6-9 ...). `basis`: whose
    practice it is, by language; plain words need none.
    """

    part: Part
    code: str
    amount: int | None = None
    unit: Unit | None = None
    counting: Counting | None = None
    field: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    basis: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What it takes the place of: two amendments of the same key don't hold at the same time.

        Plain words are set language by language.
        """
        languages = tuple(language for language, _ in self.texts) if self.part is Part.TEXT else ()
        return (self.part.value, self.code, self.field, *languages)


@dataclass(frozen=True, slots=True)
class Adopted:
    """A proposal that was approved: its number, from when it holds, and in which roles it was proposed and approved."""

    number: int
    since: datetime
    proposed_as: Role
    approved_as: Role

    def told(self) -> str:
        """In one line, for a terminal and a file."""
        return (
            f"proposal {self.number}, proposed as {self.proposed_as.value}, approved as {self.approved_as.value},"
            f" in force since {self.since:%Y-%m-%d %H:%M} UTC"
        )


@dataclass(frozen=True, slots=True)
class Held:
    """An amendment with the decision by which it holds."""

    amendment: Amendment
    by: Adopted


Practice = tuple[Held, ...]
"""All amendments to the law of one pack, those to come too, in the order in which they begin to hold."""


def in_force(practice: Practice, at: datetime) -> Practice:
    """Of each key the one that holds at that instant; in the order of their proposals."""
    found: dict[tuple[str, ...], Held] = {}
    for held in ordered(practice):
        if held.by.since <= at:
            found[held.amendment.key] = held
    return tuple(sorted(found.values(), key=lambda held: held.by.number))


def ordered(practice: Iterable[Held]) -> Practice:
    """In the order in which they begin to hold."""
    return tuple(sorted(practice, key=lambda held: (held.by.since, held.by.number)))


def texts_of(pairs: Iterable[tuple[str, str]]) -> Texts:
    """A text by language."""
    return Texts.of(dict(pairs))
