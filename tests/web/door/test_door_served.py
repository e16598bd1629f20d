"""The door as it is served: many from one address are all taken, idle connections keep nobody waiting, none is lost."""

import http.client
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench._silent import holding
from bench.door import CLIENTS, Done, Door, served

IDLE, SILENT = 300, 1200
SILENT_SECONDS = 20.0
HONEST_SECONDS = 2.0


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A real server with two agencies that receive reports."""
    made = Path(tempfile.mkdtemp(prefix="encircle-door-"))
    made.chmod(0o711)
    with served(made) as (port, _):
        yield port
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def door(port: int) -> Iterator[Door]:
    made = Door(port)
    yield made
    made.close()


def sent(door: Door, many: int) -> list[Done]:
    """So many reports from this one address, all at once as far as it goes."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(lambda number: door.report(door.form(), number), range(many)))


def assert_all_are_taken_and_none_is_lost(door: Door, many: int) -> None:
    done = sent(door, many)
    codes = [one.brought for one in done]
    assert all(codes)
    assert len(set(codes)) == many
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = list(pool.map(lambda at: door.inbox(codes[at], at).brought, range(many)))
    assert found == [f"Number {at}" for at in range(many)]
    assert sorted(one.seconds for one in done)[int(many * 0.95)] <= HONEST_SECONDS


def test_five_hundred_reports_in_an_hour_from_one_address_are_all_taken(door: Door):
    assert_all_are_taken_and_none_is_lost(door, 500)


@pytest.mark.full
def test_ten_thousand_reports_in_an_hour_to_one_site_are_all_taken(door: Door):
    assert_all_are_taken_and_none_is_lost(door, 10_000)


def test_idle_connections_keep_nobody_waiting(port: int, door: Door):
    idle = []
    try:
        for _ in range(IDLE):
            one = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            one.request("GET", "/-/live")
            assert one.getresponse().read() == b"live\n"
            idle.append(one)
        begun = time.monotonic()
        assert door.report(door.form(), 1).brought
        assert time.monotonic() - begun < HONEST_SECONDS
    finally:
        for one in idle:
            one.close()


def test_twelve_hundred_lines_that_send_half_a_report_and_no_more_keep_nobody_out(port: int, door: Door):
    form = door.form()
    door.close()
    late = Door(port)
    with holding(port, "half a body", SILENT):
        begun = time.monotonic()
        assert late.report(form, 1).brought
        assert time.monotonic() - begun < SILENT_SECONDS
    late.close()


def test_no_question_of_a_machine_and_no_work_stands_before_a_report(door: Door):
    """Sent by a program without any script: no picture to read, no sum to compute, at the first report and at the last."""
    assert all(door.report(door.form(), number).brought for number in range(3))
