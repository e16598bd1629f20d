"""What is wrong with a condition, and where. Knows no grammar."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the text of a condition; both numbers count from 1."""

    line: int
    column: int


class ConditionError(ValueError):
    """A condition that cannot be used: a plain sentence, the place in its text, and the file it came from."""

    def __init__(self, sentence: str, *, place: Place, origin: str = "") -> None:
        self.sentence = sentence
        self.line = place.line
        self.column = place.column
        self.origin = origin
        before = f"{origin}: " if origin else ""
        super().__init__(f"{before}line {place.line}, column {place.column} of the condition: {sentence}")

    def coming_from(self, origin: str) -> "ConditionError":
        """The same fault, said of that file and line."""
        return ConditionError(self.sentence, place=Place(self.line, self.column), origin=origin)


def nearest(name: str, known: Iterable[str]) -> str:
    """A half sentence with the name most like this one, or the names there are."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    shown = ", ".join(f"'{one}'" for one in names[:8]) + (", ..." if len(names) > 8 else "")
    return f"There are: {shown}." if names else "There are none."
