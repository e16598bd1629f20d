"""What people of one's agency have looked at, and what of it stood out. Codes of the journal only; itself a look, journalled.

For those whose mandate has the purpose: the supervisor and the data protection officer of an agency. Whose looks stood out
never sees that they did; the database holds to that as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.permit import NotAllowed, look_at_many, mandates
from encircle.actions.whose_law import law_for
from encircle.core.access import Denied
from encircle.core.journal.entry import EntryKind
from encircle.core.journal.pattern import Finding
from encircle.records import journal, look_alarms
from encircle.records.context import Context
from encircle.records.journal import history
from encircle.records.look_alarms import LookAlarm
from encircle.vocabulary.identifier import is_random_id
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.vocabulary.role import Role

ON_A_PAGE = 30
IN_A_FILE: Final = 10_000
"""Entries that are taken out at once; a shorter period has the rest."""
MOST_WORDS = 2000
LEAST_WORDS = 20
"""Signs that an answer has at least: one word tells nobody what was looked into."""


@dataclass(frozen=True, slots=True)
class LooksOfAsked:
    """Whose looks are asked for and of which days, as it was typed; what cannot be read counts as not asked."""

    person: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class LooksOf:
    """One page of what one person did, the newest first; nothing while nobody is chosen. `people`: of whom one may ask."""

    lines: tuple[history.Line, ...]
    asked: LooksOfAsked
    people: Mapping[str, str]
    next_page: str
    zone: str


@dataclass(frozen=True, slots=True)
class Alarms:
    """One page of alarms, the newest first."""

    items: tuple[LookAlarm, ...]
    page: int
    more: bool
    zone: str
    now: datetime


class NoSuchAlarm(Refused):
    """There is no such alarm for who asks, or it is about the own looks: which of the two is not told."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_alarm",
            reason="There is no such alarm that you can answer. Nothing was saved.",
            instead="Look at the list again.",
        )


def may_supervise(role: Role) -> bool:
    """Whether somebody in that role sees what people of the agency have looked at."""
    own = mandates().get(role)
    return own is not None and Purpose.SUPERVISE in own.purposes


def looks_of_people(who: Who, asked: LooksOfAsked) -> LooksOf:
    """What one person of the own agency, or of a part of it, has looked at and done. Refuses: NotAllowed."""
    return _looks(who, asked, at_most=ON_A_PAGE, kind=EntryKind.LOOK, outcome="supervised_looks_shown")


def looks_to_take_out(who: Who, asked: LooksOfAsked) -> LooksOf:
    """The same as a file: all of those days at once. Refuses: NotAllowed."""
    return _looks(who, asked, at_most=IN_A_FILE, kind=EntryKind.EXPORT, outcome="supervised_looks_taken_out")


def alarms_of(who: Who, *, answered: bool = False, page: int = 1) -> Alarms:
    """Looks of people of the own agency that stood out: those that wait, or those that were answered. Refuses: NotAllowed."""
    with at_work(who, Purpose.SUPERVISE) as context:
        ask_to_supervise(who)
        found = look_alarms.alarms_told(answered=answered, at_most=ON_A_PAGE + 1, skip=(page - 1) * ON_A_PAGE)
        _enter(who, context, EntryKind.LOOK, "look_alarms_shown")
    zone = law_for(settings.COUNTRY).zone
    return Alarms(found[:ON_A_PAGE], page, len(found) > ON_A_PAGE, zone, context.now)


def answer_alarm(who: Who, alarm: str, *, found: Finding, words: str) -> None:
    """Say what was found. Refuses: NotAllowed; NoSuchAlarm; BadInput, no words; RuleBroken, one that was answered."""
    words = words.strip()
    with at_work(who, Purpose.SUPERVISE) as context:
        ask_to_supervise(who)
        if not LEAST_WORDS <= len(words) <= MOST_WORDS:
            raise BadInput(
                code="answer_without_words" if len(words) < LEAST_WORDS else "answer_too_long",
                reason="Say in a sentence or two whom you asked and what you found.",
                where="words",
            )
        if not is_random_id(alarm) or not look_alarms.write_answer(
            alarm, found=found.value, words=words, ctx=context
        ):
            raise NoSuchAlarm
        _enter(who, context, EntryKind.WRITE, f"look_alarm_answered:{found.value}")


def _looks(who: Who, asked: LooksOfAsked, *, at_most: int, kind: EntryKind, outcome: str) -> LooksOf:
    zone = law_for(settings.COUNTRY).zone
    with at_work(who, Purpose.SUPERVISE) as context:
        ask_to_supervise(who)
        people = look_alarms.people_under(who.agency)
        found: tuple[history.Line, ...] = ()
        if asked.person in people:
            found = history.of_people_under(who.agency, _filter(asked, zone), at_most=at_most + 1)
        _enter(who, context, kind, outcome, of=asked.person if asked.person in people else "")
    shown = found[:at_most]
    more = f"{shown[-1].at.isoformat()}/{shown[-1].id}" if len(found) > at_most else ""
    return LooksOf(shown, asked, people, more, zone)


def _filter(asked: LooksOfAsked, zone: str) -> history.Filter:
    kinds = {kind.value for kind in EntryKind}
    until = day_in(asked.until, zone)
    return history.Filter(
        kind=asked.kind if asked.kind in kinds else None,
        actor=asked.person,
        before=history.place_in(asked.before),
        since=day_in(asked.since, zone),
        until=None if until is None else until + timedelta(days=1),
    )


def day_in(text: str, zone: str) -> datetime | None:
    """When that day begins there; None, where it cannot be read."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), tzinfo=ZoneInfo(zone))
    except (ValueError, OverflowError):
        return None


def ask_to_supervise(who: Who) -> None:
    """Whoever may see what people of the own agency did passes. Refuses: NotAllowed."""
    if may_supervise(who.role):
        return
    own = mandates().get(who.role)
    denied = Denied(
        code="not_supervisor",
        reason="What people of an agency have looked at is for its supervisor and its data protection officer.",
        source="" if own is None else "; ".join(source.cite() for source in own.sources),
        instead="What you have looked at yourself stands in your own list.",
    )
    raise NotAllowed(denied, "")


def _enter(who: Who, context: Context, kind: EntryKind, outcome: str, *, of: str = "") -> None:
    body = f'{{"person":"{of}"}}'.encode() if of else None
    journal.enter(replace(look_at_many(who, outcome), kind=kind), ctx=context, body=body)
