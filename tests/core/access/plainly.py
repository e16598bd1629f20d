"""The access rule said once more in plain Python: what the policies must answer. An oracle; the program does not know it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from encircle.core.access.decision import NOTHING, Allowed, Doing, Opened
from encircle.core.access.rule import source_of
from encircle.law.mandate import LedgerSeen, Mandate
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose, regime_of

GIVES: Mapping[Relation, Role] = MappingProxyType(
    {
        Relation.CASE_LEAD: Role.CASE_LEAD,
        Relation.SUPERVISOR: Role.SUPERVISOR,
        Relation.GUARDIAN: Role.GUARDIAN,
        Relation.LAWYER: Role.LAWYER,
    }
)
"""Whose mandate a relation adds, for a role whose own mandate says that it may be widened so."""

_WIDTH = tuple(LedgerSeen)


def decide(
    doing: Doing,
    *,
    role: Role,
    purpose: Purpose,
    relations: Collection[Relation],
    mandates: Mapping[Role, Mandate],
    opened: Opened = NOTHING,
    visit: VisitPurpose | None = None,
) -> Allowed | str:
    """What is open, or the code of why not.

    Never beyond what the mandates say: a relation adds the mandate of its own role, where that of `role` allows it.
    """
    if Relation.ADVERSE in relations:
        return "adverse"
    if not relations:
        return "no_relation"
    if relations == {Relation.OFFERED} and doing is not Doing.WEIGH:
        return "offered"
    own = mandates.get(role)
    if own is None:
        return "no_mandate"
    given = (GIVES[relation] for relation in own.widened_by.intersection(relations) if relation in GIVES)
    held = (own, *(mandates[added] for added in sorted(given) if added in mandates))
    if not any(purpose in mandate.purposes for mandate in held):
        return "purpose"
    if doing is Doing.WEIGH:
        return _weighed(own, relations)
    if visit is not None and not any(visit in mandate.opened_for() for mandate in held):
        return "visit"
    joined = _joined(tuple(_visited(mandate, visit) for mandate in held))
    allowed = _in_emergency(_decided(joined, opened), own, frozenset(relations))
    if doing is Doing.ADD and not allowed.adds:
        return "adds_nothing"
    if doing in (Doing.DECIDE, Doing.DISCLOSE) and not allowed.decides:
        return "decides_nothing"
    return allowed


def _weighed(own: Mandate, relations: Collection[Relation]) -> Allowed | str:
    """An offer is weighed by whom it is made to; it opens nothing of the record."""
    if Relation.OFFERED not in relations:
        return "no_relation"
    basis = own.basis
    return Allowed(frozenset(), source_of(own), regime=own.regime, basis=basis, roles=frozenset({own.role}))


def _visited(mandate: Mandate, visit: VisitPurpose | None) -> Mandate:
    """What of a mandate is open when the record is visited to that end."""
    if visit is None:
        return mandate
    groups = mandate.opened_for().get(visit, frozenset())
    return replace(mandate, sees=mandate.sees & groups, regime=regime_of(visit, mandate.regime))


def _joined(held: tuple[Mandate, ...]) -> Allowed:
    """What all of these mandates open together. Words stay closed only where each that opens the group keeps them so."""
    groups = frozenset[FieldGroup]().union(*(mandate.sees for mandate in held))
    words = frozenset[FieldGroup]().union(*(mandate.sees - mandate.summary for mandate in held))
    return Allowed(
        groups=groups,
        source=source_of(held[0]),
        summary=groups - words,
        adds=frozenset[FieldGroup]().union(*(mandate.adds for mandate in held)),
        decides=frozenset[Decision]().union(*(mandate.decides for mandate in held)),
        ledger=min((mandate.ledger for mandate in held), key=_WIDTH.index),
        regime=held[0].regime,
        basis=held[0].basis,
        roles=frozenset(mandate.role for mandate in held),
    )


def _decided(allowed: Allowed, opened: Opened) -> Allowed:
    """What decisions opened beside it; free text only of what is open."""
    groups = allowed.groups | opened.groups
    words = (allowed.groups - allowed.summary) | opened.words
    return replace(allowed, groups=groups, summary=groups - words)


def _in_emergency(allowed: Allowed, own: Mandate, relations: frozenset[Relation]) -> Allowed:
    """Who opened the record in an emergency: what the mandate names for that; and no more, if that is all they are to it."""
    if Relation.EMERGENCY not in relations:
        return allowed
    words = (allowed.groups - allowed.summary) | (own.emergency - {FieldGroup.ACCOUNT})
    groups = allowed.groups | own.emergency
    if relations - {Relation.OFFERED} == {Relation.EMERGENCY}:
        groups, words = own.emergency, words - {FieldGroup.ACCOUNT}
        allowed = replace(allowed, decides=frozenset(), ledger=LedgerSeen.OWN)
    return replace(allowed, groups=groups, summary=groups - words)
