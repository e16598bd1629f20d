"""Court hearings: scheduled, protected, held."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Payload, UnsetType, When, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "hearing_scheduled",
    about=Kind.HEARING,
    mark="scheduled",
    group=FieldGroup.ACCOUNT,
    rows="D08 D36 P1",
    plan=True,
)
class HearingScheduled(Payload, frozen=True):
    """A hearing that concerns the child is scheduled."""

    at: Annotated[When, says("When it is to take place.")]
    proceeding: Annotated[str, ref(Kind.PROCEEDING, "In which proceeding.")] | UnsetType = UNSET
    place: Annotated[str, ref(Kind.PLACE, "The place, by its id.")] | UnsetType = UNSET
    child_to_attend: Annotated[bool, says("Whether the child is to be there.")] | UnsetType = UNSET
    suspect_expected: Annotated[bool, says("Whether the accused is expected.")] | UnsetType = UNSET


@fact_type(
    "hearing_protected", about=Kind.HEARING, mark="protected", group=FieldGroup.ACCOUNT, rows="D08 P1 P12"
)
class HearingProtected(Payload, frozen=True):
    """A court orders measures that protect the child at a hearing."""

    measures: Annotated[
        tuple[
            Literal[
                "closed_hearing",
                "video_link",
                "recording_played",
                "screen",
                "separate_entrance",
                "separate_waiting",
                "accused_removed",
                "support_person",
                "no_private_questions",
                "name_withheld",
            ],
            ...,
        ],
        says("Which measures."),
    ]


@fact_type("hearing_held", about=Kind.HEARING, mark="held", group=FieldGroup.ACCOUNT, rows="D08 D36 P1")
class HearingHeld(Payload, frozen=True):
    """A hearing takes place."""

    proceeding: Annotated[str, ref(Kind.PROCEEDING, "In which proceeding.")] | UnsetType = UNSET
    child_present: Annotated[bool, says("Whether the child was there.")] | UnsetType = UNSET
    child_wished_to_attend: (
        Annotated[bool, says("Whether the informed child wanted to be there.")] | UnsetType
    ) = UNSET
    suspect_present: Annotated[bool, says("Whether the accused was there.")] | UnsetType = UNSET
    separated: Annotated[bool, says("Whether child and accused could not see each other.")] | UnsetType = (
        UNSET
    )
    closed: Annotated[bool, says("Whether the public was kept out.")] | UnsetType = UNSET
    support_present: (
        Annotated[bool, says("Whether a psychologist, social worker or support person was with the child.")]
        | UnsetType
    ) = UNSET
    lawyer_present: Annotated[bool, says("Whether the child's lawyer was there.")] | UnsetType = UNSET
    private_questions: (
        Annotated[bool, says("Whether questions on private life were put that were not needed.")] | UnsetType
    ) = UNSET
    name_public: (
        Annotated[bool, says("Whether the child's name was heard or listed in public.")] | UnsetType
    ) = UNSET
