"""The access file: what of a record is told to the person it is about, what is left out and for which reason. Knows no words.

Law: GDPR 12(3), 15 and 23; LED 14 and 15. What the law of a country lets be withheld longer, its pack says.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from encircle.core.access.groups import groups_of
from encircle.core.child.situation import Situation
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.regime import Regime


class Reason(StrEnum):
    """Why something is not in the file. Told by the reason alone, never by what it was."""

    OTHER_PERSON = "other_person"
    """It is about somebody else."""
    INVESTIGATION = "investigation"
    """A criminal investigation runs."""
    SAFETY = "safety"
    """Somebody's safety could suffer."""
    CONFIDENTIAL = "confidential"
    """A talk with lawyer, therapist or helpline, which nobody else reads."""
    SEALED = "sealed"
    """It is sealed to people, and nobody has opened it to who prepares the file."""


CHOSEN: Final = (Reason.OTHER_PERSON, Reason.INVESTIGATION, Reason.SAFETY)
"""The reasons for which a person may leave something out."""


class Recipient(StrEnum):
    """To whom the file can be given: the person it is about, or who speaks for that person. Never a parent as such."""

    CHILD = "child"
    ADULT = "adult"
    GUARDIAN = "guardian"
    LAWYER = "lawyer"


class NotGiven(StrEnum):
    """Why it cannot be given to that recipient now."""

    NO_LONGER = "no_longer"
    """There is no such guardian or lawyer in office."""
    CONFLICT = "conflict"
    """The guardian's interests conflict with the child's, or it is not known whether they do."""
    STILL_A_CHILD = "still_a_child"
    NOT_THE_PLACE = "not_the_place"
    """Where the child is, is told to nobody but the child."""


def left_out(facts: Iterable[Fact], situation: Situation, *, with_place: bool) -> Mapping[FactId, Reason]:
    """What the rule leaves out of the file, whoever prepares it. `with_place`: the child asked where it is, and it is safe.

    An investigation counts as running as long as its end is not known.
    """
    facts = tuple(facts)
    running = situation.child["criminal_open"] is not False
    group_of = groups_of(facts)
    found = {}
    for fact in facts:
        why = _why(fact, group_of[fact.id], running=running, with_place=with_place)
        if why is not None:
            found[fact.id] = why
    return found


def not_given(to: Recipient, situation: Situation, *, with_place: bool) -> NotGiven | None:
    """Why the file cannot be given to that recipient; None: it can. What is not known counts against giving."""
    child = situation.child
    if with_place and to not in (Recipient.CHILD, Recipient.ADULT):
        return NotGiven.NOT_THE_PLACE
    if to is Recipient.ADULT and child["is_child"] is not False:
        return NotGiven.STILL_A_CHILD
    if to is Recipient.GUARDIAN:
        if child["guardian_current"] is not True:
            return NotGiven.NO_LONGER
        return None if child["guardian_in_conflict"] is False else NotGiven.CONFLICT
    if to is Recipient.LAWYER and child["lawyer_current"] is not True:
        return NotGiven.NO_LONGER
    return None


def _why(fact: Fact, group: FieldGroup, *, running: bool, with_place: bool) -> Reason | None:
    of = FACT_TYPES[fact.type]
    if of.compartment is Compartment.PRIVILEGED:
        return Reason.CONFIDENTIAL
    if of.about is Kind.PERSON:
        return Reason.OTHER_PERSON
    if running and (of.regime is Regime.LAW_ENFORCEMENT or of.compartment is Compartment.CRIMINAL):
        return Reason.INVESTIGATION
    if not with_place and (group is FieldGroup.LOCATION or of.compartment is Compartment.LOCATION):
        return Reason.SAFETY
    return Reason.SEALED if fact.is_shut else None
