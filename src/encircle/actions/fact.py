"""State a fact: append it, with what follows from it and its journal entry, in one transaction.

A stale write is told, not lost.
"""

from encircle.actions.context import Who, at_work
from encircle.actions.projection import project
from encircle.core.journal.entry import EntryKind
from encircle.records import facts, journal
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.purpose import Purpose


def state(fact: Fact, *, who: Who, follows: FactId | None) -> Fact:
    """The fact as recorded, with the database's time.

    `follows`: the last fact of the same matter that the writer had read, None where there was none.
    Refuses: Conflict (carries both), if somebody wrote about the matter since; RuleBroken.
    """
    fact_type = FACT_TYPES[fact.type]
    with at_work(who, Purpose.RECORD) as context:
        recorded = facts.append(fact, follows=follows, ctx=context)
        act = journal.Act(
            kind=EntryKind.WRITE,
            outcome=fact.type,
            root=fact.root,
            role=who.role.value,
            regime=fact_type.regime,
            field_groups=(fact_type.group_of(fact.payload),),
        )
        journal.enter(act, ctx=context)
        project(fact.root, ctx=context, now=max(context.now, recorded.recorded))
    return recorded
