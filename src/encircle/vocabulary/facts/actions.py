"""Actions: what somebody has taken on at a meeting, until when, and what became of it."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import (
    UNSET,
    AgencyRef,
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


@fact_type("action_agreed", about=Kind.ACTION, mark="agreed", group=FieldGroup.MINIMUM, rows="D20 D36")
class ActionAgreed(Payload, frozen=True):
    """The agencies agree that one of them does something by a day. It says the task, not what lies behind it."""

    task: Annotated[Text, says("What is to be done.")]
    agency: Annotated[AgencyRef, says("Which agency does it.")]
    due: Annotated[When, says("By when.")]
    meeting: Annotated[str, ref(Kind.MEETING, "At which meeting.")] | UnsetType = UNSET


@fact_type("action_ended", about=Kind.ACTION, mark="ended", group=FieldGroup.MINIMUM, rows="D20 D36")
class ActionEnded(Payload, frozen=True):
    """What became of it."""

    outcome: Annotated[Literal["done", "not_done", "not_needed"], says("What became of it.")]
    outcome_reasons: Annotated[Text, says("Why, where it was not done.")] | UnsetType = UNSET
