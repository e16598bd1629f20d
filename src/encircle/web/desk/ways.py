"""Ways from a duty, or from a list, to the form of an act: only such as one may write."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from encircle.core.duty import DutyRow
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.field_group import FieldGroup
from encircle.web.desk.acts import Act, acts_for
from encircle.web.desk.forms.questions import name_of


@dataclass(frozen=True, slots=True)
class Link:
    """An act with the way to its form."""

    text: str | Promise
    question: str | Promise
    href: str


def record_it(number: str, row: DutyRow, adds: frozenset[FieldGroup]) -> tuple[Link, ...]:
    """The ways to record what a duty still lacks, for one who may write into those parts."""
    acts = acts_for(row.rule, row.missing)
    return tuple(
        way(number, act, about=row.rule.for_each, subject=row.subject) for act in acts if may_add(act, adds)
    )


def may_add(act: Act, adds: frozenset[FieldGroup]) -> bool:
    """Whether the writer may write into any part in which this act can lie."""
    return all(FACT_TYPES[name].groups & adds for name in act.types)


def way(number: str, act: Act, *, about: Kind | None = None, subject: str | None = None) -> Link:
    """The way to that act. `about`, `subject`: the thing for which a duty stands; the form begins with it."""
    href = reverse("act", args=[number, act.slug])
    begun = {} if about is None or subject is None else dict.fromkeys(_fields_for(act, about), subject)
    return Link(act.title, act.question, f"{href}?{urlencode(begun)}" if begun else href)


def _fields_for(act: Act, about: Kind) -> tuple[str, ...]:
    """The field of the form that names a thing of that kind: what the act is about, else the first that refers to it."""
    step = act.steps[-1]
    of = FACT_TYPES[step.type]
    if of.about is about:
        return (name_of(step.type, "subject"),)
    return tuple(name_of(step.type, field.name) for field in shape(of) if field.ref_kind == about.value)[:1]
