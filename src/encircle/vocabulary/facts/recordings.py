"""Recordings of interviews: made, admitted, lost."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Identifier, Payload, UnsetType, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.regime import Regime
from encircle.vocabulary.role import Role


@fact_type("recording_made", about=Kind.RECORDING, mark="made", group=FieldGroup.ACCOUNT, rows="D07")
class RecordingMade(Payload, frozen=True):
    """A recording of an interview exists and is in custody."""

    interview: Annotated[str, ref(Kind.INTERVIEW, "Of which interview.")] | UnsetType = UNSET
    picture_and_sound: Annotated[bool, says("Whether with picture and sound.")] | UnsetType = UNSET
    hash: Annotated[Identifier, says("Its hash.")] | UnsetType = UNSET
    custodian: Annotated[Role, says("Who keeps it.")] | UnsetType = UNSET
    custody_logged: (
        Annotated[bool, says("Whether each hand it goes through is written down.")] | UnsetType
    ) = UNSET
    defence_questions: (
        Annotated[Literal["put", "offered", "not_offered"], says("Whether the defence could put questions.")]
        | UnsetType
    ) = UNSET


@fact_type(
    "recording_admitted",
    about=Kind.RECORDING,
    mark="admitted",
    group=FieldGroup.ACCOUNT,
    regime=Regime.LAW_ENFORCEMENT,
    rows="D07",
)
class RecordingAdmitted(Payload, frozen=True):
    """A recording is admitted as evidence in place of the child's testimony."""

    proceeding: Annotated[str, ref(Kind.PROCEEDING, "In which proceeding.")] | UnsetType = UNSET


@fact_type("recording_lost", about=Kind.RECORDING, mark="lost", group=FieldGroup.ACCOUNT, rows="D07")
class RecordingLost(Payload, frozen=True):
    """A recording is lost, damaged or overwritten."""

    cause: (
        Annotated[Literal["lost", "overwritten", "damaged", "unreadable", "unknown"], says("How.")]
        | UnsetType
    ) = UNSET
