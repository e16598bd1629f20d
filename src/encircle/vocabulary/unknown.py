"""Not knowing: a value that says why and what would answer it. Never true, never false, never empty."""

from dataclasses import dataclass

_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is not known: the reason in words, and the names of the facts or attributes that would answer.

    Refuses to be used as a truth value (TypeError), so that nobody branches on it by oversight:
    ask `isinstance(answer, Unknown)`, or `answer is True`.
    """

    reason: str
    missing: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        raise TypeError(f"not known ({self.reason}): this is neither true nor false, ask for it by name")


def join(first: Unknown, *others: Unknown) -> Unknown:
    """One Unknown for several: reasons and missing names in the order first met, none twice."""
    if all(other is first or other == first for other in others):
        return first
    every = (first, *others)
    reasons = dict.fromkeys(part for one in every for part in one.reason.split(_BETWEEN) if part)
    missing = dict.fromkeys(name for one in every for name in one.missing)
    return Unknown(_BETWEEN.join(reasons), tuple(missing))
