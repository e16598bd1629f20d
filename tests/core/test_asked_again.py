"""Asked again: what counts as the account of a child taken once more, what only perhaps does, and which reason stands."""

import pytest

from encircle.core.asked_again import Again, Reason, takings
from encircle.vocabulary.fact import Fact
from tests.core.world import fact, taken_back

YES, PERHAPS, NO = Again.YES, Again.PERHAPS, Again.NO
TOLD = fact("told", "account_told", "2026-03-01", {"told_to": "school", "spontaneous": True}, subject="t")
REGISTERED = {"channel": "web_form", "text": "Somebody takes my wages."}


def interview(name: str, day: str, purpose: str = "investigative", **said: object) -> Fact:
    return fact(name, "interview_held", day, {"purpose": purpose, **said}, subject=name)


def needed(name: str, day: str, *, of: str, lacking: str = "Who drove the car.") -> Fact:
    return fact(name, "interview_necessity_decided", day, {"lacking": lacking}, subject=of)


def counted(*facts: Fact) -> list[tuple[str, Again]]:
    return [(one.how, one.again) for one in takings(facts)]


def test_the_first_interview_asks_nothing_again_and_the_second_does():
    first, second = interview("one", "2026-03-02"), interview("two", "2026-03-20", "testimony")
    assert counted(second, first) == [("investigative", NO), ("testimony", YES)]


@pytest.mark.parametrize(
    ("before", "found"),
    [
        (TOLD, YES),
        (fact("c", "concern_registered", "2026-03-01", {**REGISTERED, "raised_by": "child"}), YES),
        (
            fact(
                "c",
                "concern_registered",
                "2026-03-01",
                {"channel": "school", "exact_words": "He keeps my wages."},
            ),
            YES,
        ),
        (fact("c", "concern_registered", "2026-03-01", {**REGISTERED, "raised_by": "neighbour"}), NO),
        (interview("i", "2026-03-01", "asylum"), PERHAPS),
        (interview("i", "2026-03-01", "return_after_missing"), NO),
    ],
)
def test_an_interview_asks_again_when_the_child_had_told_before_wherever_it_did(before: Fact, found: Again):
    assert takings((before, interview("one", "2026-03-02")))[-1].again is found


def test_what_a_child_tells_by_itself_is_no_asking_and_of_a_talk_nobody_described_it_is_perhaps():
    asked = fact("a", "account_told", "2026-03-03", {"told_to": "police", "spontaneous": False}, subject="a")
    open_ = fact("b", "account_told", "2026-03-04", {"told_to": "police"}, subject="b")
    assert counted(TOLD, asked, open_) == [("outside_an_interview", YES), ("outside_an_interview", PERHAPS)]


def test_a_talk_for_asylum_or_an_assessment_is_perhaps_once_more_and_alone_asks_nothing_again():
    assert counted(interview("a", "2026-03-01", "asylum")) == [("asylum", NO)]
    assert counted(TOLD, interview("a", "2026-03-02", "assessment")) == [("assessment", PERHAPS)]


def test_sessions_that_were_planned_as_one_interview_are_one_and_are_told_beside():
    found = takings([interview(f"s{day}", f"2026-03-0{day}", series="plan-1") for day in (1, 2, 3)])
    assert [(one.again, one.session) for one in found] == [(NO, False), (NO, True), (NO, True)]


def test_a_talk_after_a_return_is_again_only_for_the_same_time_of_being_missing():
    talks = [
        fact(name, "return_interview_held", day, {"independent": True}, subject=subject)
        for name, day, subject in (
            ("a", "2026-03-01", "m1"),
            ("b", "2026-04-01", "m2"),
            ("c", "2026-04-02", "m2"),
        )
    ]
    assert counted(TOLD, *talks) == [("after_a_return", NO), ("after_a_return", NO), ("after_a_return", YES)]
    assert counted(*talks, interview("one", "2026-05-01"))[-1] == ("investigative", NO)


def test_a_reason_is_one_that_stood_there_at_the_interview_and_a_later_one_is_told_as_such():
    again = interview("two", "2026-03-20")
    first, decided = interview("one", "2026-03-02"), needed("d", "2026-03-19", of="two")
    late = needed("d", "2026-04-19", of="two")
    for facts, reason, words in (
        ((first, again, decided), Reason.DECIDED, "Who drove the car."),
        ((first, again, late), Reason.AFTERWARDS, "Who drove the car."),
        ((first, again, needed("d", "2026-03-19", of="three")), Reason.NONE, ""),
        ((first, again), Reason.NONE, ""),
    ):
        found = takings(facts)
        assert [(one.reason, one.words) for one in found] == [(Reason.NONE, ""), (reason, words)]


@pytest.mark.parametrize(("prohibition", "reason"), [("P3", Reason.SET_ASIDE), ("P11", Reason.NONE)])
def test_what_two_persons_set_aside_for_the_plan_is_the_reason_with_its_basis(
    prohibition: str, reason: Reason
):
    basis = {"basis": "The court asks for it.", "for_act": "interview_planned", "first_role": "police"}
    facts = (
        interview("one", "2026-03-02"),
        fact("plan", "interview_planned", "2026-03-10", {"at": "2026-03-20"}, subject="two"),
        fact("ask", "override_asked", "2026-03-09", {**basis, "prohibition": prohibition}),
        fact("use", "override_used", "2026-03-10", {"used_for": "plan"}, subject="ask"),
        interview("two", "2026-03-20"),
    )
    words = "The court asks for it." if reason is Reason.SET_ASIDE else ""
    assert [(one.reason, one.words) for one in takings(facts)][-1] == (reason, words)


def test_what_is_withdrawn_was_never_asked_and_a_correction_moves_it():
    first, second = interview("one", "2026-03-02"), interview("two", "2026-03-20")
    assert counted(first, second, taken_back("w", "one", "2026-04-01")) == [("investigative", NO)]
    moved = fact(
        "m",
        "interview_held",
        "2026-03-01",
        {"purpose": "suspect"},
        subject="two",
        corrects="two",
        recorded="2026-04-01",
    )
    assert counted(first, second, moved) == [("suspect", NO), ("investigative", YES)]


def test_two_sources_that_differ_on_whether_the_child_was_asked_leave_it_open():
    one = fact("a", "account_told", "2026-03-03", {"told_to": "police", "spontaneous": False}, subject="a")
    other = fact(
        "b",
        "account_told",
        "2026-03-03",
        {"told_to": "police", "spontaneous": True},
        subject="a",
        source="carla",
        version_of="a",
    )
    assert counted(TOLD, one, other) == [("outside_an_interview", PERHAPS)]
    (found,) = takings((one,))
    assert (found.agency, found.root, found.again) == ("dmitri", "aino", NO)
