"""Hours of an agency: by day its own desk, by night, on weekends and on public holidays the one that is awake."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from encircle.core.hours import is_night
from encircle.law.calendar import Calendar

TALLINN = ZoneInfo("Europe/Tallinn")
ESTONIA = Calendar("EE", "Europe/Tallinn")


@pytest.mark.parametrize(
    ("local", "night"),
    [
        ("2026-11-27T08:00", False),
        ("2026-11-27T15:59", False),
        ("2026-11-27T16:00", True),
        ("2026-11-27T07:59", True),
        ("2026-11-28T12:00", True),
        ("2026-02-24T12:00", True),
        ("2026-02-25T12:00", False),
        ("2026-07-15T08:00", False),
    ],
    ids=[
        "it opens",
        "the last minute",
        "it closes",
        "before it opens",
        "a Saturday",
        "a public holiday",
        "the day after it",
        "it opens in summer",
    ],
)
def test_night_is_outside_the_hours_of_working_days_in_the_time_of_the_country(local: str, night: bool):
    at = datetime.fromisoformat(local).replace(tzinfo=TALLINN).astimezone(UTC)
    assert is_night(at, opens=time(8), closes=time(16), calendar=ESTONIA) is night


def test_a_desk_that_opens_when_it_closes_is_always_awake():
    saturday = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
    assert not is_night(saturday, opens=time(0), closes=time(0), calendar=ESTONIA)
