"""The journal as an operator meets it: placed and signed by the sequencer, verified on demand."""

from dataclasses import dataclass

from encircle.core.journal.verify import FirstBad, Verified, WitnessBroken
from encircle.records import journal
from encircle.records.journal.sequencer import JournalChanged, JournalWentBack, make_journal_key


@dataclass(frozen=True, slots=True)
class JournalState:
    """Whether the journal is whole, in one line."""

    whole: bool
    text: str


def prepare_journal() -> None:
    """At the first start: make the key that signs the heads, unless it is there."""
    make_journal_key()


def sequence_journal() -> int:
    """Give waiting entries their positions and sign the head; how many were placed.

    Refuses: JournalWentBack, JournalChanged.
    """
    return journal.sequence().added


def verify_journal() -> JournalState:
    """Sequence what waits, then recompute everything. Refuses: NothingSigned.

    Where nothing can be signed, because something was changed or taken out, the first bad entry is named all the same.
    """
    waits = ""
    try:
        journal.sequence()
    except (JournalWentBack, JournalChanged) as refused:
        waits = f" {refused.reason}"
    found = journal.verify()
    if isinstance(found, Verified) and not waits:
        return JournalState(
            True, f"The journal is whole: {found.size} entries signed, {found.pending} waiting."
        )
    return JournalState(False, f"The journal is not whole: {_told(found)}{waits}")


def _told(found: Verified | FirstBad | WitnessBroken) -> str:
    """What is wrong, and with which entry, in one sentence."""
    if isinstance(found, Verified):
        return f"its {found.size} signed entries are those that were journalled, but not what was built over them."
    if isinstance(found, WitnessBroken):
        first = "" if found.position is None else f", the first at entry {found.position}"
        return (
            f"the witness's {found.size} leaves are not those that were signed{first}. The entries in the database "
            "are those that were journalled."
        )
    named = f"entry {found.position}" + ("" if found.entry_id is None else f" ({found.entry_id})")
    sure = (
        ""
        if found.proven == found.through
        else f" The first bad one lies from entry {found.proven} to {found.through}."
    )
    return f"{named}: {found.what.value}.{sure}"
