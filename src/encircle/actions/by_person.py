"""Acts that a person does and answers for, on the pages: a program of an agency is told so, and which page it is.

An emergency and the opening of a part rest on what somebody has weighed, and another person asks them about it later.
"""

from enum import StrEnum
from typing import NoReturn

from encircle.actions.context import Who
from encircle.actions.permit import NotAllowed, permitted
from encircle.core.access import Denied
from encircle.vocabulary.purpose import Purpose


class ByPerson(StrEnum):
    """What no program does."""

    BEGIN_EMERGENCY = "begin_emergency"
    """Opening the record of others in an emergency."""
    ANSWER_EMERGENCY = "answer_emergency"
    """Ending one early, or saying whether it was needed."""
    OPEN_PART = "open_part"
    """Opening a part of a record to an agency, or ending that early."""


class NeedsPerson(NotAllowed):
    """A program asked for what only a person does."""

    def __init__(self, act: ByPerson, number: str = "") -> None:
        denied = Denied(
            code="needs_person",
            reason="No program does this: a person weighs it, does it under their own name, and answers for it.",
            source="",
            instead="Tell somebody of your agency, who signs in and does it on the page.",
        )
        super().__init__(denied, number)
        self.act = act


def ask_for_person(who: Who, act: ByPerson, number: str = "") -> None:
    """Asked before such an act. Refuses: NeedsPerson, a program."""
    if who.is_program:
        raise NeedsPerson(act, number)


def refuse_program(who: Who, act: ByPerson, number: str = "") -> NoReturn:
    """The answer to a program that asks for it, of that record. Refuses: NotSeen and NotAllowed before NeedsPerson."""
    if not number:
        raise NeedsPerson(act)
    with permitted(who, number, purpose=Purpose.PROTECT):
        raise NeedsPerson(act, number)
