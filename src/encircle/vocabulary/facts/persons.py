"""Persons around the child: relatives, carers, companions, suspects, other children."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import (
    UNSET,
    Country,
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
    "person_recorded", about=Kind.PERSON, mark="recorded", group=FieldGroup.ACCOUNT, rows="D28 D47 D48"
)
class PersonRecorded(Payload, frozen=True):
    """A person around the child is entered, under an id."""

    relation: Annotated[
        Literal[
            "mother",
            "father",
            "parent",
            "sibling",
            "grandparent",
            "aunt_or_uncle",
            "other_relative",
            "partner",
            "child_of_the_child",
            "carer",
            "employer",
            "companion",
            "acquaintance",
            "other_child",
            "professional",
            "unknown",
        ],
        says("How this person stands to the child."),
    ]
    is_child: Annotated[bool, says("Whether this person is a child.")] | UnsetType = UNSET
    lives_with_child: Annotated[bool, says("Whether in the same household or placement.")] | UnsetType = UNSET
    profession: Annotated[Role, says("The role of a professional.")] | UnsetType = UNSET
    name: Annotated[Text, says("The name.")] | UnsetType = UNSET


@fact_type(
    "person_identified",
    about=Kind.PERSON,
    mark="identified",
    group=FieldGroup.CRIMINAL,
    compartment=Compartment.IDENTITY,
    rows="D47",
)
class PersonIdentified(Payload, frozen=True):
    """Name and other data that identify a person around the child."""

    full_name: Annotated[Text, says("The name.")] | UnsetType = UNSET
    born: Annotated[When, says("Date of birth.")] | UnsetType = UNSET
    country: Annotated[Country, says("Nationality.")] | UnsetType = UNSET


@fact_type(
    "person_vetted", about=Kind.PERSON, mark="vetted", group=FieldGroup.ACCOUNT, rows="D24 D28 D40 P13"
)
class PersonVetted(Payload, frozen=True):
    """A relative, carer or other person is vetted."""

    vetting_result: Annotated[Literal["passed", "passed_with_conditions", "failed"], says("What was found.")]
    vetted_for: (
        Annotated[
            tuple[Literal["placement", "contact", "companion", "guardian", "accompanying", "return"], ...],
            says("For what."),
        ]
        | UnsetType
    ) = UNSET


@fact_type(
    "person_suspected",
    about=Kind.PERSON,
    mark="suspected",
    group=FieldGroup.CRIMINAL,
    compartment=Compartment.CRIMINAL,
    regime=Regime.LAW_ENFORCEMENT,
    rows="D47 P1 P10 P11",
)
class PersonSuspected(Payload, frozen=True):
    """A person is suspected of a part in exploiting the child. No conviction is needed."""

    part: (
        Annotated[
            tuple[
                Literal[
                    "recruiter", "transporter", "controller", "exploiter", "client", "profiteer", "other"
                ],
                ...,
            ],
            says("Which part."),
        ]
        | UnsetType
    ) = UNSET
    immunity: (
        Annotated[
            bool, says("Whether the person has immunity; protection of the child does not depend on it.")
        ]
        | UnsetType
    ) = UNSET
    suspicion_reasons: Annotated[Text, says("Why.")] | UnsetType = UNSET


@fact_type(
    "suspicion_lifted",
    about=Kind.PERSON,
    mark="suspicion_lifted",
    group=FieldGroup.CRIMINAL,
    compartment=Compartment.CRIMINAL,
    regime=Regime.LAW_ENFORCEMENT,
    rows="P10 P11",
)
class SuspicionLifted(Payload, frozen=True):
    """A person is no longer suspected."""


@fact_type(
    "person_contact_stopped",
    about=Kind.PERSON,
    mark="contact_stopped",
    group=FieldGroup.ACCOUNT,
    rows="D47 D24 P1",
)
class PersonContactStopped(Payload, frozen=True):
    """Contact of a suspect or other person with the child is stopped."""

    stopped_by: Annotated[Role, says("By whom.")] | UnsetType = UNSET
    means_of_contact: (
        Annotated[
            tuple[Literal["visits", "telephone", "internet", "at_placement", "at_school"], ...],
            says("Which contact."),
        ]
        | UnsetType
    ) = UNSET


@fact_type(
    "other_child_at_risk",
    about=Kind.PERSON,
    mark="other_child_at_risk",
    group=FieldGroup.ACCOUNT,
    rows="D47 D48",
)
class OtherChildAtRisk(Payload, frozen=True):
    """Facts point to another child at risk: sibling, companion, child at the same place."""

    risk_seen_through: (
        Annotated[
            tuple[
                Literal[
                    "same_place", "same_adult", "sibling", "travelled_together", "named_by_child", "own_child"
                ],
                ...,
            ],
            says("What points to it."),
        ]
        | UnsetType
    ) = UNSET


@fact_type(
    "other_child_concern_opened",
    about=Kind.PERSON,
    mark="concern_linked",
    group=FieldGroup.ACCOUNT,
    rows="D47 D48",
)
class OtherChildConcernOpened(Payload, frozen=True):
    """A concern of its own is opened for the other child."""

    linked_record: Annotated[Identifier, says("The number of that concern.")] | UnsetType = UNSET
