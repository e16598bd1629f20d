"""Screening of a child from a third country at or behind the border."""

from typing import Annotated

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Payload, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "screening_started",
    about=Kind.SCREENING,
    mark="started",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D38",
)
class ScreeningStarted(Payload, frozen=True):
    """Screening begins."""

    at_border: Annotated[bool, says("Whether at the external border.")]


@fact_type(
    "screening_done",
    about=Kind.SCREENING,
    mark="done",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D38",
    living_child=True,
)
class ScreeningDone(Payload, frozen=True):
    """Screening is completed."""

    representative_present: (
        Annotated[bool, says("Whether a representative or trained person was there.")] | UnsetType
    ) = UNSET
    vulnerability_checked: (
        Annotated[bool, says("Whether the form on vulnerability was filled in.")] | UnsetType
    ) = UNSET
    missing_checked: (
        Annotated[bool, says("Whether alerts on missing children were looked at.")] | UnsetType
    ) = UNSET
    family_tie_checked: (
        Annotated[bool, says("Whether a tie with accompanying adults was checked.")] | UnsetType
    ) = UNSET
    language_understood: (
        Annotated[bool, says("Whether in a language that the child understands.")] | UnsetType
    ) = UNSET
