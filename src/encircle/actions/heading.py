"""The heading of the pages of one record: whose it is, as far as that is open to who looks."""

from collections.abc import Iterable
from dataclasses import dataclass

from encircle.actions.permit import Permit
from encircle.actions.whose_law import law_for
from encircle.core.child import AsOf, fold
from encircle.core.child.situation import Situation
from encircle.core.journal.entry import EntryKind
from encircle.law.law import Law
from encircle.records import journal
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose record this is: its number and kind, the law by which it is read, and what is known now of what is open."""

    number: str
    kind: Kind
    law: Law
    situation: Situation


def heading(permit: Permit, facts: Iterable[Fact]) -> Heading:
    """The heading of that record from those facts, as of now."""
    law = law_for(permit.root.country)
    folded = fold(facts, AsOf(permit.context.now), zone=law.zone)
    return Heading(permit.root.number, permit.root.kind, law, folded.earliest)


def enter_look(permit: Permit, outcome: str, facts: Iterable[Fact]) -> None:
    """Write down that these parts of the record were shown. `outcome`: the page, as a code."""
    groups = {FACT_TYPES[fact.type].group for fact in facts} | {FieldGroup.MINIMUM}
    act = journal.Act(
        kind=EntryKind.LOOK,
        outcome=outcome,
        root=permit.root.id,
        role=permit.who.role.value,
        field_groups=tuple(group for group in FieldGroup if group in groups),
    )
    journal.enter(act, ctx=permit.context)
