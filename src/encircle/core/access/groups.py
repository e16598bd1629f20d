"""The field group of each fact of a record, and whether its free text is open. Knows no role."""

from collections.abc import Iterable, Mapping

from encircle.core.access.decision import Allowed
from encircle.core.access.flagged import flagged, is_of
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import FactId

OPENED_WITH: Mapping[Compartment, FieldGroup | None] = {
    Compartment.GENERAL: None,
    Compartment.IDENTITY: FieldGroup.MINIMUM,
    Compartment.ACCOUNT: FieldGroup.ACCOUNT,
    Compartment.LOCATION: FieldGroup.LOCATION,
    Compartment.HEALTH: FieldGroup.HEALTH,
    Compartment.CRIMINAL: FieldGroup.CRIMINAL,
    Compartment.ASYLUM: FieldGroup.ASYLUM,
    Compartment.VIEWS: FieldGroup.VIEWS,
}
"""Which field group has to be open too before free text of a compartment is; privileged text opens with none."""


def groups_of(facts: Iterable[Fact]) -> Mapping[FactId, FieldGroup]:
    """The field group of each of these facts; a withdrawal is of that of what it takes back, where that is among them.

    A request abroad that is flagged is not of the part that is exchanged.
    """
    facts = tuple(facts)
    found = {fact.id: FACT_TYPES[fact.type].group_of(fact.payload) for fact in facts}
    if kept := flagged(facts):
        found.update({fact.id: FieldGroup.VIEWS for fact in facts if is_of(fact, kept)})
    taken = {fact.id: fact.withdraws for fact in facts if fact.withdraws is not None}
    for taker in taken:
        seen, end = {taker}, taken[taker]
        while end in taken and end not in seen:
            seen.add(end)
            end = taken[end]
        found[taker] = found.get(end, found[taker])
    return found


def group_of_proceeding(kind: str) -> FieldGroup:
    """The field group of a proceeding of that kind."""
    opened = FACT_TYPES["proceeding_opened"]
    return opened.group if opened.group_by is None else opened.group_by.groups.get(kind, opened.group)


def text_is_open(compartment: Compartment, allowed: Allowed) -> bool:
    """Whether free text of that compartment, in a fact whose group is open, may be read."""
    if compartment not in OPENED_WITH:
        return False
    group = OPENED_WITH[compartment]
    return group is None or (group in allowed.groups and group not in allowed.summary)
