"""Times in words: never more exact than they are known."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils.translation import override

from encircle.vocabulary.moment import parse_span
from encircle.web.page import when

ZONE = "Europe/Tallinn"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2009", "2009"),
        ("2009-05", "May 2009"),
        ("2009-05-06", "6 May 2009"),
        ("2009-05-06T23:10", "6 May 2009, 23:10"),
        ("1994/1996", "between 1994 and 1996"),
        ("2009-05-06/2009-08", "between 6 May 2009 and 31 August 2009"),
    ],
)
def test_a_time_is_told_as_exactly_as_it_is_known(written: str, told: str):
    assert when.span(parse_span(written, ZONE)) == told


def test_no_language_of_the_public_writes_a_nought_before_a_day():
    told = {}
    for language in dict(settings.PUBLIC_LANGUAGES):
        with override(language):
            told[language] = when.span(parse_span("2009-05-06", ZONE))
    assert {language: day for language, day in told.items() if re.search(r"\b0\d", day)} == {}
    assert told["uk"] == "6 травня 2009 р."


def test_the_end_of_a_day_is_that_day_in_the_zone_of_the_law():
    end = datetime(2018, 10, 25, 20, 59, 59, tzinfo=UTC)
    assert (when.minute(end, ZONE), when.typed(end, ZONE)) == ("25 October 2018", "2018-10-25")
    assert when.typed(datetime(2018, 10, 25, 20, 0, tzinfo=UTC), ZONE) == "2018-10-25T23:00"


def test_a_range_within_one_day_is_that_day():
    first, last = datetime(2018, 10, 24, 22, tzinfo=UTC), datetime(2018, 10, 25, 20, 59, tzinfo=UTC)
    assert when.between(first, last, ZONE) == "25 October 2018"
    assert when.between(first, datetime(2018, 10, 27, 20, 59, tzinfo=UTC), ZONE) == (
        "between 25 October 2018, 01:00 and 27 October 2018"
    )
