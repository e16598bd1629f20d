"""Patterns: what makes looks of one person stand out. Plain counts; no points, and nothing of a child."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Pattern(StrEnum):
    """What stands out."""

    MANY = "many"
    """Looks at many different children."""
    OUTSIDE = "outside"
    """At many children of other regions, whose case another agency leads."""
    REFUSED = "refused"
    """Many refusals: somebody tries."""
    SEARCHED = "searched"
    """Many searches that found nobody: somebody tries names."""
    OWN_NAME = "own_name"
    """At a record in which the looker's own family name stands."""
    NIGHT = "night"
    """At many children outside the hours of the agency."""
    EMERGENCIES = "emergencies"
    """Many records opened in an emergency."""
    CLOSED = "closed"
    """At many closed records in which the looker wrote nothing."""

    @property
    def sop(self) -> str:
        """The number of practice from which it is told."""
        return f"looks_{self.value}_told_from"


class Finding(StrEnum):
    """What somebody found who was told of it."""

    EXPLAINED = "explained"
    """The looks were part of the work."""
    MISTAKE = "mistake"
    """They were not, and no harm was meant or done."""
    PURSUED = "pursued"
    """They have no good reason that is known: it is taken further, outside of this system."""


@dataclass(frozen=True, slots=True)
class Watch:
    """From how many within which time looks of one kind are told."""

    pattern: Pattern
    within: timedelta
    times: int
