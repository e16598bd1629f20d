"""Guardianship: asked for, given, checked, in conflict, ended."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Count, Payload, Text, UnsetType, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type("guardian_requested", about=Kind.GUARDIAN, mark="requested", group=FieldGroup.MINIMUM, rows="D02b")
class GuardianRequested(Payload, frozen=True):
    """Somebody asks the authority or court to give the child a guardian or representative."""

    requested_by_role: Annotated[Role, says("Who asked.")] | UnsetType = UNSET
    requested_from: Annotated[Role, says("Who was asked.")] | UnsetType = UNSET


@fact_type(
    "guardian_appointed", about=Kind.GUARDIAN, mark="appointed", group=FieldGroup.MINIMUM, rows="D02b P10"
)
class GuardianAppointed(Payload, frozen=True):
    """A guardian or representative is appointed for the child."""

    capacity: Annotated[Literal["guardian", "representative", "provisional"], says("In which capacity.")]
    appointed_by_role: Annotated[Role, says("Who appointed.")] | UnsetType = UNSET
    person: (
        Annotated[str, ref(Kind.PERSON, "The person, if that person is on record for another reason too.")]
        | UnsetType
    ) = UNSET
    name: Annotated[Text, says("The name.")] | UnsetType = UNSET
    conflict_checked: Annotated[bool, says("Whether a conflict of interest was looked for.")] | UnsetType = (
        UNSET
    )
    background_checked: (
        Annotated[bool, says("Whether qualification and criminal record were checked.")] | UnsetType
    ) = UNSET
    belongs_to_deciding_agency: (
        Annotated[bool, says("Whether from the agency that decides on the child's status.")] | UnsetType
    ) = UNSET
    children_in_care: (
        Annotated[Count, says("For how many children this person is responsible.")] | UnsetType
    ) = UNSET
    scope: (
        Annotated[
            tuple[
                Literal[
                    "all_matters",
                    "asylum",
                    "criminal_proceedings",
                    "migration",
                    "family",
                    "health",
                    "property",
                ],
                ...,
            ],
            says("For what."),
        ]
        | UnsetType
    ) = UNSET


@fact_type(
    "guardian_met_child",
    about=Kind.GUARDIAN,
    mark="met",
    group=FieldGroup.MINIMUM,
    rows="D02b",
    living_child=True,
)
class GuardianMetChild(Payload, frozen=True):
    """The guardian or representative meets the child for the first time."""

    child_told_role: (
        Annotated[bool, says("Whether the child was told what a guardian does and may not do.")] | UnsetType
    ) = UNSET
    contact_card_given: (
        Annotated[bool, says("Whether the child got a card with name and contact.")] | UnsetType
    ) = UNSET


@fact_type(
    "guardian_conflict_found",
    about=Kind.GUARDIAN,
    mark="conflict_found",
    group=FieldGroup.MINIMUM,
    rows="D02b P10",
)
class GuardianConflictFound(Payload, frozen=True):
    """A conflict of interest between guardian and child is found."""

    conflict: Annotated[
        Literal[
            "suspected_of_exploitation", "related_to_suspect", "deciding_agency", "own_interest", "other"
        ],
        says("What conflict."),
    ]
    conflict_reasons: Annotated[Text, says("In words.")] | UnsetType = UNSET


@fact_type("guardian_ended", about=Kind.GUARDIAN, mark="ended", group=FieldGroup.MINIMUM, rows="D02b P10")
class GuardianEnded(Payload, frozen=True):
    """An appointment of a guardian or representative ends."""

    ended_because: Annotated[
        Literal[
            "replaced", "conflict", "child_is_adult", "parents_returned", "moved", "died", "resigned", "other"
        ],
        says("Why."),
    ]
    successor: Annotated[str, ref(Kind.GUARDIAN, "The appointment that follows.")] | UnsetType = UNSET
