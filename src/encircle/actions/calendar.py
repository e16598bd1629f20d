"""One calendar for all proceedings: of one child, and what is ahead for an agency over all its records."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from encircle.actions.context import Who, at_work
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.naming import called, name_in
from encircle.actions.permit import permitted
from encircle.actions.whose_law import law_for
from encircle.core.calendar import Calendar, calendar
from encircle.core.child import AsOf, fold
from encircle.core.duty import ledger
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.calendar import Coming, coming
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose

ON_A_PAGE = 50
BACK = timedelta(days=14)
"""How far back a list begins: what was planned and of which nobody has said what became of it."""
AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class ChildsCalendar:
    """The calendar of one record."""

    heading: Heading
    calendar: Calendar
    now: datetime


@dataclass(frozen=True, slots=True)
class ComingList:
    """One page of what is ahead, what the children are called, and whether another page follows."""

    items: tuple[Coming, ...]
    names: Mapping[RootId, str]
    page: int
    more: bool
    now: datetime
    zone: str


def calendar_of(who: Who, number: str, *, purpose: Purpose) -> ChildsCalendar:
    """The calendar of that record, of the parts that are open. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=purpose) as permit:
        facts = permit.read().facts
        enter_look(permit, "calendar_shown", facts)
        told = heading(permit, facts)
        folded = fold(facts, AsOf(permit.context.now), zone=told.law.zone)
        duties = ledger(folded, told.law.duties, calendar=told.law.calendar)
        return ChildsCalendar(
            heading=told,
            calendar=calendar(folded.earliest, duties, zone=told.law.zone),
            now=permit.context.now,
        )


def coming_of(who: Who, *, purpose: Purpose, page: int = 1) -> ComingList:
    """What is ahead over all records of the agency, soonest first: of a year, and of the two weeks behind."""
    with at_work(who, purpose) as context:
        found = coming(
            tuple(FieldGroup),
            since=context.now - BACK,
            until=context.now + AHEAD,
            skip=(page - 1) * ON_A_PAGE,
            at_most=ON_A_PAGE + 1,
        )
        shown = found[:ON_A_PAGE]
        roots = list(dict.fromkeys(one.root.id for one in shown))
        names = called(roots, now=context.now)
        act = journal.Act(
            kind=EntryKind.LOOK,
            outcome="calendar_listed",
            role=who.role.value,
            field_groups=(FieldGroup.MINIMUM,),
        )
        numbers = sorted({one.root.number for one in shown})
        journal.enter(act, ctx=context, body=json.dumps({"numbers": numbers}).encode())
    return ComingList(
        items=shown,
        names={root: name_in(names[root]) for root in roots},
        page=page,
        more=len(found) > ON_A_PAGE,
        now=context.now,
        zone=law_for(shown[0].root.country).zone if shown else "UTC",
    )
