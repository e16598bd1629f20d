"""Lifting a do-not-contact flag: by a best-interests decision in writing, after guardian and lawyer were heard.

A flag is not taken back or narrowed as a mistake either: that would be the way round the decision.
"""

from collections.abc import Sequence

from encircle.core.child import AsOf, fold
from encircle.core.child.situation import Item, Situation
from encircle.law.law import Law
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.do_not_contact import DoNotContactLifted, DoNotContactSet
from encircle.vocabulary.facts.fact_type import Payload
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.refusal import Refused


class NotLifted(Refused):
    """A flag stays: contact that is made because a flag was lifted cannot be taken back. Nothing was saved."""

    def __init__(self) -> None:
        super().__init__(
            code="not_lifted",
            reason="A flag is lifted only by a best-interests decision in writing, after the guardian and the lawyer "
            "were heard. Nothing was saved.",
            instead="Name the decision, and say that both were heard.",
        )


class FlagStays(NotLifted):
    """A flag is neither taken back nor narrowed as a mistake: whoever relied on it cannot be warned in time."""

    def __init__(self) -> None:
        Refused.__init__(
            self,
            code="flag_stays",
            reason="A do-not-contact flag is not taken back or narrowed as a mistake: contact that follows cannot be "
            "taken back. Nothing was saved.",
            instead="Set a further flag that says it rightly, then lift this one by a decision.",
        )


def lifting_decisions(situation: Situation) -> tuple[Item, ...]:
    """The best-interests decisions in writing that could lift a flag."""
    return tuple(
        item
        for item in situation.of(Kind.DECISION)
        if item["made"] is True and item["in_writing"] is True and item["interests_assessed"] is True
    )


def ask_to_lift(on_record: Sequence[Fact], proposed: Sequence[Fact], *, law: Law, as_of: AsOf) -> None:
    """Asked of every act, whatever page or program it comes from. Refuses: NotLifted, FlagStays."""
    _ask_to_keep(on_record, proposed)
    said = [
        fact.payload
        for fact in proposed
        if isinstance(fact.payload, DoNotContactLifted) and fact.withdraws is None
    ]
    if not said:
        return
    situation = fold((*on_record, *proposed), as_of, zone=law.zone).earliest
    decisions = {str(item["id"]) for item in lifting_decisions(situation)}
    for one in said:
        if one.decision not in decisions or one.guardian_heard is not True or one.lawyer_heard is not True:
            raise NotLifted


def _ask_to_keep(on_record: Sequence[Fact], proposed: Sequence[Fact]) -> None:
    """A flag is taken back by a withdrawal, and narrowed by saying it anew, as a correction or not."""
    there = [(fact, fact.payload) for fact in on_record if isinstance(fact.payload, DoNotContactSet)]
    for fact in proposed:
        for set_, before in there:
            said_anew = isinstance(fact.payload, DoNotContactSet) and (
                fact.corrects == set_.id or (fact.subject or fact.id) == (set_.subject or set_.id)
            )
            if fact.withdraws == set_.id or (said_anew and not _keeps(fact.payload, before)):
                raise FlagStays


def _keeps(after: Payload, before: DoNotContactSet) -> bool:
    """Whether all that the flag forbade stays forbidden: the same country and person, and no part of its scope gone.

    To name fewer is not to forbid more: a flag of a country and a person forbids a word to either.
    """
    return (
        isinstance(after, DoNotContactSet)
        and (after.country, after.person) == (before.country, before.person)
        and set(before.scope) <= set(after.scope)
    )
