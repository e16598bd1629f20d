"""Whether two records can be about one child: by names and days of birth, as a question in words. No score, no verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from encircle.core.linkage import Heard, Likeness, Part, likeness, parts_of
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.age import AgeClaimed, DateOfBirthRecorded
from encircle.vocabulary.moment import Span, parse_span


class Born(StrEnum):
    """How what is known of the day of birth agrees."""

    SAME = "same"
    OTHER = "other"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Known:
    """By what a child is known on a record: names, one tuple for each statement of them, and dates of birth."""

    names: tuple[tuple[str, ...], ...]
    births: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Why one may ask: how the name that is most alike is, in a word, and whether the day of birth agrees."""

    name: Likeness
    born: Born


def alike(one: Known, other: Known, heard: Heard | None = None) -> Alike | None:
    """Whether to ask if they are the same child, and why; None, where nothing speaks for it.

    A name of which only one part is alike is asked about only where the day of birth agrees.
    """
    found = [
        match.likeness
        for asked in one.names
        for known in other.names
        if (match := likeness(_parts(asked, heard), _parts(known, heard), heard)) is not None
    ]
    born = agreeing(one.births, other.births)
    if not found or (min(found) is Likeness.PART and born is not Born.SAME):
        return None
    return Alike(min(found), born)


def agreeing(one: Iterable[Span], other: Iterable[Span]) -> Born:
    """Whether one of these dates can be one of those: a year alone can be any day of it."""
    pairs = [(first, second) for first in one for second in other]
    if not pairs:
        return Born.NOT_KNOWN
    meet = any(a.earliest <= b.latest and b.earliest <= a.latest for a, b in pairs)
    return Born.SAME if meet else Born.OTHER


def births_in(facts: Iterable[Fact]) -> tuple[Span, ...]:
    """When the child was born, as these facts say it."""
    said = ((_born(fact), fact.happened.zone) for fact in facts)
    return tuple(parse_span(text, zone) for text, zone in said if text)


def _born(fact: Fact) -> str:
    payload = fact.payload
    if isinstance(payload, DateOfBirthRecorded):
        return payload.date_of_birth
    if isinstance(payload, AgeClaimed) and isinstance(payload.date_of_birth_claimed, str):
        return payload.date_of_birth_claimed
    return ""


def _parts(names: Iterable[str], heard: Heard | None) -> list[Part]:
    return [part for name in names for part in parts_of(name, heard)]
