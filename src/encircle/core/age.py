"""Age: what the record says of the child's age, the third axis. A presumption stands until a final decision.

Law: Dir. 2011/36 Art. 13(2) and Dir. 2011/93 Art. 18(3): where there are reasons to believe that a person of
uncertain age is a child, that person is presumed to be one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from encircle.vocabulary.moment import EXACT_DATE, Precision, Span, at_or_before, before
from encircle.vocabulary.unknown import Unknown

MAJORITY_YEARS = 18
"""Law: CRC Art. 1; Dir. 2011/36 Art. 2(6): a child is any person below 18 years of age."""

MOST_YEARS = 150
"""A stated age above it is taken as this one: no calendar reaches further back, and nothing depends on it."""


@dataclass(frozen=True, slots=True)
class AgeFacts:
    """What is on record about the age; None where nothing is.

    `determined`: child or adult by a decision; `final`: the decision can no longer be challenged.
    """

    born: Span | None = None
    claimed_born: Span | None = None
    claimed_years: int | None = None
    claimed_at: Span | None = None
    claimed_child: bool | None = None
    presumed: bool = False
    doubted: bool = False
    under_assessment: bool = False
    determined: str | None = None
    final: bool = False
    unborn: bool = False


@dataclass(frozen=True, slots=True)
class Age:
    """The answer: basis, whether a child now, whether in doubt, and the 18th birthday."""

    basis: str
    is_child: bool | Unknown
    in_doubt: bool
    turns_18: Span | Unknown


def age(on_record: AgeFacts, *, now: Span) -> Age:
    """Whether this person is a child now, on what basis, and when the 18th birthday is."""
    turns_18 = _turns_18(on_record)
    basis = _basis(on_record)
    in_doubt = basis in ("claimed", "presumed", "under_assessment") or (
        on_record.doubted and not on_record.final and basis != "not_yet_born"
    )
    if on_record.determined == "adult" and not on_record.final:
        in_doubt = True
    return Age(basis, _is_child(on_record, basis, turns_18, now), in_doubt, turns_18)


def _basis(on_record: AgeFacts) -> str:
    if on_record.determined is not None:
        return f"determined_{on_record.determined}"
    if on_record.under_assessment:
        return "under_assessment"
    if on_record.born is not None and not on_record.doubted:
        return "documented"
    if on_record.presumed:
        return "presumed"
    if on_record.unborn:
        return "not_yet_born"
    if on_record.claimed_child is not None or on_record.claimed_born is not None:
        return "claimed"
    return "documented" if on_record.born is not None else "unknown"


def _is_child(on_record: AgeFacts, basis: str, turns_18: Span | Unknown, now: Span) -> bool | Unknown:
    if basis == "determined_adult" and on_record.final:
        return False
    if basis == "not_yet_born":
        return True
    believed = basis in ("determined_child", "determined_adult", "under_assessment")
    believed = believed or on_record.presumed or on_record.claimed_child is True
    passed = Unknown(EXACT_DATE) if isinstance(turns_18, Unknown) else at_or_before(turns_18, now)
    if isinstance(passed, bool) and (not passed or _counts_against(on_record)):
        return not passed
    if believed:
        return True
    if isinstance(turns_18, Unknown) and on_record.claimed_child is None:
        return Unknown(
            "nothing on record about the age", ("date_of_birth_recorded", "age_claimed", "child_presumed")
        )
    if on_record.claimed_child is False:
        return Unknown("the age is claimed as adult only", ("age_determined",))
    reason = "the date of birth is in doubt" if passed is True else "the exact date of birth"
    return Unknown(reason, ("date_of_birth_recorded",))


def _counts_against(on_record: AgeFacts) -> bool:
    """Whether a birthday that has passed ends childhood: one on undoubted paper, or the one that the child's claim gives.

    Paper in doubt does not, nor a claim to be adult: both are what traffickers give a child to carry.
    """
    if on_record.born is not None and not on_record.doubted:
        return True
    return _claimed_18(on_record) is not None and on_record.claimed_child is not False


def _turns_18(on_record: AgeFacts) -> Span | Unknown:
    """From paper; where that is in doubt from the claim, if there is one with a date or an age."""
    claimed = _claimed_18(on_record)
    if on_record.born is not None and (claimed is None or not on_record.doubted):
        return _years_later(on_record.born, MAJORITY_YEARS)
    return claimed or Unknown("no date of birth on record", ("date_of_birth_recorded",))


def _claimed_18(on_record: AgeFacts) -> Span | None:
    if on_record.claimed_born is not None:
        return _years_later(on_record.claimed_born, MAJORITY_YEARS)
    if on_record.claimed_years is None or on_record.claimed_at is None:
        return None
    if on_record.claimed_child and on_record.claimed_years >= MAJORITY_YEARS:
        return None  # it contradicts itself; what protects counts
    years = min(on_record.claimed_years, MOST_YEARS)
    youngest = _years_later(on_record.claimed_at, MAJORITY_YEARS - years - 1)
    oldest = _years_later(on_record.claimed_at, MAJORITY_YEARS - years)
    return Span(youngest.earliest, oldest.latest, Precision.INTERVAL, on_record.claimed_at.zone)


def _years_later(span: Span, years: int) -> Span:
    """The start of that day so many years later. A 29 February is reached on 28 February or 1 March."""
    zone = ZoneInfo(span.zone)
    earliest = _same_day(span.earliest.astimezone(zone), years, leap_day=28)
    latest = _same_day(span.latest.astimezone(zone), years, leap_day=1)
    return Span(earliest, latest, Precision.MINUTE if earliest == latest else Precision.INTERVAL, span.zone)


def _same_day(local: datetime, years: int, *, leap_day: int) -> datetime:
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if (day.month, day.day) == (2, 29):
        day = day.replace(month=2 if leap_day == 28 else 3, day=leap_day)
    return day.replace(year=day.year + years).astimezone(UTC)


def was_child(turns_18: Span | Unknown, *, when: Span | Unknown) -> bool | Unknown:
    """Whether that time began before the 18th birthday: facts of a child's time keep the definition for children."""
    if isinstance(turns_18, Unknown):
        return turns_18
    if isinstance(when, Unknown):
        return when
    began = Span(when.earliest, when.earliest, Precision.MINUTE, when.zone)
    return before(began, turns_18)
