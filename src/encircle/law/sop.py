"""SOPs: numbers that practice sets where the law has words only. Knows no limit of law and no clock."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from encircle.law.counting import Period
from encircle.law.origin import Origin
from encircle.law.practice import Adopted
from encircle.law.source import Source
from encircle.law.texts import Texts

EMERGENCY_LASTS = "emergency_access_lasts"
"""The number by which a record that was opened in an emergency closes again, from its opening."""
EMERGENCY_REVIEWED = "emergency_access_reviewed_within"
"""The number by which a second person looks at that, from the opening."""
OFFER_OPEN = "offer_open_for"
"""The number by which an offer of a child to an agency ends by itself, from the offer."""
LOOKS_STAND_OUT = (
    "looks_many_told_from",
    "looks_outside_told_from",
    "looks_refused_told_from",
    "looks_searched_told_from",
    "looks_own_name_told_from",
    "looks_night_told_from",
    "looks_emergencies_told_from",
    "looks_closed_told_from",
)
"""Numbers from which looks of one person stand out: how many, within which time."""
LOOKS_ANSWERED = "looks_alarm_answered_within"
"""The number by which somebody says what was found of looks that stood out, from the alarm."""
REPORTS_OPENED: Final = {
    "yes": "report_in_danger_opened_within",
    "unknown": "report_opened_within",
    "no": "report_without_danger_opened_within",
    "held": "report_held_looked_through_within",
}
"""Numbers by which a desk opens a report, by whether somebody is in danger now, from the hour of its arrival; or looks
through it, where it is held."""
DESK_OPENS: Final = "desk_opens_at"
DESK_CLOSES: Final = "desk_closes_at"
"""Numbers from when until when a desk is there on working days, counted from midnight, where its agency has set no hours."""
REPORTS_FLOOD: Final = "reports_flood_from"
REPORTS_ALIKE: Final = "reports_alike_held_from"
"""Numbers from which reports at the door are a flood, and from which those that say nearly the same are held in one."""
COMPLAINT_ACKNOWLEDGED: Final = "complaint_acknowledged_within"
"""The number by which whoever complained is told when the answer comes, from the hour of its arrival."""
COMPLAINT_ANSWERED: Final = "complaint_answered_within"
"""The number by which a complaint is answered where no earlier day was promised, from the hour of its arrival."""
TOLD_HIGHER = ("alarm_told_higher_within", "alarm_told_highest_within")
"""Numbers by which an alarm that nobody answered goes one desk higher, in their order, each from the first notice."""


@dataclass(frozen=True, slots=True)
class SetNumber:
    """A number as it holds from an instant on: the one of the packs (`by` is None: since ever), or one that was adopted."""

    period: Period | None
    set_by: Texts | None
    sources: tuple[Source, ...]
    by: Adopted | None = None


@dataclass(frozen=True, slots=True)
class SopRule:
    """A number of practice, None where the country has not set one; `set_by` says whose practice it is.

    `by`: the proposal by which it holds; None, where it stands in a pack. `numbers`: all that have held or will hold,
    the earliest first; empty, where no proposal has changed it.
    `times`: how often within the period, where the number counts happenings; None, where it is a time alone.
    `no_number`: why this country sets none on purpose. What is only missing has no reason.
    """

    code: str
    title: Texts
    period: Period | None
    sources: tuple[Source, ...]
    set_by: Texts | None
    origins: tuple[Origin, ...]
    by: Adopted | None = None
    numbers: tuple[SetNumber, ...] = ()
    no_number: Texts | None = None
    times: int | None = None

    def at(self, instant: datetime) -> "SopRule":
        """The same rule with the number that held then: what was done before a change is measured by the earlier one."""
        if not self.numbers:
            return self
        held = [one for one in self.numbers if one.by is None or one.by.since <= instant][-1]
        return replace(self, period=held.period, set_by=held.set_by, sources=held.sources, by=held.by)

    def turns(self) -> tuple[datetime, ...]:
        """The instants from which another number holds."""
        return tuple(one.by.since for one in self.numbers if one.by is not None)
