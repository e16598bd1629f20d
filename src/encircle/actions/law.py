"""The law of a country, loaded from the packs that come with the installation, and kept while a program runs."""

import gc
import logging
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from encircle.core.child import situation_schema
from encircle.host import clock
from encircle.host.packs import packs_given
from encircle.law.condition.words import Words
from encircle.law.pack import BadPack, Law, Shelf, law_from
from encircle.law.pack.language import words_in

logger = logging.getLogger(__name__)

_HERE = Path(__file__).resolve()
_BESIDE_SOURCE = _HERE.parents[3] / "packs"
_INSTALLED = _HERE.parents[1] / "_packs"


class Running:
    """The laws that a program runs by. A pack with a problem never takes the place of one that stands."""

    def __init__(self, folder: Path) -> None:
        self.shelf = Shelf(folder)
        self._standing: dict[str, Law] = {}
        self._refused: set[tuple[str, date]] = set()

    def law_of(self, country: str, *, today: date) -> Law:
        """The law of that country on that day; where it can't be made for that day, the one that stands.

        Refuses: as `law_from`, where none stands yet.
        """
        standing = self._standing.get(country)
        if standing is not None and (standing.on == today or (country, today) in self._refused):
            return standing
        try:
            law = law_from(self.shelf, country, schema=situation_schema(), on=today)
        except BadPack as bad:
            if standing is None:
                raise
            self._refused.add((country, today))
            logger.error("law.kept", extra={"pack": country, "where": bad.where})
            return standing
        self._standing[country] = law
        _set_apart()
        return law


def _set_apart() -> None:
    """A law is kept for as long as the process runs, and is a great many small objects.

    The collector need not go through them again and again: case home took 48.6 ms with it and 40.5 without.
    """
    gc.collect()
    gc.freeze()


def packs_folder() -> Path:
    """Where the packs lie: where this process was told, or with the program."""
    return packs_given() or packs_that_come_along()


def packs_that_come_along() -> Path:
    """The packs of this program: beside the source, or inside the installed package."""
    return _INSTALLED if _INSTALLED.is_dir() else _BESIDE_SOURCE


def law_of(country: str, *, on: date | None = None) -> Law:
    """The law of that country (dk, ee, fi, gb, eu, coe) on that day; by default today's.

    Refuses: BadInput, with the countries there are.
    """
    running = _running(packs_folder())
    return running.law_of(country, today=clock.now().date()) if on is None else _law_on(running, country, on)


def words_of(language: str) -> Words | None:
    """The words in which conditions are said in that language; None where no pack has them. Refuses: BadPack."""
    return _words_of(packs_folder(), language)


@cache
def _words_of(folder: Path, language: str) -> Words | None:
    return words_in(folder, language)


@cache
def _running(folder: Path) -> Running:
    return Running(folder)


@lru_cache(maxsize=16)
def _law_on(running: Running, country: str, on: date) -> Law:
    return law_from(running.shelf, country, schema=situation_schema(), on=on)
