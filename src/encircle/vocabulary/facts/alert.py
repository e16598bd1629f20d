"""Alerts: entered to find or to protect a child, and taken out again."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, When, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.regime import Regime
from encircle.vocabulary.role import Role


@fact_type(
    "alert_entered",
    about=Kind.ALERT,
    mark="entered",
    group=FieldGroup.MINIMUM,
    regime=Regime.LAW_ENFORCEMENT,
    rows="D31 D33",
)
class AlertEntered(Payload, frozen=True):
    """An alert on the child is entered."""

    alert_kind: Annotated[Literal["missing", "preventive", "abduction", "national"], says("What kind.")]
    missing_episode: Annotated[str, ref(Kind.MISSING, "For which missing episode.")] | UnsetType = UNSET
    ordered_by: Annotated[Role, says("Who ordered it.")] | UnsetType = UNSET
    risk_facts: Annotated[Text, says("Which concrete facts show the risk.")] | UnsetType = UNSET
    review_due: Annotated[When, says("When it must be looked at again.")] | UnsetType = UNSET


@fact_type(
    "alert_removed",
    about=Kind.ALERT,
    mark="removed",
    group=FieldGroup.MINIMUM,
    regime=Regime.LAW_ENFORCEMENT,
    rows="D31 D33",
)
class AlertRemoved(Payload, frozen=True):
    """An alert is taken out."""
