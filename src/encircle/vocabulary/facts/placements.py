"""Placements: where the child lives, without saying where that is. Addresses stand in the room of places."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import (
    UNSET,
    AgencyRef,
    Payload,
    Text,
    UnsetType,
    When,
    fact_type,
    ref,
    says,
)
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup

PlacementKind = Literal[
    "family",
    "relatives",
    "foster",
    "guardian_household",
    "childrens_home",
    "crisis_centre",
    "shelter",
    "orphanage",
    "closed_institution",
    "hospital",
    "barnahus",
    "minors_reception_centre",
    "adult_reception_centre",
    "correctional_boarding_school",
    "hotel",
    "independent_living",
    "exploiters_household",
    "street",
    "unknown",
    "other",
]


@fact_type(
    "placement_risk_assessed",
    about=Kind.PLACEMENT,
    mark="risk_assessed",
    group=FieldGroup.LOCATION,
    rows="D24 P13",
)
class PlacementRiskAssessed(Payload, frozen=True):
    """Somebody looks at whether the placement is safe for this child."""

    considered: Annotated[
        tuple[
            Literal[
                "known_addresses",
                "telephones",
                "contacts",
                "carers",
                "other_residents",
                "distance",
                "way_there",
            ],
            ...,
        ],
        says("What was looked at."),
    ]
    safe: Annotated[Literal["safe", "safe_with_measures", "not_safe"], says("What was found.")]
    known_to_exploiters: (
        Annotated[bool, says("Whether exploiters know or could learn the place.")] | UnsetType
    ) = UNSET
    risk_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET


@fact_type(
    "placement_started", about=Kind.PLACEMENT, mark="started", group=FieldGroup.LOCATION, rows="D24 P7 P13"
)
class PlacementStarted(Payload, frozen=True):
    """The child begins to live or sleep there."""

    placement_kind: Annotated[PlacementKind, says("What kind.")]
    vetted: Annotated[bool, says("Whether the carers were vetted.")] | UnsetType = UNSET
    adults_present: Annotated[bool, says("Whether adults who are not carers live there.")] | UnsetType = UNSET
    agency: Annotated[AgencyRef, says("The agency that runs it.")] | UnsetType = UNSET
    place: Annotated[str, ref(Kind.PLACE, "The place, by its id.")] | UnsetType = UNSET
    with_person: (
        Annotated[str, ref(Kind.PERSON, "The relative or other person with whom the child lives.")]
        | UnsetType
    ) = UNSET
    suspect_lives_there: (
        Annotated[bool, says("Whether a suspect lives there or comes there.")] | UnsetType
    ) = UNSET
    known_to_exploiters: Annotated[bool, says("Whether exploiters know the place.")] | UnsetType = UNSET
    overcrowded: Annotated[bool, says("Whether it is overcrowded.")] | UnsetType = UNSET
    duration_set: Annotated[bool, says("Whether it says how long.")] | UnsetType = UNSET
    individual_plan: Annotated[bool, says("Whether an individual plan belongs to it.")] | UnsetType = UNSET
    review_due: Annotated[When, says("When it must be looked at again.")] | UnsetType = UNSET
    missing_plan: (
        Annotated[bool, says("Whether it is written down what to do if the child goes missing.")] | UnsetType
    ) = UNSET


@fact_type(
    "placement_reviewed", about=Kind.PLACEMENT, mark="reviewed", group=FieldGroup.LOCATION, rows="D09 D24"
)
class PlacementReviewed(Payload, frozen=True):
    """A placement is looked at again."""

    by_court: Annotated[bool, says("Whether by a court.")] | UnsetType = UNSET
    continued: Annotated[bool, says("Whether it goes on.")] | UnsetType = UNSET
    individual_plan: Annotated[bool, says("Whether an individual plan belongs to it.")] | UnsetType = UNSET
    review_due: Annotated[When, says("When it must be looked at again.")] | UnsetType = UNSET


@fact_type("placement_ended", about=Kind.PLACEMENT, mark="ended", group=FieldGroup.LOCATION, rows="D24")
class PlacementEnded(Payload, frozen=True):
    """The child no longer lives there."""

    ended_because: (
        Annotated[
            Literal["moved", "returned_to_family", "ran_away", "not_safe", "transfer", "adult", "other"],
            says("Why."),
        ]
        | UnsetType
    ) = UNSET


@fact_type(
    "communication_monitored",
    about=Kind.PLACEMENT,
    mark="communication_monitored",
    group=FieldGroup.LOCATION,
    rows="D34",
)
class CommunicationMonitored(Payload, frozen=True):
    """The child's letters, calls or visits are watched or restricted."""

    channels: Annotated[tuple[Literal["mail", "telephone", "internet", "visits"], ...], says("Which.")]
    with_lawyer: (
        Annotated[bool, says("Whether also those with the lawyer or with organisations that help the child.")]
        | UnsetType
    ) = UNSET
    automatic: Annotated[bool, says("Whether without a decision in the single case.")] | UnsetType = UNSET


@fact_type(
    "communication_confidential",
    about=Kind.PLACEMENT,
    mark="communication_confidential",
    group=FieldGroup.LOCATION,
    rows="D34",
)
class CommunicationConfidential(Payload, frozen=True):
    """The child can again write, call and meet in confidence."""

    with_lawyer: (
        Annotated[bool, says("Whether also those with the lawyer or with organisations that help the child.")]
        | UnsetType
    ) = UNSET
