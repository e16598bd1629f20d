"""Concerns: what was noticed about a child, how it was received, triaged and reviewed."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import (
    UNSET,
    AgencyRef,
    Count,
    Identifier,
    Language,
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
    "concern_registered",
    about=Kind.CONCERN,
    mark="registered",
    group=FieldGroup.INDICATORS,
    rows="A0 D12 D13 D46",
)
class ConcernRegistered(Payload, frozen=True):
    """A report, observation or hit arrives and is registered."""

    channel: Annotated[
        Literal[
            "face_to_face",
            "telephone",
            "helpline",
            "web_form",
            "letter",
            "email",
            "police_report",
            "hospital",
            "school",
            "border_check",
            "inspection",
            "court",
            "alert_hit",
            "other_agency",
            "media",
            "other",
        ],
        says("How it arrived."),
    ]
    danger_now: Annotated[bool, says("Whether the child may be in danger now.")] | UnsetType = UNSET
    text: Annotated[Text, says("What was reported.")] | UnsetType = UNSET
    raised_by: (
        Annotated[
            Literal[
                "child",
                "other_child",
                "parent",
                "relative",
                "professional",
                "neighbour",
                "public",
                "anonymous",
                "authority",
            ],
            says("Who reported it."),
        ]
        | UnsetType
    ) = UNSET
    reporter_role: Annotated[Role, says("The role of a professional who reported.")] | UnsetType = UNSET
    anonymous: Annotated[bool, says("Whether the reporter stays anonymous.")] | UnsetType = UNSET
    identity_demanded: Annotated[bool, says("Whether the reporter had to give a name.")] | UnsetType = UNSET
    confidentiality_explained: (
        Annotated[bool, says("Whether it was explained who will know.")] | UnsetType
    ) = UNSET
    way_back_given: Annotated[bool, says("Whether the reporter got a way to come back.")] | UnsetType = UNSET
    language: Annotated[Language, says("The language of the report.")] | UnsetType = UNSET
    exact_words: Annotated[Text, says("What the child said, in the child's own words.")] | UnsetType = UNSET
    who_was_present: Annotated[Text, says("Who was there when the child said it.")] | UnsetType = UNSET
    where_noticed: Annotated[Text, says("Where it was seen or heard.")] | UnsetType = UNSET
    questions_asked: Annotated[Text, says("What the child had been asked.")] | UnsetType = UNSET


@fact_type(
    "concern_acknowledged",
    about=Kind.CONCERN,
    mark="acknowledged",
    group=FieldGroup.INDICATORS,
    rows="D12 D46",
)
class ConcernAcknowledged(Payload, frozen=True):
    """The reporter is told that the concern has arrived."""

    acknowledged_in_language: (
        Annotated[bool, says("Whether in a language and form fit for the reporter.")] | UnsetType
    ) = UNSET


@fact_type(
    "concern_feedback_given",
    about=Kind.CONCERN,
    mark="feedback_given",
    group=FieldGroup.INDICATORS,
    rows="D46 D12",
)
class ConcernFeedbackGiven(Payload, frozen=True):
    """The reporter is told what followed, as far as the child's privacy allows."""


@fact_type(
    "concern_triaged", about=Kind.CONCERN, mark="triaged", group=FieldGroup.INDICATORS, rows="D13 A1 A2"
)
class ConcernTriaged(Payload, frozen=True):
    """The triage team, or whoever acts for it, decides what follows from the concern."""

    outcome: Annotated[
        Literal[
            "protect_now",
            "presumed_victim",
            "at_risk",
            "more_information",
            "advice_given",
            "refer_elsewhere",
            "no_action",
        ],
        says("What was decided."),
    ]
    priority: (
        Annotated[Literal["now", "urgent", "planned"], says("How soon somebody must act.")] | UnsetType
    ) = UNSET
    reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET
    decided_by: Annotated[Role, says("Who decided.")] | UnsetType = UNSET
    agencies_consulted: Annotated[Count, says("How many agencies were asked.")] | UnsetType = UNSET
    by_machine: Annotated[bool, says("Whether no person took the decision.")] | UnsetType = UNSET


@fact_type("concern_reviewed", about=Kind.CONCERN, mark="reviewed", group=FieldGroup.INDICATORS, rows="D13")
class ConcernReviewed(Payload, frozen=True):
    """A second person or team looks at a triage decision again."""

    second_person: Annotated[bool, says("Whether somebody else than the first decider.")]
    review_outcome: (
        Annotated[Literal["confirmed", "changed", "reopened"], says("What came of it.")] | UnsetType
    ) = UNSET
    review_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET


@fact_type(
    "concern_linked", about=Kind.CONCERN, mark="linked", group=FieldGroup.INDICATORS, rows="D13 D47 D48"
)
class ConcernLinked(Payload, frozen=True):
    """The concern is about the child of another record, or hangs together with another concern."""

    other_record: Annotated[Identifier, says("The number of the other record or concern.")]
    identity_kept_apart: (
        Annotated[bool, says("Whether nothing of one child's identity went into the other record.")]
        | UnsetType
    ) = UNSET


@fact_type(
    "same_child_answered",
    about=Kind.CONCERN,
    mark="same_child_answered",
    group=FieldGroup.INDICATORS,
    rows="D13",
)
class SameChildAnswered(Payload, frozen=True):
    """Somebody says whether the concern may be about the child of another record. Withdraw it if that proves wrong."""

    asked_of: Annotated[Identifier, says("The number of the other record or concern.")]
    is_same_child: Annotated[bool, says("Whether it is the same child.")]
    same_child_reasons: Annotated[Text, says("Why it is, or is not.")] | UnsetType = UNSET


@fact_type(
    "agency_consulted",
    about=Kind.CONSULTATION,
    mark="answered",
    group=FieldGroup.INDICATORS,
    rows="D13 D20 D30",
)
class AgencyConsulted(Payload, frozen=True):
    """An agency that the triage team asked has answered."""

    asked: Annotated[AgencyRef, says("The agency asked.")]
    answer: Annotated[
        Literal["information_given", "nothing_known", "not_allowed", "no_answer"], says("What it answered.")
    ]
    concern: Annotated[str, ref(Kind.CONCERN, "The concern it was asked about.")] | UnsetType = UNSET
    legal_basis: Annotated[Text, says("The legal basis on which it answered or declined.")] | UnsetType = (
        UNSET
    )
    information: Annotated[Text, says("What it knows, as far as it may say it.")] | UnsetType = UNSET
