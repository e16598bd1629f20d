"""Detention: deprivation of liberty."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Payload, UnsetType, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "detention_started",
    about=Kind.DETENTION,
    mark="started",
    group=FieldGroup.ACCOUNT,
    rows="D19 D24 D37 P7",
    living_child=True,
)
class DetentionStarted(Payload, frozen=True):
    """The child is deprived of liberty."""

    detention_kind: Annotated[
        Literal[
            "police_custody",
            "young_offender_institution",
            "prison",
            "immigration",
            "closed_education",
            "closed_psychiatry",
            "border",
        ],
        says("What kind."),
    ]
    adults_present: Annotated[bool, says("Whether together with adults.")] | UnsetType = UNSET
    ordered_by: Annotated[Role, says("Who ordered it.")] | UnsetType = UNSET
    proceeding: Annotated[str, ref(Kind.PROCEEDING, "In which proceeding.")] | UnsetType = UNSET


@fact_type("detention_ended", about=Kind.DETENTION, mark="ended", group=FieldGroup.ACCOUNT, rows="D19 D37")
class DetentionEnded(Payload, frozen=True):
    """The deprivation of liberty ends."""
