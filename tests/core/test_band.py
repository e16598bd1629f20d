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
        (AgeFacts(), Band.YOUNG),
        (AgeFacts(presumed=True), Band.YOUNG),
        (AgeFacts(determined="child", final=True), Band.YOUNG),
        (AgeFacts(born=parse_span("2009-05-06", ZONE), doubted=True), Band.MIDDLE),
        (AgeFacts(born=parse_span("2014-05-06", ZONE), doubted=True), Band.YOUNG),
        (AgeFacts(born=parse_span("2019-05-06", ZONE), doubted=True), Band.YOUNG),
        (AgeFacts(claimed_child=True, claimed_years=16, claimed_at=CLAIMED), Band.MIDDLE),
    ],
)
def test_an_unknown_age_is_spoken_to_in_the_simplest_words_and_one_in_doubt_in_simpler_ones(
    on_record: AgeFacts, expected: Band
) -> None:
    assert of(on_record) is expected
