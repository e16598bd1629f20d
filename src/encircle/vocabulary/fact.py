"""A fact: one dated, sourced statement about a child or a concern. Nothing is overwritten: a correction is a fact too."""

from dataclasses import dataclass
from datetime import datetime

from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.facts.fact_type import Payload
from encircle.vocabulary.identifier import AgencyId, FactId, RootId, SubjectId
from encircle.vocabulary.moment import Span


@dataclass(frozen=True, slots=True)
class Learnt:
    """When an agency came to know the fact (an instant in UTC)."""

    agency: AgencyId
    at: datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement with its three times: happened (an interval), learnt (by agency), recorded (the database's clock).

    A correction carries the complete new payload of the same type and stands in for the fact it corrects.
    Another version is a second source's account of the same event: both stand side by side.
    A withdrawal takes a fact out of every later answer; the fact itself stays on the record.
    """

    id: FactId
    type: str
    root: RootId
    subject: SubjectId | None
    happened: Span
    learnt: tuple[Learnt, ...]
    recorded: datetime
    agency: AgencyId
    said_by: str | None
    certainty: Certainty
    payload: Payload
    corrects: FactId | None = None
    version_of: FactId | None = None
    withdraws: FactId | None = None
    is_shut: bool = False
    """Sealed to people, none of whom has unlocked it: the payload is empty, and what it says is not known here."""

    def first_learnt(self, *, by: AgencyId | None = None) -> datetime | None:
        """When the fact was first known, to that agency or to any; None if never."""
        times = [learnt.at for learnt in self.learnt if by is None or learnt.agency == by]
        return min(times, default=None)
