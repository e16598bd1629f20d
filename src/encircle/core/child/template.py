"""Templates: the empty subject of each kind, and how each fact type fills it in. Built once from the fact types."""

from collections.abc import Mapping
from dataclasses import dataclass

from encircle.core.child.derived import DERIVED
from encircle.core.child.situation import Item, Value
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.fact_type import FactType
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Filling:
    """How a fact of one type enters the situation: the names of its mark and of its fields by kind of value."""

    about: Kind
    mark: str
    mark_at: str
    mark_known: str
    mark_by: str
    plain: tuple[str, ...]
    given: tuple[str, ...]
    times: tuple[str, ...]


def _filling(fact_type: FactType) -> Filling:
    fields = shape(fact_type)
    mark = fact_type.mark
    return Filling(
        about=fact_type.about,
        mark=mark,
        mark_at=f"{mark}_at",
        mark_known=f"{mark}_known",
        mark_by=f"{mark}_by",
        plain=tuple(f.name for f in fields if f.value in ("bool", "int", "code", "codes", "ref", "agency")),
        given=tuple(f.name for f in fields if f.value in ("text", "identifier")),
        times=tuple(f.name for f in fields if f.value == "when"),
    )


FILLINGS: Mapping[str, Filling] = {name: _filling(fact_type) for name, fact_type in FACT_TYPES.items()}


def _template(kind: Kind) -> Item:
    empty: Item = {"id": ""}
    sayers: dict[str, list[str]] = {}
    for fact_type in FACT_TYPES.values():
        if fact_type.about is not kind:
            continue
        empty[fact_type.mark] = False
        unsaid: Value = Unknown(f"no {fact_type.name} on record", (fact_type.name,))
        for suffix in ("at", "known", "by"):
            empty[f"{fact_type.mark}_{suffix}"] = unsaid
        for field in shape(fact_type):
            sayers.setdefault(field.name, []).append(fact_type.name)
    for name, types in sayers.items():
        empty[name] = Unknown(f"{kind.value}.{name} is not on record", tuple(types))
    for name in DERIVED.get(kind, {}):
        empty[name] = Unknown(f"{kind.value}.{name} is not known")
    return empty


TEMPLATES: Mapping[Kind, Item] = {kind: _template(kind) for kind in Kind}
