"""The child as a person: name, origin, arrival, a child not yet born, death."""

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


@fact_type(
    "name_recorded",
    about=Kind.CHILD,
    mark="name_recorded",
    group=FieldGroup.MINIMUM,
    compartment=Compartment.IDENTITY,
    rows="D34 D28",
)
class NameRecorded(Payload, frozen=True):
    """A name of the child is entered. A child can be on record without one."""

    name_used: Annotated[Text, says("The name that the child uses.")] | UnsetType = UNSET
    given_names: Annotated[Text, says("Given names as on paper.")] | UnsetType = UNSET
    family_name: Annotated[Text, says("Family name as on paper.")] | UnsetType = UNSET
    other_names: Annotated[Text, says("Other names and spellings.")] | UnsetType = UNSET


@fact_type(
    "origin_recorded",
    about=Kind.CHILD,
    mark="origin_recorded",
    group=FieldGroup.MINIMUM,
    compartment=Compartment.IDENTITY,
    rows="D10 D28 D29 D38",
)
class OriginRecorded(Payload, frozen=True):
    """Where the child comes from is entered: nationality, country of birth or habitual residence."""

    nationality: Annotated[Country, says("Nationality.")] | UnsetType = UNSET
    stateless: Annotated[bool, says("Whether the child has no nationality.")] | UnsetType = UNSET
    country_of_birth: Annotated[Country, says("Country of birth.")] | UnsetType = UNSET
    habitual_residence: Annotated[Country, says("Country where the child habitually lived.")] | UnsetType = (
        UNSET
    )


@fact_type("child_arrived", about=Kind.CHILD, mark="arrived", group=FieldGroup.MINIMUM, rows="D38 D28")
class ChildArrived(Payload, frozen=True):
    """The child arrives in the country."""

    arrived_from: Annotated[Country, says("The country from which the child came.")] | UnsetType = UNSET
    arrived_through: (
        Annotated[
            Literal["external_border", "internal_border", "airport", "seaport", "inland", "unknown"],
            says("Where the child came in."),
        ]
        | UnsetType
    ) = UNSET
    arrived_with: (
        Annotated[
            Literal["alone", "parents", "relatives", "unrelated_adults", "other_children", "unknown"],
            says("In whose company."),
        ]
        | UnsetType
    ) = UNSET


@fact_type("birth_expected", about=Kind.CHILD, mark="birth_expected", group=FieldGroup.MINIMUM, rows="D48")
class BirthExpected(Payload, frozen=True):
    """A child is not yet born, and protection is prepared for it."""

    expected: Annotated[When, says("When the birth is expected.")]


@fact_type("died", about=Kind.CHILD, mark="died_recorded", group=FieldGroup.MINIMUM, rows="A9")
class Died(Payload, frozen=True):
    """The child has died."""

    review_needed: Annotated[bool, says("Whether a review of the case has to be opened.")] | UnsetType = UNSET


@fact_type(
    "same_child_stated", about=Kind.CHILD, mark="same_child_stated", group=FieldGroup.MINIMUM, rows="A0"
)
class SameChildStated(Payload, frozen=True):
    """This record and another one are about the same child. Withdraw the fact if that proves wrong."""

    other_record: Annotated[Identifier, says("The number of the other record.")]
    stated_because: Annotated[Text, says("Why both are believed to be the same child.")] | UnsetType = UNSET
