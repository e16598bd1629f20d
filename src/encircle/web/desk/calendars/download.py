"""Calendars as files: of one record, or of an agency. They hold sorts of entries and case numbers, nothing of a child."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from encircle.actions.calendar import calendar_of, coming_whole
from encircle.actions.context import Who
from encircle.core.calendar import Entry
from encircle.records.calendar import Coming
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.calendars import words
from encircle.web.desk.calendars.ics import Event, calendar_file
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import when
from encircle.web.page.again import asks_again
from encircle.web.page.staff import for_staff

_WIDEST = timedelta(days=1)


@purpose(Purpose.COOPERATE)
@require_safe
@for_staff
@asks_again
def record_calendar_file(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """What is ahead of one record."""
    seen = calendar_of(who, number, purpose=purpose_of(request))
    zone = seen.heading.law.zone
    events = [
        event
        for entry in seen.calendar.ahead
        if entry.duty is None
        for event in _of_entry(entry, number, zone)
    ]
    return _attached(calendar_file(events, name=number, made=seen.now), f"encircle-{number}.ics")


@purpose(Purpose.COOPERATE)
@require_safe
@for_staff
@asks_again
def calendar_download(request: HttpRequest, who: Who) -> HttpResponse:
    """What is ahead of the agency, the soonest thousand."""
    found = coming_whole(who, purpose=purpose_of(request))
    events = [event for one in found.items for event in _of_row(one, found.zone)]
    return _attached(calendar_file(events, name="Encircle", made=found.now), "encircle.ics")


def _of_entry(entry: Entry, number: str, zone: str) -> Iterator[Event]:
    uid = f"{number}-{entry.what}-{entry.subject or 'child'}"
    yield from _event(uid, entry.what, number, entry.at.earliest, entry.at.latest, zone)


def _of_row(one: Coming, zone: str) -> Iterator[Event]:
    uid = f"{one.root.number}-{one.what}-{one.subject or 'child'}"
    yield from _event(uid, one.what, one.root.number, one.earliest, one.latest, zone)


def _event(
    uid: str, what: str, number: str, earliest: datetime, latest: datetime, zone: str
) -> Iterator[Event]:
    """One for what is known to the minute or the day; none for what may lie on any of many days."""
    if latest - earliest > _WIDEST:
        return
    begins: datetime | date = earliest if earliest == latest else when.local(latest, zone).date()
    yield Event(uid, f"{words.what(what)}, {number}", begins)


def _attached(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
