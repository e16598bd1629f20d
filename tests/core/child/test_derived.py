"""What the situation says beyond single facts, attribute by attribute: protection, age, who is in office, what is counted."""

import pytest

from encircle.core.child.derived import BEGUN_AND_ENDED
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import point
from encircle.vocabulary.unknown import Unknown
from tests.core.child.world import NOTHING, changed, derived, told
from tests.core.world import ZONE, at, fact, folded, seen


def test_a_record_on_which_nothing_is_derives_nothing():
    assert derived() == NOTHING


# Protection


@pytest.mark.parametrize(
    ("facts", "protection"),
    [
        ((), "none"),
        ((told("c", "concern_registered"),), "concern"),
        ((told("s", "status_set", status="at_risk"),), "at_risk"),
        ((told("c", "concern_registered"), told("s", "status_set", status="none")), "none"),
    ],
)
def test_the_status_is_the_one_that_a_person_set_or_else_that_a_concern_is_there(
    facts: tuple[Fact, ...], protection: str
):
    assert derived(*facts)["protection"] == protection


def test_a_status_says_since_when():
    status = told("s", "status_set", status="presumed_victim")
    assert changed(status) == {
        "protection": "presumed_victim",
        "protection_at": status.happened,
        "reasonable_grounds": True,
        "reasonable_grounds_at": status.happened,
        "reasonable_grounds_known": point(status.happened.earliest, ZONE),
        "victim_track": True,
    }


def test_an_act_and_a_purpose_say_since_when_and_since_when_it_was_known():
    act = fact(
        "a", "indication_recorded", "2026-03-02", {"element": "act"}, learnt={"carla": "2026-03-09T10:00"}
    )
    purpose = fact("p", "indication_recorded", "2026-03-05", {"element": "purpose"})
    assert changed(act, purpose) == {
        "reasonable_grounds": True,
        "reasonable_grounds_at": purpose.happened,
        "reasonable_grounds_known": point(at("2026-03-09T10:00"), ZONE),
        "victim_track": True,
    }


def test_whichever_came_first_begins_the_grounds_the_status_or_act_and_purpose():
    act, purpose = (
        fact(name, "indication_recorded", "2026-03-05", {"element": name}) for name in ("act", "purpose")
    )
    before, after = (
        told("s", "status_set", day, status="presumed_victim") for day in ("2026-03-02", "2026-03-09")
    )
    assert derived(act, purpose, before)["reasonable_grounds_at"] == before.happened
    assert derived(act, purpose, after)["reasonable_grounds_at"] == act.happened
    no_longer = told("n", "status_set", "2026-03-07", status="at_risk")
    assert derived(act, purpose, before, no_longer)["reasonable_grounds_at"] == act.happened


def test_a_means_alone_gives_no_grounds_and_is_not_asked_for():
    means = fact("m", "indication_recorded", "2026-03-02", {"element": "means"})
    assert changed(means) == {}


def test_grounds_that_nobody_had_learnt_began_without_anybody_knowing():
    status = fact("s", "status_set", "2026-03-02", {"status": "presumed_victim"}, learnt={})
    assert derived(status)["reasonable_grounds_at"] == status.happened
    assert derived(status)["reasonable_grounds_known"] == Unknown("nobody had learnt it")


@pytest.mark.parametrize(
    ("facts", "died", "closed"),
    [
        ((told("s", "status_set", status="died"),), True, False),
        ((told("d", "died"),), True, False),
        ((told("s", "status_set", status="closed"),), False, True),
        ((told("s", "status_set", status="recovered"),), False, False),
    ],
)
def test_a_death_and_the_end_of_a_record_are_told(facts: tuple[Fact, ...], died: bool, closed: bool):
    found = derived(*facts)
    assert (found["died"], found["closed"]) == (died, closed)


# Age

BORN = told("b", "date_of_birth_recorded", date_of_birth="2011-05-06")
TURNS_18 = point(at("2029-05-06T00:00"), ZONE)


def test_a_date_of_birth_says_the_age():
    assert changed(BORN) == {
        "age_basis": "documented",
        "is_child": True,
        "turns_18": TURNS_18,
        "was_child_when_exploited": Unknown(
            "child.exploited is not on record", ("exploitation_period_recorded",)
        ),
    }


@pytest.mark.parametrize(
    ("facts", "basis", "is_child", "in_doubt"),
    [
        ((told("c", "age_claimed", claimed_child=True),), "claimed", True, True),
        ((told("p", "child_presumed"),), "presumed", True, True),
        ((BORN, told("d", "age_doubted")), "documented", True, True),
        ((told("e", "birth_expected"),), "not_yet_born", True, False),
        ((told("e", "birth_expected"), BORN), "documented", True, False),
        ((told("a", "age_assessment_started", subject="a"),), "under_assessment", True, True),
        (
            (
                told("a", "age_assessment_started", subject="a"),
                told("d", "age_determined", determined="child", final=False),
            ),
            "determined_child",
            True,
            False,
        ),
        ((told("d", "age_determined", determined="adult", final=False),), "determined_adult", True, True),
        ((told("d", "age_determined", determined="adult", final=True),), "determined_adult", False, False),
    ],
)
def test_each_fact_about_the_age_enters_the_axis(
    facts: tuple[Fact, ...], basis: str, is_child: bool, in_doubt: bool
):
    found = derived(*facts)
    assert (found["age_basis"], found["is_child"], found["age_in_doubt"]) == (basis, is_child, in_doubt)


def test_an_assessment_that_has_ended_runs_no_longer():
    begun = told("a", "age_assessment_started", subject="a")
    ended = told("z", "age_assessment_ended", "2026-03-09", subject="a")
    alone = told("z", "age_assessment_ended", "2026-03-09", subject="other")
    assert derived(begun, ended)["age_basis"] == "unknown"
    assert derived(begun, alone)["age_basis"] == "under_assessment"


def test_a_claim_gives_a_birthday_by_its_day_or_by_its_years_and_when_it_was_made():
    dated = told("c", "age_claimed", claimed_child=True, date_of_birth_claimed="2011-05-06")
    years = told("c", "age_claimed", claimed_child=True, claimed_years=15)
    assert derived(dated)["turns_18"] == TURNS_18
    found = derived(years)["turns_18"]
    assert (found.earliest, found.latest) == (at("2028-03-02T00:00"), at("2029-03-02T00:00"))


@pytest.mark.parametrize(
    ("exploited", "was"), [("2028", True), ("2029-05-05/2030", True), ("2029-05-06/2030", False)]
)
def test_exploitation_that_began_before_the_birthday_was_that_of_a_child(exploited: str, was: bool):
    period = told("x", "exploitation_period_recorded", "2031-03-02", exploited=exploited)
    assert derived(BORN, period, day="2031-03-03")["was_child_when_exploited"] is was


# Who is in office, and what runs

BEGINS: dict[Kind, tuple[str, ...]] = {
    Kind.GUARDIAN: ("guardian_appointed", "guardian_ended", "guardian_current"),
    Kind.LAWYER: ("lawyer_appointed", "lawyer_ended", "lawyer_current"),
    Kind.INTERPRETER: ("interpreter_engaged", "interpreter_ended", "interpreter_current"),
    Kind.SUPPORT_PERSON: ("support_person_named", "support_person_ended", "support_person_current"),
    Kind.PLACEMENT: ("placement_started", "placement_ended", "placed"),
    Kind.DETENTION: ("detention_started", "detention_ended", "detained"),
    Kind.REFLECTION: ("reflection_started", "reflection_ended", "reflection_active"),
    Kind.DO_NOT_CONTACT: ("do_not_contact_set", "do_not_contact_lifted", "do_not_contact"),
    Kind.MISSING: ("missing_reported", "missing_returned", "missing_now"),
    Kind.ORDER: ("order_made", "order_ended"),
    Kind.PROCEEDING: ("proceeding_opened", "proceeding_closed"),
}


def test_every_kind_that_begins_and_ends_is_in_the_table():
    assert set(BEGINS) == set(BEGUN_AND_ENDED)


@pytest.mark.parametrize("kind", BEGINS)
def test_what_has_begun_stands_until_it_ends_and_again_when_it_begins_anew(kind: Kind):
    begins, ends, *attribute = BEGINS[kind]
    first, end, again = (
        told(name, of, day, subject="x")
        for name, of, day in (
            ("a", begins, "2026-03-02"),
            ("b", ends, "2026-03-05"),
            ("c", begins, "2026-03-09"),
        )
    )
    at_once = told("d", ends, "2026-03-02", subject="x")
    for facts, stands in (
        ((first,), True),
        ((first, end), False),
        ((first, end, again), True),
        ((first, at_once), False),
        ((end,), False),
    ):
        situation = seen(facts)
        assert [item["current"] for item in situation.of(kind)] == [stands]
        assert [situation.child[name] for name in attribute] == [stands] * len(attribute)


def test_of_an_end_that_can_have_come_before_the_beginning_both_readings_are_told():
    begun, ended = (
        told("a", "lawyer_appointed", "2026-03-05", subject="x"),
        told("b", "lawyer_ended", "2026-03", subject="x"),
    )
    both = folded([begun, ended])
    assert both.latest is not None
    assert [one.child["lawyer_current"] for one in (both.earliest, both.latest)] == [True, False]


def test_the_guardian_is_in_office_since_the_latest_appointment_that_stands():
    facts = [
        told(name, "guardian_appointed", day, subject=name)
        for name, day in (("a", "2026-03-02"), ("b", "2026-03-09"))
    ]
    assert derived(*facts)["guardian_since"] == facts[1].happened
    ended = told("c", "guardian_ended", "2026-03-12", subject="b")
    assert derived(*facts, ended)["guardian_since"] == facts[0].happened
    assert derived(*facts, ended)["guardians_had"] == 2


def test_only_a_guardian_in_office_can_be_in_conflict():
    appointed = told("a", "guardian_appointed", subject="a")
    conflict = told("b", "guardian_conflict_found", "2026-03-05", subject="a")
    ended = told("c", "guardian_ended", "2026-03-09", subject="a")
    found = [
        derived(*facts)["guardian_in_conflict"]
        for facts in ((appointed,), (appointed, conflict), (appointed, conflict, ended))
    ]
    assert found == [False, True, False]


# Counters


@pytest.mark.parametrize(
    ("type_name", "counter"),
    [
        ("interview_held", "interviews_held"),
        ("examination_held", "examinations_held"),
        ("hearing_held", "hearings_held"),
        ("placement_started", "placements_made"),
        ("guardian_appointed", "guardians_had"),
    ],
)
def test_what_took_place_is_counted(type_name: str, counter: str):
    facts = [
        told(name, type_name, f"2026-03-0{day}", subject=name) for day, name in enumerate("abc", start=1)
    ]
    assert [derived(*facts[:number])[counter] for number in range(4)] == [0, 1, 2, 3]


def test_interviewers_are_counted_each_once_and_only_of_what_was_held():
    held = [
        told(f"h{n}", "interview_held", subject=f"i{n}", **({"interviewer": who} if who else {}))
        for n, who in enumerate(("x", "x", "y", None))
    ]
    planned = told("p", "interview_planned", subject="p", interviewer="z")
    assert (derived(*held, planned)["interviewers"], derived(*held, planned)["interviews_held"]) == (2, 4)


def test_the_number_of_an_interview_follows_its_time_and_a_planned_one_comes_after():
    facts = [
        told("late", "interview_held", "2026-03-09", subject="late"),
        told("plan", "interview_planned", "2026-03-01", subject="plan"),
        told("early", "interview_held", "2026-03-02", subject="early"),
        told("other", "interview_planned", "2026-03-01", subject="other"),
    ]
    numbers = {item["id"]: item["ordinal"] for item in seen(facts).of(Kind.INTERVIEW)}
    assert numbers == {"early": 1, "late": 2, "plan": 3, "other": 3}
    alone = {item["id"]: item["ordinal"] for item in seen(facts[1:2]).of(Kind.INTERVIEW)}
    assert alone == {"plan": 1}


# Proceedings


@pytest.mark.parametrize(
    ("kind", "open_ones"),
    [
        ("criminal_victim", {"criminal_open"}),
        ("criminal_suspect", {"criminal_open", "suspect_open"}),
        ("asylum", {"asylum_open"}),
        ("return", {"return_open"}),
        ("family", set()),
        ("guardianship", set()),
    ],
)
def test_a_proceeding_that_is_open_is_told_by_its_kind(kind: str, open_ones: set[str]):
    opened = told("o", "proceeding_opened", subject="p", proceeding_kind=kind)
    assert changed(opened) == {"open_proceedings": 1, **dict.fromkeys(open_ones, True)}
    assert changed(opened, told("c", "proceeding_closed", "2026-04-02", subject="p")) == {}


def test_open_proceedings_are_counted():
    facts = [told(name, "proceeding_opened", subject=name, proceeding_kind="family") for name in "abc"]
    closed = told("z", "proceeding_closed", "2026-04-02", subject="b")
    assert derived(*facts, closed)["open_proceedings"] == 2
