"""Decisions: proposed, weighed for the child's best interests, made, told, challenged, reviewed."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import (
    UNSET,
    Count,
    Language,
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
from encircle.vocabulary.role import Role

DecisionKind = Literal[
    "status",
    "placement",
    "guardian",
    "age",
    "return",
    "transfer",
    "durable_solution",
    "separation_from_parents",
    "return_to_parents",
    "family_contact",
    "residence",
    "asylum",
    "prosecution",
    "services",
    "education",
    "health",
    "detention",
    "publication",
    "closing",
    "do_not_contact",
    "other",
]
Conditions = tuple[
    Literal[
        "cooperates", "testifies", "criminal_case_open", "legally_staying", "formally_identified", "none"
    ],
    ...,
]


@fact_type(
    "decision_proposed",
    about=Kind.DECISION,
    mark="proposed",
    group=FieldGroup.VIEWS,
    rows="D04 D09",
    plan=True,
)
class DecisionProposed(Payload, frozen=True):
    """A decision that affects the child is asked for or prepared."""

    decision_kind: Annotated[DecisionKind, says("What is to be decided.")]
    formal: Annotated[bool, says("Whether a formal best-interests procedure is needed.")] | UnsetType = UNSET
    proposed_by_role: Annotated[Role, says("Who proposes it.")] | UnsetType = UNSET
    decide_by: Annotated[When, says("When it is meant to be decided.")] | UnsetType = UNSET
    question: Annotated[Text, says("The question to decide.")] | UnsetType = UNSET


@fact_type(
    "interests_assessed",
    about=Kind.DECISION,
    mark="interests_assessed",
    group=FieldGroup.VIEWS,
    compartment=Compartment.VIEWS,
    rows="D09 D11 D39 D40",
)
class InterestsAssessed(Payload, frozen=True):
    """The best interests of the child are assessed for this decision."""

    elements: Annotated[
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
        says("Which elements are covered."),
    ]
    not_applicable_elements: (
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
            says("Which elements were left out with a reason."),
        ]
        | UnsetType
    ) = UNSET
    formal: Annotated[bool, says("Whether as a formal procedure with a panel.")] | UnsetType = UNSET
    panel: Annotated[tuple[Role, ...], says("Which roles took part.")] | UnsetType = UNSET
    options_compared: Annotated[Count, says("How many options were compared.")] | UnsetType = UNSET
    options: (
        Annotated[
            tuple[
                Literal[
                    "stay",
                    "local_integration",
                    "family_reunification",
                    "return",
                    "transfer_to_other_state",
                    "international_protection",
                    "other_status",
                    "adoption",
                ],
                ...,
            ],
            says("Which options were compared."),
        ]
        | UnsetType
    ) = UNSET
    guardian_heard: Annotated[bool, says("Whether the guardian or representative was heard.")] | UnsetType = (
        UNSET
    )
    lawyer_heard: Annotated[bool, says("Whether the lawyer was heard.")] | UnsetType = UNSET
    balance: Annotated[Text, says("How the elements were weighed against each other.")] | UnsetType = UNSET
    dissent: Annotated[Text, says("Who disagreed and why.")] | UnsetType = UNSET


@fact_type(
    "decision_made",
    about=Kind.DECISION,
    mark="made",
    group=FieldGroup.VIEWS,
    rows="D04 D09 D11 D16 D17 D18 D39 D40 P6",
)
class DecisionMade(Payload, frozen=True):
    """A decision that affects the child is made."""

    decision_kind: Annotated[DecisionKind, says("What is decided.")]
    made_by_role: Annotated[Role, says("Who decided.")] | UnsetType = UNSET
    outcome: (
        Annotated[
            Literal["granted", "refused", "ordered", "continued", "ended", "changed", "no_measure"],
            says("What was decided."),
        ]
        | UnsetType
    ) = UNSET
    conditions: Annotated[Conditions, says("On what it was made to depend.")] | UnsetType = UNSET
    reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET
    in_writing: Annotated[bool, says("Whether given in writing.")] | UnsetType = UNSET
    departs_from_identification: (
        Annotated[bool, says("Whether it departs from the finding of the authority that identifies victims.")]
        | UnsetType
    ) = UNSET
    definition_addressed: (
        Annotated[bool, says("Whether the reasons deal with the definition of trafficking.")] | UnsetType
    ) = UNSET
    alternatives_compared: Annotated[bool, says("Whether other options were compared.")] | UnsetType = UNSET
    alternatives_rejected: Annotated[Text, says("Which were rejected and why.")] | UnsetType = UNSET
    duration_set: Annotated[bool, says("Whether it says how long it lasts.")] | UnsetType = UNSET
    individual_plan: Annotated[bool, says("Whether an individual plan belongs to it.")] | UnsetType = UNSET
    urgent: (
        Annotated[bool, says("Whether taken at once, to be followed by the full procedure.")] | UnsetType
    ) = UNSET
    by_presumption: (
        Annotated[bool, says("Whether it rests on a general presumption instead of this child.")] | UnsetType
    ) = UNSET
    by_machine: Annotated[bool, says("Whether no person took it.")] | UnsetType = UNSET
    effect_from: Annotated[When, says("From when it has effect.")] | UnsetType = UNSET
    effect_until: Annotated[When, says("Until when it has effect.")] | UnsetType = UNSET
    review_due: Annotated[When, says("When it must be looked at again.")] | UnsetType = UNSET
    remedy_given: Annotated[bool, says("Whether a remedy against it is named.")] | UnsetType = UNSET
    remedy_until: Annotated[When, says("Until when it can be challenged.")] | UnsetType = UNSET
    proceeding: Annotated[str, ref(Kind.PROCEEDING, "The proceeding in which it was made.")] | UnsetType = (
        UNSET
    )
    placement: Annotated[str, ref(Kind.PLACEMENT, "The placement it is about.")] | UnsetType = UNSET
    transfer: Annotated[str, ref(Kind.TRANSFER, "The return or transfer it is about.")] | UnsetType = UNSET


@fact_type(
    "decision_notified", about=Kind.DECISION, mark="notified", group=FieldGroup.VIEWS, rows="A4 D04 D09"
)
class DecisionNotified(Payload, frozen=True):
    """A decision is given to those it concerns."""

    notified_to: Annotated[tuple[Role, ...], says("To whom.")]
    notified_language: Annotated[Language, says("In which language.")] | UnsetType = UNSET
    explained_in_person: (
        Annotated[bool, says("Whether it was explained to the child in person.")] | UnsetType
    ) = UNSET


@fact_type(
    "decision_put_in_childs_words",
    about=Kind.DECISION,
    mark="in_childs_words",
    group=FieldGroup.VIEWS,
    rows="D04 D09",
)
class DecisionPutInChildsWords(Payload, frozen=True):
    """A decision and its reasons are written down for the child, to be read on the child's page."""

    childs_words: Annotated[Text, says("What was decided and why, in words for this child.")]
    childs_words_language: Annotated[Language, says("In which language the words are.")]
    nothing_to_find_the_child_by: Annotated[
        bool,
        says("Whether somebody read it for places, schools, family names, addresses and numbers."),
    ]


@fact_type(
    "decision_challenged", about=Kind.DECISION, mark="challenged", group=FieldGroup.VIEWS, rows="D17 D09 D40"
)
class DecisionChallenged(Payload, frozen=True):
    """A decision is challenged before a court or authority."""

    challenged_by_role: Annotated[Role, says("By whom.")] | UnsetType = UNSET
    suspensive: Annotated[bool, says("Whether it may not be carried out meanwhile.")] | UnsetType = UNSET


@fact_type("decision_reviewed", about=Kind.DECISION, mark="reviewed", group=FieldGroup.VIEWS, rows="D09 D11")
class DecisionReviewed(Payload, frozen=True):
    """A decision is looked at again, by court, authority or on its review date."""

    reviewed_by_role: Annotated[Role, says("By whom.")] | UnsetType = UNSET
    independent: Annotated[bool, says("Whether by somebody else than the first decider.")] | UnsetType = UNSET
    review_outcome: (
        Annotated[Literal["upheld", "changed", "lifted"], says("What came of it.")] | UnsetType
    ) = UNSET
    review_due: Annotated[When, says("When it must be looked at again.")] | UnsetType = UNSET
    review_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET


@fact_type(
    "solution_implemented", about=Kind.DECISION, mark="implemented", group=FieldGroup.VIEWS, rows="D11 A7 D41"
)
class SolutionImplemented(Payload, frozen=True):
    """A durable solution is carried out according to its plan."""

    monitoring_until: Annotated[When, says("Until when it is followed up.")] | UnsetType = UNSET
