"""School: in or out of it."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Payload, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type("schooling_stopped", about=Kind.SCHOOLING, mark="stopped", group=FieldGroup.MINIMUM, rows="D26")
class SchoolingStopped(Payload, frozen=True):
    """The child is out of school."""

    reason: (
        Annotated[
            Literal[
                "never_enrolled",
                "refused_for_status",
                "refused",
                "withdrawn",
                "home_education",
                "excluded",
                "moved",
                "missing",
                "exploited",
                "other",
            ],
            says("Why."),
        ]
        | UnsetType
    ) = UNSET


@fact_type("schooling_enrolled", about=Kind.SCHOOLING, mark="enrolled", group=FieldGroup.MINIMUM, rows="D26")
class SchoolingEnrolled(Payload, frozen=True):
    """The child is enrolled or back in school."""

    language_support: Annotated[bool, says("Whether with help in the language.")] | UnsetType = UNSET
