"""Layers: the entries that one pack brings, by what they do to the packs below. Knows no types of values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from encircle.law.origin import Origin
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.shape import LOCAL_SHAPES, TEXT, Laying, Shape
from encircle.law.pack.tree import Fields, Items, Leaf, Tree


class Deed(StrEnum):
    """What an entry does: state something new, change what stands below, or say that it does not apply."""

    STATE = "state"
    SET = "set"
    NOT_APPLICABLE = "not_applicable"


_WORDS = {"add": Deed.STATE, "set": Deed.SET, "not_applicable": Deed.NOT_APPLICABLE}
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of one pack, not yet laid over anything."""

    shape: Shape
    deed: Deed
    code: str
    body: Fields
    pack: str


@dataclass(frozen=True, slots=True)
class Layer:
    """What one pack brings. `entries` by kind of entry (duty, limit ...), then by code."""

    pack: str
    entries: Mapping[str, Mapping[str, Entry]]


def code_order(code: str) -> tuple[tuple[int, int, str], ...]:
    """The order of codes as people count, in any case: P2 before P10, CoE-197 before CRC."""
    parts = _DIGITS.split(code.casefold())
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part)


def layer_of(
    pack: str, trees: Iterable[tuple[Shape, Tree]], *, extends: bool, local: bool, problems: Problems
) -> Layer:
    """The entries of a pack. `local` is a pack of kind sop: it may hold numbers, owners and changes of plain words."""
    entries: dict[str, dict[str, Entry]] = {}
    for shape, tree in trees:
        if not isinstance(tree, Items):
            problems.add(tree.origin, f"expected a list of entries, each beginning with '- {shape.word}:'.")
            continue
        if local and shape.word not in LOCAL_SHAPES:
            problems.add(
                tree.origin, f"a pack of kind sop can't hold {shape.folder}: practice can't change law."
            )
            continue
        read = [_entry(one, shape, pack, extends, problems) for one in tree.items]
        found = [entry for entry in read if entry is not None]
        if local and shape is TEXT:
            _check_only_set(found, problems)
        _check_order(found, problems)
        known = entries.setdefault(shape.word, {})
        for entry in found:
            if entry.code in known:
                first = known[entry.code].body.origin
                problems.add(
                    entry.body.origin, f"{entry.code} stands twice in this pack; first in {first}. Keep one."
                )
            else:
                known[entry.code] = entry
    return Layer(pack, entries)


def _check_only_set(entries: list[Entry], problems: Problems) -> None:
    for entry in entries:
        if entry.deed is not Deed.SET:
            what = "a pack of kind sop can say in other words what a rule asks (set), and no more."
            problems.add(entry.body.origin, f"{entry.code}: {what}")


def _check_order(entries: list[Entry], problems: Problems) -> None:
    for before, after in pairwise(entries):
        if code_order(after.code) < code_order(before.code):
            problems.add(
                after.body.origin, f"{after.code} stands after {before.code}. Sort the file by code."
            )


def _entry(tree: Tree, shape: Shape, pack: str, extends: bool, problems: Problems) -> Entry | None:
    if not isinstance(tree, Fields):
        problems.add(tree.origin, f"expected an entry beginning with '- {shape.word}:'.")
        return None
    words = {shape.word: Deed.STATE, **(_WORDS if extends else {})}
    heads = [word for word in tree.fields if word in words]
    if len(heads) != 1:
        what = "says two things at once" if heads else "does not say what it is"
        problems.add(tree.origin, f"the entry {what}. Expected one of {', '.join(words)} with the code.")
        return None
    head = heads[0]
    code = tree.text(head)
    if code is None or shape.codes.fullmatch(code) is None:
        problems.add(
            tree.place(head), f"{head}: {code or 'nothing'} is no code. Expected one such as {shape.example}."
        )
        return None
    _check_names(tree, head, words[head], shape, problems)
    return Entry(shape, words[head], code, _without(tree, head), pack)


def _check_names(tree: Fields, head: str, deed: Deed, shape: Shape, problems: Problems) -> None:
    allowed = set(shape.fields)
    if deed is Deed.SET:
        allowed |= {"replace", "because"}
        _check_replace(tree, shape, problems)
    elif deed is Deed.NOT_APPLICABLE:
        allowed = {"because", "sources"}
    else:
        for name in shape.needed:
            if name not in tree.fields:
                problems.add(tree.origin, f"{tree.text(head)} has no {name!r}. Add it.")
    for name in tree.fields:
        if name != head and name not in allowed:
            problems.add(tree.place(name), f"unknown field {name!r}. {meant(name, allowed)}")
    if deed is Deed.NOT_APPLICABLE:
        for name in ("because", "sources"):
            if name not in tree.fields:
                problems.add(
                    tree.origin,
                    f"not_applicable {tree.text(head)} has no {name!r}. Say why, and by which source.",
                )


def _check_replace(tree: Fields, shape: Shape, problems: Problems) -> None:
    if "replace" not in tree.fields:
        if "because" in tree.fields:
            problems.add(tree.place("because"), "'because' goes with 'replace' or with 'not_applicable'.")
        return
    lists = {name for name, laying in shape.fields.items() if laying in (Laying.ADDED, Laying.BY_ID)}
    for name, origin in names_in(tree.fields["replace"]):
        if name not in lists:
            problems.add(
                origin, f"replace: {name!r} is not a list that can be exchanged. {meant(name, lists)}"
            )
        elif name not in tree.fields:
            problems.add(origin, f"replace: {name!r} is not given in this entry. Write the new list, or [].")
    for name in ("because", "sources"):
        if name not in tree.fields:
            problems.add(tree.place("replace"), f"replace without {name!r}. Say why, and by which source.")


def names_in(tree: Tree) -> tuple[tuple[str, Origin], ...]:
    """The words of a list of words, each with its place; a single word counts as a list of one."""
    leaves = tree.items if isinstance(tree, Items) else (tree,)
    return tuple(
        (leaf.text, leaf.origin) for leaf in leaves if isinstance(leaf, Leaf) and leaf.text is not None
    )


def _without(tree: Fields, head: str) -> Fields:
    return Fields(
        {name: value for name, value in tree.fields.items() if name != head},
        {name: place for name, place in tree.at.items() if name != head},
        tree.origin,
    )
