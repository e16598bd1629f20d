"""What this process knows to be adopted beside the packs. Read into it when a transaction begins; asks no database itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from encircle.law.practice import Practice


@dataclass(frozen=True, slots=True)
class Known:
    """What was adopted, by pack. `token`: of the step by which this was learnt; None, where nothing was adopted yet.

    `unmarked`: the numbers of those proposals of which it is not yet on record that they came into force.
    """

    token: str | None
    practice: Mapping[str, Practice]
    unmarked: frozenset[int] = frozenset()


NOTHING = Known(None, {})


class Memory:
    """Holds what is known; another knowledge takes its place whole, so that several threads may ask."""

    def __init__(self) -> None:
        self.known = NOTHING
        self.read: Callable[[str], Known] = lambda token: Known(token, {})
        """How to read it from the tables; `records.practice` says so, when the tables are there."""


MEMORY = Memory()


def learn(token: str | None) -> None:
    """Read anew what was adopted, if `token`, the newest one of the database, is another than was known."""
    if token != MEMORY.known.token:
        MEMORY.known = NOTHING if token is None else MEMORY.read(token)


def practice_of(pack: str) -> Practice:
    """What was adopted for that pack, those changes too that hold from a later instant on."""
    return MEMORY.known.practice.get(pack, ())


def forget() -> None:
    """Know nothing: for a process that turns to another database."""
    MEMORY.known = NOTHING
