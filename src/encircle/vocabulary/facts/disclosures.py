"""Disclosures: what was passed to whom, why, and on what basis."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import (
    UNSET,
    AgencyRef,
    Country,
    Payload,
    Text,
    UnsetType,
    fact_type,
    says,
)
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "disclosure_made",
    about=Kind.DISCLOSURE,
    mark="made",
    group=FieldGroup.MINIMUM,
    rows="D30 D34 P15 P16 P17",
)
class DisclosureMade(Payload, frozen=True):
    """Data on the child are passed on."""

    given_to_role: Annotated[Role, says("To which role.")]
    data: Annotated[
        tuple[
            Literal[
                "minimum",
                "account",
                "location",
                "health",
                "criminal",
                "asylum",
                "views",
                "indicators",
                "helpline_report",
                "central_authority_information",
                "access_log",
                "recording",
            ],
            ...,
        ],
        says("Which data."),
    ]
    purpose: Annotated[
        Literal[
            "protection",
            "identification",
            "investigation",
            "prosecution",
            "health_care",
            "education",
            "guardianship",
            "asylum_decision",
            "immigration_enforcement",
            "oversight",
            "statistics",
            "cross_border",
            "finding_the_child",
            "lawfulness_check",
            "access_to_own_data",
        ],
        says("For what."),
    ]
    given_to_agency: Annotated[AgencyRef, says("To which agency.")] | UnsetType = UNSET
    legal_basis: Annotated[Text, says("On what legal basis.")] | UnsetType = UNSET
    necessity: Annotated[Text, says("Why it was necessary.")] | UnsetType = UNSET
    child_informed: (
        Annotated[
            Literal["informed", "not_informed_with_reason", "not_informed"],
            says("Whether the child was told."),
        ]
        | UnsetType
    ) = UNSET
    from_anonymous_report: (
        Annotated[bool, says("Whether the data came from an anonymous report or helpline.")] | UnsetType
    ) = UNSET
    to_country: Annotated[Country, says("To which country, if abroad.")] | UnsetType = UNSET
    onward_use_limited: (
        Annotated[bool, says("Whether the receiver may use them for this purpose only.")] | UnsetType
    ) = UNSET
    in_bulk: Annotated[bool, says("Whether data on many children were passed at once.")] | UnsetType = UNSET


@fact_type(
    "information_held_elsewhere",
    about=Kind.DISCLOSURE,
    mark="pointed_to",
    group=FieldGroup.MINIMUM,
    rows="D30",
)
class InformationHeldElsewhere(Payload, frozen=True):
    """Somebody holds information that is not in this record. Ask them."""

    holder: Annotated[Role, says("Who holds it.")]
    holder_agency: Annotated[AgencyRef, says("Which agency.")] | UnsetType = UNSET
    held_data: (
        Annotated[Literal["health", "privileged", "asylum", "criminal", "other"], says("What kind.")]
        | UnsetType
    ) = UNSET
