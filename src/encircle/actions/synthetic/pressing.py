"""Histories that end where something runs out about today: so that a demonstration has something due, late and ahead.

Law: Directive (EU) 2024/1346, Art. 27 (15 working days); Regulation (EU) 2018/1862 (12 hours). The numbers are the pack's.
"""

import random
from datetime import timedelta
from enum import Enum

from encircle.actions.synthetic import arrival, care, meetings, proceedings
from encircle.actions.synthetic.names import SyntheticName
from encircle.actions.synthetic.story import Story

_EACH = 10


class Pressing(Enum):
    """What waits: a representative after an application for asylum, measures for a child who was found, or what the
    agencies agreed to do, with an interview and hearings to come.
    """

    REPRESENTATIVE = "representative"
    MEASURES = "measures"
    TOGETHER = "together"


def pressing(number: int) -> Pressing | None:
    """Which of them the child with this number is; None for most."""
    return {4: Pressing.REPRESENTATIVE, 6: Pressing.TOGETHER, 9: Pressing.MEASURES}.get(number % _EACH)


def quiet(kind: Pressing, chance: random.Random) -> timedelta:
    """How long ago the last fact was: about as long as the law gives."""
    if kind is Pressing.MEASURES:
        return timedelta(hours=chance.uniform(1, 20))
    if kind is Pressing.TOGETHER:
        return timedelta(days=chance.uniform(0.5, 8))
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
    if kind is Pressing.TOGETHER:
        meetings.planned_in_full(story)
        proceedings.dates_to_come(story)
        meetings.ahead(story)
        return
    care.gone(story)
    care.located(story)
