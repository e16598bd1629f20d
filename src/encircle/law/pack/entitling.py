"""Entitling: from merged entries to mandates of roles. Knows one country and one day; knows no person."""

from collections.abc import Mapping
from datetime import date

from encircle.law.mandate import LedgerSeen, Mandate, basis_of
from encircle.law.pack.merge import Laid
from encircle.law.pack.numbers import based
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.sourcing import Sourcing
from encircle.law.pack.take import Take
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.regime import Regime
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role


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
        return Mandate(
            role=Role(laid.code),
            sees=sees,
            summary=summary,
            adds=take.choices(body, "adds", FieldGroup),
            purposes=take.choices(body, "purposes", Purpose),
            decides=take.choices(body, "decides", Decision),
            ledger=take.choice(body, "ledger", LedgerSeen, LedgerSeen.OWN),
            regime=take.choice(body, "regime", Regime, Regime.GDPR),
            widened_by=take.choices(body, "widened_by", Relation),
            emergency=take.choices(body, "emergency", FieldGroup),
            basis=basis_of(
                sources, binding=tuple(one for one in sources if one.binds(self._country, self._on))
            ),
            sources=sources,
            set_by=set_by,
            origins=laid.origins,
        )
