"""The schema of the situation: what conditions may name, with types. Built from the fact types and the derived table."""

from collections.abc import Mapping
from functools import lru_cache

from encircle.core.child.derived import DERIVED, Derived
from encircle.law.condition.schema import Bool, Int, ListOf, Record, Str, Time, Type
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import KINDS, OWN_RECORDS, Kind
from encircle.vocabulary.facts.shape import FieldShape, shape


@lru_cache(maxsize=1)
def kind_records() -> Mapping[Kind, Record]:
    """One record for each kind of subject, with every attribute that a condition may read."""
    return {kind: Record(kind.value, _fields(kind), KINDS[kind].doc) for kind in Kind}


@lru_cache(maxsize=1)
def situation_schema() -> Record:
    """What conditions of duties without `for_each` may name: `child`, each collection by its plural, `now`."""
    records = kind_records()
    fields: dict[str, Type] = {"now": Time("the instant asked for")}
    for kind, record in records.items():
        if kind not in OWN_RECORDS:
            fields[KINDS[kind].plural] = record if kind is Kind.CHILD else ListOf(record, KINDS[kind].doc)
    return Record(
        "situation",
        fields,
        "one child at an instant",
        beside={kind.value: own_schema(kind) for kind in OWN_RECORDS},
    )


@lru_cache(maxsize=4)
def own_schema(kind: Kind) -> Record:
    """What conditions of duties of an agency, or of the installation, may name: itself and `now`, nothing of a child."""
    fields: dict[str, Type] = {"now": Time("the instant asked for"), KINDS[kind].plural: kind_records()[kind]}
    return Record(f"situation of the {kind.value}", fields, f"one {kind.value} at an instant")


@lru_cache(maxsize=64)
def schema_for_each(kind: Kind) -> Record:
    """The same, with one subject of that kind by its own name."""
    return Record(
        f"situation for each {kind.value}",
        {**situation_schema().fields, kind.value: kind_records()[kind]},
        f"one {kind.value} of one child at an instant",
    )


def _fields(kind: Kind) -> dict[str, Type]:
    fields: dict[str, Type] = {"id": Str(None, "identifier")}
    for fact_type in FACT_TYPES.values():
        if fact_type.about is not kind:
            continue
        mark = fact_type.mark
        fields[mark] = Bool(fact_type.doc)
        fields[f"{mark}_at"] = Time(f"when: {fact_type.doc}")
        fields[f"{mark}_known"] = Time(f"when first learnt: {fact_type.doc}")
        fields[f"{mark}_by"] = Str(None, f"the agency that says so: {fact_type.doc}")
        for field in shape(fact_type):
            fields[field.name] = _joined(fields.get(field.name), _type(field))
    for name, derived in DERIVED.get(kind, {}).items():
        fields[name] = _derived(derived)
    return fields


def _type(field: FieldShape) -> Type:
    words = Str(frozenset(field.choices) if field.choices else None, field.doc)
    plain: Mapping[str, Type] = {
        "bool": Bool(field.doc),
        "int": Int(field.doc),
        "when": Time(field.doc),
        "text": Bool(f"given: {field.doc}"),
        "identifier": Bool(f"given: {field.doc}"),
        "codes": ListOf(words, field.doc),
    }
    return plain.get(field.value, words)


def _joined(first: Type | None, second: Type) -> Type:
    """A field that two types of one kind share has the choices of both."""
    if isinstance(first, Str) and isinstance(second, Str) and first.choices and second.choices:
        return Str(first.choices | second.choices, first.doc)
    return second


def _derived(derived: Derived) -> Type:
    if derived.type == "code":
        return Str(frozenset(derived.choices), derived.doc)
    plain: Mapping[str, Type] = {
        "bool": Bool(derived.doc),
        "int": Int(derived.doc),
        "time": Time(derived.doc),
    }
    return plain[derived.type]
