"""Barnahus: whether the child belongs there, and what is done where there is none."""

from typing import Annotated

from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "barnahus_decided", about=Kind.REFERRAL, mark="barnahus_decided", group=FieldGroup.VIEWS, rows="D21"
)
class BarnahusDecided(Payload, frozen=True):
    """A Barnahus decides whether the child belongs to its target group."""

    in_target_group: Annotated[bool, says("Whether the child belongs.")]
    refused_for_form: (
        Annotated[bool, says("Whether refused because of the form of exploitation.")] | UnsetType
    ) = UNSET
    target_group_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET


@fact_type("barnahus_replaced", about=Kind.REFERRAL, mark="replaced", group=FieldGroup.VIEWS, rows="D21")
class BarnahusReplaced(Payload, frozen=True):
    """No Barnahus is available, and an equivalent arrangement is made."""

    arrangement: Annotated[Text, says("Which arrangement.")] | UnsetType = UNSET
