"""The access rule: role, relation, purpose and mandate in, a decision out. Closed unless a mandate opens it."""

from collections.abc import Collection, Mapping
from functools import lru_cache

from encircle.core.access.decision import NOTHING, Allowed, Denied, Doing, Opened
from encircle.core.access.kernel import Kernel
from encircle.core.access.policies import WIDENING
from encircle.law.mandate import Mandate
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose, regime_of

_NO_RELATION = Denied(
    code="no_relation",
    reason="You take no part in this record.",
    source="A record is open to those who take part in it.",
    instead="Ask the case lead to let you take part.",
    hidden=True,
)
_ADVERSE = Denied(
    code="adverse",
    reason="You stand against the child's interests in this record.",
    source="Nobody whose interests conflict with the child's sees its record.",
    instead="Ask the case lead.",
    hidden=True,
)

_OFFERED = Denied(
    code="offered",
    reason="This child is referred to your agency, and you take no part in its record yet.",
    source="A record is open to those who take part in it.",
    instead="Look at the referrals that your agency received.",
    hidden=True,
)


def visits_open(
    *, role: Role, relations: Collection[Relation], mandates: Mapping[Role, Mandate]
) -> Mapping[VisitPurpose, frozenset[FieldGroup]]:
    """To which ends such a person may visit such a record, as the policies permit; and what is open for each."""
    own = mandates.get(role)
    if own is None or not own.purposes:
        return {}
    purpose = min(own.purposes)
    found: dict[VisitPurpose, frozenset[FieldGroup]] = {}
    widening = (mandates.get(Role(one)) for one in own.widened_by & set(relations) if one in WIDENING)
    named = {visit for one in (own, *widening) if one is not None for visit in one.opened_for()}
    for visit in (one for one in VisitPurpose if one in named):
        answer = decide(
            Doing.LOOK, role=role, purpose=purpose, relations=relations, mandates=mandates, visit=visit
        )
        if isinstance(answer, Allowed):
            found[visit] = answer.groups
    return found


class _Same:
    """Mandates by which object they are: a country's are read once and never change."""

    __slots__ = ("mandates",)

    def __init__(self, mandates: Mapping[Role, Mandate]) -> None:
        self.mandates = mandates

    def __hash__(self) -> int:
        return id(self.mandates)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.mandates is other.mandates


def decide(
    doing: Doing,
    *,
    role: Role,
    purpose: Purpose,
    relations: Collection[Relation],
    mandates: Mapping[Role, Mandate],
    opened: Opened = NOTHING,
    visit: VisitPurpose | None = None,
) -> Allowed | Denied:
    """Whether somebody in this role may do this to a record to which they have these relations, and with which parts.

    By the policies of `policies.py`, which Cedar reads over the mandates. Never beyond what the mandates say: a relation
    adds the mandate of its own role, where that of `role` allows it. `opened`: what decisions have opened beside it.
    `visit`: to what end the record is visited; None where it is one of many in a list, or nobody looks.
    """
    if doing is Doing.WEIGH:
        return _weighed(_Same(mandates), role, purpose, frozenset(relations))
    answer = _answered(_Same(mandates), role, purpose, frozenset(relations), opened, visit)
    if isinstance(answer, Denied):
        return answer
    own = mandates[role]
    if doing is Doing.ADD and not answer.adds:
        return _denied("adds_nothing", own, "Your role states no facts on a record.")
    if doing in (Doing.DECIDE, Doing.DISCLOSE) and not answer.decides:
        return _denied("decides_nothing", own, "Your role does not decide on a record.")
    return answer


@lru_cache(maxsize=16)
def _kernel(same: _Same) -> Kernel:
    return Kernel(same.mandates)


@lru_cache(maxsize=8192)
def _answered(
    same: _Same,
    role: Role,
    purpose: Purpose,
    relations: frozenset[Relation],
    opened: Opened,
    visit: VisitPurpose | None,
) -> Allowed | Denied:
    """The same question has the same answer as long as the mandates stand: a page asks it many times."""
    question = _kernel(same).asked(role, purpose, relations, opened, visit)
    own = same.mandates.get(role)
    policy = question.forbidden_by()
    if own is None or policy is not None:
        return _refusal(policy, role, own)
    groups = question.parts("look")
    return Allowed(
        groups=groups,
        source=source_of(own),
        summary=groups - question.parts("read_words"),
        adds=question.parts("add"),
        decides=question.matters(),
        ledger=question.ledger(),
        regime=own.regime if visit is None else regime_of(visit, own.regime),
        basis=own.basis,
        roles=question.roles(),
    )


@lru_cache(maxsize=2048)
def _weighed(same: _Same, role: Role, purpose: Purpose, relations: frozenset[Relation]) -> Allowed | Denied:
    """Whether an offer may be weighed. It opens no part of the record, whatever else opens one."""
    own = same.mandates.get(role)
    policy = _kernel(same).asked(role, purpose, relations).forbidden_by("weigh")
    if own is None or policy is not None:
        return _refusal(policy, role, own)
    return Allowed(frozenset(), source_of(own), regime=own.regime, basis=own.basis, roles=frozenset({role}))


def _refusal(policy: str | None, role: Role, own: Mandate | None) -> Denied:
    """What the policy that keeps a record shut means for who asked; without a mandate it is shut whatever they say."""
    if policy == "adverse":
        return _ADVERSE
    if policy in ("no_relation", "not_permitted"):
        return _NO_RELATION
    if policy == "offered":
        return _OFFERED
    if policy in ("purpose", "visit") and own is not None:
        return _denied(policy, own, "This is not among the purposes of your role.")
    return _none_for(role)


def source_of(mandate: Mandate) -> str:
    """The mandate as people cite it: its sources, or whose practice it is."""
    if mandate.sources:
        return "; ".join(source.cite() for source in mandate.sources)
    return "" if mandate.set_by is None else str(mandate.set_by)


def _none_for(role: Role) -> Denied:
    return Denied(
        code="no_mandate",
        reason="Your role has no mandate in this country.",
        source=f"No pack of this country has a mandate for the role {role.value}.",
        instead="Ask the coordinator of your agency.",
    )


def _denied(code: str, mandate: Mandate, reason: str) -> Denied:
    return Denied(
        code=code,
        reason=reason,
        source=source_of(mandate),
        instead="Ask the case lead to do it, or to tell you what you need for your part.",
    )
