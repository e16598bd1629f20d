"""The time line: facts in lanes, what lasts as bars, deadlines as clocks, the chosen instant as a line. Drawn, not judged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from encircle.actions.record import Look
from encircle.core.child.derived import DERIVED
from encircle.core.duty import DutyRow, DutyState
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.web.desk.axis_of_time import Tick, Window, window
from encircle.web.desk.facts import FactList, FactView
from encircle.web.desk.mark import Mark
from encircle.web.page import when, wording
from encircle.web.page.html import filled

ROW, HEAD, FOOT, TOP = 24, 24, 8, 26
"""Heights in pixels: a row of marks, the name of a lane, the space below it, the space for the as-of line's words."""
WIDTH_OF_MARK = 3.0
"""In percent: two marks nearer than this stand in two rows."""
WIDTH_OF_BAR = 9.0
"""In percent: room for the words on a bar."""
MOST_ROWS = 5

LANES: tuple[tuple[str | Promise, frozenset[Kind]], ...] = (
    (
        gettext_lazy("Status and age"),
        frozenset({Kind.CHILD, Kind.EPISODE, Kind.AGE_ASSESSMENT, Kind.REFLECTION, Kind.CLOSING}),
    ),
    (
        gettext_lazy("People in office"),
        frozenset({Kind.GUARDIAN, Kind.LAWYER, Kind.INTERPRETER, Kind.SUPPORT_PERSON}),
    ),
    (
        gettext_lazy("Where the child is"),
        frozenset({Kind.PLACEMENT, Kind.MISSING, Kind.DETENTION, Kind.TRANSFER, Kind.ALERT}),
    ),
    (
        gettext_lazy("Proceedings and steps"),
        frozenset({Kind.PROCEEDING, Kind.STEP, Kind.DECISION, Kind.ORDER, Kind.ALLEGED_ACT, Kind.PERMIT}),
    ),
    (
        gettext_lazy("Interviews, hearings, examinations"),
        frozenset({Kind.INTERVIEW, Kind.RECORDING, Kind.HEARING, Kind.EXAMINATION, Kind.VIEW}),
    ),
)
OTHER = gettext_lazy("Reports, support and all else")
_LANE_OF = {kind: number for number, (_name, kinds) in enumerate(LANES) for kind in kinds}
_ROW = '<tr><td><a href="{}">{}</a></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>'
CLOCKED = frozenset(
    {DutyState.OPEN, DutyState.DUE_SOON, DutyState.OVERDUE, DutyState.SUSPENDED, DutyState.MET}
)


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane with its name, marks and bars."""

    name: str | Promise
    y: int
    bottom: int
    bars: tuple[Mark, ...]
    marks: tuple[Mark, ...]

    @property
    def height(self) -> int:
        """How high it is."""
        return self.bottom - self.y

    @property
    def label_y(self) -> int:
        """The base line of its name."""
        return self.y + 17


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The whole drawing, and the same as rows of a table."""

    title: str
    description: str
    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    as_of_x: float
    as_of_inside: bool
    as_of_end: bool
    as_of: str
    outside: int
    rows: tuple[SafeString, ...]
    """The lines of the table, written here: there is one for each fact."""

    @property
    def axis_y(self) -> int:
        """Where the axis lies."""
        return self.height - 24


@dataclass(frozen=True, slots=True)
class _Piece:
    """A mark before it has its row."""

    earliest: datetime
    latest: datetime
    text: str
    title: str
    look: str
    link: str
    tail: datetime | None = None


def time_line(look: Look, facts: FactList, *, zoom: str) -> TimeLine | None:
    """The drawing; None where there is no fact."""
    views = tuple(facts.by_id.values())
    if not views:
        return None
    zone, at = look.law.zone, look.as_of.at
    first = min(view.fact.happened.earliest for view in views)
    last = max(view.fact.happened.latest for view in views)
    drawn = window(first, last, at, zoom=zoom, zone=zone)
    names = [str(name) for name in (*(name for name, _kinds in LANES), OTHER)]
    lanes = tuple(_lanes(look, views, drawn, names))
    inside = [view for view in views if drawn.holds(view.fact.happened.earliest, view.fact.happened.latest)]
    x = drawn.x(at)
    return TimeLine(
        title=_("Time line, {first} to {last}").format(
            first=when.day(drawn.start, zone), last=when.day(drawn.end, zone)
        ),
        description=ngettext(
            "{n} fact in lanes; each number leads to the fact. The line marks {at}.",
            "{n} facts in lanes; each number leads to the fact. The line marks {at}.",
            len(inside),
        ).format(n=len(inside), at=when.minute(at, zone)),
        height=(lanes[-1].bottom if lanes else TOP) + 36,
        lanes=lanes,
        ticks=drawn.ticks(),
        as_of_x=x,
        as_of_inside=drawn.start <= at <= drawn.end,
        as_of_end=x > 50,
        as_of=when.minute(at, zone),
        outside=len(views) - len(inside),
        rows=tuple(_row(view, names[_lane_of(view)]) for view in inside),
    )


def _row(view: FactView, lane: str) -> SafeString:
    return filled(_ROW, view.href, view.number, view.happened, view.title, lane, view.why_not)


def _lane_of(view: FactView) -> int:
    """The number of its lane; what is in none of them stands in the last."""
    return _LANE_OF.get(FACT_TYPES[view.fact.type].about, len(LANES))


def _lanes(look: Look, views: tuple[FactView, ...], drawn: Window, names: list[str]) -> Iterator[Lane]:
    y = TOP
    for number, name in enumerate(names):
        own = [view for view in views if _lane_of(view) == number]
        kinds = LANES[number][1] if number < len(LANES) else frozenset()
        bars, after_bars = _placed(_bars(look, own, kinds), drawn, y + HEAD, room=WIDTH_OF_BAR)
        marks, bottom = _placed(_pieces(own), drawn, after_bars)
        if bars or marks:
            yield Lane(name, y, bottom + FOOT, bars, marks)
            y = bottom + FOOT
    clocks, bottom = _placed(_clocks(look), drawn, y + HEAD, room=WIDTH_OF_BAR)
    if clocks:
        yield Lane(_("Deadlines"), y, bottom + FOOT, clocks, ())


def _pieces(views: Iterable[FactView]) -> Iterator[_Piece]:
    for view in views:
        happened = view.fact.happened
        exact = happened.latest - happened.earliest <= timedelta(days=1)
        look = "counts" if view.does_count else "aside"
        title = f"{view.number}. {view.title}: {view.happened}. {view.source}"
        if not view.does_count:
            title += f" ({view.why_not})"
        yield _Piece(
            happened.earliest,
            happened.latest,
            str(view.number),
            title,
            look if exact else f"{look} coarse",
            view.href,
        )


def _bars(look: Look, views: list[FactView], kinds: frozenset[Kind]) -> Iterator[_Piece]:
    """What lasts: from its first fact until its last one, or until the chosen instant where it has not ended."""
    for kind in Kind:
        if kind not in kinds or "current" not in DERIVED.get(kind, {}):
            continue
        for item in look.answer.folded.earliest.of(kind):
            own = [v for v in views if v.does_count and item["id"] in (v.fact.subject, v.fact.id)]
            if not own:
                continue
            lasts = item["current"] is True
            first = min(own, key=lambda view: view.fact.happened.earliest)
            end = look.as_of.at if lasts else max(view.fact.happened.latest for view in own)
            if lasts or len(own) > 1:
                name = wording.titled(kind.value)
                title = f"{name} ({_('lasts') if lasts else _('ended')})"
                earliest = first.fact.happened.earliest
                yield _Piece(
                    earliest,
                    max(end, earliest),
                    wording.titled(kind.value),
                    title,
                    "lasts" if lasts else "ended",
                    "",
                )


def _clocks(look: Look) -> Iterator[_Piece]:
    """Deadlines with a date, from the start of the time until its end; an overdue one goes on until the chosen instant."""
    for row in look.answer.duties:
        due = row.due
        if row.state not in CLOCKED or due is None or due.latest is None or row.started is None:
            continue
        begun = (row.started.known or row.started.at).earliest
        until = when.minute(due.latest, look.law.zone)
        named = row.rule.title.in_(get_language() or "en")
        title = (
            f"{row.rule.code} {named}: {wording.STATES[row.state]}, {until} ({wording.STANDINGS[due.kind]})"
        )
        tail = look.as_of.at if row.state is DutyState.OVERDUE else None
        looks = f"clock {row.state}"
        yield _Piece(min(begun, due.latest), due.latest, row.rule.code, title, looks, f"#{anchor(row)}", tail)


def anchor(row: DutyRow) -> str:
    """Where on the page this row of the ledger stands."""
    return f"duty-{row.rule.code}" if row.subject is None else f"duty-{row.rule.code}-{row.subject}"


def _placed(
    pieces: Iterable[_Piece], drawn: Window, y: int, *, room: float = WIDTH_OF_MARK
) -> tuple[tuple[Mark, ...], int]:
    """Each piece in the first row where there is room; what finds none is counted in one mark with a plus."""
    ends: list[float] = []
    marks: list[Mark] = []
    crowded: list[tuple[float, _Piece]] = []
    for piece in sorted(pieces, key=lambda one: (one.earliest, one.latest)):
        if not drawn.holds(piece.earliest, piece.tail or piece.latest):
            continue
        x1, x2 = drawn.x(piece.earliest), drawn.x(piece.latest)
        tail = None if piece.tail is None else drawn.x(piece.tail)
        row = next((number for number, end in enumerate(ends) if end <= x1), len(ends))
        if row >= MOST_ROWS:
            crowded.append((x1, piece))
            continue
        ends[row : row + 1] = [max(tail or x2, x1) + room]
        height = y + row * ROW + ROW // 2
        marks.append(Mark(x1, x2, height, piece.text, piece.title, piece.look, piece.link, tail))
    marks += _plus(crowded, y + MOST_ROWS * ROW + ROW // 2)
    rows = len(ends) + (1 if crowded else 0)
    return tuple(marks), y + rows * ROW


def _plus(crowded: list[tuple[float, _Piece]], y: int) -> Iterator[Mark]:
    """Those without room, gathered where they would have stood."""
    while crowded:
        x = crowded[0][0]
        near = [piece for at, piece in crowded if at < x + WIDTH_OF_MARK * 1.5]
        crowded = crowded[len(near) :]
        titles = "; ".join(piece.title for piece in near)
        yield Mark(x, x, y, f"+{len(near)}", titles, "more", near[0].link)
