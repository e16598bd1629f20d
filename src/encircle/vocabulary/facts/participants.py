"""Participants: each agency at a meeting: whether it is invited and comes, and what it shares on which basis."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import (
    UNSET,
    AgencyRef,
    Payload,
    Text,
    UnsetType,
    fact_type,
    ref,
    says,
)
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role

Part = Literal["M", "F", "L", "H", "R", "A", "V", "I"]


@fact_type(
    "participant_invited", about=Kind.PARTICIPANT, mark="invited", group=FieldGroup.MINIMUM, rows="D20"
)
class ParticipantInvited(Payload, frozen=True):
    """An agency is invited to a meeting."""

    meeting: Annotated[str, ref(Kind.MEETING, "To which meeting.")]
    agency: Annotated[AgencyRef, says("Which agency.")]
    role: Annotated[Role, says("In which role.")] | UnsetType = UNSET


@fact_type(
    "participant_answered", about=Kind.PARTICIPANT, mark="answered", group=FieldGroup.MINIMUM, rows="D20"
)
class ParticipantAnswered(Payload, frozen=True):
    """An agency says whether it comes."""

    answer: Annotated[Literal["coming", "not_coming", "by_telephone"], says("Whether it comes.")]


@fact_type("participant_came", about=Kind.PARTICIPANT, mark="came", group=FieldGroup.MINIMUM, rows="D20 D36")
class ParticipantCame(Payload, frozen=True):
    """Whether an agency was there on the day."""

    present: Annotated[bool, says("Whether it was there.")]


@fact_type(
    "participant_shared",
    about=Kind.PARTICIPANT,
    mark="shared",
    group=FieldGroup.VIEWS,
    group_by=("part", {group.value: group for group in FieldGroup}),
    rows="D20 D30",
)
class ParticipantShared(Payload, frozen=True):
    """An agency shares something for this child, now, on its own legal basis."""

    content: Annotated[Text, says("What the others need for their task.")]
    legal_basis: Annotated[Text, says("On which legal basis.")]
    part: Annotated[Part, says("The part of the record to which it belongs, and so who may read it.")]
