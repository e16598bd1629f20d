"""Do not contact: flags that forbid contact, as long as they stand."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import (
    UNSET,
    Country,
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
from encircle.vocabulary.role import Role


@fact_type(
    "do_not_contact_set", about=Kind.DO_NOT_CONTACT, mark="set", group=FieldGroup.MINIMUM, rows="D29 P2 P16"
)
class DoNotContactSet(Payload, frozen=True):
    """Contact with a country, an authority or a person about this child is forbidden."""

    scope: Annotated[
        tuple[Literal["country", "authority", "consulate", "person", "family", "everybody_there"], ...],
        says("With whom."),
    ]
    because: Annotated[
        Literal[
            "asylum", "risk_to_child", "risk_to_family", "state_involved", "other_state_determined", "other"
        ],
        says("Why."),
    ]
    country: Annotated[Country, says("Which country.")] | UnsetType = UNSET
    person: Annotated[str, ref(Kind.PERSON, "Which person.")] | UnsetType = UNSET
    set_by_role: Annotated[Role, says("Who set it.")] | UnsetType = UNSET
    flag_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET
    review_due: Annotated[When, says("When it must be looked at again.")] | UnsetType = UNSET


@fact_type(
    "do_not_contact_reviewed",
    about=Kind.DO_NOT_CONTACT,
    mark="reviewed",
    group=FieldGroup.MINIMUM,
    rows="D29",
)
class DoNotContactReviewed(Payload, frozen=True):
    """A do-not-contact flag is looked at again and kept."""

    review_due: Annotated[When, says("When it must be looked at again.")] | UnsetType = UNSET


@fact_type(
    "do_not_contact_lifted", about=Kind.DO_NOT_CONTACT, mark="lifted", group=FieldGroup.MINIMUM, rows="D29 P2"
)
class DoNotContactLifted(Payload, frozen=True):
    """A do-not-contact flag is lifted, in writing, after a best-interests procedure."""

    decision: Annotated[str, ref(Kind.DECISION, "The best-interests decision behind it.")] | UnsetType = UNSET
    guardian_heard: Annotated[bool, says("Whether the guardian was heard.")] | UnsetType = UNSET
    lawyer_heard: Annotated[bool, says("Whether the lawyer was heard.")] | UnsetType = UNSET
    in_writing: Annotated[bool, says("Whether in writing.")] | UnsetType = UNSET
