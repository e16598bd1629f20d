"""Problems: all that is wrong with a pack, each with file, line and mend, told at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from encircle.law.origin import Origin
from encircle.vocabulary.refusal import BadInput


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, where, and how to mend it."""

    origin: Origin
    what: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.what}"


class BadPack(BadInput):
    """A pack that can't be used. `problems` holds all that is wrong, in the order of files and lines."""

    def __init__(self, pack: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        count = f"{len(self.problems)} problem{'' if len(self.problems) == 1 else 's'} in {pack}"
        super().__init__(
            code="bad_pack",
            reason="\n".join((count, *map(str, self.problems))),
            where=str(self.problems[0].origin) if self.problems else pack,
        )


class Problems:
    """A list that is filled while a pack is read, so that the author sees all of it at once."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, origin: Origin, what: str) -> None:
        """Note that something is wrong there."""
        self._found.append(Problem(origin, what))

    @property
    def found(self) -> tuple[Problem, ...]:
        """What was noted so far."""
        return tuple(self._found)

    def stop_if_any(self, pack: str) -> None:
        """Refuses: BadPack, if anything was noted."""
        if self._found:
            raise BadPack(pack, self._found)


def meant(name: str, known: Iterable[str]) -> str:
    """A sentence with the nearest known name, or with the names there are."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    if not names:
        return "There are none."
    return f"Expected one of {', '.join(names[:12])}{', ...' if len(names) > 12 else ''}."
