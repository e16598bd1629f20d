"""Publicity: what was made public about the child, and taken back."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Payload, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "identity_published",
    about=Kind.PUBLICATION,
    mark="published",
    group=FieldGroup.VIEWS,
    rows="D34 D08 P12",
)
class IdentityPublished(Payload, frozen=True):
    """Something that identifies the child becomes public."""

    published_in: Annotated[
        Literal[
            "press",
            "broadcast",
            "social_media",
            "court_list",
            "court_decision",
            "agency_website",
            "advertisement",
            "other",
        ],
        says("Where."),
    ]
    to_find_child: (
        Annotated[bool, says("Whether published only to find or protect the child.")] | UnsetType
    ) = UNSET
    by_decision: Annotated[bool, says("Whether by a named decision.")] | UnsetType = UNSET


@fact_type(
    "publication_removed", about=Kind.PUBLICATION, mark="removed", group=FieldGroup.VIEWS, rows="D34 P12"
)
class PublicationRemoved(Payload, frozen=True):
    """What was published is taken back or made unreadable."""


@fact_type(
    "publication_checked",
    about=Kind.CHILD,
    mark="publication_checked",
    group=FieldGroup.VIEWS,
    rows="D34 P12",
)
class PublicationChecked(Payload, frozen=True):
    """Somebody looked whether anything identifies the child in press, court lists or online."""

    found_published: Annotated[bool, says("Whether something was found.")] | UnsetType = UNSET
