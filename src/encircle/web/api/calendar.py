"""Calendars by the API: all proceedings of one child, and what is ahead of the agency over all its records."""

from datetime import datetime

from encircle.actions.calendar import calendar_of, coming_of
from encircle.core.calendar import Entry
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.caller import Asking
from encircle.web.api.operation import reading
from encircle.web.api.shape import Answer, Number, Page


class EntryTold(Answer):
    """One line. `standpoint`: ahead, done or off. `duty`: its code, where it is the deadline of one."""

    what: str
    subject: str | None
    at: str
    earliest: datetime
    latest: datetime
    standpoint: str
    lane: str
    proceeding: str | None
    with_child: bool
    duty: str | None
    facts: list[str]


class QuestioningTold(Answer):
    """How often the child has been or is to be questioned, by how many people, at how many kinds of place."""

    held: int
    planned: int
    interviewers: int
    premises: int


class CalendarTold(Answer):
    """The calendar of one record, earliest first. `clashes`: pairs of places in `entries`, from 0."""

    number: str
    entries: list[EntryTold]
    clashes: list[list[int]]
    questioning: QuestioningTold


class ComingTold(Answer):
    """One thing that is ahead on one record."""

    number: str
    name: str
    what: str
    subject: str | None
    earliest: datetime
    latest: datetime
    lane: str
    agency: str | None


class ComingPage(Answer):
    """One page of what is ahead, soonest first."""

    items: list[ComingTold]
    page: int
    more: bool
    at: datetime


@reading(
    "/records/{number}/calendar",
    Purpose.COOPERATE,
    CalendarTold,
    title="All proceedings of one child",
    tag="calendar",
)
def record_calendar(request: Asking, number: Number) -> CalendarTold:
    """What is planned, due and done, by proceeding, and what clashes."""
    found = calendar_of(request.auth.who, number, purpose=Purpose.COOPERATE).calendar
    place = {id(entry): at for at, entry in enumerate(found.entries)}
    asked = found.questioning
    return CalendarTold(
        number=number,
        entries=[_entry(entry) for entry in found.entries],
        clashes=[[place[id(one)], place[id(other)]] for one, other in found.clashes],
        questioning=QuestioningTold(
            held=asked.held,
            planned=asked.planned,
            interviewers=asked.interviewers,
            premises=asked.premises,
        ),
    )


@reading("/calendar", Purpose.COOPERATE, ComingPage, title="What is ahead of the agency", tag="calendar")
def calendar(request: Asking, page: Page = 1) -> ComingPage:
    """What is ahead over all records of the agency: of a year, and of the two weeks behind."""
    found = coming_of(request.auth.who, purpose=Purpose.COOPERATE, page=page)
    return ComingPage(
        items=[
            ComingTold(
                number=one.root.number,
                name=found.names.get(one.root.id, ""),
                what=one.what,
                subject=one.subject,
                earliest=one.earliest,
                latest=one.latest,
                lane=one.lane,
                agency=one.agency,
            )
            for one in found.items
        ],
        page=found.page,
        more=found.more,
        at=found.now,
    )


def _entry(entry: Entry) -> EntryTold:
    return EntryTold(
        what=entry.what,
        subject=entry.subject,
        at=entry.at.text(),
        earliest=entry.at.earliest,
        latest=entry.at.latest,
        standpoint=entry.standpoint.value,
        lane=entry.lane,
        proceeding=entry.proceeding,
        with_child=entry.with_child,
        duty=None if entry.duty is None else entry.duty.rule.code,
        facts=[fact.id for fact in entry.facts],
    )
