"""Meetings: the agencies around one table, with minutes and a plan."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Count, Payload, Text, UnsetType, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role

MeetingPurpose = Literal[
    "strategy",
    "before_interview",
    "case_review",
    "before_decision",
    "coordination",
    "emergency",
    "discharge",
    "other",
]


@fact_type("meeting_held", about=Kind.MEETING, mark="held", group=FieldGroup.VIEWS, rows="D20 D36")
class MeetingHeld(Payload, frozen=True):
    """The agencies meet or confer."""

    purpose: Annotated[MeetingPurpose, says("What for.")] | UnsetType = UNSET
    attended: Annotated[tuple[Role, ...], says("Which roles took part.")] | UnsetType = UNSET
    agencies: Annotated[Count, says("How many agencies took part.")] | UnsetType = UNSET
    by_telephone: Annotated[bool, says("Whether it was an emergency call.")] | UnsetType = UNSET
    guardian_heard: Annotated[bool, says("Whether the guardian's view was there.")] | UnsetType = UNSET
    minutes: Annotated[bool, says("Whether there are minutes.")] | UnsetType = UNSET
    plan: Annotated[bool, says("Whether it says who does what by when.")] | UnsetType = UNSET
    calendar_joined: (
        Annotated[bool, says("Whether all proceedings were put into one calendar.")] | UnsetType
    ) = UNSET
    shared_beyond_need: Annotated[bool, says("Whether more was shared than needed.")] | UnsetType = UNSET
    interview: Annotated[str, ref(Kind.INTERVIEW, "The interview it prepared.")] | UnsetType = UNSET
    dissent: Annotated[Text, says("Who disagreed and why.")] | UnsetType = UNSET
