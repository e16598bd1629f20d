"""What is ahead of an agency over all its records: what it agreed to do first, then every date, soonest first."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.calendar import ComingList, actions_to_do, coming_of
from encircle.actions.context import Who
from encircle.records.calendar import Coming
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.calendars import words
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import when
from encircle.web.page.field import Words
from encircle.web.page.html import filled
from encircle.web.page.staff import for_staff

MOST_PAGES = 200
_ITEM = (
    '<li><span class="at">{}</span> <a href="{}">{}</a> {} <span class="number">{}</span>'
    ' <span class="soft">{}</span>{}</li>'
)
_NAMED, _NAMELESS = "<bdi>{}</bdi>", '<bdi class="nameless">{}</bdi>'
_LATE = ' <span class="tag overdue">{}</span>'


@dataclass(frozen=True, slots=True)
class Line:
    """One thing ahead on one record."""

    day: str
    at: str
    title: Words
    lane: Words
    number: str
    label: str
    named: bool
    href: str
    late: bool

    @property
    def by_time(self) -> SafeString:
        """As a line under its day."""
        return self._item(self.at or "–")

    @property
    def by_day(self) -> SafeString:
        """As a line that names its day."""
        return self._item(self.day)

    def _item(self, at: str) -> SafeString:
        name = filled(_NAMED if self.named else _NAMELESS, self.label)
        late = filled(_LATE, _("Its time has passed")) if self.late else ""
        return filled(_ITEM, at, self.href, self.title, name, self.number, self.lane, late)


@dataclass(frozen=True, slots=True)
class Day:
    """All that is ahead on one day, or by one."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class AheadPage:
    """One page, with the numbers of those beside it (0: none)."""

    actions: tuple[Line, ...]
    days: tuple[Day, ...]
    page: int
    before: int
    after: int


@purpose(Purpose.COOPERATE)
@require_safe
@for_staff
def calendar(request: HttpRequest, who: Who) -> HttpResponse:
    """What is ahead of the agency."""
    number = _page(request.GET.get("page", ""))
    found = coming_of(who, purpose=purpose_of(request), page=number)
    page = AheadPage(
        actions=agreed(who, purpose_of(request)) if number == 1 else (),
        days=_days(found),
        page=number,
        before=number - 1,
        after=number + 1 if found.more and number < MOST_PAGES else 0,
    )
    return render(request, "desk/calendars/agencys.html", {"page": page})


def agreed(who: Who, why: Purpose) -> tuple[Line, ...]:
    """What the agency has agreed to do at meetings, late first; the most urgent."""
    return tuple(_lines(actions_to_do(who, purpose=why)))


def _days(found: ComingList) -> tuple[Day, ...]:
    """Those lines by day, in their order."""
    days: dict[str, list[Line]] = {}
    for one, line in zip(found.items, _lines(found), strict=True):
        days.setdefault(when.day(one.latest, found.zone), []).append(line)
    return tuple(Day(title, tuple(lines)) for title, lines in days.items())


def _lines(found: ComingList) -> list[Line]:
    return [_line(one, found) for one in found.items]


def _line(one: Coming, found: ComingList) -> Line:
    name = found.names.get(one.root.id)
    no_name = _("Concern, no child's name") if one.root.kind is Kind.CONCERN else _("No name known")
    return Line(
        day=when.day(one.latest, found.zone),
        at=_at(one, found.zone),
        title=words.what(one.what),
        lane=words.lane(one.lane),
        number=one.root.number,
        label=name or (one.root.number if name is None else no_name),
        named=bool(name),
        href=_href(one),
        late=one.latest < found.now,
    )


def _at(one: Coming, zone: str) -> str:
    """The time of day, where it is known; the range, where only that is."""
    if one.earliest == one.latest:
        return _clock(one.latest, zone)
    return (
        ""
        if when.day(one.earliest, zone) == when.day(one.latest, zone)
        else when.between(one.earliest, one.latest, zone)
    )


def _clock(at: datetime, zone: str) -> str:
    return f"{when.local(at, zone):%H:%M}"


def _href(one: Coming) -> str:
    number = one.root.number
    if one.what == "meeting" and one.subject:
        return reverse("meeting", args=[number, one.subject])
    if one.what == "action_due" and one.subject:
        return f"{reverse('meetings', args=[number])}#action-{one.subject}"
    return reverse("record_calendar", args=[number])


def _page(text: str) -> int:
    """The page asked for; the first one, where that cannot be read."""
    known = text.isascii() and text.isdigit() and len(text) < 4
    return min(max(int(text), 1), MOST_PAGES) if known else 1
