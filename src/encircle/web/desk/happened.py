"""What happened? All acts that can be recorded, those that meet an open duty first; found by a word, without a script."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from encircle.actions.act import Writing, askings, writing_of
from encircle.actions.context import Who
from encircle.core.duty.row import STANDING, DutyRow
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.acts import GROUPS, TABLE, Act, acts_for, others
from encircle.web.desk.forms.questions import name_of
from encircle.web.gate import purpose
from encircle.web.page import wording
from encircle.web.page.name import name_of as name_of_child
from encircle.web.page.staff import for_staff

MOST_DUTIES = 12


@dataclass(frozen=True, slots=True)
class Link:
    """An act with the way to its form."""

    text: str | Promise
    question: str | Promise
    href: str


@dataclass(frozen=True, slots=True)
class Section:
    """Acts that belong together."""

    title: str | Promise
    links: tuple[Link, ...]


@purpose(Purpose.RECORD)
@require_safe
@for_staff
def happened(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """The acts, or those in whose words the search is found."""
    writing = writing_of(who, number)
    search = request.GET.get("q", "").strip()[:100]
    page = {
        "number": number,
        "name": name_of_child(writing.situation),
        "search": search,
        "duties": () if search else _duties(writing),
        "asked": _asked(writing),
        "sections": tuple(section for section in _sections(writing, search) if section.links),
        "others": tuple(
            _link(number, act)
            for act in sorted(others(), key=lambda one: str(one.title))
            if _fits(act, search) and _may_add(act, writing.allowed.adds)
        ),
    }
    return render(request, "desk/forms/happened.html", page)


def record_it(number: str, row: DutyRow, adds: frozenset[FieldGroup]) -> tuple[Link, ...]:
    """The ways to record what a duty still lacks, for one who may write into those parts."""
    acts = acts_for(row.rule, row.missing)
    return tuple(_link(number, act, subject=row.subject) for act in acts if _may_add(act, adds))


def _duties(writing: Writing) -> tuple[Section, ...]:
    """Open duties with the acts that meet them, as the ledger orders them."""
    language = get_language() or "en"
    found = []
    for row in writing.duties:
        links = record_it(writing.number, row, writing.allowed.adds) if row.state in STANDING else ()
        if links:
            found.append(Section(f"{row.rule.code} {wording.told(row.rule.title, language)}", links))
    return tuple(found[:MOST_DUTIES])


def _asked(writing: Writing) -> tuple[Link, ...]:
    """What waits for the answer of a second person."""
    return tuple(
        Link(
            wording.titled(one.said.for_act),
            one.said.prohibition,
            reverse("override", args=[writing.number, one.asked.id]),
        )
        for one in askings(writing.facts)
        if one.waits
    )


def _sections(writing: Writing, search: str) -> tuple[Section, ...]:
    return tuple(
        Section(
            title,
            tuple(
                _link(writing.number, act)
                for act in TABLE
                if act.group is group and _fits(act, search) and _may_add(act, writing.allowed.adds)
            ),
        )
        for group, title in GROUPS.items()
    )


def _may_add(act: Act, adds: frozenset[FieldGroup]) -> bool:
    """Whether the writer may write into any part in which this act can lie."""
    return all(FACT_TYPES[name].groups & adds for name in act.types)


def _fits(act: Act, search: str) -> bool:
    words = f"{act.title} {act.question} {' '.join(act.types)}".lower()
    return all(word in words for word in search.lower().split())


def _link(number: str, act: Act, *, subject: str | None = None) -> Link:
    href = reverse("act", args=[number, act.slug])
    step = act.steps[-1]
    if subject is not None and FACT_TYPES[step.type].about is not Kind.CHILD and not step.new:
        href = f"{href}?{urlencode({name_of(step.type, 'subject'): subject})}"
    return Link(act.title, act.question, href)
