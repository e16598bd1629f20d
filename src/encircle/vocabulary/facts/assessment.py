"""Assessments: individual, trafficking, needs and risk. One for the child, with many readers."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, When, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role

AssessmentKind = Literal[
    "individual",
    "trafficking",
    "best_interests",
    "risk",
    "needs",
    "health",
    "placement_risk",
    "family",
    "security",
    "special_needs",
    "secondary_victimisation",
    "education",
]


@fact_type(
    "assessment_made",
    about=Kind.ASSESSMENT,
    mark="made",
    group=FieldGroup.VIEWS,
    compartment=Compartment.VIEWS,
    rows="D03 D09 D19 D24 D27 D39 P9",
)
class AssessmentMade(Payload, frozen=True):
    """An assessment is made and written down."""

    assessment_kind: Annotated[AssessmentKind, says("What is assessed.")]
    qualified: Annotated[bool, says("Whether by somebody trained for this assessment.")] | UnsetType = UNSET
    made_by_roles: Annotated[tuple[Role, ...], says("Who took part.")] | UnsetType = UNSET
    topics: (
        Annotated[
            tuple[
                Literal[
                    "characteristics",
                    "nature_of_crime",
                    "circumstances",
                    "wishes",
                    "views_and_needs",
                    "family_safety",
                    "health",
                    "education_and_communication",
                    "care_and_placement",
                    "legal_situation",
                    "strengths",
                    "outcome",
                    "updates",
                    "confidentiality",
                ],
                ...,
            ],
            says("Which parts of the individual assessment it covers."),
        ]
        | UnsetType
    ) = UNSET
    elements: (
        Annotated[
            tuple[
                Literal[
                    "views",
                    "identity",
                    "family_and_relations",
                    "care_protection_safety",
                    "vulnerability",
                    "health",
                    "education",
                    "security_against_traffickers",
                ],
                ...,
            ],
            says("Which elements of best interests it covers."),
        ]
        | UnsetType
    ) = UNSET
    wishes_recorded: Annotated[bool, says("Whether the child's wishes are recorded.")] | UnsetType = UNSET
    special_measures: (
        Annotated[
            tuple[
                Literal[
                    "interview_conditions",
                    "no_contact",
                    "video",
                    "companion",
                    "interpreter",
                    "accommodation",
                    "protection_order",
                    "none",
                ],
                ...,
            ],
            says("Which special measures were decided."),
        ]
        | UnsetType
    ) = UNSET
    measures_refused_reasons: (
        Annotated[Text, says("Reasons for each special measure refused.")] | UnsetType
    ) = UNSET
    no_special_needs: (
        Annotated[bool, says("Whether it finds that the child has no special needs.")] | UnsetType
    ) = UNSET
    finding: (
        Annotated[
            Literal["trafficked", "not_trafficked", "unclear"],
            says("For a trafficking assessment: whether the child was trafficked."),
        ]
        | UnsetType
    ) = UNSET
    linked_to_act: (
        Annotated[
            Literal["linked", "not_linked", "unclear"],
            says(
                "For a trafficking assessment: whether the act laid to the child is linked to exploitation."
            ),
        ]
        | UnsetType
    ) = UNSET
    risk: (
        Annotated[
            Literal["none_found", "present", "grave"],
            says("For a risk assessment: what was found, in words of the assessor."),
        ]
        | UnsetType
    ) = UNSET
    repeated_account: (
        Annotated[bool, says("Whether the child had to repeat facts already recorded.")] | UnsetType
    ) = UNSET
    proceeding: Annotated[str, ref(Kind.PROCEEDING, "The proceeding it was made for.")] | UnsetType = UNSET
    placement: Annotated[str, ref(Kind.PLACEMENT, "The placement it was made for.")] | UnsetType = UNSET
    transfer: Annotated[str, ref(Kind.TRANSFER, "The return or transfer it was made for.")] | UnsetType = (
        UNSET
    )
    missing_episode: Annotated[str, ref(Kind.MISSING, "The missing episode it was made for.")] | UnsetType = (
        UNSET
    )
    review_due: Annotated[When, says("When it has to be looked at again.")] | UnsetType = UNSET
    reasons: Annotated[Text, says("What it found and why.")] | UnsetType = UNSET
