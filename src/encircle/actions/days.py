"""A record day by day: on each day what happened, what was known of it by then, and what was due on either clock.

Only the day that is asked for is computed, and the evening before it, so that what changed can be told. The other days
are named by what is on record: when something happened, when it was learnt, when a time ran out.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from encircle.actions.asked import Asked, Question, question
from encircle.actions.context import Who
from encircle.actions.permit import Use, mandates, permitted, uses_of
from encircle.actions.record import AgencyName, Look, Sight, enter_page, records_of, sight
from encircle.core.child import AsOf, fold
from encircle.core.child.situation import Situation
from encircle.core.duty import DutyRow, DutyState
from encircle.law.texts import Texts
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.moment import instant_end, parse_span
from encircle.vocabulary.purpose import Purpose

ANYBODY = "anybody"
"""Asked for instead of an agency: what any agency knew."""

_OVER = frozenset({DutyState.LIFTED, DutyState.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which something changed: how many things happened on it, were learnt, and how many times ran out.

    `coarse`: how many of an unsure day can have happened first on it, or have for certain by its end.
    """

    on: date
    happened: int
    coarse: int
    learnt: int
    ended: int


@dataclass(frozen=True, slots=True)
class Before:
    """The state of a duty or an alarm the evening before, and what it is called, should it not stand any more."""

    state: str
    title: Texts


@dataclass(frozen=True, slots=True)
class Clock:
    """The record at the end of the day, and duties and alarms the evening before, by code and subject, on the same clock."""

    look: Look
    duties_before: Mapping[tuple[str, str], Before]
    alarms_before: Mapping[tuple[str, str], Before]


@dataclass(frozen=True, slots=True)
class DayLook:
    """One day of a record on two clocks, counted in `zone`: the one in which most of it is told.

    `happened`: with all that is known today. `known`: with what the agency `by` (None: anybody) had learnt by that evening.
    `days`: every day on which something changed, in order. `today`: the record as that agency knows it now; `now`: what is
    open of it to who looks, whoever has learnt it.
    `problems`: what could not be read, by field.
    """

    on: date
    zone: str
    by: AgencyId | None
    days: tuple[Day, ...]
    happened: Clock
    known: Clock
    today: Look
    now: Situation
    agencies: Mapping[AgencyId, AgencyName]
    problems: Mapping[str, str]

    @property
    def before(self) -> date | None:
        """The day before this one on which something changed."""
        place = bisect_left(self.days, self.on, key=_day)
        return self.days[place - 1].on if place else None

    @property
    def after(self) -> date | None:
        """The next day on which something changed."""
        place = bisect_right(self.days, self.on, key=_day)
        return self.days[place].on if place < len(self.days) else None


def day_of(who: Who, number: str, *, purpose: Purpose, asked: Asked) -> DayLook:
    """One day of one record: the one asked for (`as_of`), else the first on which something changed.

    `by`: an agency, or ANYBODY; left out, the agency of who looks if it knows anything of the record. Refuses as a look does.
    """
    with permitted(who, number, purpose=purpose) as permit:
        on = sight(permit, law=asked.law)
        own = permit.who.agency
        by = asked.by or (own if any(_learnt(fact, own) for fact in on.opened.facts) else "")
        wanted = replace(asked, by="" if by == ANYBODY else by, known_as_of="")
        zone = _zone(on)
        understood = question(wanted, now=permit.context.now, zone=zone, agencies=on.agencies)
        told = _told(on, wanted, understood, zone)
        enter_page(permit, "days", told[1])
    return told[0]


def sees_most(people: Iterable[Who]) -> Who:
    """Of these people, who take part in one case, the one to whom most of it is open."""

    def opened(who: Who) -> tuple[int, int]:
        mandate = mandates().get(who.role)
        return len(uses_of(who, (Use(Purpose.PROTECT),))), 0 if mandate is None else len(mandate.sees)

    return max(people, key=opened)


def first_to_play(who: Who) -> str | None:
    """The number of the first record in their list whose page they may open."""
    cards = records_of(who, purpose=Purpose.WORK_LIST).cards
    return next((card.number for card in cards if card.is_open), None)


def _told(on: Sight, asked: Asked, understood: Question, zone: str) -> tuple[DayLook, tuple[FieldGroup, ...]]:
    by, now = understood.as_of.by, on.permit.context.now
    last, _seen = on.look(asked, Question(AsOf(now, None, by), {}))
    days = tuple(_days(last.facts, last.answer.duties, by, zone, now))
    is_chosen = bool(asked.as_of) and "as_of" not in understood.problems
    chosen = _local(understood.as_of.at, zone) if is_chosen or not days else days[0].on
    asked = replace(asked, as_of=chosen.isoformat())
    evening = instant_end(chosen.isoformat(), zone)
    before = parse_span(chosen.isoformat(), zone).earliest - timedelta(seconds=1)
    happened, groups = _clock(
        on, replace(asked, by=""), AsOf(evening), AsOf(before), understood, compare=True
    )
    knowing = replace(asked, known_as_of=chosen.isoformat())
    known, more = _clock(on, knowing, AsOf(evening, evening, by), AsOf(before, before, by), understood)
    problems = {**understood.problems, **happened.look.problems}
    todays = last.answer.folded if by is None else fold(on.opened.facts, AsOf(now), zone=zone)
    told = DayLook(chosen, zone, by, days, happened, known, last, todays.earliest, on.agencies, problems)
    return told, tuple(group for group in FieldGroup if group in {*groups, *more})


def _clock(
    on: Sight, asked: Asked, evening: AsOf, before: AsOf, understood: Question, *, compare: bool = False
) -> tuple[Clock, tuple[FieldGroup, ...]]:
    """The record at the end of the day; the evening before, only the states, by the law of that evening if of then."""
    then, groups = on.look(asked, Question(evening, {}, understood.law_of, understood.zone), compare=compare)
    earlier, _groups = on.look(asked, Question(before, {}, understood.law_of, understood.zone))
    duties = {row.key: Before(row.state.value, row.rule.title) for row in earlier.answer.duties}
    alarms = {one.key: Before(one.state.value, one.rule.title) for one in earlier.answer.alarms}
    return Clock(then, duties, alarms), groups


def _days(
    facts: Iterable[Fact], duties: Iterable[DutyRow], by: AgencyId | None, zone: str, now: datetime
) -> Iterator[Day]:
    """The days on which anything happened, can have happened at the latest, was learnt, or a time ran out."""
    happened, coarse, learnt = Counter[date](), Counter[date](), Counter[date]()
    for fact in facts:
        on_days = days_of(fact, zone)
        (happened if len(on_days) == 1 else coarse).update(on_days)
        if (at := fact.first_learnt(by=by)) is not None:
            learnt[_local(at, zone)] += 1
    ended = Counter(_local(at, zone) for row in duties if (at := _ran_out(row, now)) is not None)
    today = _local(now, zone)
    for on in sorted({*happened, *coarse, *learnt, *ended}):
        if on <= today:
            yield Day(on, happened[on], coarse[on], learnt[on], ended[on])


def days_of(fact: Fact, zone: str) -> frozenset[date]:
    """The day on which it happened; of a coarse time the first on which it can have, and the last."""
    return frozenset((_local(fact.happened.earliest, zone), _local(fact.happened.latest, zone)))


def _zone(on: Sight) -> str:
    """Where the days of this record are counted."""
    told = Counter(fact.happened.zone for fact in on.opened.facts)
    return told.most_common(1)[0][0] if told else on.law.zone


def _ran_out(row: DutyRow, now: datetime) -> datetime | None:
    """When the time of a duty was over without its being met."""
    end = None if row.due is None else row.due.latest
    if end is None or end >= now or row.state in _OVER or (row.state is DutyState.MET and not row.late):
        return None
    return end


def _learnt(fact: Fact, agency: AgencyId) -> bool:
    return fact.first_learnt(by=agency) is not None


def _local(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _day(day: Day) -> date:
    return day.on
