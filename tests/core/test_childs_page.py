"""The child's page: what comes next, who works for the child, what was decided and what became of the child's words.

Never a place, never a note of staff, nothing that nobody has told the child in person.
"""

import pytest
from hypothesis import given, settings

from encircle.core.childs_page import ChildsPage, Coming, Decided, Helper, Written, childs_page
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.moment import parse_span
from tests.core.world import ZONE, as_of, fact, records, seen

TODAY = "2026-03-10T12:00"


def page(*facts: Fact, now: str = TODAY) -> ChildsPage:
    return childs_page(seen(facts, as_of(now)), zone=ZONE)


def day(text: str):
    return parse_span(text, ZONE)


# What comes next


def planned(what: str, on: str, name: str = "x", **more: object) -> Fact:
    type_name = {
        "interview": "interview_planned",
        "hearing": "hearing_scheduled",
        "examination": "examination_planned",
    }[what]
    return fact(name, type_name, "2026-03-01", {"at": on, **more}, subject=name)


def put_off(topic: str = "interview", **more: str) -> Fact:
    said = {"topic": topic, "postponed_because": "safety", **more}
    return fact("off", "information_postponed", "2026-03-02", said, subject="told")


@pytest.mark.parametrize("what", ["interview", "hearing", "examination"])
def test_the_child_is_told_what_comes_and_when(what: str):
    assert page(planned(what, "2026-03-20T10:00")).coming == (Coming(what, day("2026-03-20T10:00")),)


def test_a_meeting_of_the_agencies_and_a_deadline_are_not_the_childs_to_wait_for():
    meeting = fact(
        "m", "meeting_called", "2026-03-01", {"at": "2026-03-20", "purpose": "strategy"}, subject="m"
    )
    decision = fact(
        "d",
        "decision_proposed",
        "2026-03-01",
        {"decision_kind": "placement", "decide_by": "2026-03-20"},
        subject="d",
    )
    assert page(meeting, decision).coming == ()


def test_a_hearing_without_the_child_is_not_told():
    assert page(planned("hearing", "2026-03-20", child_to_attend=False)).coming == ()
    assert page(planned("hearing", "2026-03-20", child_to_attend=True)).coming != ()


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        ("2026-03-09T11:59", False),
        ("2026-03-09T12:00", True),
        ("2026-03-08", False),
        ("2026-03-09", True),
        ("2026-03-10", True),
    ],
)
def test_what_nobody_said_to_be_held_stays_for_a_day(on: str, shown: bool):
    assert bool(page(planned("interview", on)).coming) is shown


def test_what_was_held_is_no_longer_coming():
    held = fact("held", "interview_held", "2026-03-10T09:00", subject="x")
    assert page(planned("interview", "2026-03-10T09:00"), held).coming == ()


def test_what_somebody_has_put_off_telling_for_safety_is_not_on_the_page():
    assert page(planned("interview", "2026-03-20"), put_off()).coming == ()


@pytest.mark.parametrize(
    "otherwise",
    [
        pytest.param((put_off("hearing"),), id="something else was put off"),
        pytest.param((put_off(postponed_until="2026-03-09"),), id="until a day that is over"),
        pytest.param(
            (
                put_off(),
                fact("given", "information_given", "2026-03-03", {"topics": ["interview"]}, subject="told"),
            ),
            id="a person has told since",
        ),
        pytest.param(
            (fact("given", "information_given", "2026-03-03", {"topics": ["interview"]}, subject="told"),),
            id="never put off",
        ),
    ],
)
def test_it_is_told_again_where(otherwise: tuple[Fact, ...]):
    assert page(planned("interview", "2026-03-20"), *otherwise).coming != ()


def test_what_is_put_off_until_a_time_stays_so_through_its_last_minute():
    facts = (planned("interview", "2026-03-20"), put_off(postponed_until="2026-03-10"))
    assert page(*facts, now="2026-03-10T23:59").coming == ()
    assert page(*facts, now="2026-03-11T00:00").coming != ()


# Who works for the child

GUARDIAN = fact(
    "g", "guardian_appointed", "2026-03-01", {"capacity": "guardian", "name": "Bo Berg"}, subject="g"
)
LAWYER = fact("l", "lawyer_appointed", "2026-03-01", {"name": "Liis Lepp"}, subject="l")
SUPPORT = fact("s", "support_person_named", "2026-03-01", {"name": "Sami Salo"}, subject="s")
LEAD = fact("c", "case_lead_named", "2026-03-01", {"case_lead": "carla", "case_lead_name": "Carla Cruz"})


def test_those_who_work_for_the_child_are_named_with_what_they_do():
    assert page(GUARDIAN, LAWYER, SUPPORT, LEAD).helpers == (
        Helper("guardian", "Bo Berg"),
        Helper("lawyer", "Liis Lepp"),
        Helper("support_person", "Sami Salo"),
        Helper("case_lead", "Carla Cruz"),
    )


def test_one_whose_name_nobody_wrote_down_is_still_there():
    guardian = fact("g", "guardian_appointed", "2026-03-01", {"capacity": "guardian"}, subject="g")
    lead = fact("c", "case_lead_named", "2026-03-01", {"case_lead": "carla"})
    assert page(guardian, lead).helpers == (Helper("guardian", ""), Helper("case_lead", ""))


def test_a_name_that_one_of_two_sources_wrote_down_is_shown():
    first = fact("g", "guardian_appointed", "2026-03-01", {"capacity": "guardian"}, subject="g")
    said = {"capacity": "guardian", "name": "Bo Berg"}
    second = fact("g2", "guardian_appointed", "2026-03-01", said, subject="g", version_of="g", source="carla")
    assert page(first, second).helpers == (Helper("guardian", "Bo Berg"),)


@pytest.mark.parametrize(
    "ended",
    [
        fact("e", "guardian_ended", "2026-03-02", {"ended_because": "replaced"}, subject="g"),
        fact("e", "guardian_conflict_found", "2026-03-02", {"conflict": "own_interest"}, subject="g"),
    ],
    ids=["ended", "in conflict"],
)
def test_a_guardian_who_no_longer_acts_or_stands_in_conflict_is_not_shown(ended: Fact):
    assert page(GUARDIAN, ended, LAWYER).helpers == (Helper("lawyer", "Liis Lepp"),)


def test_a_guardian_who_was_only_asked_for_does_not_work_for_the_child_yet():
    asked = fact("r", "guardian_requested", "2026-03-01", {}, subject="g")
    assert page(asked).helpers == ()


# What was decided

MADE = fact(
    "made",
    "decision_made",
    "2026-03-03",
    {
        "decision_kind": "placement",
        "outcome": "ordered",
        "reasons": "words of staff",
        "remedy_until": "2026-04-03",
    },
    subject="d",
)
ASSESSED = fact(
    "assessed", "interests_assessed", "2026-03-02", {"elements": ["views", "health"]}, subject="d"
)
TOLD = fact("told", "information_given", "2026-03-04", {"topics": ["decision"], "decision": "d"}, subject="t")
HEARD = fact(
    "heard",
    "view_heard",
    "2026-03-01",
    {"decision": "d", "method": "direct", "about": "placement"},
    subject="v",
)
WEIGHED = fact("weighed", "view_weighed", "2026-03-03", {"followed": "partly"}, subject="v")
ANSWERED = fact("answered", "view_answered", "2026-03-05", {"decision": "d"}, subject="v")
CHALLENGED = fact("challenged", "decision_challenged", "2026-03-06", subject="d")
REVIEWED = fact("reviewed", "decision_reviewed", "2026-03-07", {"review_outcome": "changed"}, subject="d")


def notified(*to: str, **more: object) -> Fact:
    return fact("notified", "decision_notified", "2026-03-04", {"notified_to": list(to), **more}, subject="d")


def test_a_decision_is_told_with_what_was_weighed_and_how_to_disagree():
    assert page(MADE, ASSESSED, TOLD, HEARD, WEIGHED, CHALLENGED, REVIEWED).decided == (
        Decided(
            about="placement",
            outcome="ordered",
            at=day("2026-03-03"),
            thought_of=("views", "health"),
            followed="partly",
            disagree_until=day("2026-04-03"),
            challenged=True,
            after_review="changed",
        ),
    )


def test_a_decision_of_which_little_is_on_record_says_no_more():
    bare = fact("made", "decision_made", "2026-03-03", {"decision_kind": "age"}, subject="d")
    assert page(bare, TOLD).decided == (Decided("age", "", day("2026-03-03"), (), "", None, False, ""),)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        pytest.param((), False, id="nobody told"),
        pytest.param((TOLD,), True, id="told in person"),
        pytest.param((HEARD, WEIGHED, ANSWERED), True, id="told what became of the views"),
        pytest.param((HEARD, WEIGHED), False, id="weighed and not answered"),
        pytest.param((notified("child"),), True, id="given to the child"),
        pytest.param((notified("guardian"),), False, id="given to others"),
        pytest.param((notified("guardian", explained_in_person=True),), True, id="explained in person"),
        pytest.param((notified("guardian", explained_in_person=False),), False, id="not explained"),
        pytest.param(
            (
                fact(
                    "t",
                    "information_given",
                    "2026-03-04",
                    {"topics": ["decision"], "decision": "e"},
                    subject="t",
                ),
            ),
            False,
            id="told of another decision",
        ),
        pytest.param(
            (
                fact(
                    "t",
                    "information_postponed",
                    "2026-03-04",
                    {"topic": "decision", "postponed_because": "safety"},
                ),
            ),
            False,
            id="put off",
        ),
    ],
)
def test_a_decision_is_on_the_page_only_after_a_person_told_the_child(told: tuple[Fact, ...], shown: bool):
    assert bool(page(MADE, *told).decided) is shown


def test_a_decision_that_is_only_proposed_is_not_on_the_page():
    proposed = fact("p", "decision_proposed", "2026-03-01", {"decision_kind": "placement"}, subject="d")
    assert page(proposed, TOLD).decided == ()


def test_how_the_childs_word_counted_is_of_this_decision_alone():
    other = fact("other", "view_heard", "2026-03-01", {"decision": "e"}, subject="o")
    counted = fact("counted", "view_weighed", "2026-03-03", {"followed": "fully"}, subject="o")
    assert [one.followed for one in page(MADE, TOLD, other, counted).decided] == [""]
    assert [one.followed for one in page(MADE, TOLD, HEARD).decided] == [""]


# What the child wrote


def wrote(method: str = "in_writing") -> Fact:
    said = {"about": "placement", "method": method, "words": "my words"}
    return fact("v", "view_heard", "2026-03-04", said, subject="v")


@pytest.mark.parametrize(
    ("followed", "state"),
    [((), "saved"), ((WEIGHED,), "weighed"), ((ANSWERED,), "answered"), ((WEIGHED, ANSWERED), "answered")],
)
def test_the_child_sees_what_became_of_what_it_wrote(followed: tuple[Fact, ...], state: str):
    assert page(wrote(), *followed).said == (Written("placement", day("2026-03-04"), state),)


def test_what_the_child_said_to_somebody_is_not_among_what_it_wrote():
    assert page(wrote(method="direct"), WEIGHED).said == ()
    assert page(WEIGHED).said == ()


def complained(by: str = "child") -> Fact:
    said = {"complainant": by, "about": "carer", "complaint_text": "my words"}
    return fact("k", "complaint_made", "2026-03-04", said, subject="k")


GOT = fact("got", "complaint_acknowledged", "2026-03-05", subject="k")
DONE = fact("done", "complaint_answered", "2026-03-06", subject="k")


@pytest.mark.parametrize(
    ("followed", "state"),
    [((), "saved"), ((GOT,), "arrived"), ((DONE,), "answered"), ((GOT, DONE), "answered")],
)
def test_the_child_sees_what_became_of_its_complaint(followed: tuple[Fact, ...], state: str):
    assert page(complained(), *followed).complaints == (Written("carer", day("2026-03-04"), state),)


def test_a_complaint_of_somebody_else_is_not_on_the_page():
    assert page(complained("guardian")).complaints == ()
    assert page(GOT).complaints == ()


def test_a_page_of_which_nothing_is_known_is_empty():
    assert page() == ChildsPage((), (), (), (), ())


# Whatever is on record

NOTES = "words of staff", "my words"


def test_no_free_text_leaves_the_record_by_the_page():
    facts = (MADE, TOLD, wrote(), complained())
    assert all(note in repr(facts) for note in NOTES)
    assert [note for note in NOTES if note in repr(page(*facts))] == []


@settings(max_examples=25, deadline=None)
@given(records(most=10))
def test_every_line_of_the_page_is_a_code_or_a_time(facts: tuple[Fact, ...]):
    found = page(*facts, now="2027-01-01")
    words = [one.what for one in found.coming] + [
        word for one in found.decided for word in (one.about, *one.thought_of)
    ]
    words += [word for one in (*found.said, *found.complaints) for word in (one.about, one.state)]
    assert [word for word in words if not (word == "" or word.replace("_", "").isalpha())] == []
