"""Why not: a refusal of an action as a page tells it, in its language. The catalogues hold the words of the actions."""

from typing import NamedTuple

from django.utils.translation import gettext

from encircle.vocabulary.refusal import Refused


class WhyNot(NamedTuple):
    """Why something was not done, and what to do instead."""

    reason: str
    instead: str

    def __str__(self) -> str:
        return f"{self.reason} {self.instead}".rstrip()


def why_not(refused: Refused) -> WhyNot:
    """What the refusal says; in English, where no catalogue has it."""
    return WhyNot(gettext(refused.reason), gettext(refused.instead) if refused.instead else "")
