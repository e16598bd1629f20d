"""Views: what the child thinks, how it was weighed, and what the child was told about that."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "view_heard",
    about=Kind.VIEW,
    mark="heard",
    group=FieldGroup.VIEWS,
    compartment=Compartment.VIEWS,
    rows="D04 D09",
    living_child=True,
)
class ViewHeard(Payload, frozen=True):
    """The child's views are heard on a question that affects the child."""

    about: (
        Annotated[
            Literal[
                "status",
                "placement",
                "guardian",
                "family_contact",
                "return",
                "durable_solution",
                "proceedings",
                "interview",
                "health",
                "education",
                "services",
                "other",
            ],
            says("On what question."),
        ]
        | UnsetType
    ) = UNSET
    decision: Annotated[str, ref(Kind.DECISION, "The decision it is for.")] | UnsetType = UNSET
    method: (
        Annotated[
            Literal["direct", "through_guardian", "through_lawyer", "in_writing", "through_trusted_person"],
            says("How the child was heard."),
        ]
        | UnsetType
    ) = UNSET
    words: Annotated[Text, says("What the child said, in the child's words.")] | UnsetType = UNSET
    suspect_present: (
        Annotated[bool, says("Whether a suspect or the accompanying adult was present.")] | UnsetType
    ) = UNSET
    interpreter: Annotated[str, ref(Kind.INTERPRETER, "Through which interpreter.")] | UnsetType = UNSET


@fact_type(
    "view_weighed",
    about=Kind.VIEW,
    mark="weighed",
    group=FieldGroup.VIEWS,
    compartment=Compartment.VIEWS,
    rows="D04 D09",
)
class ViewWeighed(Payload, frozen=True):
    """The decision maker states how the child's views were weighed."""

    followed: Annotated[Literal["fully", "partly", "not_followed"], says("Whether they were followed.")]
    weighing_reasons: Annotated[Text, says("Why, above all where they were not followed.")] | UnsetType = (
        UNSET
    )


@fact_type(
    "view_answered",
    about=Kind.VIEW,
    mark="answered",
    group=FieldGroup.VIEWS,
    compartment=Compartment.VIEWS,
    rows="D04",
    living_child=True,
)
class ViewAnswered(Payload, frozen=True):
    """The child is told what became of the views given."""

    decision: Annotated[str, ref(Kind.DECISION, "The decision it was for.")] | UnsetType = UNSET


@fact_type(
    "view_declined",
    about=Kind.VIEW,
    mark="declined",
    group=FieldGroup.VIEWS,
    compartment=Compartment.VIEWS,
    rows="D04",
    living_child=True,
)
class ViewDeclined(Payload, frozen=True):
    """The child does not want to give views now. The child may change this at any time."""

    decision: Annotated[str, ref(Kind.DECISION, "The decision it was for.")] | UnsetType = UNSET


@fact_type(
    "view_not_heard",
    about=Kind.VIEW,
    mark="not_heard",
    group=FieldGroup.VIEWS,
    compartment=Compartment.VIEWS,
    rows="D04",
)
class ViewNotHeard(Payload, frozen=True):
    """A decision is made without hearing the child."""

    not_heard_because: Annotated[
        Literal[
            "age", "urgency", "not_fit", "no_interpreter", "thought_unnecessary", "child_missing", "other"
        ],
        says("Why."),
    ]
    not_heard_reasons: Annotated[Text, says("In words.")] | UnsetType = UNSET
    decision: Annotated[str, ref(Kind.DECISION, "The decision it was for.")] | UnsetType = UNSET
