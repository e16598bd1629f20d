"""Entitling: from merged entries to mandates of roles. Knows one country and one day; knows no person."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from encircle.law.mandate import LedgerSeen, Mandate, basis_of
from encircle.law.pack.merge import Laid
from encircle.law.pack.numbers import based
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.sourcing import Sourcing
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.regime import Regime
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose, regime_of

COLLECTED_FOR: Mapping[FieldGroup, Regime] = MappingProxyType(
    {
        FieldGroup.CRIMINAL: Regime.LAW_ENFORCEMENT,
        FieldGroup.LOCATION: Regime.GDPR,
        FieldGroup.HEALTH: Regime.GDPR,
        FieldGroup.ASYLUM: Regime.GDPR,
        FieldGroup.VIEWS: Regime.GDPR,
    }
)
"""Under which regime these groups are collected; the others come from both sides."""

Visits = tuple[tuple[VisitPurpose, frozenset[FieldGroup]], ...]


class Entitling:
    """Makes the mandates of one country on one day; notes what is wrong."""

    def __init__(self, *, country: str, on: date | None, sourcing: Sourcing, problems: Problems) -> None:
        self._country = country
        self._on = on
        self._sourcing = sourcing
        self._problems = problems
        self._take = Take(problems)

    def mandates(self, entries: Mapping[str, Laid]) -> tuple[Mandate, ...]:
        """All mandates that can be made."""
        made = (self.mandate(laid) for laid in entries.values())
        return tuple(mandate for mandate in made if mandate is not None)

    def mandate(self, laid: Laid) -> Mandate | None:
        """The mandate of one role; None, with a problem, where there is no such role."""
        if laid.code not in list(Role):
            self._problems.add(laid.origins[0], f"{laid.code!r} is no role. {meant(laid.code, list(Role))}")
            return None
        take, body = self._take, laid.body
        sources, set_by = based(laid, self._sourcing, self._problems)
        sees = take.choices(body, "sees", FieldGroup)
        summary = take.choices(body, "summary", FieldGroup)
        if not summary <= sees:
            self._problems.add(body.place("summary"), "summary: a group that is not in 'sees'. Add it there.")
        regime = take.choice(body, "regime", Regime, Regime.GDPR)
        visits, crosses = self._visits(body, sees, regime), take.choices(body, "crosses", FieldGroup)
        made = Mandate(
            role=Role(laid.code),
            sees=sees,
            summary=summary,
            adds=take.choices(body, "adds", FieldGroup),
            purposes=take.choices(body, "purposes", Purpose),
            decides=take.choices(body, "decides", Decision),
            ledger=take.choice(body, "ledger", LedgerSeen, LedgerSeen.OWN),
            regime=regime,
            widened_by=take.choices(body, "widened_by", Relation),
            emergency=take.choices(body, "emergency", FieldGroup),
            basis=basis_of(
                sources, binding=tuple(one for one in sources if one.binds(self._country, self._on))
            ),
            sources=sources,
            set_by=set_by,
            origins=laid.origins,
            visits=visits,
            crosses=crosses,
        )
        for purpose, groups in made.opened_for().items():
            self._ask_for_basis(body, purpose, groups - crosses, regime_of(purpose, regime))
        return made

    def _visits(self, body: Fields, sees: frozenset[FieldGroup], regime: Regime) -> Visits:
        """To which ends the role visits a record, in the order of the vocabulary, and what is open for each."""
        said = body.fields.get("visits")
        if said is None:
            return ()
        if not isinstance(said, Fields) or not said.fields:
            self._problems.add(body.place("visits"), "'visits': expected {purpose: [groups]}.")
            return ()
        known = [one.value for one in VisitPurpose]
        for name in said.fields:
            if name not in known:
                self._problems.add(said.place(name), f"visits {name!r} is not known. {meant(name, known)}")
        found = tuple(
            (purpose, self._take.choices(said, purpose.value, FieldGroup))
            for purpose in VisitPurpose
            if purpose.value in said.fields
        )
        for purpose, groups in found:
            if not groups <= sees:
                self._problems.add(
                    said.place(purpose.value),
                    f"visits {purpose.value}: a group that is not in 'sees'. Add it there.",
                )
        return found

    def _ask_for_basis(
        self, body: Fields, purpose: VisitPurpose, groups: frozenset[FieldGroup], regime: Regime
    ) -> None:
        """What was collected for another purpose is not open for this one, unless the mandate names it in `crosses`."""
        other = [
            one.value for one in FieldGroup if one in groups and COLLECTED_FOR.get(one, regime) is not regime
        ]
        if other:
            self._problems.add(
                body.place("visits"),
                f"visits {purpose.value}: {', '.join(other)} is collected under the other regime. "
                "Name it in 'crosses', with a source that allows this use.",
            )
