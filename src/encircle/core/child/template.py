"""Templates: the empty subject of each kind, and how each fact type fills it in. Built once from the fact types."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from encircle.core.child.derived import DERIVED
from encircle.core.child.situation import Item, Value
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.fact_type import FactType
from encircle.vocabulary.facts.kind import KINDS, WHOLE, Kind
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.unknown import Unknown


class How(Enum):
    """How a field enters the situation: as it is, as a word or words, only that it was given, or as a time."""

    PLAIN = "plain"
    WORD = "word"
    WORDS = "words"
    GIVEN = "given"
    TIME = "time"


_HOW = {
    "bool": How.PLAIN,
    "int": How.PLAIN,
    "codes": How.WORDS,
    "ref": How.PLAIN,
    "agency": How.PLAIN,
    "code": How.WORD,
    "text": How.GIVEN,
    "identifier": How.GIVEN,
    "when": How.TIME,
}


@dataclass(frozen=True, slots=True)
class Filling:
    """How a fact of one type enters the situation: the names of its mark, and its fields in the order of the payload."""

    about: Kind
    mark: str
    mark_at: str
    mark_known: str
    mark_by: str
    fields: tuple[tuple[str, How], ...]


def _filling(fact_type: FactType) -> Filling:
    mark = fact_type.mark
    fields = tuple((field.name, _HOW[field.value]) for field in shape(fact_type))
    return Filling(fact_type.about, mark, f"{mark}_at", f"{mark}_known", f"{mark}_by", fields)


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

EMPTY: Mapping[str, Value] = {doc.plural: () for kind, doc in KINDS.items() if kind not in WHOLE}
"""The collections of a record on which nothing is."""
