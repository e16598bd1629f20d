"""Accounts: what the child tells outside an interview."""

from typing import Annotated

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "account_told",
    about=Kind.ACCOUNT,
    mark="told",
    group=FieldGroup.ACCOUNT,
    compartment=Compartment.ACCOUNT,
    rows="D06 D22 P3",
    living_child=True,
)
class AccountTold(Payload, frozen=True):
    """The child tells what happened, outside an interview."""

    told_to: Annotated[Role, says("To whom the child told it.")]
    spontaneous: Annotated[bool, says("Whether nobody had asked.")] | UnsetType = UNSET
    said: Annotated[Text, says("What the child said, in the child's words.")] | UnsetType = UNSET
