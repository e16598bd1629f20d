"""Lifting a do-not-contact flag: by a best-interests decision in writing, after guardian and lawyer were heard.

A flag is not taken back or narrowed as a mistake either: that would be the way round the decision.
"""

from collections.abc import Mapping, Sequence

from encircle.core.child import AsOf, fold
from encircle.core.child.situation import Item, Situation
from encircle.law.law import Law
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.do_not_contact import DoNotContactLifted, DoNotContactSet
from encircle.vocabulary.facts.fact_type import UNSET, Payload
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import FactId
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
    _ask_to_keep({fact.id: fact.payload for fact in on_record}, proposed)
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


def _ask_to_keep(on_record: Mapping[FactId, Payload], proposed: Sequence[Fact]) -> None:
    for fact in proposed:
        before = on_record.get(fact.withdraws or fact.corrects or fact.id)
        if not isinstance(before, DoNotContactSet):
            continue
        after = fact.payload if fact.corrects else None
        if not (isinstance(after, DoNotContactSet) and _covers(after, before)):
            raise FlagStays


def _covers(after: DoNotContactSet, before: DoNotContactSet) -> bool:
    """Whether all that the flag forbade stays forbidden: one that names no country or no person forbids all of them."""
    scope = "everybody_there" in after.scope or set(before.scope) <= set(after.scope)
    return scope and after.country in (UNSET, before.country) and after.person in (UNSET, before.person)
