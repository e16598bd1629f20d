"""The entries of a child's calendar as lines: when, what, of which proceeding, whether it waits. Decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from encircle.actions.calendar import ChildsCalendar
from encircle.core.calendar import OTHER, Entry, Standpoint
from encircle.core.duty import DutyState
from encircle.web.desk.calendars import words
from encircle.web.page import when, wording
from encircle.web.page.field import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. `n`: its number in the drawing and in the table. `late`: ahead although its time has passed."""

    n: int
    entry: Entry
    at: str
    title: str
    lane: str
    lane_words: Words
    href: str
    tag: Words
    tone: str
    clashes: bool

    @property
    def id(self) -> str:
        """Where on the page it stands."""
        return f"entry-{self.n}"


def lines(seen: ChildsCalendar) -> tuple[Line, ...]:
    """All entries, earliest first."""
    doubled = {id(one) for pair in seen.calendar.clashes for one in pair}
    return tuple(
        _line(number, entry, seen, clashes=id(entry) in doubled)
        for number, entry in enumerate(seen.calendar.entries, start=1)
    )


def ahead(found: Iterable[Line]) -> tuple[Line, ...]:
    """What is still to come, or of which nobody has said that it was."""
    return tuple(one for one in found if one.entry.standpoint is Standpoint.AHEAD)


def behind(found: Iterable[Line]) -> tuple[Line, ...]:
    """What is done or off, the latest first."""
    return tuple(one for one in reversed(tuple(found)) if one.entry.standpoint is not Standpoint.AHEAD)


def _line(number: int, entry: Entry, seen: ChildsCalendar, *, clashes: bool) -> Line:
    tag, tone = _state(entry, seen.now)
    lane = _lane(entry)
    return Line(
        n=number,
        entry=entry,
        at=when.minute(entry.at.latest, seen.heading.law.zone) if entry.duty else when.span(entry.at),
        title=_title(entry),
        lane=lane,
        lane_words=words.lane(lane),
        href=_href(entry, seen.heading.number),
        tag=tag,
        tone=tone,
        clashes=clashes,
    )


def _lane(entry: Entry) -> str:
    if entry.duty is not None:
        return words.DEADLINES
    return words.ANOTHER if entry.lane == OTHER and entry.proceeding else entry.lane


def _title(entry: Entry) -> str:
    if entry.duty is None:
        return str(words.what(entry.what))
    rule = entry.duty.rule
    return f"{rule.code} {wording.told(rule.title, get_language() or 'en')}"


def _state(entry: Entry, now: datetime) -> tuple[Words, str]:
    if entry.standpoint is Standpoint.DONE:
        return _("Done"), "met"
    if entry.standpoint is Standpoint.OFF:
        return _("Does not take place"), ""
    if entry.duty is not None:
        return wording.STATES[entry.duty.state], entry.duty.state.value
    if entry.at.latest < now:
        return _("Its time has passed"), DutyState.OVERDUE.value
    return _("Ahead"), DutyState.OPEN.value


def _href(entry: Entry, number: str) -> str:
    """Where more is told of it; nothing where no page does."""
    if entry.duty is not None:
        return reverse("duty", args=[number, entry.duty.rule.code])
    if entry.what == "meeting" and entry.subject:
        return reverse("meeting", args=[number, entry.subject])
    if entry.what == "action_due" and entry.subject:
        return f"{reverse('meetings', args=[number])}#action-{entry.subject}"
    return ""
