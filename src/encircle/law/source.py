"""Sources: the provision that something rests on, whom it binds, and who has read it. Knows no duty."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from encircle.law.origin import Origin
from encircle.law.texts import Texts

EVERY_COUNTRY = "all"
GENERAL_KNOWLEDGE = "G"


class ActKind(StrEnum):
    """What sort of text an act is."""

    TREATY = "treaty"
    CHARTER = "charter"
    REGULATION = "regulation"
    DIRECTIVE = "directive"
    DECISION = "decision"
    NATIONAL_LAW = "national_law"
    RECOMMENDATION = "recommendation"
    GENERAL_COMMENT = "general_comment"
    JUDGMENT = "judgment"
    GUIDANCE = "guidance"
    STANDARD = "standard"
    PROPOSAL = "proposal"


BINDING_KINDS = frozenset(
    {
        ActKind.TREATY,
        ActKind.CHARTER,
        ActKind.REGULATION,
        ActKind.DIRECTIVE,
        ActKind.DECISION,
        ActKind.NATIONAL_LAW,
    }
)
"""The kinds that bind. All others explain what binds, or are not law yet."""


@dataclass(frozen=True, slots=True)
class Read:
    """The text was read by one of us: when, and where it was found."""

    on: date
    where: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The entry was checked by a lawyer of the country: when, and in which role."""

    on: date
    role: str


@dataclass(frozen=True, slots=True)
class Act:
    """A treaty, law, recommendation, judgment ... that sources name by its code.

    `bound` holds country codes, the codes of groups with all their members, or "all".
    `from_` and `until` are its first and last day in force, as far as known.
    """

    code: str
    title: Texts
    short: Texts
    kind: ActKind
    number: str
    bound: frozenset[str]
    not_bound: frozenset[str]
    from_: date | None
    until: date | None
    read: Read | None
    mark: str
    remark: Texts | None
    origins: tuple[Origin, ...]

    def binds(self, country: str) -> bool:
        """Whether a binding act reaches that country (ISO 3166-1, or EU and COE for the pseudo-countries)."""
        if self.kind not in BINDING_KINDS or country in self.not_bound:
            return False
        return EVERY_COUNTRY in self.bound or country in self.bound


@dataclass(frozen=True, slots=True)
class Source:
    """One provision that an entry rests on.

    `countries` narrows, `not_bound` takes away; None means "as the act says", also for the dates.
    `mark` is G (general knowledge, to be verified) or S:KEY (seen, KEY says where).
    """

    act: Act
    at: str
    countries: frozenset[str] | None
    not_bound: frozenset[str]
    from_: date | None
    until: date | None
    read: Read | None
    reviewed: Reviewed | None
    mark: str
    pending: bool
    origins: tuple[Origin, ...]

    @property
    def is_read(self) -> bool:
        """Whether one of us has read the text of the provision."""
        return self.read is not None

    def in_force(self, on: date | None) -> bool:
        """Whether it is law on that day; with no day, whether it is law at some time (not pending)."""
        if self.pending or self.act.kind is ActKind.PROPOSAL:
            return False
        if on is None:
            return True
        first, last = self.from_ or self.act.from_, self.until or self.act.until
        return (first is None or first <= on) and (last is None or on <= last)

    def begins_after(self, on: date | None) -> bool:
        """Whether it is law, and its first day is still to come on that day."""
        first = self.from_ or self.act.from_
        return on is not None and first is not None and on < first and self.in_force(first)

    def reaches(self, country: str) -> bool:
        """Whether it binds that country when it is in force."""
        if country in self.not_bound or not self.act.binds(country):
            return False
        return self.countries is None or country in self.countries

    def binds(self, country: str, on: date | None) -> bool:
        """Whether it binds that country on that day."""
        return self.reaches(country) and self.in_force(on)

    def cite(self, language: str = "en") -> str:
        """The provision as people cite it: "Anti-Trafficking Directive 2011/36/EU, 14(2)"."""
        name = self.act.short.in_(language)
        numbered = name if self.act.number in name else f"{name} {self.act.number}"
        return f"{numbered}, {self.at}"
