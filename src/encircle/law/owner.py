"""Owners: which agency of a country stands behind a role. Knows no person."""

from dataclasses import dataclass

from encircle.law.origin import Origin
from encircle.law.source import Source
from encircle.law.texts import Texts
from encircle.vocabulary.role import Role


@dataclass(frozen=True, slots=True)
class OwnerRule:
    """The agency that has a role in this country; `set_by` says whose word that is, if no provision does."""

    role: Role
    agency: Texts
    sources: tuple[Source, ...]
    set_by: Texts | None
    origins: tuple[Origin, ...]
