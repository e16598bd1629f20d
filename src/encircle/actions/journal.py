"""The journal as an operator meets it: placed and signed by the sequencer, verified on demand."""

from dataclasses import dataclass

from encircle.core.journal.verify import Verified
from encircle.records import journal
from encircle.records.journal.sequencer import make_journal_key


@dataclass(frozen=True, slots=True)
class JournalState:
    """Whether the journal is whole, in one line."""

    whole: bool
    text: str


def prepare_journal() -> None:
    """At the first start: make the key that signs the heads, unless it is there."""
    make_journal_key()


def sequence_journal() -> int:
    """Give waiting entries their positions and sign the head; how many were placed. Refuses: JournalWentBack."""
    return journal.sequence().added


def verify_journal() -> JournalState:
    """Sequence what waits, then recompute everything. Refuses: NothingSigned, JournalWentBack."""
    journal.sequence()
    found = journal.verify()
    if isinstance(found, Verified):
        return JournalState(
            True, f"The journal is whole: {found.size} entries signed, {found.pending} waiting."
        )
    return JournalState(False, f"The journal is not whole: {found}")
