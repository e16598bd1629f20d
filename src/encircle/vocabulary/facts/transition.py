"""Turning 18: the plan and programme that carry a young person into adult life."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import Payload, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "transition_planned", about=Kind.CHILD, mark="transition_planned", group=FieldGroup.VIEWS, rows="D45 D11"
)
class TransitionPlanned(Payload, frozen=True):
    """A plan for the time after the 18th birthday is made with the young person."""

    transition_covers: Annotated[
        tuple[
            Literal[
                "accommodation", "status", "therapy", "school_or_work", "adviser", "money", "proceedings"
            ],
            ...,
        ],
        says("What it covers."),
    ]


@fact_type(
    "transition_completed",
    about=Kind.CHILD,
    mark="transition_completed",
    group=FieldGroup.VIEWS,
    rows="D45 P14",
)
class TransitionCompleted(Payload, frozen=True):
    """What was planned for the time after the 18th birthday is in place."""
