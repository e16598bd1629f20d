"""The door under whatever comes: never a fault, nothing lost that was acknowledged, nothing of others, always a way on."""

import os
import time

import pytest
from django.http import HttpResponse

from tests.database import TestDatabase
from tests.web.complaint_bodies import make_body
from tests.web.desks import make_desk
from tests.web.door.fuzz import Fuzz
from tests.web.door.fuzz_browser import Fault
from tests.web.world import Staff

SEED, MANY = 20261129, 220
SECONDS = float(os.environ.get("FUZZ_SECONDS", "300"))
"""How long the long one goes on."""


@pytest.fixture
def desks(database: TestDatabase) -> tuple[Staff, Staff]:
    make_body("oda")
    return make_desk(database, "dora").first, make_desk(database, "dirk").first


def test_whatever_comes_is_answered_kindly_and_nothing_is_lost_or_told(desks: tuple[Staff, Staff]):
    fuzz = Fuzz(SEED)
    for _ in range(MANY):
        fuzz.go()
    assert fuzz.look_back(most=40) > 30


@pytest.mark.full
def test_for_minutes_whatever_comes_is_answered_kindly_and_nothing_is_lost_or_told(
    desks: tuple[Staff, Staff], capsys: pytest.CaptureFixture[str]
):
    began, seed, many, back = time.monotonic(), int(os.environ.get("FUZZ_SEED", "1")), 0, 0
    while time.monotonic() - began < SECONDS:
        fuzz, seed = Fuzz(seed), seed + 1
        for _ in range(500):
            fuzz.go()
        many, back = many + fuzz.number, back + fuzz.look_back(most=10_000)
        with capsys.disabled():
            print(
                f"fuzz: seeds to {seed - 1}, {many} rounds, {back} codes looked at again, no fault",
                flush=True,
            )
    assert many > 0


def test_an_answer_that_tells_of_others_or_is_a_fault_is_found():
    fuzz = Fuzz(1)
    good = "<h1>Hello</h1><button>Go on</button>"
    planted = {
        "words of others": HttpResponse(good + "cn77x"),
        "a fault of the server": HttpResponse(good, status=500),
        "the inside": HttpResponse(good + "Traceback"),
        "no sentence": HttpResponse("<button>Go on</button>"),
        "no way on": HttpResponse("<h1>Hello</h1>"),
        "kept by the browser": HttpResponse(good),
        "no page": HttpResponse(b"{}", content_type="application/json"),
    }
    for name, answer in planted.items():
        if name != "kept by the browser":
            answer.headers["Cache-Control"] = "no-store"
        with pytest.raises(Fault, match=name):
            fuzz.hold(answer, "/hello/", sent=b"")
