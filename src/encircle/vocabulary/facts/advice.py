"""Experts' advice on what the child can take part in."""

from typing import Annotated

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, When, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "participation_advised_against",
    about=Kind.ADVICE,
    mark="advised_against",
    group=FieldGroup.ACCOUNT,
    compartment=Compartment.HEALTH,
    rows="D06 D25 D49",
)
class ParticipationAdvisedAgainst(Payload, frozen=True):
    """An expert advises that the child should not take part in interviews or hearings for now."""

    advised_by: Annotated[Role, says("Which profession.")] | UnsetType = UNSET
    until: Annotated[When, says("Until when.")] | UnsetType = UNSET
    advice_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET
