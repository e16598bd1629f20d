"""To whom places and confidential talks of a record are sealed: all agencies whose mandate opens the part."""

from typing import TypedDict

from encircle.actions.permit import mandates
from encircle.records import people_keys
from encircle.records.people_keys import Recipient, recipients_of
from encircle.vocabulary.compartment import SEALED_TO_PEOPLE, Compartment
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import RootId


class _WhoReads(TypedDict):
    roles: list[str]
    opened: str | None
    in_emergency: list[str]


def recipients(root: RootId, type_name: str) -> tuple[Recipient, ...] | None:
    """To whom a new fact of this type is sealed; None: as all else, under the key of its compartment.

    To all agencies of the record whose mandate opens its part, and only if each of them can open it.
    """
    of_type = FACT_TYPES[type_name]
    if of_type.compartment not in SEALED_TO_PEOPLE:
        return None
    return recipients_of(root, **_who_reads(of_type.compartment, of_type.group))


def sealed_to(root: RootId, compartment: Compartment) -> tuple[Recipient, ...] | None:
    """To whom all that stands of this compartment is sealed; None: it cannot be yet."""
    (group,) = {one.group for one in FACT_TYPES.values() if one.compartment is compartment}
    return recipients_of(root, **_who_reads(compartment, group))


def readers_with_keys(root: RootId, compartment: Compartment, group: FieldGroup) -> tuple[Recipient, ...]:
    """To whom that part of a record can be passed on."""
    return people_keys.readers_with_keys(root, **_who_reads(compartment, group))


def _who_reads(compartment: Compartment, group: FieldGroup) -> _WhoReads:
    """Privileged text is opened neither by a decision nor in an emergency."""
    held, opens = mandates(), compartment is not Compartment.PRIVILEGED
    return {
        "roles": [role.value for role, one in held.items() if group in one.sees],
        "opened": group.value.lower() if opens else None,
        "in_emergency": [role.value for role, one in held.items() if opens and group in one.emergency],
    }
