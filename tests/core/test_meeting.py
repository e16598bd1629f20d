"""Meetings: who is invited and comes, what is shared on which basis, who does what by when; as the facts say, no more."""

from datetime import timedelta

import pytest

from encircle.core.meeting import Action, Meeting, Minutes, Participant, Shared, meetings, open_actions
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.identifier import AgencyId, FactId, SubjectId
from encircle.vocabulary.moment import parse_span
from tests.core.world import ZONE, as_of, at, fact, seen

TENTH = parse_span("2026-03-10", ZONE)
CALLED = fact(
    "called",
    "meeting_called",
    "2026-03-01",
    {
        "at": "2026-03-10",
        "purpose": "before_interview",
        "held_as": "in_person",
        "agenda": "  who asks\n\n where \n",
        "interview": "i",
    },
    subject="m",
)
HELD = fact(
    "held",
    "meeting_held",
    "2026-03-11",
    {
        "purpose": "strategy",
        "guardian_heard": False,
        "calendar_joined": True,
        "shared_beyond_need": True,
    },
    subject="m",
)
MINUTED = fact(
    "minuted",
    "meeting_minuted",
    "2026-03-12",
    {
        "decisions": "One interview.",
        "childs_views": "Not alone.",
        "guardians_view": "Agrees.",
        "dissent": "None.",
        "remarks": "Short.",
    },
    subject="m",
)
POLICE = fact(
    "invited-p",
    "participant_invited",
    "2026-03-02",
    {"meeting": "m", "agency": "dmitri", "role": "police"},
    subject="p",
)
CARER = fact("invited-q", "participant_invited", "2026-03-02", {"meeting": "m", "agency": "bo"}, subject="q")
COMING = fact("answered", "participant_answered", "2026-03-03", {"answer": "coming"}, subject="p")
CAME = fact("came", "participant_came", "2026-03-11", {"present": True}, subject="p")
SHARED = fact(
    "shared",
    "participant_shared",
    "2026-03-11T10:00",
    {"content": "The flat is known.", "legal_basis": "Police Act", "part": "R"},
    subject="p",
)
AGREED = fact(
    "agreed",
    "action_agreed",
    "2026-03-11",
    {"task": "Ask the school.", "agency": "carla", "due": "2026-03-20", "meeting": "m"},
    subject="a",
)
ENDED = fact(
    "ended", "action_ended", "2026-03-19", {"outcome": "not_done", "outcome_reasons": "Closed."}, subject="a"
)
EVERYTHING = (CALLED, HELD, MINUTED, POLICE, CARER, COMING, CAME, SHARED, AGREED, ENDED)


def of(*facts: Fact, day: str = "2026-11-23") -> tuple[Meeting, ...]:
    return meetings(seen(facts, as_of(day)))


def test_a_meeting_is_told_with_everything_that_belongs_to_it():
    assert of(*EVERYTHING) == (
        Meeting(
            id=SubjectId("m"),
            purpose="strategy",
            at=HELD.happened,
            held_as="in_person",
            agenda=("who asks", "where"),
            interview=SubjectId("i"),
            is_held=True,
            is_cancelled=False,
            cancelled_because="",
            shared_beyond_need=True,
            guardian_heard=False,
            calendar_joined=True,
            minutes=Minutes(FactId("minuted"), "One interview.", "Not alone.", "Agrees.", "None.", "Short."),
            participants=(
                Participant(
                    id=SubjectId("p"),
                    agency=AgencyId("dmitri"),
                    role="police",
                    answer="coming",
                    present=True,
                    shared=(
                        Shared(
                            FactId("shared"),
                            "The flat is known.",
                            "Police Act",
                            "R",
                            SHARED.happened.earliest,
                        ),
                    ),
                ),
                Participant(SubjectId("q"), AgencyId("bo"), None, None, None, ()),
            ),
            actions=(
                Action(
                    id=SubjectId("a"),
                    task="Ask the school.",
                    agency=AgencyId("carla"),
                    due=parse_span("2026-03-20", ZONE),
                    outcome="not_done",
                    outcome_reasons="Closed.",
                ),
            ),
        ),
    )


def test_of_a_meeting_that_was_only_called_nothing_more_is_said():
    assert of(CALLED) == (
        Meeting(
            id=SubjectId("m"),
            purpose="before_interview",
            at=TENTH,
            held_as="in_person",
            agenda=("who asks", "where"),
            interview=SubjectId("i"),
            is_held=False,
            is_cancelled=False,
            cancelled_because="",
            shared_beyond_need=False,
            guardian_heard=None,
            calendar_joined=None,
            minutes=None,
            participants=(),
            actions=(),
        ),
    )


def test_a_meeting_that_was_held_without_being_called_has_what_is_on_record():
    (found,) = of(fact("held", "meeting_held", "2026-03-11", {}, subject="m"))
    assert (found.at, found.is_held, found.purpose, found.held_as) == (HELD.happened, True, None, None)
    assert (found.agenda, found.interview, found.minutes) == ((), None, None)


@pytest.mark.parametrize(
    ("said", "because"), [({"cancelled_because": "No interpreter."}, "No interpreter."), ({}, "")]
)
def test_a_cancelled_meeting_says_why_where_that_was_told(said: dict[str, str], because: str):
    (found,) = of(CALLED, fact("off", "meeting_cancelled", "2026-03-05", said, subject="m"))
    assert (found.is_cancelled, found.cancelled_because, found.at) == (True, because, TENTH)


def test_minutes_have_the_parts_that_were_written():
    (found,) = of(HELD, fact("minuted", "meeting_minuted", "2026-03-12", {"dissent": "Health."}, subject="m"))
    assert found.minutes == Minutes(FactId("minuted"), "", "", "", "Health.", "")


def test_minutes_written_anew_replace_those_before():
    again = fact("again", "meeting_minuted", "2026-03-13", {"decisions": "Two rooms."}, subject="m")
    (found,) = of(HELD, MINUTED, again)
    assert found.minutes == Minutes(FactId("again"), "Two rooms.", "", "", "", "")


def called(name: str, day: str | None) -> Fact:
    if day is None:
        return fact(f"off-{name}", "meeting_cancelled", "2026-02-01", {}, subject=name)
    return fact(
        f"called-{name}", "meeting_called", "2026-02-01", {"at": day, "purpose": "strategy"}, subject=name
    )


def test_meetings_come_with_the_latest_first_and_those_without_a_day_last():
    found = of(
        called("none", None),
        called("first", "2026-03-01"),
        called("b", "2026-04-01"),
        called("a", "2026-04-01"),
    )
    assert [one.id for one in found] == ["b", "a", "first", "none"]


def test_what_belongs_to_one_meeting_is_not_told_of_another():
    other = called("other", "2026-05-01")
    stray = fact(
        "stray",
        "action_agreed",
        "2026-03-11",
        {"task": "Call.", "agency": "bo", "due": "2026-03-12"},
        subject="s",
    )
    answered = fact("alone", "participant_answered", "2026-03-03", {"answer": "coming"}, subject="nobody")
    first, second = of(*EVERYTHING, other, stray, answered)
    assert (first.id, first.participants, first.actions) == (SubjectId("other"), (), ())
    assert ([one.id for one in second.participants], [one.id for one in second.actions]) == (
        ["p", "q"],
        ["a"],
    )


def test_everything_that_an_agency_shared_is_there():
    more = fact(
        "more",
        "participant_shared",
        "2026-03-11T11:00",
        {"content": "No car.", "legal_basis": "Police Act", "part": "I"},
        subject="p",
    )
    (found,) = of(CALLED, POLICE, SHARED, more)
    assert [(one.fact, one.content, one.part) for one in found.participants[0].shared] == [
        ("shared", "The flat is known.", "R"),
        ("more", "No car.", "I"),
    ]


# Actions


def action(name: str, due: str | None, *, agreed: str = "2026-03-01") -> tuple[Fact, ...]:
    """Without a day: two agencies tell the same action with different ones, so that it has none."""
    said = {"task": f"Task {name}.", "agency": "carla"}
    if due is not None:
        return (fact(name, "action_agreed", agreed, {**said, "due": due}, subject=name),)
    return tuple(
        fact(one, "action_agreed", agreed, {**said, "due": day}, subject=name, version_of=of_)
        for one, day, of_ in ((name, "2026-04-01", None), (f"{name}2", "2026-05-01", name))
    )


def test_open_actions_come_with_what_is_due_first_and_undated_last():
    facts = (
        *action("undated", None),
        *action("late", "2026-05-01"),
        *action("soon", "2026-04-01"),
        AGREED,
        ENDED,
    )
    found = open_actions(seen(facts))
    assert [(one.id, one.due is None) for one in found] == [
        ("soon", False),
        ("late", False),
        ("undated", True),
    ]
    assert found[0] == Action(
        SubjectId("soon"), "Task soon.", AgencyId("carla"), parse_span("2026-04-01", ZONE), None, ""
    )


def test_an_end_of_something_that_nobody_took_on_is_no_action():
    assert open_actions(seen([ENDED])) == ()
    assert open_actions(seen([AGREED])) != ()


def test_an_action_is_late_when_the_last_moment_of_its_day_has_passed():
    (one,) = open_actions(seen([AGREED]))
    assert one.due is not None
    last = one.due.latest
    assert (one.is_late(last), one.is_late(last + timedelta(minutes=1))) == (False, True)
    ((done,), (undated,)) = (of(CALLED, AGREED, ENDED)[0].actions, open_actions(seen(action("u", None))))
    assert (done.is_late(at("2027-01-01")), undated.is_late(at("2027-01-01"))) == (False, False)
