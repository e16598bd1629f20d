"""What people and programs of one's agency have looked at, and what of it stood out. Codes of the journal only.

Itself a look, journalled. For those whose mandate has the purpose: the supervisor and the data protection officer of an
agency. Whose looks stood out never sees that they did; the database holds to that as well.
"""

import json
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
from encircle.records.look_alarms import LookAlarm, Program
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
    """Whose looks are asked for and of which days, as it was typed; what cannot be read counts as not asked.

    `token`: of a program, whose looks are asked for instead of those of a person.
    """

    person: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    before: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class LooksOf:
    """One page of what one person or program did, the newest first; nothing while none is chosen.

    `people`, `programs`: of whom one may ask; programs by the id of their token.
    """

    lines: tuple[history.Line, ...]
    asked: LooksOfAsked
    people: Mapping[str, str]
    programs: Mapping[str, Program]
    next_page: str
    zone: str

    @property
    def chosen(self) -> bool:
        """Whether somebody is asked for of whom one may ask."""
        return may_be_chosen(self.asked, self.people, self.programs)


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
    """What one person or program of the own agency, or of a part of it, has looked at and done. Refuses: NotAllowed."""
    return _looks(who, asked, at_most=ON_A_PAGE, kind=EntryKind.LOOK, outcome="supervised_looks_shown")


def looks_to_take_out(who: Who, asked: LooksOfAsked) -> LooksOf:
    """The same as a file: all of those days at once. Refuses: NotAllowed."""
    return _looks(who, asked, at_most=IN_A_FILE, kind=EntryKind.EXPORT, outcome="supervised_looks_taken_out")


def alarms_of(who: Who, *, answered: bool = False, page: int = 1) -> Alarms:
    """Looks of people and programs of the own agency that stood out: what waits, or was answered. Refuses: NotAllowed."""
    with at_work(who, Purpose.SUPERVISE) as context:
        ask_to_supervise(who)
        found = look_alarms.alarms_told(answered=answered, at_most=ON_A_PAGE + 1, skip=(page - 1) * ON_A_PAGE)
        enter_supervised(who, context, EntryKind.LOOK, "look_alarms_shown")
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
        enter_supervised(who, context, EntryKind.WRITE, f"look_alarm_answered:{found.value}")


def _looks(who: Who, asked: LooksOfAsked, *, at_most: int, kind: EntryKind, outcome: str) -> LooksOf:
    zone = law_for(settings.COUNTRY).zone
    with at_work(who, Purpose.SUPERVISE) as context:
        ask_to_supervise(who)
        people = look_alarms.people_under(who.agency)
        programs = look_alarms.programs_under(who.agency)
        found = LooksOf((), asked, people, programs, "", zone)
        lines: tuple[history.Line, ...] = ()
        if found.chosen:
            lines = history.of_people_under(who.agency, _filter(asked, zone), at_most=at_most + 1)
        enter_supervised(who, context, kind, outcome, of=asked_for(asked) if found.chosen else None)
    shown = lines[:at_most]
    more = f"{shown[-1].at.isoformat()}/{shown[-1].id}" if len(lines) > at_most else ""
    return replace(found, lines=shown, next_page=more)


def may_be_chosen(asked: LooksOfAsked, people: Mapping[str, str], programs: Mapping[str, Program]) -> bool:
    """Whether the one that is asked for is among those of whom one may ask; a token goes before a person."""
    return asked.token in programs if asked.token else asked.person in people


def asked_for(asked: LooksOfAsked) -> Mapping[str, str]:
    """Whose looks, for the entry of the journal: of one of the two."""
    return {"token": asked.token} if asked.token else {"person": asked.person}


def _filter(asked: LooksOfAsked, zone: str) -> history.Filter:
    kinds = {kind.value for kind in EntryKind}
    until = day_in(asked.until, zone)
    return history.Filter(
        kind=asked.kind if asked.kind in kinds else None,
        actor=None if asked.token else asked.person,
        token=asked.token or None,
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


def enter_supervised(
    who: Who, context: Context, kind: EntryKind, outcome: str, *, of: Mapping[str, str] | None = None
) -> None:
    """Write down that this was shown, taken out or written; `of`: whose looks, in the sealed body of the entry."""
    body = json.dumps(of, separators=(",", ":")).encode() if of else None
    journal.enter(replace(look_at_many(who, outcome), kind=kind), ctx=context, body=body)
