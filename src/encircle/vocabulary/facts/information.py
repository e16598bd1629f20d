"""Information: telling the child, at each step, so that the child understands."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import (
    UNSET,
    Language,
    Payload,
    UnsetType,
    When,
    fact_type,
    ref,
    says,
)
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role

Topic = Literal[
    "first_contact",
    "concern",
    "who_will_know",
    "rights",
    "guardian",
    "lawyer",
    "interpreter",
    "triage",
    "status",
    "agency_joined",
    "interview",
    "examination",
    "age_assessment",
    "decision",
    "remedy",
    "reflection",
    "prosecution",
    "suspect_arrested",
    "suspect_released",
    "hearing",
    "placement",
    "sharing_abroad",
    "family_contact",
    "durable_solution",
    "transfer",
    "complaint_outcome",
    "closing",
    "data_breach",
    "turning_18",
    "services",
    "asylum",
    "school",
]
Topics = tuple[Topic, ...]


@fact_type(
    "information_given",
    about=Kind.INFORMATION,
    mark="given",
    group=FieldGroup.VIEWS,
    rows="D02a D07 D12 D16 D30 D35 D37 D45",
    living_child=True,
)
class InformationGiven(Payload, frozen=True):
    """The child is told something that concerns the child, in a form the child understands."""

    topics: Annotated[Topics, says("What about.")]
    given_by_role: Annotated[Role, says("By whom.")] | UnsetType = UNSET
    language: Annotated[Language, says("In which language.")] | UnsetType = UNSET
    form: (
        Annotated[
            Literal["talk", "talk_and_leaflet", "leaflet_only", "film", "letter", "easy_read"],
            says("In which form."),
        ]
        | UnsetType
    ) = UNSET
    interpreter: Annotated[str, ref(Kind.INTERPRETER, "Through which interpreter.")] | UnsetType = UNSET
    through_accompanying_adult: (
        Annotated[bool, says("Whether it went through the accompanying adult.")] | UnsetType
    ) = UNSET
    age_adapted: Annotated[bool, says("Whether in words for the child's age.")] | UnsetType = UNSET
    understood: (
        Annotated[
            Literal["fully", "partly", "not_understood", "not_asked"], says("What the child said back.")
        ]
        | UnsetType
    ) = UNSET
    copy_given: Annotated[bool, says("Whether the child keeps a copy.")] | UnsetType = UNSET
    before_it_happened: Annotated[bool, says("Whether the child was told before the event.")] | UnsetType = (
        UNSET
    )
    interview: Annotated[str, ref(Kind.INTERVIEW, "The interview it was about.")] | UnsetType = UNSET
    examination: Annotated[str, ref(Kind.EXAMINATION, "The examination it was about.")] | UnsetType = UNSET
    hearing: Annotated[str, ref(Kind.HEARING, "The hearing it was about.")] | UnsetType = UNSET
    decision: Annotated[str, ref(Kind.DECISION, "The decision it was about.")] | UnsetType = UNSET
    placement: Annotated[str, ref(Kind.PLACEMENT, "The placement it was about.")] | UnsetType = UNSET


@fact_type(
    "information_postponed", about=Kind.INFORMATION, mark="postponed", group=FieldGroup.VIEWS, rows="D02a"
)
class InformationPostponed(Payload, frozen=True):
    """Telling the child is put off for an acute medical or safety reason."""

    topic: Annotated[Topic, says("What about.")]
    postponed_because: Annotated[Literal["acute_medical", "safety", "investigation"], says("Why.")]
    postponed_until: Annotated[When, says("Until when.")] | UnsetType = UNSET
