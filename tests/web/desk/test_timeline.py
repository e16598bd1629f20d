"""The time line: every fact inside the window is drawn once, inside the drawing, and the axis can be read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.web.desk.axis_of_time import MOST_TICKS, ZOOMS, window
from encircle.web.desk.facts import fact_list
from encircle.web.desk.timeline import TimeLine, time_line
from tests.web.desk.looks import ZONE, a_fact, look_at

INSTANTS = st.integers(0, 37 * 365 * 1440).map(
    lambda minutes: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def drawn(*facts: object, zoom: str = "all", **question: object) -> TimeLine:
    look = look_at(*facts, **question)
    line = time_line(look, fact_list(look), zoom=zoom)
    assert line is not None
    return line


def test_a_record_without_facts_has_no_drawing():
    assert time_line(look_at(), fact_list(look_at()), zoom="all") is None


def test_each_fact_stands_in_the_lane_of_what_it_is_about():
    line = drawn(
        a_fact("a", "age_claimed", "2026-03-02", claimed_child=True),
        a_fact("b", "guardian_appointed", "2026-03-05", subject="bo", capacity="guardian"),
        a_fact("c", "indicator_noted", "2026-03-06", indicator="IND-C2"),
    )
    marks = {str(lane.name): [mark.text for mark in lane.marks] for lane in line.lanes if lane.marks}
    assert marks == {
        "Status and age": ["1"],
        "People in office": ["2"],
        "Reports, support and all else": ["3"],
    }


def test_who_is_in_office_has_a_bar_until_the_chosen_instant():
    appointed = a_fact("a", "guardian_appointed", "2026-03-05", subject="bo", capacity="guardian")
    ended = a_fact("b", "guardian_ended", "2026-06-05", subject="bo", ended_because="replaced")
    still = drawn(appointed, ended, at=datetime(2026, 4, 5, tzinfo=UTC)).lanes[0].bars
    gone = drawn(appointed, ended).lanes[0].bars
    assert [(bar.text, bar.look) for bar in still] == [("Guardian", "lasts")]
    assert [(bar.text, bar.look) for bar in gone] == [("Guardian", "ended")]
    assert still[0].x2 < gone[0].x2


def test_a_coarse_time_is_drawn_as_an_interval():
    ((mark,),) = (
        lane.marks
        for lane in drawn(a_fact("a", "age_claimed", "2025", claimed_child=True)).lanes
        if lane.marks
    )
    assert mark.look == "counts coarse"
    assert mark.x2 - mark.x1 > 50


def test_an_instant_far_from_the_story_does_not_squeeze_it():
    line = drawn(a_fact("a", "age_claimed", "2009-05-06", claimed_child=True))
    assert (line.as_of_inside, line.as_of_x) == (False, 100.0)


def test_what_finds_no_room_is_counted():
    facts = [
        a_fact(chr(97 + n), "indicator_noted", "2026-03-02", indicator=f"IND-C{n + 1}") for n in range(12)
    ]
    (lane,) = (lane for lane in drawn(*facts).lanes if lane.marks)
    assert [mark.text for mark in lane.marks] == ["1", "2", "3", "4", "5", "+7"]


@pytest.mark.parametrize(("zoom", "outside"), [("all", 0), ("year", 1), ("month", 2), ("day", 3)])
def test_a_nearer_look_leaves_out_what_is_far_and_says_how_much(zoom: str, outside: int):
    days = ("2025-12-31", "2026-01-15", "2026-03-01", "2026-03-02")
    facts = [a_fact("abcd"[n], "indicator_noted", day, indicator="IND-C1") for n, day in enumerate(days)]
    assert drawn(*facts, zoom=zoom, at=datetime(2026, 3, 2, 12, tzinfo=UTC)).outside == outside


@given(first=INSTANTS, days=st.integers(0, 12_000), at=INSTANTS, zoom=st.sampled_from(ZOOMS))
def test_the_axis_holds_the_story_and_has_few_marks_in_order(
    first: datetime, days: int, at: datetime, zoom: str
):
    last = first + timedelta(days=days)
    part = window(first, last, at, zoom=zoom, zone=ZONE)
    ticks = part.ticks()
    assert 1 <= len(ticks) <= MOST_TICKS
    assert [tick.x for tick in ticks] == sorted({tick.x for tick in ticks})
    assert all(0 <= tick.x <= 100 for tick in ticks)
    if zoom == "all":
        assert 0 < part.x(first) <= part.x(last) < 100
    else:
        assert part.start <= at <= part.end


@given(
    st.lists(st.tuples(INSTANTS, st.integers(0, 2_000)), min_size=1, max_size=30),
    st.sampled_from(ZOOMS),
    INSTANTS,
)
def test_every_fact_inside_is_drawn_or_counted_and_nothing_leaves_the_drawing(
    times: list[tuple[datetime, int]], zoom: str, at: datetime
):
    facts = [
        a_fact(
            chr(97 + n),
            "indicator_noted",
            f"{begun:%Y-%m-%d}/{begun + timedelta(days=length):%Y-%m-%d}",
            indicator="IND-C1",
        )
        for n, (begun, length) in enumerate(times)
    ]
    line = drawn(*facts, zoom=zoom, at=at)
    marks = [mark for lane in line.lanes for mark in lane.marks]
    drawn_ones = sum(int(mark.text[1:]) if mark.text.startswith("+") else 1 for mark in marks)
    assert drawn_ones + line.outside == len(facts)
    assert all(0 <= mark.x1 <= mark.x2 <= 100 and 0 < mark.y < line.axis_y for mark in marks)
