"""Age: what is claimed, documented, doubted, assessed and decided about how old the child is."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Count, Payload, Text, UnsetType, When, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type("age_claimed", about=Kind.CHILD, mark="age_claimed", group=FieldGroup.MINIMUM, rows="D01")
class AgeClaimed(Payload, frozen=True):
    """Somebody states an age for this person. A claim to be a child counts until a final decision."""

    claimed_child: Annotated[bool, says("Whether the person is said to be under 18.")]
    claimed_years: Annotated[Count, says("Age in whole years, as stated.")] | UnsetType = UNSET
    date_of_birth_claimed: Annotated[When, says("Date of birth, as stated.")] | UnsetType = UNSET
    claim_rests_on: (
        Annotated[
            tuple[Literal["statement", "appearance", "document", "statement_of_others"], ...],
            says("What the claim rests on."),
        ]
        | UnsetType
    ) = UNSET


@fact_type(
    "date_of_birth_recorded",
    about=Kind.CHILD,
    mark="date_of_birth_recorded",
    group=FieldGroup.MINIMUM,
    compartment=Compartment.IDENTITY,
    rows="D01 D45",
)
class DateOfBirthRecorded(Payload, frozen=True):
    """A date of birth is taken from a statement, paper or register and entered as the child's."""

    date_of_birth: Annotated[When, says("The date of birth, as exactly as it is known.")]
    evidence: Annotated[
        Literal["statement", "document", "register", "medical_record", "family", "court_decision"],
        says("Where the date comes from."),
    ]


@fact_type("age_doubted", about=Kind.CHILD, mark="age_doubted", group=FieldGroup.MINIMUM, rows="D01 D01b P7")
class AgeDoubted(Payload, frozen=True):
    """An authority doubts the age that is claimed or documented."""

    doubted_because: (
        Annotated[
            tuple[
                Literal[
                    "appearance",
                    "contradictory_documents",
                    "contradictory_statements",
                    "no_document",
                    "document_from_exploiter",
                    "other",
                ],
                ...,
            ],
            says("Why the age is doubted."),
        ]
        | UnsetType
    ) = UNSET
    doubt_reasons: Annotated[Text, says("The reasons in words.")] | UnsetType = UNSET


@fact_type("child_presumed", about=Kind.CHILD, mark="presumed", group=FieldGroup.MINIMUM, rows="D01 P7")
class ChildPresumed(Payload, frozen=True):
    """An authority presumes that this person is a child until the age is finally decided."""

    presumed_on: Annotated[
        tuple[Literal["claim", "appearance", "document", "statement_of_others"], ...],
        says("What makes it believable that the person is a child."),
    ]
    presumption_reasons: Annotated[Text, says("The reasons in words.")] | UnsetType = UNSET
    presumed_by_role: Annotated[Role, says("The role that took the presumption.")] | UnsetType = UNSET


@fact_type(
    "age_determined", about=Kind.CHILD, mark="age_determined", group=FieldGroup.MINIMUM, rows="D01 D01b P7"
)
class AgeDetermined(Payload, frozen=True):
    """An authority decides whether this person is a child. Only a final decision ends the presumption."""

    determined: Annotated[Literal["child", "adult"], says("What was decided.")]
    final: Annotated[bool, says("Whether the decision can no longer be challenged.")]
    determination_reasons: Annotated[Text, says("The reasons given in the decision.")] | UnsetType = UNSET
    determined_in_writing: Annotated[bool, says("Whether the decision was given in writing.")] | UnsetType = (
        UNSET
    )
    remedy_given: Annotated[bool, says("Whether a remedy against it was named.")] | UnsetType = UNSET
    remedy_until: Annotated[When, says("Until when it can be challenged.")] | UnsetType = UNSET


@fact_type(
    "age_decision_challenged",
    about=Kind.CHILD,
    mark="age_decision_challenged",
    group=FieldGroup.MINIMUM,
    rows="D01b",
)
class AgeDecisionChallenged(Payload, frozen=True):
    """The age decision is challenged before a court or authority."""

    challenged_by: Annotated[Role, says("Who challenges it.")]


@fact_type(
    "age_assessment_started", about=Kind.AGE_ASSESSMENT, mark="started", group=FieldGroup.MINIMUM, rows="D01b"
)
class AgeAssessmentStarted(Payload, frozen=True):
    """An age-assessment procedure is started."""

    ordered_by: Annotated[Role, says("Who ordered it.")] | UnsetType = UNSET
    ordered_because: (
        Annotated[Text, says("Why doubt persists after documents and statements.")] | UnsetType
    ) = UNSET
    child_informed: (
        Annotated[bool, says("Whether the child was told what would be done and why.")] | UnsetType
    ) = UNSET
    child_agreed: Annotated[bool, says("Whether the informed child agreed to be assessed.")] | UnsetType = (
        UNSET
    )
    guardian_agreed: Annotated[bool, says("Whether the guardian or representative agreed.")] | UnsetType = (
        UNSET
    )


@fact_type(
    "age_assessment_examined",
    about=Kind.AGE_ASSESSMENT,
    mark="examined",
    group=FieldGroup.HEALTH,
    compartment=Compartment.HEALTH,
    rows="D01b D05",
    living_child=True,
)
class AgeAssessmentExamined(Payload, frozen=True):
    """One examination or talk of an age assessment takes place."""

    method: Annotated[
        Literal[
            "psychosocial",
            "documents",
            "dental",
            "wrist_xray",
            "clavicle_ct",
            "physical_inspection",
            "genital_inspection",
            "other_medical",
        ],
        says("How the age was assessed."),
    ]
    only_method: Annotated[bool, says("Whether nothing but this method was used.")] | UnsetType = UNSET
    margin_stated: Annotated[bool, says("Whether the margin of error is stated.")] | UnsetType = UNSET
    margin_months: Annotated[Count, says("The margin of error in months.")] | UnsetType = UNSET
    youngest_years: Annotated[Count, says("Lower end of the age found, in years.")] | UnsetType = UNSET
    oldest_years: Annotated[Count, says("Upper end of the age found, in years.")] | UnsetType = UNSET
    multidisciplinary: Annotated[bool, says("Whether several professions took part.")] | UnsetType = UNSET
    guardian_present: (
        Annotated[bool, says("Whether the guardian or representative was present.")] | UnsetType
    ) = UNSET
    child_agreed_to_method: (
        Annotated[bool, says("Whether the informed child agreed to this method.")] | UnsetType
    ) = UNSET
    guardian_agreed_to_method: (
        Annotated[bool, says("Whether the guardian or representative agreed to this method.")] | UnsetType
    ) = UNSET


@fact_type(
    "age_assessment_refused", about=Kind.AGE_ASSESSMENT, mark="refused", group=FieldGroup.MINIMUM, rows="D01b"
)
class AgeAssessmentRefused(Payload, frozen=True):
    """The child or guardian refuses a method. A refusal is no proof that the person is an adult."""

    refused_by_role: Annotated[Literal["child", "guardian"], says("Who refused.")]
    refused_method: (
        Annotated[
            Literal[
                "psychosocial",
                "documents",
                "dental",
                "wrist_xray",
                "clavicle_ct",
                "physical_inspection",
                "genital_inspection",
                "other_medical",
            ],
            says("The method refused."),
        ]
        | UnsetType
    ) = UNSET


@fact_type(
    "age_assessment_result_told",
    about=Kind.AGE_ASSESSMENT,
    mark="result_told",
    group=FieldGroup.MINIMUM,
    rows="D01b",
)
class AgeAssessmentResultTold(Payload, frozen=True):
    """The result of an age assessment is told to the child, the guardian or others."""

    result: Annotated[Literal["child", "adult", "undetermined"], says("The result.")]
    told_to: Annotated[tuple[Role, ...], says("To whom it was told.")]
    written_reasons: Annotated[bool, says("Whether reasons were given in writing.")] | UnsetType = UNSET
    remedy_told: Annotated[bool, says("Whether the way to challenge it was told.")] | UnsetType = UNSET


@fact_type(
    "age_assessment_ended", about=Kind.AGE_ASSESSMENT, mark="ended", group=FieldGroup.MINIMUM, rows="D01b"
)
class AgeAssessmentEnded(Payload, frozen=True):
    """An age-assessment procedure ends, with or without a result."""

    ended_without_result: Annotated[bool, says("Whether it ended without one.")] | UnsetType = UNSET
