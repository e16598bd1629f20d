"""Duties: what is owed to a child, by which role, until when, and what proves it. Knows no facts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from encircle.law.change import Change
from encircle.law.condition import Condition
from encircle.law.limit import LimitRule
from encircle.law.mark import Mark
from encircle.law.origin import Origin
from encircle.law.sop import SopRule
from encircle.law.source import Source
from encircle.law.texts import Texts
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.role import Role


class Scope(StrEnum):
    """What a duty hangs on: a child; one concern or one other person on a record; an agency or the installation itself."""

    CHILD = "child"
    REPORT = "report"
    PERSON = "person"
    AGENCY = "agency"
    INSTALLATION = "installation"

    @property
    def record(self) -> Kind:
        """Of what the record is of which such a duty is asked."""
        return _RECORD_OF.get(self, Kind.CHILD)


_RECORD_OF = {Scope.AGENCY: Kind.AGENCY, Scope.INSTALLATION: Kind.INSTALLATION}

EACH_OF: Mapping[Scope, tuple[Kind, ...]] = MappingProxyType(
    {
        Scope.REPORT: (Kind.CONCERN, Kind.CONSULTATION),
        Scope.PERSON: (
            *(Kind.PERSON, Kind.GUARDIAN, Kind.LAWYER),
            *(Kind.INTERPRETER, Kind.SUPPORT_PERSON),
        ),
    }
)
"""Scopes of one thing on a record: each has a `for_each` of one of these kinds, which is what the duty hangs on."""


class Clock(StrEnum):
    """From when time runs: since the owner could know, or since it happened."""

    KNOWN = "known"
    HAPPENED = "happened"


class Standing(StrEnum):
    """What a due time is: a limit of law, a number of practice, an unverified number, or words alone."""

    LAW = "law"
    SOP = "sop"
    UNVERIFIED = "unverified"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class DueRule:
    """When a duty is due: the words of the law, and the numbers beside them.

    `standing` says which of them counts in this country on the day the law was loaded for; `bare`: which one counts
    while practice has no number.
    """

    words: Texts
    limit: LimitRule | None
    sop: SopRule | None
    standing: Standing
    bare: Standing = Standing.WORDS

    def at(self, instant: datetime) -> "DueRule":
        """The same with the number of practice that held then."""
        if self.sop is None or not self.sop.numbers:
            return self
        sop = self.sop.at(instant)
        if self.standing is Standing.LAW:
            return replace(self, sop=sop)
        return replace(self, sop=sop, standing=self.bare if sop.period is None else Standing.SOP)


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which a duty rests, falls away or is breached, and why."""

    when: Condition
    because: Texts
    origin: Origin


@dataclass(frozen=True, slots=True)
class Evidence:
    """A proof that a duty asks for: it is there when `needs` is true; `at` dates it."""

    id: str
    text: Texts
    needs: Condition
    at: Mark | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class DutyRule:
    """A duty as the packs of a country state it.

    Met when every evidence is there. `sop_source` says whose practice it rests on, where it is not law alone.
    `origins`: every line that shaped it, lowest pack first; `changes`: what each upper pack changed. `under`: the duty
    of which this is one event; pages show them together.
    """

    code: str
    title: Texts
    scope: Scope
    for_each: Kind | None
    when: Condition
    unknown_opens: bool
    from_: tuple[Mark, ...]
    clock: Clock
    due: DueRule
    owner: Role
    evidence: tuple[Evidence, ...]
    suspended_by: tuple[Ground, ...]
    lifted_by: tuple[Ground, ...]
    breached_by: tuple[Ground, ...]
    never: tuple[Texts, ...]
    sources: tuple[Source, ...]
    sop_source: Texts | None
    origins: tuple[Origin, ...]
    changes: tuple[Change, ...]
    under: str | None = None

    def basis(self, country: str, on: date | None) -> tuple[Source, ...]:
        """The sources that bind that country on that day."""
        return tuple(source for source in self.sources if source.binds(country, on))
