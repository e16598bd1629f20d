"""Lifting a do-not-contact flag: by a best-interests decision in writing, after guardian and lawyer were heard."""

from collections.abc import Sequence

from encircle.core.child import AsOf, fold
from encircle.core.child.situation import Item, Situation
from encircle.law.law import Law
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.do_not_contact import DoNotContactLifted
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


def lifting_decisions(situation: Situation) -> tuple[Item, ...]:
    """The best-interests decisions in writing that could lift a flag."""
    return tuple(
        item
        for item in situation.of(Kind.DECISION)
        if item["made"] is True and item["in_writing"] is True and item["interests_assessed"] is True
    )


def ask_to_lift(on_record: Sequence[Fact], proposed: Sequence[Fact], *, law: Law, as_of: AsOf) -> None:
    """Asked of every act, whatever page or program it comes from. Refuses: NotLifted."""
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
