"""Protective orders: contact bans and the like."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Payload, UnsetType, When, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type("order_made", about=Kind.ORDER, mark="made", group=FieldGroup.MINIMUM, rows="D08 D24 D34")
class OrderMade(Payload, frozen=True):
    """A court or authority makes an order that protects the child."""

    order_kind: Annotated[
        Literal[
            "contact_ban", "protection_order", "publication_ban", "care_order", "passport_retained", "other"
        ],
        says("What kind."),
    ]
    against: Annotated[str, ref(Kind.PERSON, "Against whom.")] | UnsetType = UNSET
    until: Annotated[When, says("Until when.")] | UnsetType = UNSET
    urgent: Annotated[bool, says("Whether as an urgent measure.")] | UnsetType = UNSET


@fact_type("order_ended", about=Kind.ORDER, mark="ended", group=FieldGroup.MINIMUM, rows="D24")
class OrderEnded(Payload, frozen=True):
    """A protective order ends."""
