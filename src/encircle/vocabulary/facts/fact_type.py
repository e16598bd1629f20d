"""Fact types: what may be stated about a child, with typed payloads. Knows no law and no tables.

A payload class describes itself: the docstring says what the fact states, each field says what it holds.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, TypeVar

import msgspec

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.regime import Regime

Meta = msgspec.Meta
UNSET = msgspec.UNSET
UnsetType = msgspec.UnsetType


class Payload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a fact says beyond its times and source. Subclasses are registered by `fact_type`."""


Text = Annotated[str, Meta(min_length=1, max_length=20_000, extra={"value": "text"})]
"""Free text. Conditions see only that it was given, never what it says."""
When = Annotated[str, Meta(min_length=4, max_length=64, extra={"value": "when"})]
"""A date, time or interval in the zone of the fact: 2018-10, 2018-10-25, 2018-10-25T23:00, 1994/1996."""
Count = Annotated[int, Meta(ge=0, le=100_000, extra={"value": "count"})]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", extra={"value": "code"})]
"""ISO 3166-1 alpha-2."""
Language = Annotated[str, Meta(pattern="^[a-z]{2,3}$", extra={"value": "code"})]
"""ISO 639, as in BCP 47."""
AgencyRef = Annotated[str, Meta(min_length=1, max_length=100, extra={"value": "agency"})]
Identifier = Annotated[str, Meta(min_length=1, max_length=100, extra={"value": "identifier"})]
"""An outside identifier: case number, certificate, hash. Conditions see only that it was given."""


def says(description: str) -> Meta:
    """What a field holds: `reasons: Annotated[Text, says("why ...")]`."""
    return Meta(description=description)


def ref(kind: Kind, description: str) -> Meta:
    """A field that names another subject: `guardian: Annotated[str, ref(Kind.GUARDIAN, "...")]`."""
    return Meta(
        min_length=1, max_length=100, description=description, extra={"value": "ref", "kind": kind.value}
    )


@dataclass(frozen=True, slots=True)
class FactType:
    """One type of fact and how it enters the situation: `about.mark = true` and each field by its name."""

    name: str
    about: Kind
    mark: str
    group: FieldGroup
    compartment: Compartment
    regime: Regime
    rows: tuple[str, ...]
    living_child: bool
    plan: bool
    payload: type[Payload]

    @property
    def doc(self) -> str:
        """What a fact of this type states, in one or two sentences."""
        return " ".join((self.payload.__doc__ or "").split())


_registry: dict[str, FactType] = {}
FACT_TYPES: Mapping[str, FactType] = MappingProxyType(_registry)

P = TypeVar("P", bound=Payload)
_NAME = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")


def fact_type(
    name: str,
    *,
    about: Kind,
    mark: str,
    group: FieldGroup,
    compartment: Compartment = Compartment.GENERAL,
    regime: Regime = Regime.GDPR,
    rows: str,
    living_child: bool = False,
    plan: bool = False,
) -> Callable[[type[P]], type[P]]:
    """Register a payload class as a type of fact.

    `mark`: the statement that becomes true of the subject ("held", "appointed").
    `living_child`: may be recorded only of a child that is born.
    `plan`: the act lies ahead and can still be stopped.
    Raises ValueError where the name, mark or docstring is missing or taken.
    """

    def register(payload: type[P]) -> type[P]:
        if not _NAME.match(name) or not _NAME.match(mark):
            raise ValueError(f"fact type {name!r}: name and mark are lower-case words joined by _")
        if name in _registry:
            raise ValueError(f"fact type {name!r} is registered twice")
        if "__doc__" not in vars(payload) or not (payload.__doc__ or "").strip():
            raise ValueError(f"fact type {name!r} has no docstring that says what it states")
        if any(t.about is about and t.mark == mark for t in _registry.values()):
            raise ValueError(f"fact type {name!r}: {about.value}.{mark} is taken by another type")
        _registry[name] = FactType(
            name=name,
            about=about,
            mark=mark,
            group=group,
            compartment=compartment,
            regime=regime,
            rows=tuple(rows.split()),
            living_child=living_child,
            plan=plan,
            payload=payload,
        )
        return payload

    return register
