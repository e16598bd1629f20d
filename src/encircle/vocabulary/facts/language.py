"""Language: what the child understands, and who interprets."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Language, Payload, UnsetType, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "language_recorded", about=Kind.CHILD, mark="language_recorded", group=FieldGroup.MINIMUM, rows="D23 D02a"
)
class LanguageRecorded(Payload, frozen=True):
    """The languages of the child, and what the child needs to understand and be understood."""

    languages: Annotated[tuple[Language, ...], says("Languages that the child understands well, best first.")]
    understands_proceedings: (
        Annotated[bool, says("Whether the child fully understands the language of the proceedings.")]
        | UnsetType
    ) = UNSET
    mediator_needed: Annotated[bool, says("Whether a cultural mediator is needed.")] | UnsetType = UNSET
    communication_needs: (
        Annotated[
            tuple[
                Literal[
                    "plain_language",
                    "pictures",
                    "sign_language",
                    "hearing",
                    "sight",
                    "speech",
                    "reading",
                    "breaks",
                    "other",
                ],
                ...,
            ],
            says("Other needs."),
        ]
        | UnsetType
    ) = UNSET


@fact_type(
    "interpreter_engaged", about=Kind.INTERPRETER, mark="engaged", group=FieldGroup.MINIMUM, rows="D23 P11"
)
class InterpreterEngaged(Payload, frozen=True):
    """An interpreter or cultural mediator is engaged for talks with the child."""

    engaged_as: Annotated[Literal["interpreter", "cultural_mediator"], says("As what.")]
    language: Annotated[Language, says("The language.")]
    relation: Annotated[
        Literal[
            "independent",
            "staff",
            "family_member",
            "accompanying_adult",
            "other_child",
            "acquaintance",
            "linked_to_suspect",
        ],
        says("How this person stands to the child."),
    ]
    person: (
        Annotated[str, ref(Kind.PERSON, "The person, if on record for another reason too.")] | UnsetType
    ) = UNSET
    sworn: Annotated[bool, says("Whether bound by oath and confidentiality.")] | UnsetType = UNSET
    conflict_checked: Annotated[bool, says("Whether links to suspects were looked for.")] | UnsetType = UNSET
    accepted_by_child: Annotated[bool, says("Whether the child accepts this person.")] | UnsetType = UNSET
    free_of_charge: Annotated[bool, says("Whether free of charge for the child.")] | UnsetType = UNSET


@fact_type(
    "interpreter_conflict_found",
    about=Kind.INTERPRETER,
    mark="conflict_found",
    group=FieldGroup.MINIMUM,
    rows="D23 P11",
)
class InterpreterConflictFound(Payload, frozen=True):
    """A link of the interpreter to a suspect or another conflict is found, or the child objects."""

    conflict: Annotated[
        Literal["linked_to_suspect", "related_to_child", "child_objects", "other"], says("What was found.")
    ]


@fact_type("interpreter_ended", about=Kind.INTERPRETER, mark="ended", group=FieldGroup.MINIMUM, rows="D23")
class InterpreterEnded(Payload, frozen=True):
    """An interpreter or cultural mediator no longer works with the child."""
