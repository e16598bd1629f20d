"""Permits to stay."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.decision import Conditions
from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, When, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "permit_issued",
    about=Kind.PERMIT,
    mark="issued",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D18",
)
class PermitIssued(Payload, frozen=True):
    """A permit to stay is issued or renewed."""

    ground: (
        Annotated[
            Literal["best_interests", "victim", "protection", "family", "other"], says("On which ground.")
        ]
        | UnsetType
    ) = UNSET
    valid_until: Annotated[When, says("Until when.")] | UnsetType = UNSET
    conditions: Annotated[Conditions, says("On what it was made to depend.")] | UnsetType = UNSET


@fact_type(
    "permit_refused",
    about=Kind.PERMIT,
    mark="refused",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D18 P4",
)
class PermitRefused(Payload, frozen=True):
    """A permit to stay is refused or withdrawn."""

    conditions: Annotated[Conditions, says("Which condition was named.")] | UnsetType = UNSET
    refusal_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET
