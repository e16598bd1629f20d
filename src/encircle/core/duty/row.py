"""A row of the ledger: one duty towards one child, or towards one interview, proceeding ... of that child."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec

from encircle.core.duty.mark import Marked
from encircle.law.deadline import Due
from encircle.law.duty import DutyRule
from encircle.law.texts import Texts
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown


class DutyState(StrEnum):
    """Where a duty stands. Only a number of law that was read, or an SOP number, can make it due soon or overdue."""

    UNKNOWN = "unknown"
    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    MET = "met"
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    BREACHED = "breached"
    NOT_APPLICABLE = "not_applicable"


STANDING = frozenset(
    {DutyState.OPEN, DutyState.DUE_SOON, DutyState.OVERDUE, DutyState.BREACHED, DutyState.UNKNOWN}
)
"""States in which somebody still has something to do or to answer."""


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """One piece of evidence: `found` is true, false or unknown with the facts that would answer."""

    id: str
    found: bool | Unknown


class DutyRow(msgspec.Struct, frozen=True):
    """One duty, its state, and what it rests on.

    `subject`: id of the interview, proceeding ... for which the duty stands, None for the child as a whole.
    `started`: the statement from which the clock runs; None where it is not on record or nobody has learnt it.
    `start`: from when it runs; `due`: the deadline; both None where the clock has not started.
    `found`: whether each evidence of the rule is there; empty where it is not known whether the duty stands at all.
    `met_at`, `late`: when met, and whether after the deadline. `unknown`: what is not known, with the names of the facts
    that would answer. `because`: the ground of a state that lifts, suspends or breaches. `next_change_at`: when time
    alone moves the state, in UTC.
    """

    rule: DutyRule
    subject: str | None
    state: DutyState
    started: Marked | None = None
    start: Span | None = None
    due: Due | None = None
    found: tuple[bool | Unknown, ...] = ()
    met_at: datetime | None = None
    late: bool = False
    unknown: Unknown | None = None
    because: Texts | None = None
    next_change_at: datetime | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Code and subject: the same duty in two readings of the record."""
        return self.rule.code, self.subject or ""

    @property
    def evidence(self) -> tuple[EvidenceFound, ...]:
        """Each piece of evidence that the rule asks for."""
        return tuple(EvidenceFound(e.id, f) for e, f in zip(self.rule.evidence, self.found, strict=False))

    @property
    def missing(self) -> tuple[str, ...]:
        """Evidence not on record."""
        return tuple([e.id for e, f in zip(self.rule.evidence, self.found, strict=False) if f is not True])
