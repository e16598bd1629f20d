"""Indicators: what points to trafficking, and what protects. Never added up, never a gate."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, IndicatorId, Payload, Text, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "indicator_noted", about=Kind.INDICATOR, mark="noted", group=FieldGroup.INDICATORS, rows="A0 D13 D15"
)
class IndicatorNoted(Payload, frozen=True):
    """Somebody notes one indicator of the common list for this child."""

    indicator: Annotated[IndicatorId, says("Its id in the list, such as IND-C2.")]
    note: Annotated[Text, says("What was seen or heard.")] | UnsetType = UNSET


@fact_type(
    "protective_factor_noted",
    about=Kind.PROTECTIVE_FACTOR,
    mark="noted",
    group=FieldGroup.INDICATORS,
    rows="D03 D13",
)
class ProtectiveFactorNoted(Payload, frozen=True):
    """Something that protects the child is noted. It is never set off against indicators."""

    factor: Annotated[
        Literal[
            "trusted_adult",
            "stable_school",
            "safe_family",
            "friends",
            "own_plans",
            "faith_or_culture",
            "leisure",
            "work_or_training",
            "other",
        ],
        says("What protects the child."),
    ]
    note: Annotated[Text, says("In words.")] | UnsetType = UNSET
