"""Closing: proposed by one person, decided by another, never while something stands open."""

from typing import Annotated

from encircle.vocabulary.facts.fact_type import UNSET, Payload, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "closing_proposed", about=Kind.CLOSING, mark="proposed", group=FieldGroup.VIEWS, rows="A8 P14", plan=True
)
class ClosingProposed(Payload, frozen=True):
    """Closing the record is proposed."""

    proposed_by_role: Annotated[Role, says("By whom.")] | UnsetType = UNSET


@fact_type("closing_decided", about=Kind.CLOSING, mark="decided", group=FieldGroup.VIEWS, rows="A8 P14")
class ClosingDecided(Payload, frozen=True):
    """Closing the record is decided."""

    decided_by_role: Annotated[Role, says("By whom.")] | UnsetType = UNSET
    second_person: Annotated[bool, says("Whether by somebody else than the proposer.")] | UnsetType = UNSET
    interests_assessed: (
        Annotated[bool, says("Whether the best interests of the child were assessed.")] | UnsetType
    ) = UNSET
    child_feedback: (
        Annotated[bool, says("Whether the child could say what helped and what did not.")] | UnsetType
    ) = UNSET
