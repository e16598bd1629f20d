"""SOPs: numbers that practice sets where the law has words only. Knows no limit of law and no clock."""

from dataclasses import dataclass

from encircle.law.counting import Period
from encircle.law.origin import Origin
from encircle.law.source import Source
from encircle.law.texts import Texts

EMERGENCY_LASTS = "emergency_access_lasts"
"""The number by which a record that was opened in an emergency closes again, from its opening."""
EMERGENCY_REVIEWED = "emergency_access_reviewed_within"
"""The number by which a second person looks at that, from the opening."""
TOLD_HIGHER = ("alarm_told_higher_within", "alarm_told_highest_within")
"""Numbers by which an alarm that nobody answered goes one desk higher, in their order, each from the first notice."""


@dataclass(frozen=True, slots=True)
class SopRule:
    """A number of practice, None where the country has not set one; `set_by` says whose practice it is."""

    code: str
    title: Texts
    period: Period | None
    sources: tuple[Source, ...]
    set_by: Texts | None
    origins: tuple[Origin, ...]
