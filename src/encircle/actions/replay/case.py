"""A replayed case: dated facts of one or more children, read from a file, with what should follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from encircle.actions.replay.link import ALL_KNOWN, roots_of
from encircle.core.child import AsOf
from encircle.law.origin import Origin
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, FactId, RootId
from encircle.vocabulary.moment import Span
from encircle.vocabulary.role import Role


@dataclass(frozen=True, slots=True)
class CaseAgency:
    """An agency of the case: who it is and in which role it acts. `country`: ISO 3166-1 alpha-2."""

    id: AgencyId
    name: str
    role: Role
    country: str | None


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that must, or must not, be reported of a child at an instant with a stated knowledge.

    Either `axis` and `value`; or `code` (with `subject` where the duty has one) and `states`, `missing`, `present`,
    `since` (the day from which the row counts), `by_fact`; or `never`: a code of which there must be no row.
    """

    id: str
    child: RootId
    as_of: datetime
    known_as_of: datetime | None
    by: AgencyId | None
    origin: Origin
    axis: str | None = None
    value: tuple[str, ...] = ()
    code: str | None = None
    subject: str | None = None
    states: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    since: Span | None = None
    by_fact: FactId | None = None
    never: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReplayCase:
    """What a replay file says.

    `facts`: those of all children and concerns, in the order of the file; `origins`: the line of each fact.
    `own`: own records of agencies or of the installation, and which of the two each is.
    """

    name: str
    title: str
    about: str
    country: str
    zone: str
    agencies: Mapping[AgencyId, CaseAgency]
    children: Mapping[RootId, str]
    concerns: Mapping[RootId, str]
    facts: tuple[Fact, ...]
    origins: Mapping[FactId, Origin]
    expectations: tuple[Expectation, ...]
    own: Mapping[RootId, Kind] = field(default_factory=dict)

    def facts_of(self, child: RootId, *, as_of: AsOf = ALL_KNOWN) -> tuple[Fact, ...]:
        """The facts of that child, with those of every record and concern that is known to be about the same child."""
        roots = roots_of(child, self.facts, concerns=self.concerns, as_of=as_of)
        return tuple(fact for fact in self.facts if fact.root in roots)
