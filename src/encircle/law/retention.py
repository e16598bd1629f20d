"""Retention: how long parts of a record, and what came in at the door, are kept; from which event. Knows no clock."""

from dataclasses import dataclass
from enum import StrEnum

from encircle.law.counting import Period
from encircle.law.duty import DueRule, Standing
from encircle.law.origin import Origin
from encircle.law.source import Source
from encircle.law.texts import Texts
from encircle.vocabulary.compartment import Compartment


class KeptFrom(StrEnum):
    """Events from which a time of keeping is counted."""

    MAJORITY = "majority"
    """The 18th birthday."""
    CLOSED = "closed"
    """The record was closed."""
    LAST_WORDS = "last_words"
    """The last words, from either side, of what came in at the door and is closed: each message begins the time anew."""


class KeptOf(StrEnum):
    """What a rule is about."""

    RECORD = "record"
    """Parts of a record."""
    REPORT = "report"
    """A report at the door that became no case."""
    TALK = "talk"
    """A talk at the door that became no report."""
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long these parts of a record are kept, or what came in at the door, counted from the last of these events.

    `parts`: none of what came in at the door, which is kept whole.

    `keep`: in words, with the number of law or of practice beside them. Only a number of law that was read, or one that
    the country's practice has set, makes erasure due; all else proposes that people look at it.
    """

    code: str
    title: Texts
    parts: frozenset[Compartment]
    from_: tuple[KeptFrom, ...]
    keep: DueRule
    sources: tuple[Source, ...]
    sop_source: Texts | None
    origins: tuple[Origin, ...]
    of: KeptOf = KeptOf.RECORD

    @property
    def period(self) -> Period | None:
        """The number by which it is counted, read or not; None where there are words alone."""
        if self.keep.limit is not None and self.keep.standing in (Standing.LAW, Standing.UNVERIFIED):
            return self.keep.limit.period
        return None if self.keep.sop is None else self.keep.sop.period

    @property
    def may_be_due(self) -> bool:
        """Whether its number makes erasure due, and does not only propose it."""
        return self.keep.standing in (Standing.LAW, Standing.SOP) and self.period is not None
