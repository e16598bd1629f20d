"""One calendar for all proceedings of a child: what is planned, due and done, by proceeding; what clashes. Knows no law.

From a fold and a ledger. What is planned and not yet done is ahead even if its day has passed: nobody said that it was.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from zoneinfo import ZoneInfo

from encircle.core.child.situation import Item, Situation
from encircle.core.duty import DutyRow, DutyState
from encircle.law.deadline import Due
from encircle.law.duty import Standing
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import SubjectId
from encircle.vocabulary.moment import Precision, Span


class Standpoint(StrEnum):
    """Where an entry stands: still to come or to be said, done, or off."""

    AHEAD = "ahead"
    DONE = "done"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar.

    `what`: interview, hearing, answer_due, turns_18 ... as a code. `proceeding`: to which it belongs, where that is
    told; `lane`: the kind of that proceeding, else "other". `with_child`: whether the child is to be there.
    `duty`: the row of the ledger, where it is the deadline of a duty. `facts`: those from which it is known.
    """

    what: str
    subject: SubjectId | None
    at: Span
    standpoint: Standpoint
    lane: str
    proceeding: SubjectId | None
    with_child: bool
    facts: tuple[Fact, ...]
    duty: DutyRow | None = None


@dataclass(frozen=True, slots=True)
class Questioning:
    """How often the child has been or is to be questioned, by how many people, at how many kinds of place."""

    held: int
    planned: int
    interviewers: int
    premises: int

    @property
    def is_repeated(self) -> bool:
        """Whether there is or will be a second time: each needs its own reason."""
        return self.held + self.planned > 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """All of it, earliest first. `clashes`: pairs on which the child would have to be twice on one day."""

    entries: tuple[Entry, ...]
    clashes: tuple[tuple[Entry, Entry], ...]
    questioning: Questioning

    @property
    def ahead(self) -> tuple[Entry, ...]:
        """What is still to come."""
        return tuple(entry for entry in self.entries if entry.standpoint is Standpoint.AHEAD)


NO_CALENDAR = Calendar((), (), Questioning(0, 0, 0, 0))
"""Of a record that is of no child."""


@dataclass(frozen=True, slots=True)
class _Line:
    """How one attribute of a kind becomes a line: `done` and `off` are marks; `held`: the mark that dates it afterwards."""

    kind: Kind
    attribute: str
    what: str
    done: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    held: str | None = None
    with_child: bool = False


LINES = (
    _Line(Kind.HEARING, "at", "hearing", done=("held",), held="held", with_child=True),
    _Line(Kind.INTERVIEW, "at", "interview", done=("held",), held="held", with_child=True),
    _Line(Kind.EXAMINATION, "at", "examination", done=("held",), held="held", with_child=True),
    _Line(Kind.MEETING, "at", "meeting", done=("held",), off=("cancelled",), held="held"),
    _Line(Kind.ACTION, "due", "action_due", done=("ended",)),
    _Line(Kind.REQUEST, "due", "answer_due", done=("answered",)),
    _Line(Kind.REFLECTION, "until", "reflection_ends", done=("ended",)),
    _Line(Kind.DECISION, "decide_by", "decision_due", done=("made",)),
    _Line(Kind.DECISION, "remedy_until", "remedy_ends", done=("challenged",)),
    _Line(Kind.DECISION, "review_due", "review_due", done=("reviewed",)),
    _Line(Kind.ASSESSMENT, "review_due", "review_due"),
    _Line(Kind.PLACEMENT, "review_due", "review_due", done=("ended",)),
    _Line(Kind.DO_NOT_CONTACT, "review_due", "review_due", done=("lifted",)),
    _Line(Kind.ALERT, "review_due", "review_due", done=("removed",)),
    _Line(Kind.ORDER, "until", "order_ends", done=("ended",)),
    _Line(Kind.PERMIT, "valid_until", "permit_ends"),
    _Line(
        Kind.TRANSFER, "planned_for", "transfer", done=("carried_out",), held="carried_out", with_child=True
    ),
    _Line(Kind.COMPLAINT, "answer_promised_by", "answer_due", done=("answered",)),
    _Line(Kind.PROCEEDING, "limitation_date", "limitation", done=("closed",)),
)
"""What enters the calendar. A kind that is not here has no time ahead."""

OTHER = "other"
_DUE = frozenset({DutyState.OPEN, DutyState.DUE_SOON, DutyState.OVERDUE})
_DATED = frozenset({Standing.LAW, Standing.SOP})


def calendar(situation: Situation, duties: Iterable[DutyRow], *, zone: str) -> Calendar:
    """The calendar of that child; `zone` (IANA) is where its days are counted."""
    lanes = {
        str(item["id"]): kind
        for item in situation.of(Kind.PROCEEDING)
        if isinstance(kind := item["proceeding_kind"], str)
    }
    found = [*_planned(situation, lanes), *_birthday(situation), *_deadlines(duties, zone)]
    entries = tuple(sorted(found, key=lambda one: (one.at.earliest, one.what, one.subject or "")))
    return Calendar(entries, tuple(_clashes(entries, zone)), _questioning(situation))


def _planned(situation: Situation, lanes: Mapping[str, str]) -> Iterator[Entry]:
    for line in LINES:
        for item in situation.of(line.kind):
            entry = _entry(situation, line, item, lanes)
            if entry is not None:
                yield entry


def _entry(situation: Situation, line: _Line, item: Item, lanes: Mapping[str, str]) -> Entry | None:
    standpoint = _standpoint(line, item)
    subject = SubjectId(str(item["id"]))
    attribute = line.attribute
    if standpoint is Standpoint.DONE and line.held is not None and item[line.held] is True:
        attribute = f"{line.held}_at"
    at = item[attribute]
    if not isinstance(at, Span):
        return None
    mark = line.held if attribute.endswith("_at") and line.held else line.attribute
    named = item.get("proceeding")
    proceeding = SubjectId(named) if isinstance(named, str) else None
    if line.kind is Kind.PROCEEDING:
        proceeding = subject
    return Entry(
        what=line.what,
        subject=subject,
        at=at,
        standpoint=standpoint,
        lane=lanes.get(proceeding or "", OTHER),
        proceeding=proceeding,
        with_child=line.with_child and item.get("child_to_attend") is not False,
        facts=situation.facts_behind(line.kind, subject, mark),
    )


def _standpoint(line: _Line, item: Item) -> Standpoint:
    if any(item[mark] is True for mark in line.done):
        return Standpoint.DONE
    return Standpoint.OFF if any(item[mark] is True for mark in line.off) else Standpoint.AHEAD


def _birthday(situation: Situation) -> Iterator[Entry]:
    at = situation.child["turns_18"]
    if isinstance(at, Span):
        past = at.latest <= situation.at
        facts = situation.facts_behind(Kind.CHILD, "", "turns_18")
        standpoint = Standpoint.DONE if past else Standpoint.AHEAD
        yield Entry("turns_18", None, at, standpoint, OTHER, None, with_child=False, facts=facts)


def _deadlines(duties: Iterable[DutyRow], zone: str) -> Iterator[Entry]:
    for row in duties:
        due: Due | None = row.due
        if row.state in _DUE and due is not None and due.kind in _DATED and due.latest is not None:
            earliest = due.earliest or due.latest
            precision = Precision.MINUTE if earliest == due.latest else Precision.INTERVAL
            yield Entry(
                what="duty_due",
                subject=None if row.subject is None else SubjectId(row.subject),
                at=Span(earliest, due.latest, precision, zone),
                standpoint=Standpoint.AHEAD,
                lane=OTHER,
                proceeding=None,
                with_child=False,
                facts=() if row.started is None else tuple(row.started.facts),
                duty=row,
            )


def _clashes(entries: Iterable[Entry], zone: str) -> Iterator[tuple[Entry, Entry]]:
    """Two things on one day at which the child has to be; only what is known to the day can clash."""
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        day = _day(entry.at, zone)
        if entry.with_child and entry.standpoint is Standpoint.AHEAD and day is not None:
            by_day.setdefault(day, []).append(entry)
    for same_day in by_day.values():
        yield from combinations(same_day, 2)


def _day(at: Span, zone: str) -> date | None:
    first, last = (end.astimezone(ZoneInfo(zone)).date() for end in (at.earliest, at.latest))
    return first if first == last else None


def _questioning(situation: Situation) -> Questioning:
    interviews = situation.of(Kind.INTERVIEW)
    held = [item for item in interviews if item["held"] is True]
    planned = [item for item in interviews if item["planned"] is True and item["held"] is not True]
    told = [*held, *planned]
    return Questioning(
        held=len(held),
        planned=len(planned),
        interviewers=len({one for item in told if isinstance(one := item["interviewer"], str)}),
        premises=len({one for item in told if isinstance(one := item["premises"], str)}),
    )
