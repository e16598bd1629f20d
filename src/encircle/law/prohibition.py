"""Prohibitions: what must never be done to a child, and who may decide otherwise. Knows no facts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from encircle.law.change import Change
from encircle.law.condition import Condition
from encircle.law.duty import Scope
from encircle.law.mark import Mark
from encircle.law.origin import Origin
from encircle.law.source import Source
from encircle.law.texts import Texts
from encircle.vocabulary.facts.kind import Kind


class Override(StrEnum):
    """Whether it can be overridden: it can't even be asked, never, or by two persons with a named basis."""

    BY_CONSTRUCTION = "by_construction"
    NEVER = "never"
    TWO_PERSONS = "two_persons"


@dataclass(frozen=True, slots=True)
class ProhibitionRule:
    """A prohibition as the packs of a country state it.

    The alarm is raised at the time of `at` while `when` holds, and stays until `clears` is true;
    with no `clears`, until somebody acknowledges it.
    """

    code: str
    title: Texts
    scope: Scope
    for_each: Kind | None
    when: Condition
    at: Mark
    clears: Condition | None
    override: Override
    instead: Texts
    sources: tuple[Source, ...]
    sop_source: Texts | None
    origins: tuple[Origin, ...]
    changes: tuple[Change, ...]

    def basis(self, country: str, on: date | None) -> tuple[Source, ...]:
        """The sources that bind that country on that day."""
        return tuple(source for source in self.sources if source.binds(country, on))
