"""Complaints by or for the child."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, When, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type("complaint_made", about=Kind.COMPLAINT, mark="made", group=FieldGroup.VIEWS, rows="D35")
class ComplaintMade(Payload, frozen=True):
    """A complaint is made by or for the child."""

    complainant: Annotated[
        Literal["child", "guardian", "lawyer", "parent", "trusted_person", "other"], says("By whom.")
    ]
    about: Annotated[Role, says("About which role.")] | UnsetType = UNSET
    handled_by_person_complained_about: (
        Annotated[bool, says("Whether it went to the person complained about.")] | UnsetType
    ) = UNSET
    complaint_text: Annotated[Text, says("What it says.")] | UnsetType = UNSET


@fact_type(
    "complaint_acknowledged", about=Kind.COMPLAINT, mark="acknowledged", group=FieldGroup.VIEWS, rows="D35"
)
class ComplaintAcknowledged(Payload, frozen=True):
    """The one who complained is told that the complaint arrived and when the answer comes."""

    answer_promised_by: Annotated[When, says("By when an answer was promised.")] | UnsetType = UNSET


@fact_type("complaint_answered", about=Kind.COMPLAINT, mark="answered", group=FieldGroup.VIEWS, rows="D35")
class ComplaintAnswered(Payload, frozen=True):
    """A complaint is answered."""

    answered_by_role: Annotated[Role, says("By whom.")] | UnsetType = UNSET
    independent: Annotated[bool, says("Whether by an independent body.")] | UnsetType = UNSET
    explained_to_child: (
        Annotated[bool, says("Whether the outcome was explained to the child.")] | UnsetType
    ) = UNSET
    upheld: Annotated[Literal["fully", "partly", "not_upheld"], says("What came of it.")] | UnsetType = UNSET
