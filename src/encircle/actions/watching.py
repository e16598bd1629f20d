"""Watching over looks: a job counts them for each person, tells what stands out, and once a week what case leads look at."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from encircle.actions.whose_law import law_for
from encircle.core.journal.entry import EntryKind
from encircle.core.journal.pattern import Pattern, Watch
from encircle.law.counting import end_of
from encircle.law.law import Law
from encircle.law.sop import LOOKS_ANSWERED
from encircle.records import journal, look_alarms, look_weeks
from encircle.records.context import with_context
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.purpose import Purpose


@dataclass(frozen=True, slots=True)
class Watched:
    """How many alarms were raised, and for how many agencies a week of looks has ended."""

    alarms: int
    weeks: int


def watches(law: Law, now: datetime) -> tuple[Watch, ...]:
    """What stands out in this country: the patterns of which its practice sets a number."""
    rules = {rule.code: rule for rule in law.sops}
    return tuple(
        Watch(pattern, end_of(rule.period, start=now, calendar=law.calendar).at - now, rule.times)
        for pattern in Pattern
        if (rule := rules.get(pattern.sop)) is not None and rule.period is not None and rule.times is not None
    )


def watch_looks() -> Watched:
    """Count once. Another process counts: it is left to it. Done again, it raises nothing twice."""
    law = law_for(settings.COUNTRY)
    with with_context(agency=None, actor="watcher", purpose=Purpose.WATCH.value) as context:
        if not look_alarms.alone():
            return Watched(0, 0)
        alarms = count_looks(law, context.now)
        weeks = look_weeks.open_weeks(*last_week(context.now, law.zone))
        look_alarms.tell()
        look_weeks.tell()
        if look_alarms.tell_higher(hearing(law)):
            act = journal.Act(kind=EntryKind.POLICY, outcome="unanswered_told_higher")
            journal.enter(act, ctx=context)
        if alarms:
            act = journal.Act(kind=EntryKind.POLICY, outcome="looks_stand_out")
            journal.enter(act, ctx=context)
    return Watched(alarms, weeks)


def hearing(law: Law) -> tuple[str, ...]:
    """The roles that are told when an agency does not answer in time, as the mandates of the country say."""
    held = law.mandates_by_role.items()
    return tuple(role.value for role, one in held if Decision.HEAR_UNANSWERED in one.decides)


def count_looks(law: Law, now: datetime) -> int:
    """Raise the alarms of one moment, in the open transaction; how many."""
    period = next((rule.period for rule in law.sops if rule.code == LOOKS_ANSWERED), None)
    answer_by = None if period is None else end_of(period, start=now, calendar=law.calendar).at
    return sum(
        look_alarms.count(watch, now=now, zone=law.zone, answer_by=answer_by) for watch in watches(law, now)
    )


def last_week(now: datetime, zone: str) -> tuple[datetime, datetime]:
    """The last whole week, Monday to Monday, in that zone."""
    there = now.astimezone(ZoneInfo(zone))
    monday = (there - timedelta(days=there.weekday())).date()
    begin, end = (
        datetime.combine(day, time(), tzinfo=ZoneInfo(zone)) for day in (monday - timedelta(days=7), monday)
    )
    return begin, end
