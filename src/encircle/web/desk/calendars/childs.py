"""The calendar of one child over all proceedings: drawn in lanes, as a month, as a list; what clashes stands first."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.calendar import ChildsCalendar, calendar_of
from encircle.actions.context import Who
from encircle.law.duty import DutyRule
from encircle.law.law import Law
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.calendars.drawing import Drawing, drawing
from encircle.web.desk.calendars.entries import Line, ahead, behind, lines
from encircle.web.desk.calendars.month import Month, month
from encircle.web.gate import purpose, purpose_of
from encircle.web.page.cited import cited
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff

LANES, MONTH, LIST = "lanes", "month", "list"
_ONE_CALENDAR, _FEW_INTERVIEWS = "D36", "D06"


@dataclass(frozen=True, slots=True)
class Show:
    """One way to look at it."""

    code: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """Two things on one day."""

    first: Line
    second: Line


@dataclass(frozen=True, slots=True)
class Told:
    """Why something is said here: what must never be, and the sources that bind."""

    never: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """Everything that the page shows."""

    shows: tuple[Show, ...]
    show: str
    clashes: tuple[Clash, ...]
    why_clash: Told
    held: int
    planned: int
    interviewers: int
    premises: int
    repeated: bool
    why_repeated: Told
    drawing: Drawing | None
    month: Month | None
    ahead: tuple[Line, ...]
    behind: tuple[Line, ...]


@purpose(Purpose.COOPERATE)
@require_safe
@for_staff
def record_calendar(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """The calendar of that record."""
    seen = calendar_of(who, number, purpose=purpose_of(request))
    asked = request.GET.get("show", LANES)
    about = {"number": number, "name": name_of(seen.heading.situation)}
    page = calendar_page(seen, show=asked, asked_month=request.GET.get("month", ""))
    return render(request, "desk/calendars/childs.html", {**about, "page": page})


def calendar_page(seen: ChildsCalendar, *, show: str, asked_month: str) -> CalendarPage:
    """The page for that calendar."""
    found = lines(seen)
    of_entry = {id(one.entry): one for one in found}
    words = {LANES: _("By proceeding"), MONTH: _("Month"), LIST: _("List")}
    show = show if show in words else LANES
    questioning = seen.calendar.questioning
    zone = seen.heading.law.zone
    return CalendarPage(
        shows=tuple(Show(code, text, code == show) for code, text in words.items()),
        show=show,
        clashes=tuple(Clash(of_entry[id(one)], of_entry[id(other)]) for one, other in seen.calendar.clashes),
        why_clash=_why(seen.heading.law, _ONE_CALENDAR),
        held=questioning.held,
        planned=questioning.planned,
        interviewers=questioning.interviewers,
        premises=questioning.premises,
        repeated=questioning.is_repeated,
        why_repeated=_why(seen.heading.law, _FEW_INTERVIEWS),
        drawing=drawing(seen, found) if show == LANES else None,
        month=month(found, asked=asked_month, now=seen.now, zone=zone) if show == MONTH else None,
        ahead=ahead(found),
        behind=behind(found),
    )


def _why(law: Law, code: str) -> Told:
    language = get_language() or "en"
    rule: DutyRule | None = next((one for one in law.duties if one.code == code), None)
    if rule is None:
        return Told((), ())
    sources = rule.basis(law.country, law.on) or rule.sources
    return Told(
        never=tuple(one.in_(language) for one in rule.never[:1]),
        sources=tuple(cited(one, law, language) for one in sources),
    )
