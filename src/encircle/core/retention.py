"""Retention of one record: until when each part is kept, what is due for erasure, what only people can settle. No clock.

Law: the sources of the rules; GDPR 5(1)(e) and 17, LED 4(1)(e), 5 and 16 set the principle and no number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from encircle.core.child.situation import Situation
from encircle.law.calendar import Calendar
from encircle.law.counting import end_of
from encircle.law.retention import KeptFrom, KeptOf, RetentionRule
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown


class Kept(StrEnum):
    """Whether parts of a record are still to be kept."""

    KEPT = "kept"
    """The event has not happened, or the time still runs."""
    DUE = "due"
    """The time has passed that law or practice sets: people decide on the erasure."""
    TO_BE_LOOKED_AT = "to_be_looked_at"
    """The event has happened and no number holds, or it was not read: people look whether it is still needed."""
    UNKNOWN = "unknown"
    """From when it is counted depends on what is not on record."""


@dataclass(frozen=True, slots=True)
class Retained:
    """One rule on one record. `since`: when the last event happened; `until`: to when it is kept; `missing`: a fact."""

    rule: RetentionRule
    kept: Kept
    since: datetime | None = None
    until: datetime | None = None
    missing: str = ""


def retained(
    situation: Situation, *, rules: Iterable[RetentionRule], calendar: Calendar, now: datetime
) -> tuple[Retained, ...]:
    """How it stands with each rule now. An event that is not known makes it unknown, never due."""
    return tuple(_retained(rule, situation, calendar, now) for rule in rules if rule.of is KeptOf.RECORD)


def kept_at_the_door(
    rule: RetentionRule, *, last_words: datetime, is_closed: bool, calendar: Calendar, now: datetime
) -> Retained:
    """How it stands with a report, talk or complaint. `last_words`: of either side; until it is closed it is kept."""
    until = None if rule.period is None else end_of(rule.period, start=last_words, calendar=calendar).at
    if not is_closed or (until is not None and until > now):
        return Retained(rule, Kept.KEPT, last_words, until)
    return Retained(rule, Kept.DUE if rule.may_be_due else Kept.TO_BE_LOOKED_AT, last_words, until)


def _retained(rule: RetentionRule, situation: Situation, calendar: Calendar, now: datetime) -> Retained:
    events = [_event(event, situation) for event in rule.from_]
    happened = [one.latest for one in events if isinstance(one, Span)]
    if any(one is None for one in events) or any(at > now for at in happened):
        return Retained(rule, Kept.KEPT)
    if len(happened) < len(events):
        names = (name for one in events if isinstance(one, Unknown) for name in one.missing)
        return Retained(rule, Kept.UNKNOWN, missing=", ".join(names))
    since = max(happened)
    if rule.period is None:
        return Retained(rule, Kept.TO_BE_LOOKED_AT, since)
    until = end_of(rule.period, start=since, calendar=calendar).at
    if until > now:
        return Retained(rule, Kept.KEPT, since, until)
    return Retained(rule, Kept.DUE if rule.may_be_due else Kept.TO_BE_LOOKED_AT, since, until)


def _event(event: KeptFrom, situation: Situation) -> Span | Unknown | None:
    """When it happened or will, at the latest; None: it has not."""
    child = situation.child
    if event is KeptFrom.CLOSED and child["closed"] is False:
        return None
    at = child["turns_18" if event is KeptFrom.MAJORITY else "protection_at"]
    return at if isinstance(at, Span | Unknown) else Unknown("not on record")
