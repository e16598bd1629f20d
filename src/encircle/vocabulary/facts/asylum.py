"""Asylum: the wish, the application made and lodged, or not sought after advice."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "asylum_wish_expressed",
    about=Kind.CHILD,
    mark="asylum_wish_expressed",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D10",
)
class AsylumWishExpressed(Payload, frozen=True):
    """The child, guardian or another fears a return, or wants to ask for protection."""

    wish_by: (
        Annotated[Literal["child", "guardian", "lawyer", "professional"], says("Who says so.")] | UnsetType
    ) = UNSET
    fears_return: Annotated[bool, says("Whether the child fears to go back.")] | UnsetType = UNSET
    wish_reasons: Annotated[Text, says("In words.")] | UnsetType = UNSET


@fact_type(
    "asylum_not_sought",
    about=Kind.CHILD,
    mark="asylum_not_sought",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D10",
)
class AsylumNotSought(Payload, frozen=True):
    """Child and guardian decide, after advice, not to ask for asylum now."""

    guardian_agrees: Annotated[bool, says("Whether the guardian agrees.")] | UnsetType = UNSET
    advised: Annotated[bool, says("Whether a lawyer advised them.")] | UnsetType = UNSET


@fact_type(
    "asylum_made",
    about=Kind.PROCEEDING,
    mark="asylum_application_made",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D02b D10 D26",
)
class AsylumMade(Payload, frozen=True):
    """An application for asylum is made: the wish is stated to an authority. A form is not needed."""

    made_to: Annotated[Role, says("To which authority.")] | UnsetType = UNSET


@fact_type(
    "asylum_lodged",
    about=Kind.PROCEEDING,
    mark="asylum_application_lodged",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D10 D26",
)
class AsylumLodged(Payload, frozen=True):
    """The application for asylum is lodged with the authority."""
