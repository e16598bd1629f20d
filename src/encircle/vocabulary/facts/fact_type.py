"""Fact types: what may be stated about a child, with typed payloads. Knows no law and no tables.

A payload class describes itself: the docstring says what the fact states, each field says what it holds.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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


def _plain(value: str, expected: str) -> dict[str, str]:
    return {"value": value, "expected": expected}


Text = Annotated[
    str, Meta(min_length=1, max_length=20_000, extra=_plain("text", "text of 1 to 20,000 characters"))
]
"""Free text. Conditions see only that it was given, never what it says."""
When = Annotated[
    str,
    Meta(min_length=4, max_length=64, extra=_plain("when", "a time such as 2018-10-25 or 2018-10-25T23:00")),
]
"""A date, time or interval in the zone of the fact: 2018-10, 2018-10-25, 2018-10-25T23:00, 1994/1996."""
Count = Annotated[int, Meta(ge=0, le=100_000, extra=_plain("count", "a whole number from 0 to 100,000"))]
Country = Annotated[
    str,
    Meta(pattern="^[A-Z]{2}$", extra=_plain("code", "a country of ISO 3166-1 in two capitals, such as EE")),
]
Language = Annotated[
    str,
    Meta(pattern="^[a-z]{2,3}$", extra=_plain("code", "a language of ISO 639 in small letters, such as et")),
]
AgencyRef = Annotated[
    str,
    Meta(min_length=1, max_length=100, extra=_plain("agency", "the id of an agency, 1 to 100 characters")),
]
Identifier = Annotated[
    str,
    Meta(min_length=1, max_length=100, extra=_plain("identifier", "an identifier of 1 to 100 characters")),
]
"""An outside identifier: case number, certificate, hash. Conditions see only that it was given."""
IndicatorId = Annotated[
    str,
    Meta(
        pattern="^IND-([A-Z]{2}-)?[A-Z][0-9]{1,3}$",
        extra=_plain("code", "an indicator of the list, such as IND-C2, or IND-EE-C2 for one of a country"),
    ),
]
ProhibitionCode = Annotated[
    str, Meta(pattern="^P[0-9]{1,3}$", extra=_plain("code", "the code of a prohibition, such as P9"))
]


def says(description: str) -> Meta:
    """What a field holds: `reasons: Annotated[Text, says("why ...")]`."""
    return Meta(description=description)


def ref(kind: Kind, description: str) -> Meta:
    """A field that names another subject: `guardian: Annotated[str, ref(Kind.GUARDIAN, "...")]`."""
    named = kind.value.replace("_", " ")
    return Meta(
        min_length=1,
        max_length=100,
        description=description,
        extra={"value": "ref", "kind": kind.value, "expected": f"the name of a subject of the kind {named}"},
    )


@dataclass(frozen=True, slots=True)
class GroupBy:
    """The name of a field whose code puts a fact into another field group than the others of its type."""

    named: str
    groups: Mapping[str, FieldGroup] = field(hash=False)


@dataclass(frozen=True, slots=True)
class FactType:
    """One type of fact and how it enters the situation: `about.mark = true` and each field by its name.

    `group`: the field group of its facts, but for those that `group_by` puts into another.
    """

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
    group_by: GroupBy | None = None

    def group_of(self, payload: Payload) -> FieldGroup:
        """The field group of a fact that says this."""
        if self.group_by is None:
            return self.group
        return self.group_by.groups.get(str(getattr(payload, self.group_by.named)), self.group)

    @property
    def groups(self) -> frozenset[FieldGroup]:
        """Every field group that a fact of this type can be of."""
        others = () if self.group_by is None else self.group_by.groups.values()
        return frozenset((self.group, *others))

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
    group_by: tuple[str, Mapping[str, FieldGroup]] | None = None,
) -> Callable[[type[P]], type[P]]:
    """Register a payload class as a type of fact.

    `mark`: the statement that becomes true of the subject ("held", "appointed").
    `living_child`: may be recorded only of a child that is born.
    `plan`: the act lies ahead and can still be stopped.
    `group_by`: a field, and the field group of those of its codes that are of another than `group`.
    Raises ValueError where the name, mark or docstring is missing or taken, or a field is called like a mark.
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
        clash = _clash(about, mark, payload)
        if clash:
            raise ValueError(f"fact type {name!r}: {about.value}.{clash} would be both a mark and a field")
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
            group_by=None if group_by is None else _grouped(name, payload, *group_by),
        )
        return payload

    return register


def _grouped(name: str, payload: type[Payload], named: str, groups: Mapping[str, FieldGroup]) -> GroupBy:
    if named not in payload.__struct_fields__:
        raise ValueError(f"fact type {name!r}: there is no field {named!r} that could say its group")
    return GroupBy(named, MappingProxyType(dict(groups)))


def _clash(about: Kind, mark: str, payload: type[Payload]) -> str | None:
    """An attribute of that kind that a mark and a field would both write."""
    others = [t for t in _registry.values() if t.about is about]
    marks = {name for one in (mark, *(t.mark for t in others)) for name in _written(one)}
    fields = {*payload.__struct_fields__, *(name for t in others for name in t.payload.__struct_fields__)}
    return min(marks & fields, default=None)


def _written(mark: str) -> tuple[str, ...]:
    return (mark, f"{mark}_at", f"{mark}_known", f"{mark}_by")
