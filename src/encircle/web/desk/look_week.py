"""The week of looks: who looked at the records that one's agency leads. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.look_week import LookWeek, NoSuchWeek, see_week, week_of_looks
from encircle.records.look_weeks import Week, WeekLine
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.looks import PURPOSES, program_named
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not


@dataclass(frozen=True, slots=True)
class WeekRow:
    """What one person did in one record for one purpose. `out`: what stands out of it, each in words."""

    who: str
    purpose: str
    looks: str
    last: str
    out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekRecord:
    """One record and who looked at it."""

    number: str
    name: str
    rows: tuple[WeekRow, ...]


@dataclass(frozen=True, slots=True)
class WeekLink:
    """A week to choose."""

    id: str
    days: str
    seen: bool
    current: bool


@purpose(Purpose.ACCOUNT_FOR)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def looks_of_week(request: HttpRequest, who: Who) -> HttpResponse:
    """Who looked in that week; and that it was looked at."""
    status, told = 200, None
    if request.method == "POST":
        try:
            see_week(who, request.POST.get("week", "")[:64].replace("\0", ""))
            return redirect(f"{reverse('looks_of_week')}?done")
        except NoSuchWeek as refused:
            told, status = why_not(refused), 409
    found = week_of_looks(who, request.GET.get("week", "")[:64].replace("\0", ""))
    week = found.week
    shown = {
        "week": week,
        "days": "" if week is None else _days(week, found.zone),
        "seen": "" if week is None or week.seen_at is None else when.minute(week.seen_at, found.zone),
        "records": tuple(_records(found)),
        "weeks": tuple(
            WeekLink(one.id, _days(one, found.zone), one.seen_at is not None, one == week)
            for one in found.weeks
        ),
        "cut": found.cut,
        "refused": told,
        "done": "done" in request.GET and told is None,
    }
    return render(request, "desk/look_week.html", shown, status=status)


def _records(found: LookWeek) -> Iterator[WeekRecord]:
    for root, lines in groupby(found.lines, key=lambda line: line.root):
        yield WeekRecord(
            root.number, found.names.get(root.id, ""), tuple(_row(line, found.zone) for line in lines)
        )


def _row(line: WeekLine, zone: str) -> WeekRow:
    role = "" if line.role is None else wording.plain(line.role)
    person = line.person or program_named(line.program) or _("The system")
    purpose_told = str(PURPOSES.get(line.purpose or "", wording.plain(line.purpose or "")))
    return WeekRow(
        who=", ".join(word for word in (person, role, line.agency_name) if word),
        purpose=purpose_told,
        looks=", ".join(_counts(line)),
        last=when.minute(line.last, zone),
        out=tuple(_stands_out(line)),
    )


def _counts(line: WeekLine) -> Iterator[str]:
    if line.looks:
        yield ngettext("looked once", "looked {n} times", line.looks).format(n=line.looks)
    if line.wrote:
        yield ngettext("wrote once", "wrote {n} times", line.wrote).format(n=line.wrote)


def _stands_out(line: WeekLine) -> Iterator[str]:
    if line.refused:
        yield ngettext("refused once", "refused {n} times", line.refused).format(n=line.refused)
    if line.in_emergency:
        yield _("opened in an emergency")
    if line.at_night:
        n = line.at_night
        yield ngettext("once outside the hours", "{n} times outside the hours", n).format(n=n)


def _days(week: Week, zone: str) -> str:
    return _("from {first}, seven days").format(first=when.day(week.since, zone))
