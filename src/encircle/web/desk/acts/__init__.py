"""Acts as people say them: a table, and every type of fact beside it, so that everything can be recorded."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.utils.functional import lazy

from encircle.core.duty.answering import types_for_evidence
from encircle.law.duty import DutyRule
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import OWN_RECORDS, Kind
from encircle.vocabulary.facts.shape import shape
from encircle.web.desk.acts.act import GROUPS, Act, Group, Step
from encircle.web.desk.acts.following import FOLLOWING
from encircle.web.desk.acts.protecting import PROTECTING
from encircle.web.page import wording

_titled = lazy(wording.titled, str)
TABLE = (*PROTECTING, *FOLLOWING)
"""Named acts, in the order in which they are shown within their groups."""

NOT_ALONE = frozenset(
    {"withdrawal", "override_asked", "override_decided", "override_refused", "override_used"}
)
"""Types that have a page of their own: they are said about another fact or act."""


@lru_cache(maxsize=1)
def named() -> Mapping[str, Act]:
    """Every act by its slug: those of the table, then every type of fact by itself."""
    others = {
        name: _alone(name)
        for name, of in FACT_TYPES.items()
        if name not in NOT_ALONE and of.about not in OWN_RECORDS
    }
    return others | {act.slug: act for act in TABLE}


def others() -> tuple[Act, ...]:
    """Every type of fact as an act of its own, by its title."""
    return tuple(act for slug, act in named().items() if slug in FACT_TYPES)


def acts_for(duty: DutyRule, missing: Iterable[str]) -> tuple[Act, ...]:
    """The acts that give the missing evidence of that duty, in its order: for each the nearest one."""
    lacking = set(missing)
    found = (_nearest(types_for_evidence(one)) for one in duty.evidence if one.id in lacking)
    return tuple(dict.fromkeys(act for act in found if act is not None))


def act_for(type_name: str) -> Act | None:
    """The act that states that type of fact, the nearest one."""
    return _by_type().get(type_name)


def _nearest(types: tuple[str, ...]) -> Act | None:
    for name in types:
        act = _by_type().get(name)
        if act is not None:
            return act
    return None


@lru_cache(maxsize=1)
def _by_type() -> Mapping[str, Act]:
    """For each type of fact the act that is made for it, else the one of its own."""
    return {act.steps[-1].type: act for act in (*others(), *reversed(TABLE))}


def _alone(name: str) -> Act:
    of = FACT_TYPES[name]
    first = tuple(field.name for field in shape(of) if field.required)
    return Act(name, _titled(name), of.doc, Group.OTHER, (Step(name, first, new=_makes(name)),))


def _makes(name: str) -> bool:
    """Whether a type is the first of its kind: it mostly begins a new thing."""
    about = FACT_TYPES[name].about
    return about is not Kind.CHILD and next(t.name for t in FACT_TYPES.values() if t.about is about) == name


__all__ = ["GROUPS", "TABLE", "Act", "Group", "Step", "act_for", "acts_for", "named", "others"]
