"""Steps: what happens in a proceeding, one by one."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Count, Payload, UnsetType, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.regime import Regime


@fact_type(
    "step_taken",
    about=Kind.STEP,
    mark="taken",
    group=FieldGroup.ACCOUNT,
    regime=Regime.LAW_ENFORCEMENT,
    rows="D19 D37 P9 P7",
)
class StepTaken(Payload, frozen=True):
    """A step is taken in a proceeding."""

    step: Annotated[
        Literal[
            "suspect_informed",
            "arrest",
            "questioning",
            "charge",
            "plea",
            "indictment",
            "trial",
            "conviction",
            "sentence",
            "appeal",
            "appeal_dismissed",
            "appeal_allowed",
            "acquittal",
            "discontinued",
            "diversion",
            "fine",
            "release",
            "expungement",
        ],
        says("Which step."),
    ]
    proceeding: Annotated[str, ref(Kind.PROCEEDING, "In which proceeding.")] | UnsetType = UNSET
    against: Annotated[Literal["child", "suspect"], says("Against whom.")] | UnsetType = UNSET
    plea: (
        Annotated[Literal["guilty", "not_guilty", "changed_to_guilty", "none"], says("The plea, if any.")]
        | UnsetType
    ) = UNSET
    sentence: (
        Annotated[
            Literal["custody", "community", "fine", "educational_measure", "none"],
            says("The sentence, if any."),
        ]
        | UnsetType
    ) = UNSET
    sentence_months: Annotated[Count, says("Length in months.")] | UnsetType = UNSET
    as_adult: Annotated[bool, says("Whether the child was treated as an adult.")] | UnsetType = UNSET
    lawyer_present: Annotated[bool, says("Whether the child's lawyer was there.")] | UnsetType = UNSET
    departs_from_identification: (
        Annotated[bool, says("Whether it departs from the finding of the authority that identifies victims.")]
        | UnsetType
    ) = UNSET
