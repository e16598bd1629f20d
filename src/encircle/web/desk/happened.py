"""What happened? All acts that can be recorded, those that meet an open duty first; found by a word, without a script."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from encircle.actions.act import Writing, askings, writing_of
from encircle.actions.context import Who
from encircle.core.duty.row import STANDING
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.acts import GROUPS, TABLE, Act, others
from encircle.web.desk.ways import Link, may_add, record_it, way
from encircle.web.gate import purpose
from encircle.web.page import wording
from encircle.web.page.name import name_of as name_of_child
from encircle.web.page.staff import for_staff

MOST_DUTIES = 12


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
            way(number, act)
            for act in sorted(others(), key=lambda one: str(one.title))
            if _fits(act, search) and may_add(act, writing.allowed.adds)
        ),
    }
    return render(request, "desk/forms/happened.html", page)


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
                way(writing.number, act)
                for act in TABLE
                if act.group is group and _fits(act, search) and may_add(act, writing.allowed.adds)
            ),
        )
        for group, title in GROUPS.items()
    )


def _fits(act: Act, search: str) -> bool:
    words = f"{act.title} {act.question} {' '.join(act.types)}".lower()
    return all(word in words for word in search.lower().split())
