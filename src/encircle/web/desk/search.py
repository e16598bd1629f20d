"""The search page: one field. Sent by POST alone, so that no name stands in an address, a history or a log."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.emergency import may_open
from encircle.actions.owner import may_ask
from encircle.actions.search import Answer, Found, FoundRecord, search
from encircle.core.linkage import Likeness
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import wording
from encircle.web.page.staff import for_staff

MOST_PAGES = 2

WHY: dict[Likeness, str | Promise] = {
    Likeness.SAME: gettext_lazy("Written like"),
    Likeness.SPELLED: gettext_lazy("Spelled like"),
    Likeness.BEGINS: gettext_lazy("Begins like"),
    Likeness.SOUNDS: gettext_lazy("Sounds like"),
    Likeness.NEAR: gettext_lazy("A letter or two away from"),
    Likeness.PART: gettext_lazy("Shares a part with"),
}
"""Why a record was found; the name follows."""


@dataclass(frozen=True, slots=True)
class FoundCard:
    """One record that was found. `why` and `alike`: why, with the name it was found by."""

    number: str
    label: str
    named: bool
    protection: str
    restricted: bool
    age: str
    why: str
    alike: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The field with what was typed, and what was found. `before`, `after`: pages beside this one (0: none)."""

    asked: str
    answer: Answer
    cards: tuple[FoundCard, ...] = ()
    page: int = 1
    before: int = 0
    after: int = 0
    all_shown: bool = True

    @property
    def problem(self) -> str:
        """What is wrong with what was typed, if anything is."""
        if self.answer is Answer.TOO_SHORT:
            return _("Write at least two letters of a name, or the first four signs of a case number.")
        return ""


@purpose(Purpose.SEARCH)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("asked")
@for_staff
def search_page(request: HttpRequest, who: Who) -> HttpResponse:
    """The empty field; and the answer to what was typed. A question in the address is not read."""
    ways = {"emergency": may_open(who.role), "ask": may_ask(who.role)}
    if request.method != "POST":
        search(who, "", purpose=purpose_of(request))
        return render(request, "desk/search.html", {"page": SearchPage("", Answer.NOT_ASKED), **ways})
    found = search(
        who,
        request.POST.get("asked", ""),
        purpose=purpose_of(request),
        page=_page(request.POST.get("page", "")),
    )
    page = found_page(found)
    return render(request, "desk/search.html", {"page": page, **ways}, status=400 if page.problem else 200)


def found_page(found: Found) -> SearchPage:
    """The page for what was found."""
    return SearchPage(
        asked=found.asked,
        answer=found.answer,
        cards=tuple(_card(record) for record in found.records),
        page=found.page,
        before=found.page - 1,
        after=found.page + 1 if found.more and found.page < MOST_PAGES else 0,
        all_shown=found.all_shown,
    )


def _card(record: FoundRecord) -> FoundCard:
    no_name = _("Concern, no child's name") if record.kind is Kind.CONCERN else _("No name known")
    age = record.age_basis
    return FoundCard(
        number=record.number,
        label=record.name or no_name,
        named=bool(record.name),
        protection=_status(record) if record.status_is_open else _("Not open to your role"),
        restricted=record.restricted,
        age="" if age in (None, "unknown") else wording.titled(str(age)),
        why=_("It has this number") if record.why is None else str(WHY[record.why]),
        alike="" if record.why is None else record.alike or record.name,
    )


def _page(text: str) -> int:
    """The page asked for; the first one, where that cannot be read."""
    return int(text) if text in {str(n) for n in range(1, MOST_PAGES + 1)} else 1


def _status(record: FoundRecord) -> str:
    unset = record.protection in (None, "none")
    return _("No status on record") if unset else wording.titled(str(record.protection))
