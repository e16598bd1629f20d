"""Status: the protection axis. A person sets it; the system never does."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "status_set",
    about=Kind.CHILD,
    mark="status_set",
    group=FieldGroup.ACCOUNT,
    rows="A0 A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 P6 D50",
)
class StatusSet(Payload, frozen=True):
    """A person or body with the mandate sets the child's protection status."""

    status: Annotated[
        Literal[
            "none",
            "concern",
            "at_risk",
            "presumed_victim",
            "identified_victim",
            "negative_decision",
            "in_review",
            "declined_identification",
            "recovered",
            "closed",
            "died",
            "transferred",
        ],
        says("The status set."),
    ]
    set_by_role: Annotated[Role, says("The role that set it.")] | UnsetType = UNSET
    status_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET
    status_remedy_given: Annotated[bool, says("Whether a remedy against it was named.")] | UnsetType = UNSET
    status_told_to: Annotated[tuple[Role, ...], says("Who was told of it.")] | UnsetType = UNSET
    set_by_machine: Annotated[bool, says("Whether no person took the decision.")] | UnsetType = UNSET
