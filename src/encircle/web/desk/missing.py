"""A child that is missing, was located or is back: each time by itself, with what is due and by when. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.missing import RULES
from encircle.actions.record import Look, look
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.acts import named
from encircle.web.desk.as_of import read_form
from encircle.web.desk.case import case_page
from encircle.web.desk.facts import FactList, FactView
from encircle.web.desk.ledger import Duty, duties_of
from encircle.web.desk.ways import Link, may_add, way
from encircle.web.gate import purpose, purpose_of
from encircle.web.page.staff import for_staff

STANDS = {
    "missing": gettext_lazy("Missing"),
    "located": gettext_lazy("Located"),
    "returned": gettext_lazy("Returned"),
}
STEPS = (
    "missing-police",
    "missing-risk",
    "missing-told",
    "found",
    "found-measures",
    "returned",
    "return-interview",
)


@dataclass(frozen=True, slots=True)
class Episode:
    """One time that the child is missing. `stands`: missing, located or returned; `ways`: what can be recorded for it."""

    stands: str
    words: str | Promise
    facts: tuple[FactView, ...]
    duties: tuple[Duty, ...]
    ways: tuple[Link, ...]


@purpose(Purpose.PROTECT)
@require_safe
@for_staff
def missing(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """Each time that the child was missing, the last first; and the way to report it now."""
    asked, zoom = read_form(request.GET.dict())
    seen = look(who, number, purpose=purpose_of(request), asked=asked)
    language = get_language() or "en"
    page = case_page(seen, zoom=zoom, language=language)
    found = tuple(episodes(seen, page.facts, language=language))
    act = named()["missing"]
    report = way(number, act) if may_add(act, seen.allowed.adds) else None
    never = [text for one in found for duty in one.duties for text in duty.never]
    shown = {
        "page": page,
        "episodes": found,
        "is_missing": any(one.stands == "missing" for one in found),
        "report": report,
        "never": list(dict.fromkeys(never)),
    }
    return render(request, "desk/missing.html", shown)


def episodes(seen: Look, facts: FactList, *, language: str) -> Iterator[Episode]:
    """The times that are open to who looks, the last first."""
    items = sorted(
        seen.answer.folded.earliest.of(Kind.MISSING), key=lambda item: _first(facts, str(item["id"]))
    )
    for item in reversed(items):
        subject = str(item["id"])
        if (
            item["noticed"] is not True
            and item["reported"] is not True
            and item["police_reported"] is not True
        ):
            continue
        located = "located" if item["located"] is True else "missing"
        stands = "returned" if item["returned"] is True else located
        own = [view for view in facts.by_id.values() if subject in (view.fact.subject, view.fact.id)]
        yield Episode(
            stands=stands,
            words=STANDS[stands],
            facts=tuple(sorted(own, key=lambda view: (view.fact.happened.earliest, view.number))),
            duties=tuple(
                duty for code in RULES for duty in duties_of(seen, facts, code, subject, language=language)
            ),
            ways=tuple(_ways(seen, subject)),
        )


def _first(facts: FactList, subject: str) -> int:
    return min(
        (view.number for view in facts.by_id.values() if subject in (view.fact.subject, view.fact.id)),
        default=0,
    )


def _ways(seen: Look, subject: str) -> Iterator[Link]:
    acts = named()
    for slug in STEPS:
        if may_add(acts[slug], seen.allowed.adds):
            yield way(seen.number, acts[slug], about=Kind.MISSING, subject=subject)
