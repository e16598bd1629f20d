"""The band for which a child is spoken to: the youngest age that the record leaves possible."""

import pytest

from encircle.core.age import AgeFacts, age
from encircle.core.band import band
from encircle.law.saying import Band
from encircle.vocabulary.moment import parse_span, point
from encircle.vocabulary.unknown import Unknown
from tests.core.world import ZONE, at

NOW = point(at("2026-11-23"), ZONE)
CLAIMED = parse_span("2026-03-02", ZONE)


def of(on_record: AgeFacts) -> Band:
    answer = age(on_record, now=NOW)
    latest = answer.turns_18 if isinstance(answer.turns_18, Unknown) else answer.turns_18.latest
    return band(latest, in_doubt=answer.in_doubt, now=NOW.earliest, zone=ZONE)


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2026-05-06", Band.YOUNG),
        ("2019-05-06", Band.YOUNG),
        ("2016-11-25", Band.YOUNG),
        ("2016-11-23", Band.MIDDLE),
        ("2012-11-25", Band.MIDDLE),
        ("2012-11-23", Band.OLDER),
        ("2012-02-29", Band.OLDER),
        ("2008-02-29", Band.OLDER),
        ("2000-01-01", Band.OLDER),
    ],
)
def test_a_documented_age_chooses_its_band_from_the_birthday_on(born: str, expected: Band) -> None:
    assert of(AgeFacts(born=parse_span(born, ZONE))) is expected


@pytest.mark.parametrize(("born", "expected"), [("2012", Band.MIDDLE), ("2011", Band.OLDER)])
def test_of_a_year_alone_the_youngest_reading_counts(born: str, expected: Band) -> None:
    assert of(AgeFacts(born=parse_span(born, ZONE))) is expected


@pytest.mark.parametrize(
    ("on_record", "expected"),
    [
        (AgeFacts(), Band.MIDDLE),
        (AgeFacts(presumed=True), Band.MIDDLE),
        (AgeFacts(determined="child", final=True), Band.MIDDLE),
        (AgeFacts(born=parse_span("2009-05-06", ZONE), doubted=True), Band.MIDDLE),
        (AgeFacts(born=parse_span("2014-05-06", ZONE), doubted=True), Band.YOUNG),
        (AgeFacts(born=parse_span("2019-05-06", ZONE), doubted=True), Band.YOUNG),
        (AgeFacts(claimed_child=True, claimed_years=16, claimed_at=CLAIMED), Band.MIDDLE),
    ],
)
def test_an_unknown_age_is_spoken_to_in_the_middle_words_and_one_in_doubt_in_simpler_ones(
    on_record: AgeFacts, expected: Band
) -> None:
    assert of(on_record) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2020-02-29T23:59Z", Band.YOUNG),
        ("2020-03-01T00:00Z", Band.MIDDLE),
        ("2024-02-29T23:59Z", Band.MIDDLE),
        ("2024-03-01T00:00Z", Band.OLDER),
    ],
)
def test_nobody_counts_as_older_on_a_leap_day_than_on_the_day_after(now: str, expected: Band) -> None:
    leap_day = parse_span("2028-02-29T00:00Z", "UTC").latest
    at_that_time = parse_span(now, "UTC").latest
    assert band(leap_day, in_doubt=False, now=at_that_time, zone="UTC") is expected


def test_a_band_begins_at_midnight_where_the_child_is() -> None:
    """The 18th birthday is in winter time, the day four years before it in summer time."""
    birthday = parse_span("2030-03-31T00:00", ZONE).latest
    found = [
        band(birthday, in_doubt=False, now=parse_span(now, ZONE).latest, zone=ZONE)
        for now in ("2026-03-30T23:59", "2026-03-31T00:00")
    ]
    assert found == [Band.MIDDLE, Band.OLDER]
