"""Which records a proposal would move, for those to whom their duties are open. Each that is shown is a look at it."""

from dataclasses import dataclass

from encircle.actions.context import Who, at_work
from encircle.actions.permit import opened_of_each
from encircle.actions.practice.effect import laws_now, touched
from encircle.actions.replay.answer import ChildAnswer, answer
from encircle.actions.whose_law import pack_for
from encircle.core.access import Allowed, shown
from encircle.core.child import AsOf
from encircle.core.difference import Moved, Standing, moved
from encircle.core.journal.entry import EntryKind
from encircle.law.law import Law
from encircle.records import journal
from encircle.records import practice as rows
from encircle.records.facts import facts_of
from encircle.records.open_roots import OpenRoot, open_roots
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.purpose import Purpose

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class MovedRecord:
    """One record by its number, and what would move of the duties that are open to who looks."""

    number: str
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MovedRecords:
    """One page of records; `more`: whether another one follows. `law`: with the proposal."""

    proposal: rows.Proposal
    law: Law
    records: tuple[MovedRecord, ...]
    page: int
    more: bool


def moved_records(who: Who, number: int, *, purpose: Purpose, page: int = 1) -> MovedRecords | None:
    """The open records in which one's agency takes part and that it would move; None, where there is no such proposal.

    Duties that are closed to who looks are not told: to a role that sees figures alone no record is shown.
    """
    with at_work(who, purpose) as context:
        proposal = rows.proposal(number)
        if proposal is None:
            return None
        before, after = laws_now(proposal.pack, proposal.amendment, now=context.now)
        codes = touched(proposal.amendment, after)
        found = open_roots(None, at_most=page * ON_A_PAGE + 1, codes=codes) if codes else ()
        listed = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
        opened = opened_of_each(who, [one.root for one in listed], context=context)
        told = []
        for one in listed:
            allowed = opened[one.root]
            if not isinstance(allowed, Allowed) or pack_for(one.country) != proposal.pack:
                continue
            differs = _differences(one, before, after, AsOf(context.now), allowed, who)
            if differs:
                told.append(MovedRecord(one.number, differs))
                act = journal.Act(
                    kind=EntryKind.LOOK,
                    outcome="practice_effect_shown",
                    root=one.root,
                    role=who.role.value,
                    legal_basis=allowed.basis,
                    regime=allowed.regime,
                )
                journal.enter(act, ctx=context)
    return MovedRecords(proposal, after, tuple(told), page, len(found) > page * ON_A_PAGE)


def _differences(
    one: OpenRoot, before: Law, after: Law, as_of: AsOf, allowed: Allowed, who: Who
) -> tuple[Moved, ...]:
    facts = facts_of(one.root)
    sides = []
    for law in (before, after):
        told = answer(facts, law=law, as_of=as_of, child=one.root)
        sides.append(_open_of(facts, told, law, allowed, who))
    return moved(*sides)


def _open_of(facts: tuple[Fact, ...], told: ChildAnswer, law: Law, allowed: Allowed, who: Who) -> Standing:
    """The duties of it that are open to who looks."""
    what = shown(facts, told.folded.earliest, told.duties, (), law=law, allowed=allowed, agency=who.agency)
    return Standing(law, what.duties, ())
