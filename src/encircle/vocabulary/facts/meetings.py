"""Meetings: the agencies around one table: called, held, minuted."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import (
    UNSET,
    Count,
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


@fact_type(
    "meeting_called", about=Kind.MEETING, mark="called", group=FieldGroup.MINIMUM, rows="D20 D36", plan=True
)
class MeetingCalled(Payload, frozen=True):
    """A meeting of the agencies is called for a day. Its agenda names points, not what is known of the child."""

    at: Annotated[When, says("When it is to take place.")]
    purpose: Annotated[MeetingPurpose, says("What for.")]
    held_as: (
        Annotated[Literal["in_person", "video", "telephone", "mixed"], says("How the agencies meet.")]
        | UnsetType
    ) = UNSET
    agenda: Annotated[Text, says("The points to talk about, one on each line.")] | UnsetType = UNSET
    interview: Annotated[str, ref(Kind.INTERVIEW, "The interview it prepares.")] | UnsetType = UNSET
    place: Annotated[str, ref(Kind.PLACE, "The place, by its id.")] | UnsetType = UNSET


@fact_type(
    "meeting_cancelled", about=Kind.MEETING, mark="cancelled", group=FieldGroup.MINIMUM, rows="D20 D36"
)
class MeetingCancelled(Payload, frozen=True):
    """A meeting that was called does not take place."""

    cancelled_because: Annotated[Text, says("Why.")] | UnsetType = UNSET


# Who met when and whether there is a plan is known to all who take part; what was said is in the minutes.
@fact_type("meeting_held", about=Kind.MEETING, mark="held", group=FieldGroup.MINIMUM, rows="D20 D36")
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


@fact_type(
    "meeting_minuted",
    about=Kind.MEETING,
    mark="minuted",
    group=FieldGroup.VIEWS,
    compartment=Compartment.VIEWS,
    rows="D20",
)
class MeetingMinuted(Payload, frozen=True):
    """The minutes of a meeting are written down."""

    decisions: Annotated[Text, says("What was decided, and on which reasons.")] | UnsetType = UNSET
    childs_views: Annotated[Text, says("What the child thinks, and how it counted.")] | UnsetType = UNSET
    guardians_view: Annotated[Text, says("What the guardian said.")] | UnsetType = UNSET
    dissent: Annotated[Text, says("Who disagreed and why.")] | UnsetType = UNSET
    remarks: Annotated[Text, says("Anything else that has to be kept.")] | UnsetType = UNSET
