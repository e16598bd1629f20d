"""Health: needs for care of body and mind, and who answered them."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, AgencyRef, Payload, Text, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "health_need_noted",
    about=Kind.HEALTH_NEED,
    mark="noted",
    group=FieldGroup.HEALTH,
    compartment=Compartment.HEALTH,
    rows="D25 D24",
)
class HealthNeedNoted(Payload, frozen=True):
    """A need for care of body or mind is noted."""

    need: Annotated[
        Literal[
            "acute_suicide_attempt",
            "self_harm",
            "crisis_call_asked",
            "injury",
            "trauma",
            "pregnancy",
            "infection",
            "substance_use",
            "disability",
            "chronic_illness",
            "screening",
            "other",
        ],
        says("What need."),
    ]
    urgent: Annotated[bool, says("Whether help is needed at once.")]
    note: Annotated[Text, says("In words.")] | UnsetType = UNSET


@fact_type(
    "health_need_passed_on",
    about=Kind.HEALTH_NEED,
    mark="passed_on",
    group=FieldGroup.HEALTH,
    compartment=Compartment.HEALTH,
    rows="D25 D30",
)
class HealthNeedPassedOn(Payload, frozen=True):
    """The need is passed on to those who can help."""

    passed_to: Annotated[Role, says("To whom.")]
    passed_to_agency: Annotated[AgencyRef, says("To which agency.")] | UnsetType = UNSET


@fact_type(
    "health_need_answered",
    about=Kind.HEALTH_NEED,
    mark="answered",
    group=FieldGroup.HEALTH,
    compartment=Compartment.HEALTH,
    rows="D25",
)
class HealthNeedAnswered(Payload, frozen=True):
    """Care is given."""

    answered_by_role: Annotated[Role, says("By whom.")] | UnsetType = UNSET
    therapy_begun: Annotated[bool, says("Whether therapy has begun.")] | UnsetType = UNSET
    withheld_until_testimony: (
        Annotated[bool, says("Whether therapy is to wait for testimony.")] | UnsetType
    ) = UNSET
