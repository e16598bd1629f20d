"""One calendar: every proceeding in it, what is done and what is ahead, and days on which the child would be twice."""

import pytest

from encircle.core.calendar import LINES, Calendar, Standpoint, calendar
from encircle.core.child.template import TEMPLATES
from encircle.vocabulary.fact import Fact
from tests.core.world import ZONE, as_of, fact, seen


def of(*facts: Fact, day: str = "2026-03-01") -> Calendar:
    return calendar(seen(facts, as_of(day)), (), zone=ZONE)


def lines(found: Calendar) -> list[tuple[str, str, str]]:
    return [(one.what, one.lane, one.standpoint.value) for one in found.entries]


def opened(name: str, kind: str) -> Fact:
    return fact(name, "proceeding_opened", "2026-01-01", {"proceeding_kind": kind}, subject=name)


def hearing(name: str, at: str, proceeding: str = "criminal") -> Fact:
    payload = {"at": at, "proceeding": proceeding, "child_to_attend": True}
    return fact(name, "hearing_scheduled", "2026-02-01", payload, subject=name)


def interview(name: str, at: str, proceeding: str = "asylum") -> Fact:
    return fact(name, "interview_planned", "2026-02-01", {"at": at, "proceeding": proceeding}, subject=name)


CRIMINAL, ASYLUM = opened("criminal", "criminal_victim"), opened("asylum", "asylum")


def test_each_proceeding_has_its_lane_in_the_order_of_time():
    found = of(CRIMINAL, ASYLUM, hearing("h", "2026-04-02T10:00"), interview("i", "2026-03-20T09:00"))
    assert lines(found) == [("interview", "asylum", "ahead"), ("hearing", "criminal_victim", "ahead")]


def test_what_was_held_is_done_and_stands_on_the_day_on_which_it_was():
    held = fact("h-held", "hearing_held", "2026-02-20", {"child_present": True}, subject="h")
    (entry,) = of(CRIMINAL, hearing("h", "2026-02-10T10:00"), held).entries
    assert (entry.standpoint, entry.at.text()) == (Standpoint.DONE, "2026-02-20")


def test_what_was_planned_and_never_said_to_be_held_is_still_ahead():
    (entry,) = of(hearing("h", "2026-02-10T10:00")).entries
    assert entry.standpoint is Standpoint.AHEAD


def test_a_cancelled_meeting_is_off():
    called = fact(
        "m", "meeting_called", "2026-02-01", {"at": "2026-03-10", "purpose": "strategy"}, subject="m"
    )
    off = fact("m-off", "meeting_cancelled", "2026-02-02", {}, subject="m")
    assert lines(of(called, off)) == [("meeting", "other", "off")]


def test_a_hearing_and_an_interview_on_one_day_clash():
    found = of(CRIMINAL, ASYLUM, hearing("h", "2026-04-02T14:00"), interview("i", "2026-04-02T09:00"))
    assert [(a.what, b.what) for a, b in found.clashes] == [("interview", "hearing")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(("2026-04-02T14:00", True), ("2026-04-03T09:00", True), id="on two days"),
        pytest.param(("2026-04", True), ("2026-04-03T09:00", True), id="a month only"),
        pytest.param(("2026-04-02T14:00", False), ("2026-04-02T09:00", True), id="without the child"),
    ],
)
def test_nothing_clashes(first: tuple[str, bool], second: tuple[str, bool]):
    facts = [
        fact(
            name,
            "hearing_scheduled",
            "2026-02-01",
            {"at": at, "child_to_attend": attends},
            subject=name,
        )
        for name, (at, attends) in {"h1": first, "h2": second}.items()
    ]
    assert of(*facts).clashes == ()


def test_a_second_interview_is_repeated_questioning_whoever_asks():
    once = of(interview("i", "2026-03-20T09:00"))
    twice = of(interview("i", "2026-03-20T09:00"), interview("j", "2026-05-20T09:00", "criminal"))
    assert (once.questioning.is_repeated, twice.questioning.is_repeated) == (False, True)
    assert (twice.questioning.held, twice.questioning.planned) == (0, 2)


def test_the_eighteenth_birthday_is_in_the_calendar():
    born = fact(
        "b", "date_of_birth_recorded", "2026-02-01", {"date_of_birth": "2010-05-06", "evidence": "register"}
    )
    (entry,) = of(born).entries
    assert (entry.what, entry.at.earliest.year) == ("turns_18", 2028)


def test_every_line_of_the_table_reads_attributes_that_there_are():
    missing = [
        (line.kind, name)
        for line in LINES
        for name in (line.attribute, *line.done, *line.off, *((f"{line.held}_at",) if line.held else ()))
        if name not in TEMPLATES[line.kind]
    ]
    assert missing == []


def test_a_proceeding_of_a_kind_that_nobody_told_has_no_lane():
    closed = fact("p-end", "proceeding_closed", "2026-02-01", {}, subject="p")
    assert lines(of(closed, hearing("h", "2026-04-02T10:00", "p"))) == [("hearing", "other", "ahead")]
