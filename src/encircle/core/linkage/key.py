"""The keys under which a name is found: few, short, and the same for spellings that should meet. Texts, not yet hashed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from operator import attrgetter

from encircle.core.linkage.name import Heard, Part, joined, parts_of

_IN_ORDER = attrgetter("kind", "text")
STARTS = (3, 5)
"""How many first letters of a part are a key."""
MOST_IN_PAIRS = 6
"""Of so many parts each pair is a key; a longer name is found by its first ones, and by each part alone."""


class KeyKind(StrEnum):
    """What a key is made of."""

    PAIR = "pair"
    """How two parts sound, in whatever order they stand."""
    PART = "part"
    """One part in plain letters."""
    SOUND = "sound"
    """How one part sounds."""
    START = "start"
    """Its first letters."""


@dataclass(frozen=True, slots=True, order=True)
class NameKey:
    """One key of a name, as text; the kind is part of what is hashed, so that two kinds never meet."""

    kind: KeyKind
    text: str

    @property
    def hashed(self) -> str:
        """The text that is to be hashed."""
        return f"{self.kind.value}:{self.text}"


@dataclass(frozen=True, slots=True)
class Search:
    """What to look up: keys of several parts together, and the keys of each part alone, the surest first."""

    together: tuple[NameKey, ...]
    alone: tuple[tuple[NameKey, ...], ...]


def keys_of(names: Iterable[str], heard: Heard | None = None) -> tuple[NameKey, ...]:
    """The keys under which a child is found that has these names (used, given, family, others), each once.

    `heard`: words that were taken apart already, where many names are gone through.
    """
    fields = [parts_of(name, heard) for name in names]
    parts = tuple(dict.fromkeys(part for field in fields for part in field))
    whole = tuple(dict.fromkeys(part for field in fields for part in joined(field, heard)))
    found = {*_pairs(parts), *(key for part in parts for key in _of_part(part)), *_of_joined(whole)}
    return tuple(sorted(found, key=_IN_ORDER))


def keys_to_search(asked: Sequence[Part]) -> Search:
    """The keys that a child's name would have if these parts were in it. Particles count only by themselves."""
    telling = [part for part in asked if not part.is_particle] or list(asked)
    parts = [*telling, *joined(tuple(asked))]
    return Search(_pairs(telling), tuple(_of_asked(part) for part in parts))


def _pairs(parts: Iterable[Part]) -> tuple[NameKey, ...]:
    telling = [part for part in parts if not part.is_particle][:MOST_IN_PAIRS]
    return tuple(
        NameKey(KeyKind.PAIR, " ".join(sorted((first, second))))
        for one, other in combinations(telling, 2)
        for first in one.sounds
        for second in other.sounds
    )


def _of_part(part: Part) -> tuple[NameKey, ...]:
    starts = (NameKey(KeyKind.START, part.spelling[:n]) for n in STARTS if len(part.spelling) >= n)
    return (*_of_joined((part,)), *starts)


def _of_joined(parts: Iterable[Part]) -> tuple[NameKey, ...]:
    return tuple(
        key
        for part in parts
        for key in (
            NameKey(KeyKind.PART, part.spelling),
            *(NameKey(KeyKind.SOUND, sound) for sound in part.sounds),
        )
    )


def _of_asked(part: Part) -> tuple[NameKey, ...]:
    """The keys of a part that was typed, maybe only its beginning."""
    long = max((n for n in STARTS if len(part.spelling) >= n), default=0)
    start = (NameKey(KeyKind.START, part.spelling[:long]),) if long else ()
    return (*_of_joined((part,)), *start)
