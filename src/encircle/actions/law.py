"""The law of a country, loaded from the packs that come with the installation, and kept while a program runs."""

import gc
import logging
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

from encircle.core.child import situation_schema
from encircle.host import clock
from encircle.host.packs import packs_given
from encircle.law.condition.words import Words
from encircle.law.era import era_of
from encircle.law.pack import BadPack, Law, Shelf, law_from, law_with
from encircle.law.pack.language import words_in
from encircle.law.practice import Practice
from encircle.records.adopted import practice_of

logger = logging.getLogger(__name__)

_HERE = Path(__file__).resolve()
_BESIDE_SOURCE = _HERE.parents[3] / "packs"
_INSTALLED = _HERE.parents[1] / "_packs"


class Running:
    """The laws that a program runs by. A pack with a problem never takes the place of one that stands.

    Over the packs lies what practice has adopted: as it holds now, or as it held at an earlier instant.
    """

    def __init__(self, folder: Path) -> None:
        self.shelf = Shelf(folder)
        self._standing: dict[str, tuple[Phase, Law]] = {}
        self._earlier: dict[tuple[str, Phase], Law] = {}
        self._refused: set[tuple[str, Phase]] = set()
        self._making = Lock()

    def law_of(self, country: str, *, now: datetime, practice: Practice = ()) -> Law:
        """The law of that country now; where it can't be made for this day, the one that stands.

        Refuses: as `law_from`, where none stands yet.
        """
        phase = _phase(practice, now, now.date())
        law = self._stands(country, phase)
        return self._next(country, phase, practice=practice, now=now) if law is None else law

    def _stands(self, country: str, phase: "Phase") -> Law | None:
        standing = self._standing.get(country)
        if standing is not None and (standing[0] == phase or (country, phase) in self._refused):
            return standing[1]
        return None

    def _next(self, country: str, phase: "Phase", *, practice: Practice, now: datetime) -> Law:
        """The law of that phase, from now on the one that stands. Whoever asks meanwhile waits for it.

        Made by each of four threads at the same time it took four times as long, and left 30 MiB of memory torn.
        """
        with self._making:
            law = self._stands(country, phase)
            if law is not None:
                return law
            try:
                law = self._made(country, practice, at=now, on=now.date())
            except BadPack as bad:
                standing = self._standing.get(country)
                if standing is None:
                    raise
                self._refused.add((country, phase))
                logger.error("law.kept", extra={"pack": country, "where": bad.where})
                return standing[1]
            self._standing[country] = phase, law
            self._earlier.clear()
        _set_apart()
        return law

    def law_then(self, country: str, *, then: datetime, now: datetime, practice: Practice) -> Law:
        """The law of today with the numbers, agencies and words of practice that held then. Refuses: as `law_of`."""
        law = self.law_of(country, now=now, practice=practice)
        phase = _phase(practice, then, now.date())
        if phase == _phase(practice, now, now.date()):
            return law
        return self._remembered(country, practice, at=then, on=now.date())

    def law_of_day(
        self, country: str, *, day: date, then: datetime, now: datetime, practice: Practice
    ) -> Law:
        """The law that was in force on that day, with what practice had set at that instant of it.

        All days between two at which a source of the packs begins or ends have one law. Refuses: as `law_of`.
        """
        law = self.law_of(country, now=now, practice=practice)
        era = era_of(law, day)
        if law.on is None or era.holds(law.on):
            return self.law_then(country, then=then, now=now, practice=practice)
        return self._remembered(country, practice, at=then, on=era.day(day))

    def _remembered(self, country: str, practice: Practice, *, at: datetime, on: date) -> Law:
        """A law that is not the one of now: made once, while it is among the few that were asked for last."""
        key = country, _phase(practice, at, on)
        with self._making:
            law = self._earlier.pop(key, None) or self._made(country, practice, at=at, on=on)
            while len(self._earlier) >= MOST_EARLIER:
                self._earlier.pop(next(iter(self._earlier)))
            self._earlier[key] = law
        return law

    def _made(self, country: str, practice: Practice, *, at: datetime, on: date) -> Law:
        if not practice:
            return law_from(self.shelf, country, schema=situation_schema(), on=on)
        made = law_with(self.shelf, country, practice, at=at, schema=situation_schema(), on=on)
        for number in made.left_out:
            logger.error("practice.left_out", extra={"pack": country, "proposal": number})
        return made.law


Phase = tuple[date, Practice, int]
"""By what one law of a country differs from another: the day, what was adopted, and how much of it holds."""
MOST_EARLIER = 8
"""How many laws of other days and other practice a program keeps."""


def _phase(practice: Practice, at: datetime, on: date) -> Phase:
    return on, practice, sum(held.by.since <= at for held in practice)


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
    """The law of that country (dk, ee, fi, gb, eu, coe) as it holds now, with what practice has set.

    `on`: by the packs alone, of that day.

    Refuses: BadInput, with the countries there are.
    """
    running = running_laws()
    if on is not None:
        return _law_on(running, country, on)
    return running.law_of(country, now=clock.now(), practice=practice_of(country))


def law_then(country: str, then: datetime) -> Law:
    """The law of that country today, with what practice had set at that instant."""
    adopted = practice_of(country)
    return running_laws().law_then(country, then=then, now=clock.now(), practice=adopted)


def law_of_day(country: str, day: date, then: datetime) -> Law:
    """The law of that country that was in force on that day, with what practice had set at that instant of it."""
    adopted = practice_of(country)
    return running_laws().law_of_day(country, day=day, then=then, now=clock.now(), practice=adopted)


def running_laws() -> Running:
    """The laws that this process runs by."""
    return _running(packs_folder())


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
