"""The one support person of the child."""

from typing import Annotated

from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, fact_type, ref, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "support_person_named",
    about=Kind.SUPPORT_PERSON,
    mark="named",
    group=FieldGroup.MINIMUM,
    rows="D02a D08 D20",
)
class SupportPersonNamed(Payload, frozen=True):
    """One support person is named for the child."""

    name: Annotated[Text, says("The name.")] | UnsetType = UNSET
    role: Annotated[Role, says("From which service.")] | UnsetType = UNSET


@fact_type(
    "support_person_ended", about=Kind.SUPPORT_PERSON, mark="ended", group=FieldGroup.MINIMUM, rows="D02a"
)
class SupportPersonEnded(Payload, frozen=True):
    """The support person no longer acts for the child."""

    successor: Annotated[str, ref(Kind.SUPPORT_PERSON, "Who follows.")] | UnsetType = UNSET
