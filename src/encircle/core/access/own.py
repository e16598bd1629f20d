"""Own records: who may see what an agency owes as an agency, or the country, and record what was done. Nothing of a child."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from encircle.core.access.decision import Allowed, Denied, Doing
from encircle.core.access.rule import decide
from encircle.law.mandate import LedgerSeen, Mandate
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role

PURPOSE_OF: Mapping[Kind, Purpose] = MappingProxyType(
    {Kind.AGENCY: Purpose.OWN_DUTIES, Kind.INSTALLATION: Purpose.COUNTRYS_DUTIES}
)
"""The purpose that a mandate must name for the record of that kind."""

_OPEN = frozenset({FieldGroup.MINIMUM})


def decide_own(whose: Kind, *, role: Role, mandates: Mapping[Role, Mandate]) -> Allowed | Denied:
    """Whether one in this role may see and keep the own record of one's agency, or that of the country.

    The mandate says so by its purposes, by the same policies as for a child's record. All of it is open then: it holds
    nothing of a child. That the country's record is there is not told to others.
    """
    answer = decide(
        Doing.LOOK, role=role, purpose=PURPOSE_OF[whose], relations={Relation.OPENER}, mandates=mandates
    )
    if isinstance(answer, Denied):
        return replace(answer, hidden=whose is Kind.INSTALLATION)
    return replace(
        answer, groups=_OPEN, summary=frozenset(), adds=_OPEN, decides=frozenset(), ledger=LedgerSeen.ALL
    )
