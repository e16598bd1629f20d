"""Whose law applies to a record: that of the installation's country; in a demonstration, of the country it is from."""

from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from encircle.actions.law import law_of, law_of_day, law_then, packs_folder
from encircle.law.law import Law
from encircle.law.pack.head import packs_in
from encircle.law.pack.shelf import states_law
from encircle.law.source import ActKind

EUROPEAN_UNION, COUNCIL_OF_EUROPE, BASE = "eu", "coe", "base"


def laws_to_choose() -> tuple[str, ...]:
    """The countries whose law can be asked for: in a demonstration all that there are, else the one of the installation."""
    if settings.DEMO:
        return tuple(sorted(laws_in(packs_folder()) | {settings.COUNTRY}))
    return (settings.COUNTRY,)


@cache
def laws_in(folder: Path) -> frozenset[str]:
    """The packs of that folder that state law of their own. One that only helps at its door is no law to choose."""
    return frozenset(code for code in packs_in(folder) if code != BASE and states_law(folder, code))


def law_for(country: str, *, asked: str = "") -> Law:
    """The law by which a record opened in that country (ISO 3166-1 alpha-2) is read; another one if asked for."""
    if asked in laws_to_choose():
        return law_of(asked)
    return law_of(pack_for(country))


def law_for_then(law: Law, then: datetime) -> Law:
    """That law with the numbers, agencies and words of practice that held at that instant: history stays as it was."""
    return law_then(law.pack, then)


def law_for_day(law: Law, day: date, then: datetime) -> Law:
    """The law of that country as it was in force on that day, with the practice of that instant of it."""
    return law_of_day(law.pack, day, then)


def pack_for(country: str) -> str:
    """The pack by which a record is read that was opened in that country."""
    return _pack_for(country) if settings.DEMO else settings.COUNTRY


@lru_cache(maxsize=256)
def _pack_for(country: str) -> str:
    """The pack of a country; without one, the law that binds it: European Union, or Council of Europe alone."""
    if country.lower() in laws_in(packs_folder()) | {settings.COUNTRY}:
        return country.lower()
    charters = (act for act in law_of(EUROPEAN_UNION).acts if act.kind is ActKind.CHARTER)
    return EUROPEAN_UNION if any(act.binds(country) for act in charters) else COUNCIL_OF_EUROPE
