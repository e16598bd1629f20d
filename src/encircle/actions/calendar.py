"""One calendar for all proceedings: of one child, and what is ahead for an agency over all its records."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from encircle.actions.context import Who, at_work
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.naming import called, name_in
from encircle.actions.permit import mandates, opened_of_each, opens, permitted
from encircle.actions.whose_law import law_for
from encircle.core.calendar import Calendar, calendar
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
        told = heading(permit)
        enter_look(permit, "calendar_shown", told)
        return ChildsCalendar(
            heading=told,
            calendar=calendar(told.situation, told.shown.duties, zone=told.law.zone),
            now=permit.context.now,
        )


def coming_of(who: Who, *, purpose: Purpose, page: int = 1) -> ComingList:
    """What is ahead over all records of the agency, soonest first: of a year, and of the two weeks behind.

    Of the parts that the mandate of the role opens. What a relation to one record opens beside is on its own page.
    """
    mandate = mandates().get(who.role)
    with at_work(who, purpose) as context:
        found = coming(
            () if mandate is None else mandate.sees,
            since=context.now - BACK,
            until=context.now + AHEAD,
            skip=(page - 1) * ON_A_PAGE,
            at_most=ON_A_PAGE + 1,
        )
        shown = found[:ON_A_PAGE]
        opened = opened_of_each(who, {one.root.id for one in shown}, context=context)
        named = [root for root, allowed in opened.items() if opens(allowed, FieldGroup.MINIMUM)]
        names = called(named, now=context.now)
        act = journal.Act(
            kind=EntryKind.LOOK,
            outcome="calendar_listed",
            role=who.role.value,
            field_groups=tuple(() if mandate is None else (g for g in FieldGroup if g in mandate.sees)),
        )
        numbers = sorted({one.root.number for one in shown})
        journal.enter(act, ctx=context, body=json.dumps({"numbers": numbers}).encode())
    return ComingList(
        items=shown,
        names={root: name_in(names[root]) for root in named},
        page=page,
        more=len(found) > ON_A_PAGE,
        now=context.now,
        zone=law_for(shown[0].root.country).zone if shown else "UTC",
    )
