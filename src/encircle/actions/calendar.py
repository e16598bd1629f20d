"""One calendar for all proceedings: of one child, and what is ahead for an agency over all its records."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from encircle.actions.context import Who, at_work
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.naming import called, name_in
from encircle.actions.permit import NotAllowed, look_at_many, mandates, opened_of_each, opens, permitted
from encircle.actions.whose_law import law_for
from encircle.core.access import Allowed, Denied, Doing, decide, group_of_proceeding
from encircle.core.calendar import OTHER, Calendar, calendar
from encircle.records import journal
from encircle.records.calendar import Coming, actions_of, coming
from encircle.records.context import Context
from encircle.records.relations import kept_from
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation

ON_A_PAGE = 50
MOST_TO_DO = 20
"""Agreed actions that are shown at once: the most urgent."""
EVERY = frozenset(FieldGroup)
AT_MOST = 1000
"""Entries that are taken along at once."""
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

    Of the parts that the mandate of the role opens, and of those that decisions have opened. What a relation to one record
    opens beside is on its own page.
    Refuses: NotAllowed, a purpose that is not of the role.
    """
    return _listed(who, purpose, _coming, page=page, on_a_page=ON_A_PAGE, code="calendar_listed")


def coming_whole(who: Who, *, purpose: Purpose) -> ComingList:
    """The same without pages, to be taken along: the soonest thousand. Refuses as `coming_of`."""
    return _listed(who, purpose, _coming, page=1, on_a_page=AT_MOST, code="calendar_taken_along")


def actions_to_do(who: Who, *, purpose: Purpose) -> ComingList:
    """What the agency has agreed to do at meetings and has not done, over all its records: late first.

    Refuses as `coming_of`.
    """
    only = frozenset({FieldGroup.MINIMUM})
    return _listed(who, purpose, _to_do, page=1, on_a_page=MOST_TO_DO, code="actions_listed", only=only)


_Find = Callable[[Who, Collection[FieldGroup], Context, int, int], tuple[Coming, ...]]


def _coming(
    who: Who, groups: Collection[FieldGroup], context: Context, skip: int, at_most: int
) -> tuple[Coming, ...]:
    since, until = context.now - BACK, context.now + AHEAD
    openable = EVERY if who.held_to is None else who.held_to
    return coming(
        groups,
        openable=openable,
        agency=who.agency,
        since=since,
        until=until,
        skip=skip,
        at_most=at_most,
        without=kept_from(who.agency),
    )


def _to_do(
    who: Who, groups: Collection[FieldGroup], context: Context, skip: int, at_most: int
) -> tuple[Coming, ...]:
    return actions_of(who.agency, groups, skip=skip, at_most=at_most, without=kept_from(who.agency))


def _listed(
    who: Who,
    purpose: Purpose,
    find: _Find,
    *,
    page: int,
    on_a_page: int,
    code: str,
    only: frozenset[FieldGroup] = EVERY,
) -> ComingList:
    """One page of a list over many records, with the names that are open; journalled as one look.

    `only`: the parts of the record from which it can be known.
    """
    own = decide(Doing.LOOK, role=who.role, purpose=purpose, relations=(Relation.TEAM,), mandates=mandates())
    if isinstance(own, Denied):
        raise NotAllowed(own, "")
    own = own.narrowed(who.held_to)
    with at_work(who, purpose) as context:
        groups = own.groups & only
        found = find(who, groups, context, (page - 1) * on_a_page, on_a_page + 1)
        listed = found[:on_a_page]
        opened = opened_of_each(who, {one.root.id for one in listed}, context=context)
        shown = tuple(one for one in listed if isinstance(opened[one.root.id], Allowed))
        named = [root for root, allowed in opened.items() if opens(allowed, FieldGroup.MINIMUM)]
        names = called(named, now=context.now)
        act = look_at_many(who, code, groups if shown else ())
        numbers = sorted({one.root.number for one in shown})
        journal.enter(act, ctx=context, body=json.dumps({"numbers": numbers}).encode())
    return ComingList(
        items=tuple(_as_open(one, opened[one.root.id]) for one in shown),
        names={root: name_in(names[root]) for root in named},
        page=page,
        more=len(found) > on_a_page,
        now=context.now,
        zone=law_for(shown[0].root.country).zone if shown else "UTC",
    )


def _as_open(one: Coming, opened: Allowed | Denied) -> Coming:
    """The entry, without the kind of its proceeding where that is of a part that is closed."""
    is_told = one.lane == OTHER or opens(opened, group_of_proceeding(one.lane))
    return one if is_told else replace(one, lane=OTHER)
