"""Breaches of the child's personal data."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Payload, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type("breach_found", about=Kind.BREACH, mark="found", group=FieldGroup.VIEWS, rows="D30 D34")
class BreachFound(Payload, frozen=True):
    """A breach of the child's personal data is found."""

    breach_kind: Annotated[Literal["confidentiality", "integrity", "availability"], says("What kind.")]
    child_in_danger: Annotated[bool, says("Whether it may put the child in danger.")] | UnsetType = UNSET


@fact_type("breach_notified", about=Kind.BREACH, mark="notified", group=FieldGroup.VIEWS, rows="D30 D34")
class BreachNotified(Payload, frozen=True):
    """The supervisory authority is told of a breach."""
