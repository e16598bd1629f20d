"""Times as people know them: written, read back, shifted and compared without ever guessing."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from encircle.vocabulary.moment import (
    Precision,
    Span,
    at_or_before,
    before,
    instant_end,
    parse_span,
    point,
    same,
    span_of,
)
from encircle.vocabulary.unknown import Unknown

TALLINN = "Europe/Tallinn"
ZONES = [
    TALLINN,
    "Europe/London",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Beirut",
]
EXACT_DATE = Unknown("exact date")


def wall(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # what a clock on the wall shows


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]  # the parts are year, month, day, hour, minute


# Reading


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2009", utc(2008, 12, 31, 22, 0), utc(2009, 12, 31, 21, 59), Precision.YEAR),
        ("2009-12", utc(2009, 11, 30, 22, 0), utc(2009, 12, 31, 21, 59), Precision.MONTH),
        ("2009-05-06", utc(2009, 5, 5, 21, 0), utc(2009, 5, 6, 20, 59), Precision.DAY),
        ("2009-05-06T23", utc(2009, 5, 6, 20, 0), utc(2009, 5, 6, 20, 59), Precision.HOUR),
        ("2009-05-06T23:00", utc(2009, 5, 6, 20, 0), utc(2009, 5, 6, 20, 0), Precision.MINUTE),
        ("2009-05-06T23:00:59", utc(2009, 5, 6, 20, 0), utc(2009, 5, 6, 20, 0), Precision.MINUTE),
        ("2009-05-06T23:00Z", utc(2009, 5, 6, 23, 0), utc(2009, 5, 6, 23, 0), Precision.MINUTE),
        ("2009-05-06T23:00:59.5-03:30", utc(2009, 5, 7, 2, 30), utc(2009, 5, 7, 2, 30), Precision.MINUTE),
        ("1994/1996", utc(1993, 12, 31, 22, 0), utc(1996, 12, 31, 21, 59), Precision.INTERVAL),
        (
            "2018-10-25T22:00/2018-10-26",
            utc(2018, 10, 25, 19, 0),
            utc(2018, 10, 26, 20, 59),
            Precision.INTERVAL,
        ),
    ],
)
def test_a_time_is_read_at_the_precision_in_which_it_is_written(
    text: str, earliest: datetime, latest: datetime, precision: Precision
) -> None:
    assert parse_span(text, TALLINN) == Span(earliest, latest, precision, TALLINN)


def test_a_day_on_which_the_clocks_change_is_an_hour_shorter_or_longer() -> None:
    lengths = [
        parse_span(day, TALLINN).latest - parse_span(day, TALLINN).earliest
        for day in ("2026-03-28", "2026-03-29", "2026-10-25")
    ]
    assert lengths == [timedelta(hours=hours, minutes=59) for hours in (23, 22, 24)]


def test_an_hour_that_the_clocks_repeat_covers_both_unless_an_offset_says_which() -> None:
    either = parse_span("2026-10-25T03:30", TALLINN)
    assert either == Span(utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30), Precision.MINUTE, TALLINN)
    assert either.text() == "2026-10-25T03:30"
    second = parse_span("2026-10-25T03:30+02:00", TALLINN)
    assert second == Span(utc(2026, 10, 25, 1, 30), utc(2026, 10, 25, 1, 30), Precision.MINUTE, TALLINN)
    assert second.text() == "2026-10-25T03:30+02:00"


def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    for skipped in ("2026-03-29T03:30", "2026-03-29T03"):
        with pytest.raises(ValueError, match="clocks in Europe/Tallinn were put forward over it"):
            parse_span(skipped, TALLINN)
    with pytest.raises(ValueError, match="put forward over it"):
        parse_span("2011-12-30", "Pacific/Apia")  # the islands went from 29 to 31 December


def test_a_day_without_midnight_begins_at_its_first_minute() -> None:
    first = parse_span("2018-11-04", "America/Sao_Paulo")
    assert first.earliest == utc(2018, 11, 4, 3, 0)
    assert first.text() == "2018-11-04"
    toronto = parse_span("1919-03-31", "America/Toronto")
    assert toronto.earliest == utc(1919, 3, 31, 4, 30)
    assert toronto.text() == "1919-03-31"
    assert parse_span("1919-03-30", "America/Toronto").latest == utc(1919, 3, 31, 4, 29)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "",
            "Got '', which is not a time. Expected 2009, 2009-05, 2009-05-06, 2009-05-06T23",
        ),
        ("6.5.2009", "Got '6.5.2009', which is not a time. Expected 2009"),
        ("2009-5-6", "is not a time"),
        ("2009-05-06 23:00", "is not a time"),
        ("2009-05-06T23+02:00", "is not a time"),
        ("2009-05-06\n", "is not a time"),
        ("٢٠٠٩", "is not a time"),
        ("2009-13", "Got '2009-13': month must be in 1..12. Expected a date and time that exist."),
        ("2009-02-29", "day is out of range for month"),
        ("2009-05-06T24:00", "hour must be in 0..23"),
        ("2009-05-06T23:00:60", "seconds go from 00 to 59"),
        ("2009-05-06T23:00+25:00", "there is no offset +25:00"),
        ("1809-05-06", "the year must lie between 1850 and 2199"),
        ("1996/1994", "Got '1996/1994': the second time lies before the first. Expected earliest/latest."),
        ("1994/1995/1996", "Got '1994/1995/1996', which is not a time"),
        ("1994/", "Got '1994/', which is not a time"),
    ],
)
def test_what_is_not_a_time_is_refused_in_plain_words(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        parse_span(text, TALLINN)


@pytest.mark.parametrize("zone", ["", "Tallinn", "Europe", "../etc/passwd", "Europe/Tallin\0n"])
def test_an_unheard_of_zone_is_refused(zone: str) -> None:
    for text in ("2009", "2009-05-06T23:00Z"):
        with pytest.raises(ValueError, match="Expected a name such as Europe/Tallinn"):
            parse_span(text, zone)


def test_values_of_a_yaml_reader_are_times_too() -> None:
    assert span_of("2009-05", TALLINN) == parse_span("2009-05", TALLINN)
    assert span_of(2009, TALLINN) == parse_span("2009", TALLINN)
    assert span_of(date(2009, 5, 6), TALLINN) == parse_span("2009-05-06", TALLINN)
    assert span_of(wall(2009, 5, 6, 23, 0, 7), TALLINN) == parse_span("2009-05-06T23:00", TALLINN)
    kathmandu = datetime(2009, 5, 6, 23, 0, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    assert span_of(kathmandu, TALLINN) == parse_span("2009-05-06T17:15Z", TALLINN)
    for wrong in (True, None, 2009.5, ["2009"]):
        with pytest.raises(ValueError, match="is not a time"):
            span_of(wrong, TALLINN)


def test_the_minute_of_an_instant_is_a_point() -> None:
    now = point(datetime(2026, 11, 23, 18, 4, 59, 5, tzinfo=timezone(timedelta(hours=2))), TALLINN)
    assert now == parse_span("2026-11-23T18:04", TALLINN)
    assert now.is_point
    with pytest.raises(ValueError, match="has no offset"):
        point(wall(2026, 11, 23, 18, 4), TALLINN)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2026", utc(2026, 12, 31, 21, 59, 59)),
        ("2026-10", utc(2026, 10, 31, 21, 59, 59)),
        ("2026-10-25", utc(2026, 10, 25, 21, 59, 59)),
        ("2026-10-25T03", utc(2026, 10, 25, 1, 59, 59)),
        ("2026-10-25T12:30", utc(2026, 10, 25, 10, 30)),
        ("2026-10-25T12:30:15+02:00", utc(2026, 10, 25, 10, 30, 15)),
    ],
)
def test_as_of_a_day_means_its_last_second_and_an_exact_time_means_itself(text: str, end: datetime) -> None:
    assert instant_end(text, TALLINN) == end


def test_as_of_an_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="an interval"):
        instant_end("1994/1996", TALLINN)


def test_a_span_holds_only_ordered_ends_in_utc() -> None:
    with pytest.raises(ValueError, match="must be in UTC"):
        Span(wall(2009, 5, 6), utc(2009, 5, 7), Precision.INTERVAL, TALLINN)
    with pytest.raises(ValueError, match="cannot end"):
        Span(utc(2009, 5, 7), utc(2009, 5, 6), Precision.INTERVAL, TALLINN)


# Writing


@pytest.mark.parametrize(
    "text",
    [
        "2009",
        "2009-05",
        "2009-05-06",
        "2009-05-06T23",
        "2009-05-06T23:00",
        "1994/1996",
        "1994/1996-05",
        "2018-10-25T22:00/2018-10-26",
        "1994-02-03/1994-03",
    ],
)
def test_a_time_is_written_as_it_was_read(text: str) -> None:
    assert parse_span(text, TALLINN).text() == text


def exists(text: str, zone: str) -> bool:
    try:
        parse_span(text, zone)
    except ValueError as refused:
        return "put forward" not in str(refused)
    return True


@given(
    st.datetimes(wall(1850, 1, 2), wall(2199, 12, 30)),
    st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H", "%Y-%m-%dT%H:%M"]),
    st.sampled_from(ZONES),
)
def test_reading_what_was_written_gives_the_same_time(shown: datetime, form: str, zone: str) -> None:
    text = shown.strftime(form)
    if not exists(text, zone):
        reject()
    span = parse_span(text, zone)
    assert span.text() == text
    assert parse_span(span.text(), zone) == span


@given(
    st.datetimes(wall(1851, 1, 1), wall(2198, 12, 31), timezones=st.just(UTC)),
    st.integers(0, 10**8),
    st.sampled_from(ZONES),
)
def test_any_span_of_minutes_survives_writing_and_reading(start: datetime, minutes: int, zone: str) -> None:
    assume(start + timedelta(minutes=minutes) < utc(2199, 1, 1))
    first = point(start, zone)
    assert parse_span(first.text(), zone) == first
    span = Span(first.earliest, first.earliest + timedelta(minutes=minutes), Precision.INTERVAL, zone)
    assert parse_span(span.text(), zone) == span


@given(st.dates(date(1850, 1, 1), date(2199, 12, 30)), st.sampled_from(ZONES))
def test_days_follow_each_other_without_gap(day: date, zone: str) -> None:
    assume(zone != "America/St_Johns")  # there the clocks went back at 00:01, so two days share an hour
    today, tomorrow = (span_of(one, zone) for one in (day, day + timedelta(days=1)))
    assert tomorrow.earliest - today.latest == timedelta(minutes=1)


# Adding


def test_a_length_moves_both_ends_by_real_time_across_a_clock_change() -> None:
    day = parse_span("2026-10-25", TALLINN)
    moved = day + timedelta(hours=72)
    assert moved == Span(utc(2026, 10, 27, 21, 0), utc(2026, 10, 28, 21, 59), Precision.INTERVAL, TALLINN)
    noon, next_day = parse_span("2026-10-24T12:00", TALLINN), parse_span("2026-10-25T11:00", TALLINN)
    assert (noon + timedelta(hours=24), next_day - timedelta(hours=24)) == (next_day, noon)


# Comparing


@pytest.mark.parametrize(
    ("first", "second", "is_before", "is_at_or_before", "is_same"),
    [
        ("2009-05-06", "2009-05-07", True, True, False),
        ("2009-05-07", "2009-05-06", False, False, False),
        ("2009-05-06T10:00", "2009-05-06T10:00", False, True, True),
        ("2009-05-06", "2009-05-06", EXACT_DATE, EXACT_DATE, EXACT_DATE),
        ("2009", "2009-05-06", EXACT_DATE, EXACT_DATE, EXACT_DATE),
        ("2009-05-06", "2009-05-06T23:59", EXACT_DATE, True, EXACT_DATE),
        ("2009-05-06", "2009-05-06T00:00", False, EXACT_DATE, EXACT_DATE),
        ("2009-05-06T23:59", "2009-05-06", False, EXACT_DATE, EXACT_DATE),
        ("1994/1996", "1997", True, True, False),
    ],
)
def test_order_is_unknown_exactly_when_it_hangs_on_the_exact_date(
    first: str, second: str, is_before: object, is_at_or_before: object, is_same: object
) -> None:
    a, b = parse_span(first, TALLINN), parse_span(second, TALLINN)
    assert (before(a, b), at_or_before(a, b), same(a, b)) == (is_before, is_at_or_before, is_same)


def spans() -> st.SearchStrategy[Span]:
    base = utc(2009, 5, 6, 0, 0)
    ends = st.lists(st.integers(0, 6), min_size=2, max_size=2).map(sorted)
    return ends.map(
        lambda m: Span(
            base + timedelta(minutes=m[0]), base + timedelta(minutes=m[1]), Precision.INTERVAL, TALLINN
        )
    )


@given(spans(), spans())
def test_the_answer_is_what_every_minute_inside_would_answer(a: Span, b: Span) -> None:
    def inside(span: Span) -> list[datetime]:
        count = (span.latest - span.earliest) // timedelta(minutes=1)
        return [span.earliest + timedelta(minutes=n) for n in range(count + 1)]

    def agreed(answers: set[bool]) -> bool | Unknown:
        return answers.pop() if len(answers) == 1 else EXACT_DATE

    pairs = [(x, y) for x in inside(a) for y in inside(b)]
    assert before(a, b) == agreed({x < y for x, y in pairs})
    assert at_or_before(a, b) == agreed({x <= y for x, y in pairs})
    assert same(a, b) == agreed({x == y for x, y in pairs})
