"""The look-up page of all types of facts, made from the types alone, so that it cannot say something else."""

from collections.abc import Iterator
from itertools import chain

from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.fact_type import FactType
from encircle.vocabulary.facts.kind import KINDS, Kind
from encircle.vocabulary.facts.shape import FieldShape, shape
from encircle.vocabulary.field_group import MEANING

_INTRODUCTION = """# Facts: what can be stated

Made from the types themselves by `make docs`; a test fails when it is stale. `encircle facts --schema`
prints the same as JSON Schema. How to write a fact, its times and its source: [replay files](replay.md).
How conditions read them: [conditions](conditions.md).

**A type is about a kind of subject** and makes a statement about it, its *mark*. After
`guardian_appointed`, conditions read of that guardian `guardian.appointed` (true), `guardian.appointed_at`
(when it happened), `guardian.appointed_known` (when it was first learnt), `guardian.appointed_by` (the
agency that says so), and each field by its name, such as `guardian.capacity`. A mark that is not on record
is false; a field that is not on record is unknown. Later facts about the same subject win. All subjects of
a kind stand together under the plural, such as `guardians`.

**Fields**: a field in bold is needed; all others may be left out. Of *text* and *identifier* a condition
sees only that they were given. *time* is written as in replay files. *subject* names another subject. A
list is written `[a, b]`.

**Who may read what** is decided by the field group, and each compartment is sealed with a key of its own.
"""


def facts_page() -> str:
    """The look-up page of all types of facts, by kind."""
    groups = [f"| {group.value} | {meaning} |" for group, meaning in MEANING.items()]
    lines = [
        _INTRODUCTION,
        "| group | holds |",
        "|---|---|",
        *groups,
        "",
        f"There are {len(FACT_TYPES)} types about {len(KINDS)} kinds of subjects:",
        "",
        ", ".join(f"[{kind.value}](#{kind.value})" for kind in KINDS),
        *chain.from_iterable(_kind_lines(kind) for kind in KINDS),
    ]
    return "\n".join(lines) + "\n"


def _kind_lines(kind: Kind) -> Iterator[str]:
    doc = KINDS[kind]
    yield f"\n## {kind.value}\n"
    together = "Conditions name it `child`." if kind is Kind.CHILD else f"All of them: `{doc.plural}`."
    yield f"{doc.doc[0].upper()}{doc.doc[1:]}. {together}"
    for of in FACT_TYPES.values():
        if of.about is kind:
            yield from _type_lines(of)


def _type_lines(of: FactType) -> Iterator[str]:
    yield f"\n### {of.name}\n"
    yield f"{of.doc}\n"
    flags = ["only of a child that is born"] if of.living_child else []
    flags += ["a plan: it can still be stopped"] if of.plan else []
    about = (
        f"mark `{of.mark}`",
        _group(of),
        f"compartment {of.compartment.value}",
        of.regime.value.replace("_", " "),
        *flags,
        f"for {', '.join(of.rows)}",
    )
    yield " · ".join(about)
    fields = shape(of)
    if fields:
        yield "\n| field | value | what it says |"
        yield "|---|---|---|"
        yield from (_field_row(field) for field in fields)


def _group(of: FactType) -> str:
    if of.group_by is None:
        return f"group {of.group.value}"
    others = (
        f"{group.value} where `{of.group_by.named}` is {code}" for code, group in of.group_by.groups.items()
    )
    return f"group {of.group.value} ({', '.join(others)})"


def _field_row(field: FieldShape) -> str:
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    return f"| {name} | {_value(field)} | {field.doc} |"


_ROLES = "one of the [roles](replay.md#roles)"
_WORDS = {
    "bool": "true or false",
    "int": "whole number",
    "text": "text",
    "when": "time",
    "agency": "agency",
    "identifier": "identifier",
}


def _value(field: FieldShape) -> str:
    if field.ref_kind is not None:
        return f"subject: {field.ref_kind}"
    if field.value in _WORDS:
        return _WORDS[field.value]
    one = _codes(field)
    return f"list of: {one}" if field.value == "codes" else one


def _codes(field: FieldShape) -> str:
    if "child_protection_service" in field.choices:
        return _ROLES
    if field.choices:
        return ", ".join(f"`{choice}`" for choice in field.choices)
    return field.expected.removeprefix("a list; each item is ")
