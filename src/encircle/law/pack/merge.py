"""Merging: one pack laid over another, base -> eu -> country -> SOP. Knows no types of values.

Nothing is lost: every entry keeps the lines that shaped it, every source stays, a taking-away has its reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from encircle.law.origin import Origin
from encircle.law.pack.layer import Deed, Entry, Layer, code_order, names_in
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.shape import SHAPES, Laying, Shape
from encircle.law.pack.tree import Fields, Items, Tree

_NOT_CONTENT = frozenset({"replace", "because"})


@dataclass(frozen=True, slots=True)
class LaidChange:
    """What one upper pack did to an entry."""

    pack: str
    origin: Origin
    fields: tuple[str, ...]
    because: Tree | None


@dataclass(frozen=True, slots=True)
class Aside:
    """That an entry does not apply, who says so, why, and by which sources."""

    pack: str
    origin: Origin
    body: Fields


@dataclass(frozen=True, slots=True)
class Laid:
    """One entry as all packs together state it."""

    shape: Shape
    code: str
    body: Fields
    origins: tuple[Origin, ...]
    changes: tuple[LaidChange, ...]
    aside: Aside | None


Merged = Mapping[str, Mapping[str, Laid]]
"""Entries by kind of entry (duty, limit ...), then by code in the order of codes."""


def merge(layers: Iterable[Layer], *, problems: Problems) -> Merged:
    """All layers laid over one another, the lowest first."""
    standing: dict[str, dict[str, Laid]] = {shape.word: {} for shape in SHAPES}
    for layer in layers:
        for word, entries in layer.entries.items():
            for entry in entries.values():
                _lay(entry, standing[word], problems)
    return {
        word: dict(sorted(laid.items(), key=lambda pair: code_order(pair[0])))
        for word, laid in standing.items()
    }


def _lay(entry: Entry, standing: dict[str, Laid], problems: Problems) -> None:
    below = standing.get(entry.code)
    if entry.deed is Deed.STATE:
        if below is not None:
            where = below.origins[0]
            problems.add(
                entry.body.origin,
                f"{entry.code} stands already in {where}. Use 'set: {entry.code}' to change it.",
            )
            return
        standing[entry.code] = Laid(
            entry.shape, entry.code, entry.body, (entry.body.origin,), changes=(), aside=None
        )
        return
    if below is None:
        what = f"{entry.deed}: no {entry.shape.word} {entry.code} below."
        problems.add(entry.body.origin, f"{what} {meant(entry.code, standing)}")
        return
    if below.aside is not None:
        problems.add(
            entry.body.origin, f"{entry.code} was set aside in {below.aside.origin}. Take that away first."
        )
        return
    standing[entry.code] = _laid_over(below, entry, problems)


def _laid_over(below: Laid, entry: Entry, problems: Problems) -> Laid:
    origins = (*below.origins, entry.body.origin)
    if entry.deed is Deed.NOT_APPLICABLE:
        return replace(below, origins=origins, aside=Aside(entry.pack, entry.body.origin, entry.body))
    named = tuple(name for name in entry.body.fields if name not in _NOT_CONTENT)
    if not named:
        problems.add(entry.body.origin, f"set: {entry.code} changes nothing. Write the fields to change.")
    change = LaidChange(entry.pack, entry.body.origin, named, entry.body.fields.get("because"))
    body = _changed(below.body, entry, named, problems)
    return replace(below, body=body, origins=origins, changes=(*below.changes, change))


def _changed(lower: Fields, entry: Entry, named: tuple[str, ...], problems: Problems) -> Fields:
    upper = entry.body
    openly = {name for name, _ in names_in(upper.fields.get("replace", Items((), upper.origin)))}
    fields, at = dict(lower.fields), dict(lower.at)
    for name in named:
        laying = Laying.EXCHANGED if name in openly else entry.shape.fields.get(name, Laying.EXCHANGED)
        fields[name] = _joined(laying, lower.fields.get(name), upper.fields[name], problems)
        at[name] = upper.place(name)
    return Fields(fields, at, lower.origin, (*lower.over, upper.origin))


def _joined(laying: Laying, lower: Tree | None, upper: Tree, problems: Problems) -> Tree:
    """One field of an upper pack laid over the same field below."""
    if lower is None or laying is Laying.EXCHANGED:
        return upper
    if laying is Laying.BY_KEY:
        return _by_key(lower, upper) if isinstance(lower, Fields) and isinstance(upper, Fields) else upper
    if not isinstance(upper, Items) or not isinstance(lower, Items):
        problems.add(upper.origin, "expected a list.")
        return lower
    if laying is Laying.ADDED:
        added = tuple(item for item in upper.items if item not in lower.items)
        return Items(lower.items + added, lower.origin)
    keys = ("act", "at") if laying is Laying.SOURCES else ("id",)
    return _by_identity(lower, upper, keys)


def _by_key(lower: Fields, upper: Fields) -> Fields:
    return Fields(
        {**lower.fields, **upper.fields},
        {**lower.at, **upper.at},
        lower.origin,
        (*lower.over, *upper.origins),
    )


def _by_identity(lower: Items, upper: Items, keys: tuple[str, ...]) -> Items:
    """Items of the same identity joined key by key, the others added; none is ever left out."""
    joined: list[Tree] = list(lower.items)
    places = {_identity(item, keys): number for number, item in enumerate(joined)}
    for item in upper.items:
        identity = _identity(item, keys)
        known = joined[places[identity]] if identity in places else None
        if isinstance(known, Fields) and isinstance(item, Fields):
            joined[places[identity]] = _by_key(known, item)
        else:
            joined.append(item)
    return Items(tuple(joined), lower.origin)


def _identity(item: Tree, keys: tuple[str, ...]) -> tuple[str | None, ...] | int:
    """What makes an item the same as another; an item without it is like no other."""
    if not isinstance(item, Fields):
        return id(item)
    words = tuple(item.text(key) for key in keys)
    return id(item) if None in words else words
