"""The journal as an operator meets it: placed and signed by the sequencer, verified on demand."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from encircle.core.journal.verify import FirstBad, Verified, WitnessBroken
from encircle.records import journal
from encircle.records.journal.outside import lines_after
from encircle.records.journal.sequencer import JournalChanged, JournalWentBack, make_journal_key
from encircle.vocabulary.refusal import BadInput


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


def copy_journal(to: Path) -> int:
    """Add to that file each placed entry that it does not have yet, one line each; how many. A job.

    Nothing is opened: bodies stay sealed. Refuses: BadInput, a file whose last line is not one of a journal.
    """
    last = _last_position(to)
    added = 0
    with to.open("a", encoding="utf-8") as file:
        to.chmod(0o600)
        for line in lines_after(last):
            file.write(f"{line}\n")
            added += 1
    return added


def _last_position(file: Path) -> int:
    last = ""
    if file.exists():
        with file.open(encoding="utf-8") as lines:
            last = _last_line(lines)
    if not last:
        return -1
    try:
        return int(json.loads(last)["position"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise BadInput(
            code="no_copy",
            reason="The last line of that file is not an entry of a journal.",
            instead="Name another file; or take the last line away, if it was cut off, and copy again.",
            where="to",
        ) from wrong


def _last_line(lines: Iterable[str]) -> str:
    last = ""
    for line in lines:
        last = line
    return last


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
