"""Family: tracing, contact, support. Nothing without the child's best interests first."""

from typing import Annotated, Literal

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Payload, UnsetType, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "tracing_started", about=Kind.FAMILY_CONTACT, mark="tracing_started", group=FieldGroup.VIEWS, rows="D28"
)
class TracingStarted(Payload, frozen=True):
    """The search for members of the family is started."""

    traced_by: Annotated[Role, says("By whom.")] | UnsetType = UNSET
    child_wishes: (
        Annotated[Literal["wanted", "not_wanted", "not_asked"], says("Whether the child wants it.")]
        | UnsetType
    ) = UNSET
    origin_authorities_used: (
        Annotated[bool, says("Whether authorities of the country of origin are involved.")] | UnsetType
    ) = UNSET


@fact_type(
    "family_contact_assessed",
    about=Kind.FAMILY_CONTACT,
    mark="assessed",
    group=FieldGroup.VIEWS,
    compartment=Compartment.VIEWS,
    rows="D28 D27",
)
class FamilyContactAssessed(Payload, frozen=True):
    """The best interests of the child are assessed before contact with a member of the family."""

    in_best_interests: Annotated[bool, says("Whether contact is in the child's best interests.")]
    person: Annotated[str, ref(Kind.PERSON, "With whom.")] | UnsetType = UNSET
    child_wishes: (
        Annotated[Literal["wanted", "not_wanted", "not_asked"], says("Whether the child wants it.")]
        | UnsetType
    ) = UNSET


@fact_type(
    "family_contact_held",
    about=Kind.FAMILY_CONTACT,
    mark="held",
    group=FieldGroup.VIEWS,
    rows="D28",
    living_child=True,
)
class FamilyContactHeld(Payload, frozen=True):
    """The child is in contact with a member of the family."""

    person: Annotated[str, ref(Kind.PERSON, "With whom.")] | UnsetType = UNSET
    supervised: Annotated[bool, says("Whether somebody is with the child.")] | UnsetType = UNSET
    location_revealed: (
        Annotated[bool, says("Whether the place where the child lives became known.")] | UnsetType
    ) = UNSET


@fact_type(
    "tracing_ended", about=Kind.FAMILY_CONTACT, mark="tracing_ended", group=FieldGroup.VIEWS, rows="D28"
)
class TracingEnded(Payload, frozen=True):
    """The search for members of the family ends."""

    found: Annotated[bool, says("Whether somebody was found.")]
