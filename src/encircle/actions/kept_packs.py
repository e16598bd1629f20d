"""The packs that an installation runs by: a copy of the last good ones. A bad pack never takes their place."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from encircle.core.child import situation_schema
from encircle.law.pack import BadPack, Problem, Shelf, law_from
from encircle.law.pack.head import PackKind, packs_in
from encircle.law.pack.helping import has_help, help_in
from encircle.law.pack.shelf import states_law

FOLDER = "packs"


@dataclass(frozen=True, slots=True)
class Kept:
    """The folder of the packs to run by. `refused`: why those that were to come are not used, where they are not."""

    folder: Path
    refused: BadPack | None


def kept_packs(data: Path) -> Path | None:
    """The packs that the installation in that folder runs by; None before its first start."""
    folder = data.absolute() / FOLDER
    return folder if folder.is_dir() else None


def keep_packs(data: Path, *, source: Path, on: date) -> Kept:
    """Copy the packs of `source` into the installation, if every one of them can be used on that day.

    Otherwise the ones that ran before stay. Refuses: BadPack, where none ran before or they can't be used either.
    """
    kept = data.absolute() / FOLDER
    try:
        check_packs(source, on=on)
    except BadPack as bad:
        if not kept.is_dir():
            raise
        check_packs(kept, on=on)
        return Kept(kept, bad)
    if source.absolute() != kept:
        _exchange(source, kept)
    return Kept(kept, None)


def check_packs(folder: Path, *, on: date) -> None:
    """Nothing, where each pack with a law of its own can be used on that day. Refuses: BadPack, with all problems."""
    shelf = Shelf(folder)
    problems: list[Problem] = []
    for pack in packs_in(folder):
        try:
            if shelf.chain(pack)[-1].kind is not PackKind.BASE:
                if states_law(folder, pack):
                    law_from(shelf, pack, schema=situation_schema(), on=on)
                if has_help(folder, shelf.chain(pack)):
                    help_in(folder, shelf.chain(pack))
        except BadPack as bad:
            problems += bad.problems
    if problems:
        raise BadPack(folder.name, problems)


def _exchange(source: Path, kept: Path) -> None:
    """Put a copy where the packs stand; what stands there is whole at each moment, or not there at all."""
    coming, going = kept.with_name(f".{FOLDER}-coming"), kept.with_name(f".{FOLDER}-going")
    for leftover in (coming, going):
        if leftover.exists():
            shutil.rmtree(leftover)
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, coming)
    if kept.exists():
        kept.rename(going)
    coming.rename(kept)
    if going.exists():
        shutil.rmtree(going)
