"""Histories that end where a time set by law runs out about today: so that a demonstration has something due, and late.

Law: Directive (EU) 2024/1346, Art. 27 (15 working days); Regulation (EU) 2018/1862 (12 hours). The numbers are the pack's.
"""

import random
from datetime import timedelta
from enum import Enum

from encircle.actions.synthetic import arrival, care, proceedings
from encircle.actions.synthetic.names import SyntheticName
from encircle.actions.synthetic.story import Story

_EACH = 10


class Pressing(Enum):
    """What waits: a representative after an application for asylum, or measures for a child who was found."""

    REPRESENTATIVE = "representative"
    MEASURES = "measures"


def pressing(number: int) -> Pressing | None:
    """Which of them the child with this number is; None for most."""
    return {4: Pressing.REPRESENTATIVE, 9: Pressing.MEASURES}.get(number % _EACH)


def quiet(kind: Pressing, chance: random.Random) -> timedelta:
    """How long ago the last fact was: about as long as the law gives."""
    if kind is Pressing.MEASURES:
        return timedelta(hours=chance.uniform(1, 20))
    return timedelta(days=chance.uniform(15, 25))


def tell(kind: Pressing, story: Story, name: SyntheticName) -> None:
    """The history up to what is waited for."""
    arrival.found(story, name)
    arrival.believed(story)
    care.placed(story)
    if kind is Pressing.REPRESENTATIVE:
        proceedings.asylum_sought(story)
        return
    care.accompanied(story)
    care.gone(story)
    care.located(story)
