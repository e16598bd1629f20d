"""What somebody asks about the child's data: that it is corrected, or that its use is restricted; and the answer."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, When, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup

Asker = Literal["child", "adult_child", "guardian", "lawyer"]


@fact_type(
    "correction_asked",
    about=Kind.DATA_REQUEST,
    mark="correction_requested",
    group=FieldGroup.MINIMUM,
    rows="D30 D35",
)
class CorrectionAsked(Payload, frozen=True):
    """The child, or who speaks for it, says that something on the record is wrong."""

    correction_asked_by: Annotated[Asker, says("By whom.")]
    said_to_be_wrong: Annotated[Text, says("What is wrong.")] | UnsetType = UNSET
    said_to_be_right: Annotated[Text, says("What is right.")] | UnsetType = UNSET


@fact_type(
    "correction_answered",
    about=Kind.DATA_REQUEST,
    mark="correction_replied",
    group=FieldGroup.MINIMUM,
    rows="D30 D35",
)
class CorrectionAnswered(Payload, frozen=True):
    """Whoever asked for a correction gets an answer."""

    correction_outcome: Annotated[
        Literal["corrected", "partly_corrected", "own_word_put_beside_it", "not_corrected"],
        says("What came of it."),
    ]
    correction_reasons: Annotated[Text, says("Why.")] | UnsetType = UNSET
    told_where_to_complain: (
        Annotated[bool, says("Whether it was told where one can complain.")] | UnsetType
    ) = UNSET


@fact_type(
    "use_restricted",
    about=Kind.CHILD,
    mark="use_restriction_recorded",
    group=FieldGroup.MINIMUM,
    rows="D30",
)
class UseRestricted(Payload, frozen=True):
    """The use of the record is restricted for a time, or free again. What is named here can still be done with it."""

    use_restriction: Annotated[Literal["restricted", "ended"], says("Whether it begins or ends.")]
    restriction_asked_by: Annotated[Asker, says("Who asked for it.")] | UnsetType = UNSET
    restricted_because: (
        Annotated[
            Literal["accuracy_contested", "unlawful", "needed_for_a_claim", "objection_is_looked_at"],
            says("Why."),
        ]
        | UnsetType
    ) = UNSET
    still_used_for: (
        Annotated[
            tuple[
                Literal[
                    "protect", "investigate", "judge", "represent", "treat", "reside", "request", "oversee"
                ],
                ...,
            ],
            says("For which purposes it may still be looked at."),
        ]
        | UnsetType
    ) = UNSET
    restricted_until: Annotated[When, says("Until when, if that is known.")] | UnsetType = UNSET
