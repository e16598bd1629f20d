"""Identity and travel documents: which there are, who holds them, whether they are genuine."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import (
    UNSET,
    Country,
    Identifier,
    Payload,
    UnsetType,
    fact_type,
    says,
)
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "document_recorded",
    about=Kind.DOCUMENT,
    mark="recorded",
    group=FieldGroup.MINIMUM,
    compartment=Compartment.IDENTITY,
    rows="D28 P2",
)
class DocumentRecorded(Payload, frozen=True):
    """An identity or travel document of the child is seen, or known to exist."""

    document_kind: Annotated[
        Literal[
            "passport",
            "identity_card",
            "birth_certificate",
            "visa",
            "residence_permit",
            "travel_document",
            "other",
        ],
        says("What kind of document."),
    ]
    issued_by: Annotated[Country, says("The country that issued it.")] | UnsetType = UNSET
    number: Annotated[Identifier, says("Its number.")] | UnsetType = UNSET
    held_by: (
        Annotated[
            Literal[
                "child", "guardian", "parents", "accompanying_adult", "suspect", "authority", "nobody_known"
            ],
            says("Who holds it."),
        ]
        | UnsetType
    ) = UNSET
    authenticity: (
        Annotated[
            Literal["not_checked", "genuine", "doubted", "forged"], says("Whether it was found genuine.")
        ]
        | UnsetType
    ) = UNSET
