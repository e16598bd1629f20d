"""Turning: on its day what was adopted comes into force, and the rows of the children it touches are computed anew."""

from encircle.actions.law import law_of
from encircle.core.journal.entry import EntryKind
from encircle.law.law import Law
from encircle.law.practice import Amendment, Part
from encircle.records import journal, turning
from encircle.records import practice as rows
from encircle.records.adopted import MEMORY
from encircle.records.context import Context


class Told:
    """Which proposals this process has already told the rows of: that they turn on a day to come."""

    def __init__(self) -> None:
        self.of: frozenset[tuple[str, int]] = frozenset()


_TOLD = Told()


def turn_practice(context: Context) -> None:
    """In the transaction of a sweep: let the rows turn on the day of what was adopted, and mark what came into force.

    Whatever a process wrote that had not learnt of it yet is computed once more on that day.
    """
    for number in sorted(MEMORY.known.unmarked):
        proposal = rows.proposal(number)
        held = None if proposal is None else proposal.held
        if proposal is None or held is None:
            continue
        comes = held.by.since > context.now
        if comes and (proposal.id, number) in _TOLD.of:
            continue
        turning.bring_forward(duties_of(held.amendment, law_of(proposal.pack)), at=held.by.since)
        _TOLD.of |= {(proposal.id, number)}
        if not comes:
            rows.add_step(proposal, rows.IN_FORCE, at=context.now)
            journal.enter(journal.Act(kind=EntryKind.PACK, outcome="practice_in_force"), ctx=context)


def duties_of(amendment: Amendment, law: Law) -> tuple[str, ...]:
    """The duties of which it can move a row: those whose time has that number. Names and words move none."""
    if amendment.part is not Part.NUMBER:
        return ()
    return tuple(
        rule.code for rule in law.duties if rule.due.sop is not None and rule.due.sop.code == amendment.code
    )
