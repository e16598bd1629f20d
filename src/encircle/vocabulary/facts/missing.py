"""Missing: noticed, reported, searched for, found, back, heard."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import (
    UNSET,
    Country,
    Identifier,
    Payload,
    Text,
    UnsetType,
    fact_type,
    ref,
    says,
)
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "missing_noticed",
    about=Kind.MISSING,
    mark="noticed",
    group=FieldGroup.MINIMUM,
    rows="D31",
    living_child=True,
)
class MissingNoticed(Payload, frozen=True):
    """The child is not where expected."""

    noticed_by_role: Annotated[Role, says("Who noticed.")] | UnsetType = UNSET
    repeated: Annotated[bool, says("Whether it happened before.")] | UnsetType = UNSET


@fact_type(
    "missing_reported",
    about=Kind.MISSING,
    mark="reported",
    group=FieldGroup.MINIMUM,
    rows="D31 P14",
    living_child=True,
)
class MissingReported(Payload, frozen=True):
    """The child is reported missing."""

    reported_to: Annotated[Role, says("To whom.")] | UnsetType = UNSET
    report_number: Annotated[Identifier, says("The number of the police report.")] | UnsetType = UNSET
    made_to_wait: Annotated[bool, says("Whether the reporter was told to wait.")] | UnsetType = UNSET


@fact_type(
    "missing_police_reported",
    about=Kind.MISSING,
    mark="police_reported",
    group=FieldGroup.MINIMUM,
    rows="D31",
    living_child=True,
)
class MissingPoliceReported(Payload, frozen=True):
    """The police have taken the report of the missing child."""

    report_number: Annotated[Identifier, says("The number of the police report.")] | UnsetType = UNSET


@fact_type(
    "missing_risk_assessed", about=Kind.MISSING, mark="risk_assessed", group=FieldGroup.MINIMUM, rows="D31"
)
class MissingRiskAssessed(Payload, frozen=True):
    """Somebody judges how grave the danger to the missing child is, and says why."""

    danger: Annotated[
        Literal["not_known", "possible", "grave"],
        says("How grave the danger is, in the judgement of that person."),
    ]
    danger_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET


@fact_type(
    "missing_others_told", about=Kind.MISSING, mark="others_told", group=FieldGroup.MINIMUM, rows="D31"
)
class MissingOthersTold(Payload, frozen=True):
    """Others who need to know are told that the child is missing."""

    told: Annotated[
        tuple[
            Literal[
                "case_lead",
                "guardian",
                "hotline_116000",
                "central_authority",
                "focal_point",
                "border_guard",
                "schools",
                "other_country",
            ],
            ...,
        ],
        says("Who was told."),
    ]


@fact_type(
    "missing_located",
    about=Kind.MISSING,
    mark="located",
    group=FieldGroup.MINIMUM,
    rows="D31 D32",
    living_child=True,
)
class MissingLocated(Payload, frozen=True):
    """The child is found, and is safe or not yet."""

    located_by_role: Annotated[Role, says("By whom.")] | UnsetType = UNSET
    located_in: Annotated[Country, says("In which country.")] | UnsetType = UNSET
    alert_hit: Annotated[bool, says("Whether through an alert.")] | UnsetType = UNSET
    place: Annotated[str, ref(Kind.PLACE, "The place, by its id.")] | UnsetType = UNSET
    exploited_meanwhile: (
        Annotated[bool, says("Whether there are signs of exploitation meanwhile.")] | UnsetType
    ) = UNSET


@fact_type(
    "missing_measures_decided",
    about=Kind.MISSING,
    mark="measures_decided",
    group=FieldGroup.MINIMUM,
    rows="D32",
)
class MissingMeasuresDecided(Payload, frozen=True):
    """The measures for a located child are decided, with the child-protection service."""

    measures: Annotated[
        tuple[
            Literal[
                "safe_placement",
                "stay_with_carer",
                "return_to_placement",
                "hospital",
                "protection_order",
                "handover_to_other_state",
            ],
            ...,
        ],
        says("Which measures."),
    ]
    child_protection_involved: (
        Annotated[bool, says("Whether the child-protection service took part.")] | UnsetType
    ) = UNSET
    best_interests_considered: (
        Annotated[bool, says("Whether the best interests of the child were assessed.")] | UnsetType
    ) = UNSET


@fact_type(
    "missing_returned",
    about=Kind.MISSING,
    mark="returned",
    group=FieldGroup.MINIMUM,
    rows="D31",
    living_child=True,
)
class MissingReturned(Payload, frozen=True):
    """The child is back in care."""

    safe_and_well: (
        Annotated[bool, says("Whether somebody made sure that the child is safe and well.")] | UnsetType
    ) = UNSET
    treated_as_offence: (
        Annotated[bool, says("Whether the absence was treated as an offence.")] | UnsetType
    ) = UNSET


@fact_type(
    "return_interview_held",
    about=Kind.MISSING,
    mark="return_interview_held",
    group=FieldGroup.ACCOUNT,
    rows="D31",
    living_child=True,
)
class ReturnInterviewHeld(Payload, frozen=True):
    """Somebody talks with the child about why it left and what happened."""

    independent: Annotated[bool, says("Whether by somebody independent of the placement.")]
