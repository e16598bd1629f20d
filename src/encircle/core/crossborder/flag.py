"""Flags: which do-not-contact flags stand against a word to another country. What is not known of a flag closes."""

from collections.abc import Iterator
from dataclasses import dataclass

from encircle.core.child.situation import Item, Situation
from encircle.core.crossborder.request import Request
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.need import Need
from encircle.vocabulary.role import Role
from encircle.vocabulary.unknown import Unknown

FAMILY_NEEDS = frozenset({Need.TRACING, Need.SAFE_RETURN, Need.RETURN_OF_CHILD})
"""What cannot be asked without a word to the family."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag that stands: its id, with whom contact is forbidden, why, and where; None where it names no country."""

    id: str
    scope: tuple[str, ...]
    because: str | None
    country: str | None
    person: str | None


def flags_against(situation: Situation, request: Request, *, to_role: Role | None) -> tuple[Flag, ...]:
    """The flags that forbid this request.

    A flag that names the country forbids every request to it, whatever its scope: who is told there cannot be undone.
    One that names no country forbids its person, the family, the consulate, or all authorities, everywhere.
    """
    return tuple(flag for flag in standing_flags(situation) if _forbids(flag, request, to_role))


def standing_flags(situation: Situation) -> Iterator[Flag]:
    """The flags that stand, or of which it is not certain that they were lifted."""
    for item in situation.of(Kind.DO_NOT_CONTACT):
        if item["current"] is not False:
            scope = item["scope"]
            words = tuple(str(one) for one in scope) if isinstance(scope, tuple) else ()
            yield Flag(
                str(item["id"]), words, _word(item, "because"), _word(item, "country"), _word(item, "person")
            )


def _forbids(flag: Flag, request: Request, to_role: Role | None) -> bool:
    if flag.person is not None and flag.person == request.about_person:
        return True
    if flag.country is not None:
        return flag.country == request.to_country
    if {"country", "authority", "everybody_there"} & set(flag.scope) or not flag.scope:
        return True
    if "consulate" in flag.scope and to_role is Role.CONSULATE:
        return True
    return "family" in flag.scope and request.need in FAMILY_NEEDS


def _word(item: Item, name: str) -> str | None:
    value = item[name]
    return None if isinstance(value, Unknown) else str(value)
