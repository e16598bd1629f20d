"""What this process knows to be adopted beside the packs. Read into it by `practice.learn`; asks no database itself."""

from collections.abc import Mapping
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


MEMORY = Memory()


def practice_of(pack: str) -> Practice:
    """What was adopted for that pack, those changes too that hold from a later instant on."""
    return MEMORY.known.practice.get(pack, ())


def forget() -> None:
    """Know nothing: for a process that turns to another database."""
    MEMORY.known = NOTHING
