"""Sharing agreements: what one agency may share with another, to which ends, until when, and what may become of it.

An agreement opens nothing by itself: it says on which terms a decision about one child may open a part. It widens no mandate.
When one is needed, and on which act it rests, the law of a country says: each agreement names its own basis.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.onward import Onward
from encircle.vocabulary.visit_purpose import VisitPurpose

LONGEST_YEARS = 5
"""No agreement is made for longer: it is made anew, so that somebody looks at it."""


class AgreementState(StrEnum):
    """Where an agreement stands on a day. Only one that runs is a basis."""

    WAITS = "waits"
    """One side has signed."""
    DECLINED = "declined"
    """The other side said no, or who proposed it took it back."""
    COMING = "coming"
    """Signed by both; its first day has not come."""
    RUNS = "runs"
    ENDED = "ended"
    """A side has ended it before its last day."""
    OVER = "over"
    """Its last day has passed."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed. `first`, `last`: days of the country on which it runs, both included."""

    groups: frozenset[FieldGroup]
    ends: frozenset[VisitPurpose]
    onward: Onward
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of it. `ended`: a side has declined it, taken it back or ended it."""

    by_giver: bool
    by_taker: bool
    ended: bool


def state_of(terms: Terms, signed: Signed, *, on: date) -> AgreementState:
    """Where the agreement stands on that day of the country."""
    both = signed.by_giver and signed.by_taker
    if signed.ended:
        return AgreementState.ENDED if both else AgreementState.DECLINED
    if on > terms.last:
        return AgreementState.OVER
    if not both:
        return AgreementState.WAITS
    return AgreementState.COMING if on < terms.first else AgreementState.RUNS


def covers(terms: Terms, signed: Signed, group: FieldGroup, *, on: date) -> bool:
    """Whether a decision of that day to open that part can rest on it."""
    return group in terms.groups and state_of(terms, signed, on=on) is AgreementState.RUNS


def faults(terms: Terms, *, today: date) -> dict[str, str]:
    """What cannot be agreed so, by field: groups, ends, first, last. Empty where nothing is wrong."""
    found = {}
    if not terms.groups or FieldGroup.MINIMUM in terms.groups:
        found["groups"] = "no_part"
    if not terms.ends:
        found["ends"] = "no_end"
    if terms.first < today:
        found["first"] = "in_the_past"
    if terms.last <= terms.first:
        found["last"] = "ends_before_it_begins"
    elif terms.last > _years_after(terms.first, LONGEST_YEARS):
        found["last"] = "too_long"
    return found


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
