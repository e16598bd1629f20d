"""Places: the only room with addresses and telephone numbers. Others name a place by its id."""

from typing import Annotated

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.fact_type import UNSET, Payload, Text, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "place_recorded",
    about=Kind.PLACE,
    mark="recorded",
    group=FieldGroup.LOCATION,
    compartment=Compartment.LOCATION,
    rows="D24 D31",
)
class PlaceRecorded(Payload, frozen=True):
    """A place is entered: a home, shelter, court, place of work or place where the child was found."""

    address: Annotated[Text, says("The address.")] | UnsetType = UNSET
    telephone: Annotated[Text, says("The telephone number.")] | UnsetType = UNSET
    directions: Annotated[Text, says("How to get there.")] | UnsetType = UNSET
