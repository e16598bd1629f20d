"""Indications of trafficking: act, purpose and means; and when it was."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, When, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup

Form = Literal[
    "sexual",
    "labour",
    "domestic_servitude",
    "begging",
    "criminal_activities",
    "forced_marriage",
    "illegal_adoption",
    "surrogacy",
    "organ_removal",
    "slavery",
    "online_sexual",
    "benefit_fraud",
    "unknown",
    "other",
]


@fact_type(
    "indication_recorded",
    about=Kind.INDICATION,
    mark="recorded",
    group=FieldGroup.ACCOUNT,
    compartment=Compartment.ACCOUNT,
    rows="A2 D14 D15 D19 P5",
)
class IndicationRecorded(Payload, frozen=True):
    """An act, purpose or means of trafficking is indicated. For a child nothing depends on the means."""

    element: Annotated[Literal["act", "purpose", "means"], says("Which element of trafficking is indicated.")]
    act: (
        Annotated[
            Literal["recruited", "transported", "transferred", "harboured", "received", "control_exchanged"],
            says("The act."),
        ]
        | UnsetType
    ) = UNSET
    form: Annotated[Form, says("The form of exploitation meant or carried out.")] | UnsetType = UNSET
    means: (
        Annotated[
            Literal[
                "threat",
                "force",
                "abduction",
                "fraud",
                "deception",
                "abuse_of_power",
                "abuse_of_vulnerability",
                "payment",
            ],
            says("The means, if any; nothing depends on it."),
        ]
        | UnsetType
    ) = UNSET
    third_person: (
        Annotated[bool, says("Whether another person profits, controls or organises.")] | UnsetType
    ) = UNSET
    intended_only: (
        Annotated[bool, says("Whether exploitation was meant but has not happened.")] | UnsetType
    ) = UNSET
    note: Annotated[Text, says("What was seen or heard.")] | UnsetType = UNSET


@fact_type(
    "exploitation_period_recorded",
    about=Kind.CHILD,
    mark="exploitation_period_recorded",
    group=FieldGroup.ACCOUNT,
    compartment=Compartment.ACCOUNT,
    rows="A2 D19 D44",
)
class ExploitationPeriodRecorded(Payload, frozen=True):
    """From when until when the child was exploited, as far as it is known."""

    exploited: Annotated[When, says("The period.")]


@fact_type("episode_opened", about=Kind.EPISODE, mark="opened", group=FieldGroup.ACCOUNT, rows="D15 A2")
class EpisodeOpened(Payload, frozen=True):
    """A new period of exploitation or risk begins in the record; the old one stays visible."""

    again: Annotated[bool, says("Whether the child was exploited before.")] | UnsetType = UNSET
