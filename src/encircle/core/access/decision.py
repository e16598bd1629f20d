"""The answer of the access rule: what is opened, or why not. Knows no tables and no screens."""

from dataclasses import dataclass, replace
from enum import StrEnum

from encircle.law.mandate import LedgerSeen
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.regime import Regime
from encircle.vocabulary.role import Role


class Doing(StrEnum):
    """What somebody wants to do with a record."""

    LOOK = "look"
    ADD = "add"
    DECIDE = "decide"
    DISCLOSE = "disclose"
    WEIGH = "weigh"
    """Weigh an offer, before one takes part: opens no part of the record."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What of one record was opened to an agency by decisions that run: parts, and of which their free text too."""

    groups: frozenset[FieldGroup] = frozenset()
    words: frozenset[FieldGroup] = frozenset()


NOTHING = Opened()


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be done, with these parts of the record.

    `groups`: the field groups that are open; `summary`: those of them of which the child's own words stay closed.
    `source`: the mandate that opens them, as people cite it; `basis`: the same as a code for the journal.
    `adds`: the field groups in which facts may be stated. `roles`: those for which one acts: one's own, and that which
    one's relation to the record gives.
    """

    groups: frozenset[FieldGroup]
    source: str
    summary: frozenset[FieldGroup] = frozenset()
    adds: frozenset[FieldGroup] = frozenset()
    decides: frozenset[Decision] = frozenset()
    ledger: LedgerSeen = LedgerSeen.OWN
    regime: Regime = Regime.GDPR
    basis: str = "mandate"
    roles: frozenset[Role] = frozenset()
    restricted: bool = False
    """The use of the record is restricted now; told in lists."""

    def narrowed(self, only: frozenset[FieldGroup] | None) -> "Allowed":
        """The same with no other field groups than these; None: as it is."""
        if only is None:
            return self
        return replace(self, groups=self.groups & only, summary=self.summary & only, adds=self.adds & only)

    def under_restriction(self, *, is_open: bool) -> "Allowed":
        """The same in a list, where the use of the record is restricted: marked; shown no more of, unless it is open."""
        shown = self.groups if is_open else frozenset[FieldGroup]()
        return replace(self, groups=shown, summary=self.summary & shown, restricted=True)


@dataclass(frozen=True, slots=True)
class Denied:
    """It may not be done: why, in words for people, on which rule, and what to do instead.

    `hidden`: that the record exists is not told either.
    """

    code: str
    reason: str
    source: str
    instead: str
    hidden: bool = False
