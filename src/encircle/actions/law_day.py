"""By which law a record is read: today's, or the one that was in force on the day as of which is asked; and what differs."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from encircle.actions.asked import Question
from encircle.actions.whose_law import law_for_day, law_for_then
from encircle.core.access import Shown
from encircle.core.two_laws import Apart, LawOf, NumberSince, apart, numbers_since
from encircle.law.era import Era, era_of
from encircle.law.law import Law
from encircle.law.pack import BadPack

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ByLaw:
    """By which law something was told.

    `law_of`: today's, or that of the day. `on`: the day on which it is, or was, in force; `era`: from when and until when,
    as far as the packs know. `day`: the day as of which is asked.
    `differs`, `since`: what another law makes of the record, where the two were compared (`is_compared`).
    """

    law_of: LawOf
    on: date
    day: date
    era: Era
    is_compared: bool = False
    differs: tuple[Apart, ...] = ()
    since: tuple[NumberSince, ...] = ()

    @property
    def is_past(self) -> bool:
        """Whether the day asked for lies outside the days of the law of now: only then can the two laws differ."""
        return self.law_of is LawOf.THEN or not self.era.holds(self.day)


@dataclass(frozen=True, slots=True)
class Read:
    """The law to read by, what is to be said of it, and what of the question could not be answered, by field."""

    law: Law
    by: ByLaw
    problems: Mapping[str, str]


def todays(law: Law, now: datetime) -> ByLaw:
    """That something is told by today's law, of today."""
    day = _day(now, law.zone)
    return ByLaw(LawOf.TODAY, law.on or day, day, era_of(law, day))


def law_to_read(law: Law, understood: Question) -> Read:
    """The law by which that question is answered. `law`: that of the country as it holds now.

    Where the law of a day can't be made (no calendar of that year), it is told, and today's law answers.
    """
    at = understood.as_of.at
    day = _day(at, understood.zone or law.zone)
    problems = dict(understood.problems)
    if understood.law_of is LawOf.THEN:
        try:
            found = law_for_day(law, day, at)
            return Read(found, ByLaw(LawOf.THEN, day, day, era_of(law, day)), problems)
        except BadPack as bad:
            logger.error("law.no_law_of_that_day", extra={"pack": law.pack, "where": bad.where})
            problems["law_of"] = "The law of that day can't be made from the packs. This is today's law."
    on = law.on or day
    return Read(law_for_then(law, at), ByLaw(LawOf.TODAY, on, day, era_of(law, on)), problems)


def compared(then: Shown, today: Shown, *, read: Read, law_today: Law, law_now: Law) -> ByLaw:
    """What is open of the record under today's law and not, or otherwise, under the law of its day.

    `law_today`: today's law with the practice of that day; `law_now`: with the practice of now.
    """
    by = read.by
    return ByLaw(
        by.law_of,
        by.on,
        by.day,
        by.era,
        is_compared=True,
        differs=apart(
            (today.duties, today.alarms),
            (then.duties, then.alarms),
            law_today=law_today,
            law_then=read.law,
        ),
        since=numbers_since((*then.duties, *today.duties), law_now),
    )


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
