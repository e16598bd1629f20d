"""Forensic medical examinations: planned, found necessary, held. At most one."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, When, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role

ExaminationKind = Literal[
    "forensic_sexual",
    "forensic_injury",
    "toxicology",
    "psychiatric_expertise",
    "psychological_expertise",
    "general",
    "other",
]


@fact_type(
    "examination_planned",
    about=Kind.EXAMINATION,
    mark="planned",
    group=FieldGroup.ACCOUNT,
    rows="D05 D49",
    plan=True,
)
class ExaminationPlanned(Payload, frozen=True):
    """A forensic medical examination of the child is proposed or planned."""

    at: Annotated[When, says("When it is to take place.")] | UnsetType = UNSET
    examination_kind: Annotated[ExaminationKind, says("What kind.")] | UnsetType = UNSET
    suspect_expected: (
        Annotated[bool, says("Whether a suspect is expected at the same place and time.")] | UnsetType
    ) = UNSET


@fact_type(
    "examination_necessity_decided",
    about=Kind.EXAMINATION,
    mark="necessity_decided",
    group=FieldGroup.ACCOUNT,
    rows="D05 P3",
)
class ExaminationNecessityDecided(Payload, frozen=True):
    """A prosecutor or judge decides, with reasons, that an examination is strictly necessary."""

    lacking: Annotated[Text, says("What the existing record lacks.")]
    decided_by: Annotated[Role, says("Who decided.")] | UnsetType = UNSET


@fact_type(
    "examination_held",
    about=Kind.EXAMINATION,
    mark="held",
    group=FieldGroup.ACCOUNT,
    compartment=Compartment.HEALTH,
    rows="D05 P3",
    living_child=True,
)
class ExaminationHeld(Payload, frozen=True):
    """The child is examined."""

    examination_kind: Annotated[ExaminationKind, says("What kind.")] | UnsetType = UNSET
    examiner_trained: Annotated[bool, says("Whether the clinician is trained for children.")] | UnsetType = (
        UNSET
    )
    child_agreed: Annotated[bool, says("Whether the informed child agreed.")] | UnsetType = UNSET
    guardian_agreed: Annotated[bool, says("Whether the guardian or representative agreed.")] | UnsetType = (
        UNSET
    )
    same_sex_offered: (
        Annotated[bool, says("Whether an examiner of the same sex was offered.")] | UnsetType
    ) = UNSET
    intrusive: Annotated[bool, says("Whether it was intrusive.")] | UnsetType = UNSET
    tests_sexual_history: Annotated[bool, says("Whether it looked for sexual history.")] | UnsetType = UNSET
    shared_with_treating_doctor: (
        Annotated[bool, says("Whether results went to the treating doctor.")] | UnsetType
    ) = UNSET
    shared_with: (
        Annotated[tuple[Role, ...], says("Which roles got the result, so that it need not be repeated.")]
        | UnsetType
    ) = UNSET
    proceeding: Annotated[str, ref(Kind.PROCEEDING, "For which proceeding.")] | UnsetType = UNSET
