"""Sealed parts of a record: who can open what is sealed to people, and passing it on to those who may read it now.

Only who holds a part by mandate, and has unlocked their key, passes it on: to agencies that take part, to one to which a
decision has opened the part, to one that opened the record in an emergency.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from encircle.actions.context import Who
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.permit import Permit, permitted
from encircle.actions.sealed_to import readers_with_keys
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.people_keys import holders_of, shut_keys_of
from encircle.records.seal import pass_on
from encircle.records.unlocked import unlocked
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

_PARTS: Final[Mapping[Compartment, FieldGroup]] = {
    Compartment.LOCATION: FieldGroup.LOCATION,
    Compartment.PRIVILEGED: FieldGroup.ACCOUNT,
}
"""What is sealed to people, and the part that opens it."""


class NothingUnlocked(Refused):
    """What is sealed to people is passed on only by somebody who has it open."""

    def __init__(self) -> None:
        super().__init__(
            code="nothing_unlocked",
            reason="None of the sealed parts of this record is open to you now, so you cannot pass them on.",
            instead="Unlock your key, or ask one of the agencies that can open them.",
        )


@dataclass(frozen=True, slots=True)
class SealedParts:
    """`holders`: the agencies that can open sealed parts, by name; `parts`: how many such parts there are."""

    told: Heading
    parts: int
    holders: tuple[str, ...]
    may_pass_on: bool
    is_unlocked: bool


def sealed_parts(who: Who, number: str) -> SealedParts:
    """Who can open what is sealed to people on that record. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        told = heading(permit)
        enter_look(permit, "sealed_parts", told)
        held = tuple(_held(permit))
        keys = shut_keys_of(permit.root.id, held)
        holders = holders_of(permit.root.id) if held else ()
        return SealedParts(told, len(keys), holders, bool(held), unlocked() is not None)


def pass_on_sealed(who: Who, number: str) -> int:
    """Seal what is open to who asks to all who may read it now; how many parts. Refuses: NothingUnlocked, as `permitted`."""
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        done = pass_on_in(permit)
        if not done:
            raise NothingUnlocked
        return done


def pass_on_in(permit: Permit) -> int:
    """The same inside a transaction that an action has opened; nothing, where nothing is unlocked."""
    done = 0
    for compartment in _held(permit):
        keys = shut_keys_of(permit.root.id, (compartment,))
        to = readers_with_keys(permit.root.id, compartment, _PARTS[compartment])
        done += pass_on(keys, permit.root.id, to) if keys else 0
    if done:
        act = journal.Act(
            kind=EntryKind.WRITE,
            outcome="sealed_parts_passed_on",
            root=permit.root.id,
            role=permit.who.role.value,
            legal_basis=permit.allowed.basis,
            field_groups=tuple(sorted({_PARTS[one] for one in _held(permit)})),
        )
        journal.enter(act, ctx=permit.context)
    return done


def _held(permit: Permit) -> Iterator[Compartment]:
    """What who asks holds by mandate: nobody passes on what was opened to them."""
    groups = permit.by_mandate().groups
    return (compartment for compartment, group in _PARTS.items() if group in groups)
