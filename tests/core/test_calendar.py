"""One calendar: every proceeding in it, what is done and what is ahead, and days on which the child would be twice."""

import pytest
from msgspec.structs import replace as changed

from encircle.core.calendar import LINES, OTHER, Calendar, Entry, Questioning, Standpoint, calendar
from encircle.core.child.template import TEMPLATES
from encircle.core.duty import DutyState
from encircle.law.duty import Standing
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import SubjectId
from encircle.vocabulary.moment import Precision, Span, point
from tests.core.duty.world import GUARDIAN_DUTY, alone
from tests.core.world import ZONE, as_of, at, days, duty, fact, rows, seen


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


# Deadlines of duties


def due_in(*facts: Fact, day: str = "2026-03-05") -> Calendar:
    return calendar(seen(facts, as_of(day)), rows(facts, GUARDIAN_DUTY, asked=as_of(day)), zone=ZONE)


def test_the_deadline_of_a_duty_stands_in_the_calendar_with_what_it_rests_on():
    told = alone()
    (row,) = rows([told], GUARDIAN_DUTY, asked=as_of("2026-03-05"))
    assert due_in(told).entries == (
        Entry(
            what="duty_due",
            subject=None,
            at=Span(at("2026-03-12"), at("2026-03-12"), Precision.MINUTE, ZONE),
            standpoint=Standpoint.AHEAD,
            lane=OTHER,
            proceeding=None,
            with_child=False,
            facts=(told,),
            duty=row,
        ),
    )


def test_a_start_that_is_known_coarsely_gives_a_deadline_between_two_times():
    (entry,) = due_in(alone("2026-03")).entries
    assert entry.at == Span(at("2026-03-11"), at("2026-04-10"), Precision.INTERVAL, ZONE)


@pytest.mark.parametrize("state", DutyState)
def test_a_deadline_stands_there_as_long_as_somebody_has_to_act(state: DutyState):
    (row,) = rows([alone()], GUARDIAN_DUTY, asked=as_of("2026-03-05"))
    found = calendar(seen([]), [changed(row, state=state)], zone=ZONE).entries
    stands = state in (DutyState.OPEN, DutyState.DUE_SOON, DutyState.OVERDUE)
    assert [one.what for one in found] == (["duty_due"] if stands else [])


@pytest.mark.parametrize("kind", Standing)
def test_only_law_that_was_read_and_practice_give_a_deadline(kind: Standing):
    (row,) = rows([alone()], GUARDIAN_DUTY, asked=as_of("2026-03-05"))
    assert row.due is not None
    found = calendar(seen([]), [changed(row, due=changed(row.due, kind=kind))], zone=ZONE).entries
    assert bool(found) is (kind in (Standing.LAW, Standing.SOP))
    for due in (None, changed(row.due, earliest=None, latest=None)):
        assert calendar(seen([]), [changed(row, due=due)], zone=ZONE).entries == ()


def test_the_deadline_of_a_duty_for_an_interview_names_it():
    rule = duty("interview.held", for_each=Kind.INTERVIEW, starts=["interview.held"], due=days(1))
    held = fact("i1", "interview_held", "2026-03-02")
    (row,) = rows([held], rule, asked=as_of("2026-03-02"))
    unstarted = changed(row, started=None)
    found = calendar(seen([]), [row, unstarted], zone=ZONE).entries
    assert [(one.subject, one.facts) for one in found] == [("i1", (held,)), ("i1", ())]


# Whole lines


def test_a_line_says_to_which_proceeding_it_belongs_and_from_which_facts_it_is_known():
    scheduled = hearing("h", "2026-04-02T10:00")
    assert of(CRIMINAL, scheduled).entries == (
        Entry(
            what="hearing",
            subject=SubjectId("h"),
            at=point(at("2026-04-02T10:00"), ZONE),
            standpoint=Standpoint.AHEAD,
            lane="criminal_victim",
            proceeding=SubjectId("criminal"),
            with_child=True,
            facts=(scheduled,),
        ),
    )


def test_what_was_held_is_known_from_the_fact_that_says_so():
    held = fact("h-held", "hearing_held", "2026-02-20", {"child_present": True}, subject="h")
    (entry,) = of(CRIMINAL, hearing("h", "2026-02-10T10:00"), held).entries
    assert entry.facts == (held,)


def test_the_limitation_of_a_proceeding_is_of_that_proceeding():
    limited = fact(
        "l", "limitation_recorded", "2026-02-01", {"limitation_date": "2031-05-06"}, subject="criminal"
    )
    (entry,) = of(CRIMINAL, limited).entries
    assert (entry.what, entry.lane, entry.proceeding, entry.subject) == (
        "limitation",
        "criminal_victim",
        "criminal",
        "criminal",
    )
    assert entry.facts == (limited,)


def test_the_birthday_is_ahead_until_it_has_come():
    said = {"date_of_birth": "2010-05-06", "evidence": "register"}
    born = fact("b", "date_of_birth_recorded", "2026-02-01", said)
    found = [of(born, day=day).entries[0] for day in ("2028-05-05", "2028-05-06T00:00")]
    assert found[0] == Entry(
        what="turns_18",
        subject=None,
        at=point(at("2028-05-06T00:00"), ZONE),
        standpoint=Standpoint.AHEAD,
        lane=OTHER,
        proceeding=None,
        with_child=False,
        facts=(born,),
    )
    assert found[1].standpoint is Standpoint.DONE


def test_what_is_ahead_leaves_out_what_is_done_and_off():
    held = fact("h-held", "hearing_held", "2026-02-20", subject="h")
    found = of(hearing("h", "2026-02-10T10:00"), held, interview("i", "2026-04-01"))
    assert [one.what for one in found.entries] == ["hearing", "interview"]
    assert [one.what for one in found.ahead] == ["interview"]


def test_questioning_counts_what_was_held_and_is_planned_by_whom_and_where():
    def told(name: str, type_name: str, **said: str) -> Fact:
        return fact(f"{name}-{type_name}", type_name, "2026-02-01", said, subject=name)

    found = of(
        told("a", "interview_planned", at="2026-02-01", interviewer="one", premises="barnahus"),
        told("a", "interview_held"),
        told("b", "interview_held", interviewer="two", premises="police_station"),
        told("c", "interview_planned", at="2026-04-01", interviewer="two", premises="barnahus"),
        told("d", "interview_planned", at="2026-05-01"),
    )
    assert found.questioning == Questioning(held=2, planned=2, interviewers=2, premises=2)
    assert [
        Questioning(held, planned, 0, 0).is_repeated for held, planned in ((0, 1), (1, 0), (1, 1), (2, 0))
    ] == [
        False,
        False,
        True,
        True,
    ]


def test_only_what_is_ahead_with_the_child_clashes_each_two_once():
    held = fact("done", "hearing_held", "2026-04-02", subject="done")
    meeting = fact(
        "m", "meeting_called", "2026-02-01", {"at": "2026-04-02", "purpose": "strategy"}, subject="m"
    )
    three = (
        hearing("h", "2026-04-02T14:00"),
        interview("i", "2026-04-02T09:00"),
        interview("j", "2026-04-02T11:00"),
    )
    found = of(hearing("done", "2026-04-02T08:00"), held, meeting, *three, day="2026-04-02T23:59")
    assert [(one.subject, other.subject) for one, other in found.clashes] == [
        ("i", "j"),
        ("i", "h"),
        ("j", "h"),
    ]


def test_a_day_is_that_of_the_place():
    late, early = hearing("h", "2026-04-02T23:30"), interview("i", "2026-04-02T00:30")
    assert len(calendar(seen([late, early], as_of("2026-03-01")), (), zone=ZONE).clashes) == 1
    assert calendar(seen([late, early], as_of("2026-03-01")), (), zone="UTC").clashes == ()
