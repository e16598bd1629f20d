"""The law of a country, loaded once from the packs that come with the installation."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from encircle.core.child import situation_schema
from encircle.law.pack import Law, load_law

_HERE = Path(__file__).resolve()
_BESIDE_SOURCE = _HERE.parents[3] / "packs"
_INSTALLED = _HERE.parents[1] / "_packs"


def packs_folder() -> Path:
    """Where the packs lie: beside the source, or inside the installed package."""
    return _INSTALLED if _INSTALLED.is_dir() else _BESIDE_SOURCE


@lru_cache(maxsize=16)
def law_of(country: str, *, on: date | None = None) -> Law:
    """The law of that country (ee, gb, eu, coe). Refuses: BadInput, with the countries there are."""
    return load_law(packs_folder(), country, schema=situation_schema(), on=on)
