"""How like a name that was typed is to one on record: a reason in a word, to sort and to tell. No number, no verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from encircle.core.linkage.name import Heard, Part, joined
from encircle.core.linkage.slip import slips

MOST_AS_ONE = 3
"""So many words can be one word in another spelling."""


class Likeness(IntEnum):
    """Why a name was found, the surest first."""

    SAME = 0
    """Written so."""
    SPELLED = 1
    """The same in plain letters: other marks, or another script."""
    BEGINS = 2
    """It begins so."""
    SOUNDS = 3
    """It sounds so."""
    NEAR = 4
    """A slip or two away."""
    PART = 5
    """One part of what was typed is in the name, another is not."""


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A name that may be the one meant. `left`: how many of its parts nobody asked for."""

    likeness: Likeness
    left: int


def likeness(asked: Sequence[Part], known: Sequence[Part], heard: Heard | None = None) -> Match | None:
    """The likeness of what was typed to the parts of a name, in whatever order; None, where they are not alike.

    The least sure part decides. A father's name that is not on record, and words such as "al" or "de", do not count
    against it. `heard`: words of this search that were taken apart already.
    """
    telling = [part for part in asked if not part.is_particle] or list(asked)
    best = [_best(part, known) for part in telling]
    if all(found is not None and found <= Likeness.SOUNDS for found in best):
        return _together(best, known)
    as_one = _as_one(asked, known, heard)
    if as_one is not None:
        return as_one
    surest = [found for found in best if found is not None]
    missing = [part for part, found in zip(telling, best, strict=True) if found is None]
    if surest and all(part.is_patronymic for part in missing):
        return _together(best, known)
    if surest and min(surest) <= Likeness.SPELLED:
        return Match(Likeness.PART, len(missing))
    return None


def _together(best: Iterable[Likeness | None], known: Iterable[Part]) -> Match:
    found = [one for one in best if one is not None]
    return Match(max(found), max(0, sum(not part.is_particle for part in known) - len(found)))


def _as_one(asked: Sequence[Part], known: Sequence[Part], heard: Heard | None) -> Match | None:
    """Two or three words of one name that are one word in the other: Anna Maria, Annamaria."""
    if len(asked) == 1:
        found = _best(asked[0], joined(tuple(known), heard), near=False)
    elif len(asked) <= MOST_AS_ONE:
        found = _best(joined(tuple(asked), heard)[-1], (*known, *joined(tuple(known), heard)), near=False)
    else:
        return None
    return None if found is None else Match(found, max(0, len(known) - len(asked)))


def _best(part: Part, known: Iterable[Part], *, near: bool = True) -> Likeness | None:
    """The surest likeness to one of these; what costs more is asked only where what costs less says no.

    `near`: whether slips count.
    """
    found: Likeness | None = None
    for one in known:
        alike = _alike(part, one, near=near)
        if alike is not None and (found is None or alike < found):
            found = alike
            if found is Likeness.SAME:
                break
    return found


def _alike(asked: Part, known: Part, *, near: bool) -> Likeness | None:
    if asked.written == known.written:
        return Likeness.SAME
    if asked.spelling == known.spelling:
        return Likeness.SPELLED
    if len(asked.spelling) > 2 and known.spelling.startswith(asked.spelling):
        return Likeness.BEGINS
    if _sound_alike(asked, known):
        return Likeness.SOUNDS
    if not near:
        return None
    if asked.spelling[0] != known.spelling[0] and asked.spelling[-1] != known.spelling[-1]:
        return None
    shorter = min(len(asked.spelling), len(known.spelling))
    allowed = 0 if shorter < 4 else 1 if shorter < 7 else 2
    return Likeness.NEAR if slips(asked.spelling, known.spelling, most=allowed) <= allowed else None


def _sound_alike(asked: Part, known: Part) -> bool:
    """The same consonants and, where both scripts write vowels, most of the same vowels."""
    if not any(sound in known.sounds for sound in asked.sounds):
        return False
    if asked.vowelless or known.vowelless:
        return True
    allowed = max(1, max(len(asked.voice), len(known.voice)) // 3)
    return slips(asked.voice, known.voice, most=allowed) <= allowed
