"""Handing over: responsibility for the child passes from one authority to another."""

from typing import Annotated

from encircle.vocabulary.facts.fact_type import UNSET, AgencyRef, Payload, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "handover_proposed",
    about=Kind.HANDOVER,
    mark="proposed",
    group=FieldGroup.VIEWS,
    rows="D42 A10",
    plan=True,
)
class HandoverProposed(Payload, frozen=True):
    """An authority asks another to take over responsibility for the child."""

    to_agency: Annotated[AgencyRef, says("Which agency.")]
    open_duties_named: Annotated[bool, says("Whether all open duties are named.")] | UnsetType = UNSET


@fact_type("handover_accepted", about=Kind.HANDOVER, mark="accepted", group=FieldGroup.VIEWS, rows="D42 A10")
class HandoverAccepted(Payload, frozen=True):
    """The other authority takes over."""

    to_agency: Annotated[AgencyRef, says("Which agency.")] | UnsetType = UNSET
    open_duties_taken_over: Annotated[bool, says("Whether all open duties go on there.")] | UnsetType = UNSET
