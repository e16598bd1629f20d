"""Legal help: a lawyer for the child, free of charge, with no other loyalty."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type("lawyer_appointed", about=Kind.LAWYER, mark="appointed", group=FieldGroup.MINIMUM, rows="D02c D37")
class LawyerAppointed(Payload, frozen=True):
    """A lawyer is appointed or chosen for the child."""

    scope: (
        Annotated[
            tuple[
                Literal[
                    "criminal_victim",
                    "criminal_suspect",
                    "asylum",
                    "migration",
                    "child_protection",
                    "family",
                    "guardianship",
                    "antisocial_behaviour",
                    "compensation",
                ],
                ...,
            ],
            says("For which kinds of proceedings."),
        ]
        | UnsetType
    ) = UNSET
    proceeding: Annotated[str, ref(Kind.PROCEEDING, "For which proceeding.")] | UnsetType = UNSET
    chosen_by: (
        Annotated[
            Literal["child", "guardian", "legal_aid_body", "court", "parent", "employer", "suspect", "ngo"],
            says("Who chose the lawyer."),
        ]
        | UnsetType
    ) = UNSET
    paid_by: (
        Annotated[
            Literal[
                "legal_aid", "child_or_family", "parent_in_conflict", "employer", "suspect", "ngo", "nobody"
            ],
            says("Who pays."),
        ]
        | UnsetType
    ) = UNSET
    free_of_charge: Annotated[bool, says("Whether free of charge for the child.")] | UnsetType = UNSET
    also_acts_for_suspect: (
        Annotated[bool, says("Whether the lawyer also acts for an adult suspect.")] | UnsetType
    ) = UNSET
    trafficking_specialist: (
        Annotated[bool, says("Whether trained in trafficking of children.")] | UnsetType
    ) = UNSET
    name: Annotated[Text, says("The name.")] | UnsetType = UNSET


@fact_type(
    "lawyer_consulted",
    about=Kind.LAWYER,
    mark="consulted",
    group=FieldGroup.MINIMUM,
    rows="D02c D37",
    living_child=True,
)
class LawyerConsulted(Payload, frozen=True):
    """The child speaks with the lawyer in confidence."""

    in_confidence: Annotated[bool, says("Whether nobody else was present.")] | UnsetType = UNSET
    before_questioning: Annotated[bool, says("Whether before the first questioning.")] | UnsetType = UNSET


@fact_type(
    "lawyer_advised_on_trafficking",
    about=Kind.LAWYER,
    mark="advised_on_trafficking",
    group=FieldGroup.ACCOUNT,
    compartment=Compartment.PRIVILEGED,
    rows="D02c D19",
)
class LawyerAdvisedOnTrafficking(Payload, frozen=True):
    """The lawyer advises the child on trafficking and non-punishment. What was said stays with them."""

    before_plea: Annotated[bool, says("Whether before a plea was entered.")] | UnsetType = UNSET


@fact_type(
    "lawyer_conflict_found", about=Kind.LAWYER, mark="conflict_found", group=FieldGroup.MINIMUM, rows="D02c"
)
class LawyerConflictFound(Payload, frozen=True):
    """A conflict of interest of the child's lawyer is found."""

    conflict: Annotated[
        Literal["acts_for_suspect", "chosen_by_suspect", "paid_by_suspect", "own_interest", "other"],
        says("What conflict."),
    ]


@fact_type("lawyer_ended", about=Kind.LAWYER, mark="ended", group=FieldGroup.MINIMUM, rows="D02c")
class LawyerEnded(Payload, frozen=True):
    """A lawyer no longer acts for the child."""

    successor: Annotated[str, ref(Kind.LAWYER, "The appointment that follows.")] | UnsetType = UNSET
