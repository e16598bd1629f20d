"""Answers to alarms: acknowledged with what was done, or set aside by two persons."""

from typing import Annotated

from encircle.vocabulary.facts.fact_type import (
    UNSET,
    Identifier,
    Payload,
    ProhibitionCode,
    Text,
    UnsetType,
    When,
    fact_type,
    says,
)
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "alarm_acknowledged",
    about=Kind.ACKNOWLEDGEMENT,
    mark="acknowledged",
    group=FieldGroup.MINIMUM,
    rows="P1 P2 P3 P4 P7 P8 P9 P10 P11 P12 P13 P14 P15 P16 P17",
)
class AlarmAcknowledged(Payload, frozen=True):
    """Somebody in charge acknowledges an alarm and says what was done."""

    prohibition: Annotated[ProhibitionCode, says("Which prohibition it is about.")]
    done: Annotated[Text, says("What was done.")]
    by_fact: Annotated[Identifier, says("The fact that raised it.")] | UnsetType = UNSET


@fact_type(
    "override_asked",
    about=Kind.OVERRIDE,
    mark="asked",
    group=FieldGroup.MINIMUM,
    rows="P1 P3 P7 P9 P10 P11 P13 P14 P16",
)
class OverrideAsked(Payload, frozen=True):
    """One person asks a second one to set a prohibition aside for one act, and names the basis."""

    prohibition: Annotated[ProhibitionCode, says("Which prohibition it is about.")]
    basis: Annotated[Text, says("The legal basis and the reasons.")]
    for_act: Annotated[Identifier, says("What is to be done, as the type of its fact.")]
    first_role: Annotated[Role, says("The role of the first person.")]


@fact_type(
    "override_refused",
    about=Kind.OVERRIDE,
    mark="refused",
    group=FieldGroup.MINIMUM,
    rows="P1 P3 P7 P9 P10 P11 P13 P14 P16",
)
class OverrideRefused(Payload, frozen=True):
    """A second person does not agree to set a prohibition aside."""

    refused_because: Annotated[Text, says("Why not.")] | UnsetType = UNSET


@fact_type(
    "override_used",
    about=Kind.OVERRIDE,
    mark="used",
    group=FieldGroup.MINIMUM,
    rows="P1 P3 P7 P9 P10 P11 P13 P14 P16",
)
class OverrideUsed(Payload, frozen=True):
    """The one act for which two persons set a prohibition aside is done; it cannot be used again."""

    used_for: Annotated[Identifier, says("The fact that states the act.")]


@fact_type(
    "override_decided",
    about=Kind.OVERRIDE,
    mark="decided",
    group=FieldGroup.MINIMUM,
    rows="P1 P3 P7 P9 P10 P11 P13 P14 P16",
)
class OverrideDecided(Payload, frozen=True):
    """Two persons set a prohibition aside for one act, on a named basis."""

    prohibition: Annotated[ProhibitionCode, says("Which prohibition it is about.")]
    basis: Annotated[Text, says("The legal basis and the reasons.")]
    first_role: Annotated[Role, says("The role of the first person.")]
    second_role: Annotated[Role, says("The role of the second person.")]
    for_subject: Annotated[Identifier, says("The act that it is set aside for.")] | UnsetType = UNSET
    child_wishes: Annotated[bool, says("Whether it is the informed child's own wish.")] | UnsetType = UNSET
    until: Annotated[When, says("Until when.")] | UnsetType = UNSET
