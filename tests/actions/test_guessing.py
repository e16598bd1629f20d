"""Codes are not guessed: by their bits, by a look-up that costs the same and tells nothing, and by a lane that slows."""

import math
import random
import statistics
import time
from collections.abc import Callable

import pytest

from bench.timing import LIMIT, welch
from encircle.actions.reports import door, slow_lane
from encircle.actions.reports.slow_lane import MANY, WAIT_SECONDS, WITHIN_SECONDS, SlowLane
from encircle.crypto import way_back
from tests.database import TestDatabase
from tests.web.desks import make_desk

PAIRS = 150
A_YEAR_SECONDS = 365 * 24 * 60 * 60


@pytest.fixture
def _desks(database: TestDatabase) -> None:
    make_desk(database, "dora")
    make_desk(database, "dirk")


@pytest.fixture
def _own_lane(monkeypatch: pytest.MonkeyPatch) -> SlowLane:
    """A lane that nobody has filled, and that is never slow: its clock runs a minute at each look."""
    passed = iter(range(0, 10_000_000, 60))
    lane = SlowLane(clock=lambda: float(next(passed)))
    monkeypatch.setattr(door, "LANE", lane)
    return lane


def chance_of_a_hit(bits: int, *, live: int, guesses_a_second: int) -> float:
    """That one of a year's guesses, all of them different, meets one of the live codes; at most, by the sum of chances."""
    return live * guesses_a_second * A_YEAR_SECONDS / 2**bits


def test_a_year_of_a_thousand_guesses_a_second_meets_none_of_a_million_codes():
    bits = way_back.CODE_BYTES * 8
    assert bits == 80
    assert chance_of_a_hit(bits, live=1_000_000, guesses_a_second=1_000) <= 1e-7
    assert chance_of_a_hit(53, live=1_000_000, guesses_a_second=1_000) > 1, "shorter codes would be met"


def test_both_writings_of_a_code_hold_all_its_bits():
    assert len(way_back.word_list()) ** way_back.WORDS == 2**80
    assert math.log2(10**way_back.DIGITS) > 80 > math.log2(10 ** (way_back.DIGITS - 1))
    assert len({way_back.in_words(bytes(9) + bytes((last,))) for last in range(256)}) == 256


def test_codes_are_spread_evenly_so_that_no_guess_is_better_than_another():
    codes = [way_back.drawn_code(number.to_bytes(16), key=b"k" * 32) for number in range(4_000)]
    ones = [sum(code[place // 8] >> place % 8 & 1 for code in codes) for place in range(80)]
    assert all(abs(count - 2_000) < 5 * math.sqrt(1_000) for count in ones)


def wrong() -> str:
    return way_back.in_words(way_back.new_code())


def malformed() -> str:
    """Written as a code is, and as long, with a word that is on no list in some place."""
    words = wrong().split()
    place = random.randrange(len(words))
    words[place] = "q" * len(words[place])  # no word begins so
    return " ".join(words)


def times_of(asked: Callable[[str], object], first: Callable[[], str], second: Callable[[], str]) -> float:
    """Welch's t of the processor time of the two kinds of codes, asked in turns by lot."""
    dice = random.Random(2026)
    times: dict[Callable[[], str], list[float]] = {first: [], second: []}
    for number in range(PAIRS + 10):
        pair = [first, second]
        dice.shuffle(pair)
        for kind in pair:
            code = kind()
            begun = time.thread_time()
            asked(code)
            if number >= 10:
                times[kind].append(time.thread_time() - begun)
    return abs(welch(times[first], times[second]))


@pytest.mark.usefixtures("_desks", "_own_lane")
def test_a_wrong_code_and_what_is_no_code_take_the_same_time():
    assert min(times_of(door.open_inbox, wrong, malformed) for _ in range(3)) < LIMIT


@pytest.mark.usefixtures("_desks", "_own_lane")
def test_a_look_up_that_is_left_out_for_what_is_no_code_would_be_noticed():
    def planted(typed: str) -> object:
        return door.open_inbox(typed) if way_back.read_code(typed) else None

    assert times_of(planted, wrong, malformed) > LIMIT


@pytest.mark.usefixtures("_desks", "_own_lane")
def test_a_look_up_costs_at_most_a_millisecond():
    took = []
    for _ in range(200):
        code = wrong()
        begun = time.thread_time()
        assert door.open_inbox(code) is None
        took.append(time.thread_time() - begun)
    assert statistics.median(took) <= 0.001


def test_many_wrong_codes_slow_each_look_up_alike_and_by_a_little():
    now, waited = [0.0], list[float]()
    lane = SlowLane(clock=lambda: now[0], wait=waited.append)
    for _ in range(MANY - 1):
        lane.enter()
        lane.opened_nothing()
    assert (lane.is_slow, waited) == (False, [])
    lane.opened_nothing()
    for _ in range(3):
        lane.enter()
    assert (lane.is_slow, waited) == (True, [WAIT_SECONDS] * 3)
    now[0] += WITHIN_SECONDS + 1
    lane.enter()
    assert (lane.is_slow, len(waited)) == (False, 3)


def test_people_who_mistype_do_not_slow_the_lane():
    now = [0.0]
    lane = SlowLane(clock=lambda: now[0], wait=lambda _: pytest.fail("Nobody waits."))
    for _ in range(1_000):  # ten thousand an hour come back, and every third one mistypes
        now[0] += 3600 / 10_000 * 3
        lane.enter()
        lane.opened_nothing()


@pytest.mark.usefixtures("_desks")
def test_in_the_slow_lane_a_right_code_waits_as_a_wrong_one_does_and_opens(monkeypatch: pytest.MonkeyPatch):
    waited = list[float]()
    monkeypatch.setattr(door, "LANE", SlowLane(clock=lambda: 0.0, wait=waited.append))
    code = door.send(door.new_form(), door.Account(text="some words"))
    for _ in range(MANY):
        assert door.open_inbox(wrong()) is None
    assert door.open_inbox(code.words) is not None
    assert door.open_inbox(wrong()) is None
    assert waited == [WAIT_SECONDS] * 2
    assert slow_lane.WAIT_SECONDS <= 0.05, "nobody notices it"
