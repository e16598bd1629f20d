"""Proceedings: opened, timed, closed; what the child is told, and what courts and prosecutors answer."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import (
    UNSET,
    Count,
    Identifier,
    Payload,
    Text,
    UnsetType,
    When,
    fact_type,
    says,
)
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.regime import Regime
from encircle.vocabulary.role import Role


@fact_type(
    "proceeding_opened",
    about=Kind.PROCEEDING,
    mark="opened",
    group=FieldGroup.ACCOUNT,
    group_by=(
        "proceeding_kind",
        {
            "asylum": FieldGroup.ASYLUM,
            "responsibility_transfer": FieldGroup.ASYLUM,
            "criminal_suspect": FieldGroup.CRIMINAL,
        },
    ),
    rows="D02c D10 D36 D37",
)
class ProceedingOpened(Payload, frozen=True):
    """A proceeding that concerns the child is opened."""

    proceeding_kind: Annotated[
        Literal[
            "criminal_victim",
            "criminal_suspect",
            "child_protection",
            "family",
            "guardianship",
            "asylum",
            "return",
            "responsibility_transfer",
            "residence",
            "administrative",
            "antisocial_behaviour",
            "compensation",
            "missing",
            "cross_border",
        ],
        says("What kind of proceeding."),
    ]
    as_adult: Annotated[bool, says("Whether the child is treated as an adult in it.")] | UnsetType = UNSET
    case_number: Annotated[Identifier, says("Its number with the authority.")] | UnsetType = UNSET
    depends_on_status: Annotated[bool, says("Whether it was made a condition of protection.")] | UnsetType = (
        UNSET
    )


@fact_type(
    "limitation_recorded",
    about=Kind.PROCEEDING,
    mark="limitation_recorded",
    group=FieldGroup.ACCOUNT,
    rows="D44 D36",
)
class LimitationRecorded(Payload, frozen=True):
    """The date after which a charge or claim can no longer be brought is worked out."""

    limitation_date: Annotated[When, says("The date.")]
    limitation_of: (
        Annotated[Literal["charge", "compensation", "appeal", "other"], says("Of what.")] | UnsetType
    ) = UNSET


@fact_type(
    "proceeding_time_barred",
    about=Kind.PROCEEDING,
    mark="time_barred",
    group=FieldGroup.ACCOUNT,
    rows="D44 D36",
)
class ProceedingTimeBarred(Payload, frozen=True):
    """A charge or claim can no longer be brought because time has run out."""

    charges_barred: Annotated[Count, says("How many charges or claims.")] | UnsetType = UNSET


@fact_type(
    "suspicion_told",
    about=Kind.PROCEEDING,
    mark="suspicion_told",
    group=FieldGroup.ACCOUNT,
    regime=Regime.LAW_ENFORCEMENT,
    rows="D37",
    living_child=True,
)
class SuspicionTold(Payload, frozen=True):
    """The child is told of being a suspect."""

    letter_of_rights: Annotated[bool, says("Whether the child got the letter of rights.")] | UnsetType = UNSET
    lawyer_before_questioning: (
        Annotated[bool, says("Whether a lawyer was there before any question.")] | UnsetType
    ) = UNSET
    adult_informed: (
        Annotated[
            Literal["parent", "guardian", "appropriate_adult", "other", "nobody"],
            says("Which adult was informed."),
        ]
        | UnsetType
    ) = UNSET
    adult_is_suspect: (
        Annotated[bool, says("Whether that adult is suspected of exploiting the child.")] | UnsetType
    ) = UNSET
    recorded: (
        Annotated[bool, says("Whether questioning was recorded with picture and sound.")] | UnsetType
    ) = UNSET
    medical_examination_offered: (
        Annotated[bool, says("Whether a medical examination was offered.")] | UnsetType
    ) = UNSET


@fact_type(
    "proceeding_continued",
    about=Kind.PROCEEDING,
    mark="continued",
    group=FieldGroup.ACCOUNT,
    regime=Regime.LAW_ENFORCEMENT,
    rows="D19",
)
class ProceedingContinued(Payload, frozen=True):
    """The prosecutor or court goes on against the child although the child is found to be a victim."""

    continued_by_role: Annotated[Role, says("Who decided it.")] | UnsetType = UNSET


@fact_type(
    "departure_reasoned",
    about=Kind.PROCEEDING,
    mark="departure_reasoned",
    group=FieldGroup.ACCOUNT,
    regime=Regime.LAW_ENFORCEMENT,
    rows="D19",
)
class DepartureReasoned(Payload, frozen=True):
    """The prosecutor or court gives reasons for departing from the finding that the child is a victim."""

    departure_reasons: Annotated[Text, says("The reasons.")]
    definition_addressed: (
        Annotated[bool, says("Whether they deal with the definition of trafficking.")] | UnsetType
    ) = UNSET


@fact_type(
    "proceeding_ruled",
    about=Kind.PROCEEDING,
    mark="ruled",
    group=FieldGroup.ACCOUNT,
    regime=Regime.LAW_ENFORCEMENT,
    rows="D36 D44",
)
class ProceedingRuled(Payload, frozen=True):
    """A court rules."""

    ruling: Annotated[
        Literal[
            "convicted",
            "acquitted",
            "civil_liability",
            "exploitation_not_established",
            "dismissed",
            "granted",
            "refused",
            "violation_found",
            "no_violation_found",
        ],
        says("What it ruled."),
    ]
    ruled_on: Annotated[Literal["child", "suspect", "authority"], says("About whom.")] | UnsetType = UNSET


@fact_type(
    "non_punishment_applied",
    about=Kind.PROCEEDING,
    mark="non_punishment_applied",
    group=FieldGroup.ACCOUNT,
    regime=Regime.LAW_ENFORCEMENT,
    rows="D19",
)
class NonPunishmentApplied(Payload, frozen=True):
    """The child is not prosecuted or not punished because the act is linked to trafficking."""

    applied_by: Annotated[Role, says("Who decided it.")] | UnsetType = UNSET
    non_punishment_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET


@fact_type(
    "conviction_reviewed",
    about=Kind.PROCEEDING,
    mark="conviction_reviewed",
    group=FieldGroup.ACCOUNT,
    regime=Regime.LAW_ENFORCEMENT,
    rows="D19",
)
class ConvictionReviewed(Payload, frozen=True):
    """A conviction of the child is looked at again because the child is a victim of trafficking."""

    conviction_outcome: Annotated[
        Literal["requested", "set_aside", "upheld", "expunged"], says("What came of it.")
    ]


@fact_type("proceeding_closed", about=Kind.PROCEEDING, mark="closed", group=FieldGroup.ACCOUNT, rows="D36 A8")
class ProceedingClosed(Payload, frozen=True):
    """A proceeding ends."""

    closed_because: (
        Annotated[
            Literal["final_ruling", "discontinued", "time_barred", "withdrawn", "transferred", "other"],
            says("Why."),
        ]
        | UnsetType
    ) = UNSET
    protection_continues: (
        Annotated[bool, says("Whether it is stated that protection of the child goes on.")] | UnsetType
    ) = UNSET


@fact_type(
    "unlawful_act_alleged",
    about=Kind.ALLEGED_ACT,
    mark="alleged",
    group=FieldGroup.ACCOUNT,
    regime=Regime.LAW_ENFORCEMENT,
    rows="D19",
)
class UnlawfulActAlleged(Payload, frozen=True):
    """An act, criminal or administrative, is laid to the child."""

    act_kind: Annotated[
        Literal[
            "drugs",
            "theft",
            "begging",
            "irregular_entry_or_stay",
            "false_documents",
            "prostitution_offence",
            "work",
            "fraud",
            "weapons",
            "violence",
            "other",
        ],
        says("What kind of act."),
    ]
    offence: (
        Annotated[Literal["criminal", "administrative", "antisocial"], says("Under what kind of law.")]
        | UnsetType
    ) = UNSET
    link_believed: (
        Annotated[bool, says("Whether a link to exploitation is believed possible.")] | UnsetType
    ) = UNSET
