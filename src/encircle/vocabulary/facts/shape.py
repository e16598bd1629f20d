"""The shape of a payload: its fields as the situation, the schema and the forms see them."""

from dataclasses import dataclass
from functools import lru_cache

import msgspec

from encircle.vocabulary.facts.fact_type import FactType


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field. `value`: bool, int, code, codes, text, when, ref, agency or identifier.

    `choices`: the codes, where the list is closed. `expected`: in words what the value has to be.
    """

    name: str
    value: str
    required: bool
    doc: str
    choices: tuple[str, ...] = ()
    ref_kind: str | None = None
    expected: str = ""


@lru_cache(maxsize=512)
def shape(of: FactType) -> tuple[FieldShape, ...]:
    """The fields of that type, in the order in which they are written down.

    Raises TypeError where a field has a type that no condition could read.
    """
    info = msgspec.inspect.type_info(of.payload)
    if not isinstance(info, msgspec.inspect.StructType):
        raise TypeError(f"{of.name}: the payload is not a record")
    return tuple(_field(of.name, field) for field in info.fields)


def _field(owner: str, field: msgspec.inspect.Field) -> FieldShape:
    extra: dict[str, str] = {}
    doc = ""
    kind = field.type
    while isinstance(kind, msgspec.inspect.Metadata | msgspec.inspect.UnionType):
        if isinstance(kind, msgspec.inspect.UnionType):
            kind = _only_type(owner, field.name, kind)
        else:
            extra = {**(kind.extra or {}), **extra}
            doc = doc or str((kind.extra_json_schema or {}).get("description", ""))
            kind = kind.type
    if isinstance(kind, msgspec.inspect.VarTupleType):
        extra = {**_bare(kind.item_type)[1], **extra}
    value, choices = _value(owner, field.name, kind, extra)
    expected = _expected(value, choices, extra)
    return FieldShape(field.name, value, field.required, doc, choices, extra.get("kind"), expected)


def _expected(value: str, choices: tuple[str, ...], extra: dict[str, str]) -> str:
    if value == "bool":
        return "true or false"
    one = extra.get("expected", "") if not choices else f"one of {', '.join(choices)}"
    return one if value != "codes" else f"a list; each item is {one}"


def _only_type(owner: str, name: str, union: msgspec.inspect.UnionType) -> msgspec.inspect.Type:
    others = [t for t in union.types if not isinstance(t, msgspec.inspect.NoneType)]
    if len(others) != 1:
        raise TypeError(f"{owner}.{name}: a field has one type, not several")
    return others[0]


def _value(
    owner: str, name: str, kind: msgspec.inspect.Type, extra: dict[str, str]
) -> tuple[str, tuple[str, ...]]:
    if isinstance(kind, msgspec.inspect.BoolType):
        return "bool", ()
    if isinstance(kind, msgspec.inspect.IntType):
        return "int", ()
    if isinstance(kind, msgspec.inspect.LiteralType):
        return "code", tuple(str(choice) for choice in kind.values)
    if isinstance(kind, msgspec.inspect.EnumType):
        return "code", tuple(str(member.value) for member in kind.cls)
    if isinstance(kind, msgspec.inspect.VarTupleType):
        item, choices = _value(owner, name, _bare(kind.item_type)[0], extra)
        if item != "code":
            raise TypeError(f"{owner}.{name}: a list holds codes only")
        return "codes", choices
    if isinstance(kind, msgspec.inspect.StrType) and extra.get("value"):
        return extra["value"], ()
    raise TypeError(f"{owner}.{name}: no condition could read this type")


def _bare(kind: msgspec.inspect.Type) -> tuple[msgspec.inspect.Type, dict[str, str]]:
    extra: dict[str, str] = {}
    while isinstance(kind, msgspec.inspect.Metadata):
        extra = {**(kind.extra or {}), **extra}
        kind = kind.type
    return kind, extra
