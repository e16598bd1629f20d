"""Return and transfer to another country: proposed, checked, suspended, decided, carried out, followed up."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Country, Payload, UnsetType, When, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role

Checks = tuple[
    Literal[
        "formal_best_interests_decision",
        "no_risk_found",
        "no_pending_protection_or_review",
        "relatives_verified",
        "receiver_named",
        "child_guardian_lawyer_heard",
        "assisted_programme",
        "health_education_papers_plan",
        "receiving_service_accepted",
        "data_minimal",
        "monitoring_planned",
        "no_penalty_for_stay",
        "proceedings_rights_kept",
        "preventive_alert_considered",
    ],
    ...,
]


@fact_type(
    "transfer_proposed",
    about=Kind.TRANSFER,
    mark="proposed",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D39 D40 D42 P8",
    plan=True,
)
class TransferProposed(Payload, frozen=True):
    """A return or transfer of the child to another country is considered."""

    transfer_kind: Annotated[
        Literal[
            "return_to_family",
            "return",
            "removal",
            "asylum_responsibility",
            "placement_abroad",
            "transfer_of_care",
        ],
        says("What kind."),
    ]
    to_country: Annotated[Country, says("To which country.")] | UnsetType = UNSET
    planned_for: Annotated[When, says("When it is meant to be carried out.")] | UnsetType = UNSET


@fact_type(
    "transfer_checked",
    about=Kind.TRANSFER,
    mark="checked",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D39 D40 D42",
)
class TransferChecked(Payload, frozen=True):
    """The conditions of a return or transfer are looked at."""

    met: Annotated[Checks, says("Which conditions are met.")]
    not_met: Annotated[Checks, says("Which conditions are not met.")] | UnsetType = UNSET
    reception_verified: Annotated[bool, says("Whether safe reception was verified there.")] | UnsetType = (
        UNSET
    )
    recognition_confirmed: (
        Annotated[
            bool,
            says("Whether the other State confirmed in writing that the child stays recognised as a victim."),
        ]
        | UnsetType
    ) = UNSET
    form_punishable_there: (
        Annotated[bool, says("Whether the form of exploitation is punishable there.")] | UnsetType
    ) = UNSET


@fact_type(
    "removal_barred",
    about=Kind.CHILD,
    mark="removal_barred",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D16 D17 P8",
)
class RemovalBarred(Payload, frozen=True):
    """The migration file says that the child may not be removed for now."""

    barred_for: Annotated[
        Literal["identification", "reflection", "asylum", "appeal", "review", "other"], says("For what.")
    ]
    barred_until: Annotated[When, says("Until when.")] | UnsetType = UNSET


@fact_type(
    "removal_bar_lifted",
    about=Kind.CHILD,
    mark="removal_bar_lifted",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D17 P8",
)
class RemovalBarLifted(Payload, frozen=True):
    """The migration file no longer says that the child may not be removed."""


@fact_type(
    "transfer_suspended",
    about=Kind.TRANSFER,
    mark="suspended",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D16 D17 P8",
)
class TransferSuspended(Payload, frozen=True):
    """A return or transfer is suspended, and the migration file says so."""

    suspended_for: Annotated[
        Literal[
            "identification",
            "reflection",
            "asylum",
            "appeal",
            "review",
            "health",
            "best_interests",
            "court_order",
        ],
        says("For what."),
    ]
    until: Annotated[When, says("Until when.")] | UnsetType = UNSET


@fact_type(
    "transfer_decided",
    about=Kind.TRANSFER,
    mark="decided",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D39 D40 P8",
)
class TransferDecided(Payload, frozen=True):
    """A return or transfer is decided."""

    outcome: Annotated[Literal["ordered", "refused"], says("What was decided.")]
    by_presumption: (
        Annotated[bool, says("Whether on a general presumption instead of this child.")] | UnsetType
    ) = UNSET
    remedy_given: Annotated[bool, says("Whether a remedy is named.")] | UnsetType = UNSET


@fact_type(
    "transfer_carried_out",
    about=Kind.TRANSFER,
    mark="carried_out",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D40 D41 P8",
    living_child=True,
)
class TransferCarriedOut(Payload, frozen=True):
    """The child is returned or transferred."""

    to_country: Annotated[Country, says("To which country.")] | UnsetType = UNSET
    received_by: (
        Annotated[
            Literal[
                "verified_family", "guardian", "reception_facility", "child_protection_service", "nobody"
            ],
            says("Who received the child."),
        ]
        | UnsetType
    ) = UNSET
    assisted: Annotated[bool, says("Whether within an assisted programme.")] | UnsetType = UNSET
    forced: Annotated[bool, says("Whether by force or against the child's will.")] | UnsetType = UNSET


@fact_type(
    "transfer_followed_up",
    about=Kind.TRANSFER,
    mark="followed_up",
    group=FieldGroup.ASYLUM,
    compartment=Compartment.ASYLUM,
    rows="D41",
)
class TransferFollowedUp(Payload, frozen=True):
    """A report on the child after return or transfer has arrived."""

    reported_by: Annotated[Role, says("From whom.")] | UnsetType = UNSET
    child_spoken_to: Annotated[bool, says("Whether somebody spoke with the child.")] | UnsetType = UNSET
    child_safe: (
        Annotated[Literal["safe", "not_safe", "unclear"], says("Whether the child is safe.")] | UnsetType
    ) = UNSET
    next_report_due: Annotated[When, says("When the next report is due.")] | UnsetType = UNSET
