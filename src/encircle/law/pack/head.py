"""Heads: what a pack says of itself, and the chain of packs that a country is made of. Knows no entries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from encircle.law.calendar import Calendar, zone_of
from encircle.law.origin import Origin
from encircle.law.pack.layer import names_in
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.read import read_file
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields, Leaf, Tree
from encircle.law.source import Reviewed
from encircle.law.texts import ENGLISH, Texts
from encircle.law.translation import Made, Translation

HEAD_FILE = "pack.yaml"
_FIELDS = (
    "pack",
    "kind",
    "title",
    "version",
    "extends",
    "country",
    "calendar",
    "zone",
    "languages",
    "translations",
)
_PLACED = ("country", "calendar", "zone", "languages")
_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}|EU|COE")


class PackKind(StrEnum):
    """What a pack is: the common base, the law of several countries, a country, or local practice."""

    BASE = "base"
    REGION = "region"
    COUNTRY = "country"
    SOP = "sop"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one pack. A pack of kind sop has the place of the country that it extends."""

    pack: str
    kind: PackKind
    title: Texts
    version: str
    extends: tuple[str, ...]
    country: str | None
    calendar: str | None
    zone: str | None
    languages: tuple[str, ...]
    origin: Origin
    calendar_at: Origin
    translations: tuple[Translation, ...]


def packs_in(folder: Path) -> tuple[str, ...]:
    """The codes of the packs in that folder."""
    return tuple(sorted(file.parent.name for file in folder.glob(f"[a-z]*/{HEAD_FILE}")))


def chain_of(folder: Path, pack: str, *, problems: Problems) -> tuple[Head, ...]:
    """The heads of that pack and of all that it rests on, the lowest first, each once."""
    chain: dict[str, Head] = {}
    _follow(folder, pack, (), chain, problems)
    return tuple(chain.values())


def _follow(
    folder: Path, pack: str, above: tuple[str, ...], chain: dict[str, Head], problems: Problems
) -> None:
    if pack in chain:
        return
    head = _head(folder, pack, problems)
    if head is None:
        return
    for lower in head.extends:
        if lower in (*above, pack):
            problems.add(head.origin, f"{' extends '.join((*above, pack, lower))}: a circle. Take one away.")
        elif lower not in packs_in(folder):
            problems.add(head.origin, f"extends {lower!r}: no such pack. {meant(lower, packs_in(folder))}")
        else:
            _follow(folder, lower, (*above, pack), chain, problems)
    chain[pack] = head


def _head(folder: Path, pack: str, problems: Problems) -> Head | None:
    name = f"{folder.name}/{pack}/{HEAD_FILE}"
    tree = read_file(folder / pack / HEAD_FILE, name=name, problems=problems)
    if tree is None:
        return None
    if not isinstance(tree, Fields):
        problems.add(tree.origin, f"expected named fields: {', '.join(_FIELDS)}.")
        return None
    take = Take(problems)
    take.only(tree, _FIELDS)
    head = Head(
        pack=take.word(tree, "pack"),
        kind=take.choice(tree, "kind", PackKind),
        title=take.texts(tree, "title"),
        version=take.word(tree, "version"),
        extends=tuple(code for code, _ in names_in(tree.fields["extends"]))
        if "extends" in tree.fields
        else (),
        country=take.maybe_word(tree, "country"),
        calendar=take.maybe_word(tree, "calendar"),
        zone=take.maybe_word(tree, "zone"),
        languages=tuple(code for code, _ in names_in(tree.fields["languages"]))
        if "languages" in tree.fields
        else (),
        origin=tree.origin,
        calendar_at=tree.place("calendar"),
        translations=tuple(_translations(pack, tree, take, problems)),
    )
    _check(head, pack, tree, problems)
    return head


def _translations(pack: str, tree: Fields, take: Take, problems: Problems) -> Iterator[Translation]:
    """How the texts of this pack came into other languages."""
    given = tree.fields.get("translations")
    if given is None:
        return
    if not isinstance(given, Fields) or ENGLISH in given.fields:
        expected = "expected other languages, such as {et: {made: machine, reviewed: null}}."
        problems.add(tree.place("translations"), expected)
        return
    for language, how in given.fields.items():
        one = translation(pack, language, how, take, problems)
        if one is not None:
            yield one


def translation(of: str, language: str, how: Tree, take: Take, problems: Problems) -> Translation | None:
    """How the texts of that pack or entry came into that language, and who has reviewed them; notes what is wrong."""
    if not isinstance(how, Fields):
        problems.add(how.origin, f"{language}: expected {{made: machine, reviewed: null}}.")
        return None
    take.only(how, ("made", "reviewed", "files"))
    made, reviewed = take.choice(how, "made", Made), how.fields.get("reviewed")
    who = None
    if isinstance(reviewed, Fields):
        take.only(reviewed, ("on", "role"))
        who = Reviewed(take.day(reviewed, "on"), take.word(reviewed, "role"))
    elif not isinstance(reviewed, Leaf) or reviewed.text is not None:
        problems.add(how.place("reviewed"), 'reviewed: expected null or {on: DATE, role: "..."}.')
    files = tuple(code for code, _ in names_in(how.fields["files"])) if "files" in how.fields else ()
    return Translation(of, language, made, who, how.origin, files)


def _check(head: Head, pack: str, tree: Fields, problems: Problems) -> None:
    if head.pack != pack or _CODE.fullmatch(pack) is None:
        problems.add(tree.place("pack"), f"pack {head.pack!r}: expected the name of its folder, {pack}.")
    # Where the kind itself is wrong, that was told: what follows from it would lead astray.
    is_known = tree.text("kind") in list(PackKind)
    if is_known and head.kind is PackKind.BASE and head.extends:
        problems.add(tree.place("extends"), "a pack of kind base extends nothing.")
    if is_known and head.kind is not PackKind.BASE and not head.extends:
        problems.add(tree.place("extends"), f"a pack of kind {head.kind} extends another, such as [base].")
    _check_place(head, tree, problems)


def _check_place(head: Head, tree: Fields, problems: Problems) -> None:
    if head.kind is PackKind.SOP:
        for name in _PLACED:
            if name in tree.fields:
                problems.add(
                    tree.place(name), f"{name!r} comes from the country that this pack extends. Leave it out."
                )
        return
    for name in _PLACED:
        if name not in tree.fields:
            problems.add(tree.origin, f"{name!r} is missing. Add it; null says that there is none.")
    if head.kind is PackKind.BASE:
        return
    if head.country is None or _COUNTRY.fullmatch(head.country) is None:
        problems.add(
            tree.place("country"), f"country {head.country!r}: expected a code such as EE, or EU or COE."
        )
    if not head.languages:
        problems.add(tree.place("languages"), "no languages. Expected a list such as [et, en].")
    if head.zone is None:
        problems.add(tree.place("zone"), "no zone. Expected a name such as Europe/Tallinn.")
        return
    _check_days(head.zone, head.calendar, tree, problems)


def _check_days(zone: str, calendar: str | None, tree: Fields, problems: Problems) -> None:
    try:
        zone_of(zone)
    except ValueError as wrong:
        problems.add(tree.place("zone"), str(wrong))
        return
    try:
        Calendar(calendar, zone)
    except ValueError as wrong:
        problems.add(tree.place("calendar"), str(wrong))
