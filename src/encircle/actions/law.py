"""The law of a country, loaded once from the packs that come with the installation."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from encircle.core.child import situation_schema
from encircle.host import clock
from encircle.law.pack import Law, load_law

_HERE = Path(__file__).resolve()
_BESIDE_SOURCE = _HERE.parents[3] / "packs"
_INSTALLED = _HERE.parents[1] / "_packs"


def packs_folder() -> Path:
    """Where the packs lie: beside the source, or inside the installed package."""
    return _INSTALLED if _INSTALLED.is_dir() else _BESIDE_SOURCE


def law_of(country: str, *, on: date | None = None) -> Law:
    """The law of that country (dk, ee, fi, gb, eu, coe) on that day; by default today's.

    Refuses: BadInput, with the countries there are.
    """
    return _law_of(country, on or clock.now().date())


@lru_cache(maxsize=16)
def _law_of(country: str, on: date) -> Law:
    return load_law(packs_folder(), country, schema=situation_schema(), on=on)
