"""The drawing of a child's calendar: a lane for each proceeding, a mark for each entry. On the server, no script."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from encircle.actions.calendar import ChildsCalendar
from encircle.core.calendar import Standpoint
from encircle.web.desk.axis_of_time import Tick, Window
from encircle.web.desk.calendars import words
from encircle.web.desk.calendars.entries import Line
from encircle.web.page import when
from encircle.web.page.field import Words

ROW, HEAD, FOOT, TOP = 26, 26, 8, 26
ROOM = 3.4
"""Of one mark, in percent of the width."""
MOST_ROWS = 4
BACK, LEAST, MOST = timedelta(days=30), timedelta(days=60), timedelta(days=400)
"""What is drawn: a month back, and ahead as far as something waits, at most somewhat more than a year."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry: from where to where, in percent of the width."""

    x1: float
    x2: float
    y: int
    text: str
    title: str
    look: str
    href: str

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return round((self.x1 + self.x2) / 2, 2)


@dataclass(frozen=True, slots=True)
class Lane:
    """One proceeding."""

    name: Words
    y: int
    height: int
    marks: tuple[Mark, ...]

    @property
    def label_y(self) -> int:
        """The base line of its name."""
        return self.y + 18


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it. `more`: how many entries lie outside the part of time that is drawn."""

    title: str
    description: str
    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    now_x: float
    now: str
    more: int

    @property
    def axis_y(self) -> int:
        """Where the axis lies."""
        return self.height - 24


def drawing(seen: ChildsCalendar, found: tuple[Line, ...]) -> Drawing | None:
    """What lies around today; nothing where nothing does."""
    zone = seen.heading.law.zone
    last = max(
        (one.entry.at.latest for one in found if one.entry.standpoint is Standpoint.AHEAD), default=seen.now
    )
    end = min(max(last + timedelta(days=7), seen.now + LEAST), seen.now + MOST)
    drawn = Window(seen.now - BACK, end, zone)
    inside = [one for one in found if drawn.holds(one.entry.at.earliest, one.entry.at.latest)]
    if not inside:
        return None
    lanes = _lanes(inside, drawn)
    n = len(inside)
    return Drawing(
        title=_("Calendar from {first} to {last}").format(
            first=when.day(drawn.start, zone), last=when.day(drawn.end, zone)
        ),
        description=ngettext(
            "{n} entry in lanes by proceeding; its number leads to its line in the table.",
            "{n} entries in lanes by proceeding; each number leads to its line in the table.",
            n,
        ).format(n=n),
        height=(lanes[-1].y + lanes[-1].height) + 34,
        lanes=lanes,
        ticks=drawn.ticks(),
        now_x=drawn.x(seen.now),
        now=_("Today"),
        more=len(found) - n,
    )


def _lanes(inside: list[Line], drawn: Window) -> tuple[Lane, ...]:
    lanes: list[Lane] = []
    y = TOP
    for code in sorted({one.lane for one in inside}, key=lambda code: (words.place_of(code), code)):
        marks, rows = _marks([one for one in inside if one.lane == code], drawn, y + HEAD)
        height = HEAD + rows * ROW + FOOT
        lanes.append(Lane(words.lane(code), y, height, marks))
        y += height
    return tuple(lanes)


def _marks(own: list[Line], drawn: Window, y: int) -> tuple[tuple[Mark, ...], int]:
    """Each in the first row with room; where all are full, in the last one."""
    ends: list[float] = []
    marks = []
    for one in own:
        x1, x2 = drawn.x(one.entry.at.earliest), drawn.x(one.entry.at.latest)
        if one.entry.duty is not None:
            x1 = x2
        row = next((number for number, end in enumerate(ends) if end <= x1), min(len(ends), MOST_ROWS - 1))
        ends[row : row + 1] = [x2 + ROOM]
        title = f"{one.n}. {one.title}: {one.at}. {one.tag}"
        marks.append(Mark(x1, x2, y + row * ROW + ROW // 2, str(one.n), title, _look(one), f"#{one.id}"))
    return tuple(marks), len(ends)


def _look(one: Line) -> str:
    if one.entry.standpoint is not Standpoint.AHEAD:
        return "aside"
    if one.clashes or one.tone in ("overdue", "breached"):
        return "late"
    wide = one.entry.duty is None and one.entry.at.latest - one.entry.at.earliest > timedelta(days=1)
    return "counts coarse" if wide else "counts"
