"""Reflection: the recovery and reflection period."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Payload, UnsetType, When, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "reflection_started",
    about=Kind.REFLECTION,
    mark="started",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D16 P8",
)
class ReflectionStarted(Payload, frozen=True):
    """A recovery and reflection period begins."""

    until: Annotated[When, says("Until when it runs.")]
    notice_in_writing: (
        Annotated[bool, says("Whether child and guardian got a written notice.")] | UnsetType
    ) = UNSET
    told_to: Annotated[tuple[Role, ...], says("Who was told.")] | UnsetType = UNSET


@fact_type(
    "reflection_ended",
    about=Kind.REFLECTION,
    mark="ended",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D16 P8",
)
class ReflectionEnded(Payload, frozen=True):
    """A recovery and reflection period ends."""

    ended_because: Annotated[
        Literal["expired", "child_asked", "public_order", "improper_claim", "permit_given"], says("Why.")
    ]
