"""Care: who looks after the child, in whose company the child is, and who leads the case."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, AgencyRef, Payload, Text, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "parental_care_recorded",
    about=Kind.CHILD,
    mark="parental_care_recorded",
    group=FieldGroup.MINIMUM,
    rows="D02b D09",
)
class ParentalCareRecorded(Payload, frozen=True):
    """Whether parents or other holders of responsibility can act for the child."""

    parental_care: Annotated[
        Literal["present", "absent", "conflict", "suspected"],
        says("Present, absent, in a conflict of interest, or suspected of involvement."),
    ]
    care_note: Annotated[Text, says("In words.")] | UnsetType = UNSET


@fact_type(
    "separation_recorded",
    about=Kind.CHILD,
    mark="separation_recorded",
    group=FieldGroup.MINIMUM,
    rows="D02b D11 D28",
)
class SeparationRecorded(Payload, frozen=True):
    """Whether the child is without a parent or other adult who is responsible by law or custom."""

    unaccompanied: Annotated[bool, says("Whether the child is unaccompanied or separated.")]
    company: (
        Annotated[
            Literal["alone", "relative", "unrelated_adult", "other_children"],
            says("In whose company the child was found."),
        ]
        | UnsetType
    ) = UNSET


@fact_type(
    "case_lead_named", about=Kind.CHILD, mark="case_lead_named", group=FieldGroup.MINIMUM, rows="D36 A1"
)
class CaseLeadNamed(Payload, frozen=True):
    """An agency takes the lead of the case."""

    case_lead: Annotated[AgencyRef, says("The agency.")]
    case_lead_name: Annotated[Text, says("The name of the person.")] | UnsetType = UNSET
