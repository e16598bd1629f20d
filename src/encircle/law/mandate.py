"""Mandates: what a role is entitled to see, to state and to decide, for which purposes. Knows no person and no record."""

import re
from dataclasses import dataclass
from enum import StrEnum

from encircle.law.origin import Origin
from encircle.law.source import Source
from encircle.law.texts import Texts
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.regime import Regime
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose

_WORD = re.compile(r"[A-Za-z0-9_.:/()-]{1,31}")


class LedgerSeen(StrEnum):
    """How much of the duties towards a child a role sees: all, its own ones, or only how many there are."""

    ALL = "all"
    OWN = "own"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Mandate:
    """What one role is entitled to.

    `sees`: the field groups that are open to it; `summary`: those of them of which the words of the child stay closed.
    `adds`: the field groups in which it may state facts, which need not be open to it. `widened_by`: the relations to
    a record that give a member with this role the mandate of that relation too. `emergency`: what is open for some hours to
    somebody who opened a record of others in an emergency; empty: this role cannot. `origins`: every line that shaped it.
    `visits`: to which ends it visits a record, and what of `sees` is open for each; `crosses`: the groups that were collected
    under the other regime than that of a visit, and are open to it all the same, on the sources of this mandate.
    """

    role: Role
    sees: frozenset[FieldGroup]
    summary: frozenset[FieldGroup]
    adds: frozenset[FieldGroup]
    purposes: frozenset[Purpose]
    decides: frozenset[Decision]
    ledger: LedgerSeen
    regime: Regime
    widened_by: frozenset[Relation]
    emergency: frozenset[FieldGroup]
    basis: str
    sources: tuple[Source, ...]
    set_by: Texts | None
    origins: tuple[Origin, ...]
    visits: tuple[tuple[VisitPurpose, frozenset[FieldGroup]], ...] = ()
    crosses: frozenset[FieldGroup] = frozenset()

    def opened_for(self) -> dict[VisitPurpose, frozenset[FieldGroup]]:
        """What is open for each purpose of a visit. Where the packs name none, there is one: that of the regime."""
        if self.visits:
            return dict(self.visits)
        justice = self.regime is Regime.LAW_ENFORCEMENT
        return {VisitPurpose.INVESTIGATE if justice else VisitPurpose.PROTECT: self.sees}

    def told(self) -> str:
        """In one line: what it sees, adds and decides."""
        sees, adds = (_letters(groups) for groups in (self.sees, self.adds))
        decides = ", ".join(sorted(decision.value for decision in self.decides)) or "nothing"
        return f"sees {sees}; adds {adds}; duties: {self.ledger.value}; decides {decides}"


def basis_of(sources: tuple[Source, ...], *, binding: tuple[Source, ...]) -> str:
    """The legal basis as a journal entry names it: act and place, that of a source that binds first."""
    for source in (*binding, *sources):
        place = source.at.split(",")[0].split(" ")[0]
        if _WORD.fullmatch(source.act.code):
            return f"{source.act.code} {place}" if _WORD.fullmatch(place) else source.act.code
    return "mandate"


def _letters(groups: frozenset[FieldGroup]) -> str:
    return "".join(group.value for group in FieldGroup if group in groups) or "-"
