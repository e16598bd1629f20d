"""Needed: which field groups must be open before an attribute, or what follows from it, may be shown. Asks no record.

It looks at what could tell an attribute, not at what did: so that nothing is told by what is not there either.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from encircle.core.child.derived import DERIVED
from encircle.core.child.template import FILLINGS, TEMPLATES
from encircle.law.condition import Condition
from encircle.law.duty import DutyRule
from encircle.law.law import Law
from encircle.law.prohibition import ProhibitionRule
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import KINDS, Kind
from encircle.vocabulary.field_group import FieldGroup

Groups = frozenset[FieldGroup]

_M = frozenset({FieldGroup.MINIMUM})
_F = frozenset({FieldGroup.ACCOUNT})
_L = frozenset({FieldGroup.LOCATION})
_FI = _F | {FieldGroup.INDICATORS}

BY_ITSELF: Mapping[str, Groups] = MappingProxyType(
    {
        "guardian_in_conflict": _M,
        "detained": _M,
        "died": _M,
        "closed": _M,
        "location": _L,
        "protection": _F,
    }
)
"""Attributes of the child that open with one group, though facts of others are behind them: the safety flags, which are
of the minimum set; where the child is; the status, where persons have set one. That the child is placed with adults is no
flag for all: it tells of a placement."""

_BY_CONCERNS = frozenset({None, "none", "concern"})
"""What the status is in a list as long as nobody has set one: whether a concern was registered says which."""

_KIND_OF = {doc.plural: kind for kind, doc in KINDS.items()} | {kind.value: kind for kind in Kind}


@lru_cache(maxsize=4096)
def needed(kind: Kind, attribute: str) -> Groups:
    """The field groups of everything that could tell this attribute of a subject of that kind."""
    if kind is Kind.CHILD and attribute in BY_ITSELF:
        return BY_ITSELF[attribute]
    derived = DERIVED.get(kind, {}).get(attribute)
    if derived is not None:
        return _together(needed(of, name) for of, name in derived.reads)
    return _together(FACT_TYPES[name].groups for name in _tellers(kind).get(attribute, ()))


def needed_for_status(status: str | None) -> Groups:
    """The field groups that have to be open before this status of a child is told in a list, which knows no more of it."""
    return _FI if status in _BY_CONCERNS else _F


@lru_cache(maxsize=1024)
def closed_attributes(kind: Kind, groups: Groups) -> frozenset[str]:
    """The attributes of that kind of which something could be told by a fact of another group than these."""
    return frozenset(name for name in TEMPLATES[kind] if not needed(kind, name) <= groups)


@lru_cache(maxsize=16)
def needed_by_rules(law: Law) -> Mapping[str, Groups]:
    """By code, the field groups of everything on which a duty or an alarm rests: conditions, clock, evidence."""
    rules: tuple[DutyRule | ProhibitionRule, ...] = (*law.duties, *law.prohibitions)
    return MappingProxyType({rule.code: _together(map(_of_path, _paths(rule))) for rule in rules})


def needed_for(condition: Condition) -> Groups:
    """The field groups of everything that a condition reads."""
    return _together(map(_of_path, condition.reads))


@lru_cache(maxsize=64)
def _tellers(kind: Kind) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, filling in FILLINGS.items():
        if filling.about is kind:
            marks = (filling.mark, filling.mark_at, filling.mark_known, filling.mark_by)
            for attribute in (*marks, *(field for field, _how in filling.fields)):
                found[attribute] = (*found.get(attribute, ()), name)
    return MappingProxyType(found)


def _paths(rule: DutyRule | ProhibitionRule) -> Iterator[str]:
    yield from rule.when.reads
    if isinstance(rule, ProhibitionRule):
        yield str(rule.at)
        yield from () if rule.clears is None else rule.clears.reads
        return
    yield from map(str, rule.from_)
    for ground in (*rule.suspended_by, *rule.lifted_by, *rule.breached_by):
        yield from ground.when.reads
    for evidence in rule.evidence:
        yield from evidence.needs.reads
        yield from () if evidence.at is None else (str(evidence.at),)


@lru_cache(maxsize=8192)
def _of_path(path: str) -> Groups:
    """Of `child.placed`, `interviews[].held`, `interview.held`; of a list alone, that there is any of its kind."""
    owner, _, attribute = path.partition(".")
    kind = _KIND_OF.get(owner.removesuffix("[]"))
    if kind is None:
        return frozenset()
    if attribute:
        return needed(kind, attribute.partition(".")[0])
    return _together(FACT_TYPES[name].groups for names in _tellers(kind).values() for name in names)


def _together(several: Iterable[Groups]) -> Groups:
    return frozenset[FieldGroup]().union(*several)
