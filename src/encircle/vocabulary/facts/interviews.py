"""Interviews of the child: planned, found necessary, held, put off. The fewest possible."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import (
    UNSET,
    Identifier,
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

Purpose = Literal[
    "exploratory",
    "investigative",
    "testimony",
    "asylum",
    "suspect",
    "return_after_missing",
    "assessment",
    "other",
]
Premises = Literal[
    "barnahus",
    "adapted_room",
    "police_station",
    "court",
    "scene",
    "hospital",
    "school",
    "home",
    "placement",
    "reception_centre",
    "other",
]


@fact_type(
    "interview_planned",
    about=Kind.INTERVIEW,
    mark="planned",
    group=FieldGroup.ACCOUNT,
    rows="D06 D07 D20 D49 P1 P3 P11",
    plan=True,
)
class InterviewPlanned(Payload, frozen=True):
    """An interview of the child is planned."""

    at: Annotated[When, says("When it is to take place.")]
    purpose: Annotated[Purpose, says("What for.")] | UnsetType = UNSET
    premises: Annotated[Premises, says("What kind of place.")] | UnsetType = UNSET
    place: Annotated[str, ref(Kind.PLACE, "The place, by its id.")] | UnsetType = UNSET
    interviewer: Annotated[str, ref(Kind.PERSON, "Who is to interview.")] | UnsetType = UNSET
    interviewer_trained: (
        Annotated[bool, says("Whether trained and certified to interview children.")] | UnsetType
    ) = UNSET
    plan_covers: (
        Annotated[
            tuple[
                Literal[
                    "purpose_and_basis",
                    "necessity",
                    "status",
                    "interviewer",
                    "place",
                    "date_and_fitness",
                    "companion",
                    "interpreter",
                    "individual_assessment",
                    "merged_questions",
                    "information_to_child",
                    "rapport",
                    "trafficking_specifics",
                    "safety_after",
                    "recording",
                    "defence_rights",
                    "crisis_support",
                    "follow_up",
                    "no_confrontation",
                    "counter",
                ],
                ...,
            ],
            says("Which points of the interview plan are settled."),
        ]
        | UnsetType
    ) = UNSET
    questions_from: Annotated[tuple[Role, ...], says("Whose questions were gathered.")] | UnsetType = UNSET
    to_be_recorded: (
        Annotated[bool, says("Whether it will be recorded with picture and sound.")] | UnsetType
    ) = UNSET
    suspect_expected: (
        Annotated[bool, says("Whether a suspect is expected at the same place and time.")] | UnsetType
    ) = UNSET
    companion_expected: (
        Annotated[bool, says("Whether somebody of the child's side is to be there.")] | UnsetType
    ) = UNSET
    companion_excluded_reasons: (
        Annotated[Text, says("The reasoned decision to leave the companion out.")] | UnsetType
    ) = UNSET
    proceeding: Annotated[str, ref(Kind.PROCEEDING, "For which proceeding.")] | UnsetType = UNSET


@fact_type(
    "interview_necessity_decided",
    about=Kind.INTERVIEW,
    mark="necessity_decided",
    group=FieldGroup.ACCOUNT,
    rows="P3 D49 D06",
)
class InterviewNecessityDecided(Payload, frozen=True):
    """A person decides, with reasons, that a further interview is strictly necessary."""

    lacking: Annotated[Text, says("What the existing record lacks.")]
    decided_by: Annotated[Role, says("Who decided.")] | UnsetType = UNSET
    recording_considered: (
        Annotated[bool, says("Whether a recording or report could serve instead.")] | UnsetType
    ) = UNSET


@fact_type(
    "interview_held",
    about=Kind.INTERVIEW,
    mark="held",
    group=FieldGroup.ACCOUNT,
    rows="D06 D07 D22 D49 P1 P3 P11",
    living_child=True,
)
class InterviewHeld(Payload, frozen=True):
    """The child is interviewed."""

    purpose: Annotated[Purpose, says("What for.")] | UnsetType = UNSET
    premises: Annotated[Premises, says("What kind of place.")] | UnsetType = UNSET
    place: Annotated[str, ref(Kind.PLACE, "The place, by its id.")] | UnsetType = UNSET
    interviewer: Annotated[str, ref(Kind.PERSON, "Who interviewed.")] | UnsetType = UNSET
    interviewer_trained: (
        Annotated[bool, says("Whether trained and certified to interview children.")] | UnsetType
    ) = UNSET
    interviewer_sex: (
        Annotated[
            Literal["woman", "man", "other"], says("Sex of the interviewer, where the child has a wish.")
        ]
        | UnsetType
    ) = UNSET
    companion: Annotated[bool, says("Whether somebody of the child's side was there.")] | UnsetType = UNSET
    companion_role: (
        Annotated[
            Literal["guardian", "lawyer", "support_person", "parent", "appropriate_adult", "chosen_adult"],
            says("Who that was."),
        ]
        | UnsetType
    ) = UNSET
    companion_person: (
        Annotated[str, ref(Kind.PERSON, "The companion, if on record for another reason too.")] | UnsetType
    ) = UNSET
    companion_excluded_reasons: (
        Annotated[Text, says("The reasoned decision to leave the companion out.")] | UnsetType
    ) = UNSET
    lawyer_present: Annotated[bool, says("Whether the child's lawyer was there.")] | UnsetType = UNSET
    interpreter: Annotated[str, ref(Kind.INTERPRETER, "The interpreter.")] | UnsetType = UNSET
    recorded: Annotated[bool, says("Whether it was recorded with picture and sound.")] | UnsetType = UNSET
    in_presence_of_suspect: (
        Annotated[bool, says("Whether a suspect was present or in sight.")] | UnsetType
    ) = UNSET
    confrontation: (
        Annotated[bool, says("Whether the child was put face to face with a suspect.")] | UnsetType
    ) = UNSET
    at_scene: Annotated[bool, says("Whether the child was taken to the scene.")] | UnsetType = UNSET
    identification_in_person: (
        Annotated[bool, says("Whether the child had to point out a suspect in person.")] | UnsetType
    ) = UNSET
    series: Annotated[Identifier, says("The series of sessions planned as one interview.")] | UnsetType = (
        UNSET
    )
    proceeding: Annotated[str, ref(Kind.PROCEEDING, "For which proceeding.")] | UnsetType = UNSET


@fact_type(
    "interview_postponed", about=Kind.INTERVIEW, mark="postponed", group=FieldGroup.ACCOUNT, rows="D06"
)
class InterviewPostponed(Payload, frozen=True):
    """An interview is put off, with a reason and a new date."""

    postponed_because: Annotated[
        Literal[
            "child_not_fit",
            "acute_crisis",
            "reflection_period",
            "no_interpreter",
            "no_guardian",
            "no_lawyer",
            "other",
        ],
        says("Why."),
    ]
    clinician_advised: Annotated[bool, says("Whether a clinician advised it.")] | UnsetType = UNSET
    at: Annotated[When, says("The new date.")] | UnsetType = UNSET
