"""The fold: one rule for every type of fact, and what is derived from them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.core.child import AsOf, situation_schema
from encircle.law.condition.value import misfits
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import Precision, Span, parse_span
from encircle.vocabulary.unknown import Unknown
from tests.core.world import ZONE, as_of, at, fact, folded, instants, records, seen
from tests.vocabulary.facts.example import TYPES, least, whole


def test_nothing_on_record_leaves_every_mark_false_and_every_field_unknown() -> None:
    situation = seen([])
    assert situation.child["presumed"] is False
    assert situation.child["parental_care"] == Unknown(
        "child.parental_care is not on record", ("parental_care_recorded",)
    )
    assert {name: situation.scope[name] for name in ("guardians", "interviews")} == {
        "guardians": (),
        "interviews": (),
    }
    assert situation.child["location"] == "unknown"


@pytest.mark.parametrize("of", TYPES, ids=lambda of: of.name)
def test_a_fact_of_any_type_sets_its_mark_and_fits_the_schema(of) -> None:
    told = fact("f", of.name, "2026-03-02", whole(of), withdraws=None)
    situation = seen([told])
    (item,) = situation.of(of.about)
    assert (item[of.mark], item[f"{of.mark}_by"]) == (True, "dmitri")
    assert item[f"{of.mark}_at"] == told.happened
    assert misfits(situation.scope, situation_schema()) == ()
    assert situation.facts_behind(of.about, item["id"], of.mark) == (told,)


@settings(max_examples=25)
@given(records(), instants)
def test_every_situation_fits_the_schema(facts, instant) -> None:
    both = folded(facts, AsOf(instant))
    for situation in filter(None, (both.earliest, both.latest)):
        assert misfits(situation.scope, situation_schema()) == ()


def test_a_value_that_does_not_fit_the_schema_is_told() -> None:
    situation = seen([])
    situation.child["presumed"] = "yes"
    assert misfits(situation.scope, situation_schema()) == (
        "child.presumed should be a yes or no, but is 'yes'",
    )


@settings(max_examples=25)
@given(records(), instants, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_given_never_changes_the_situation(facts, instant, random) -> None:
    mixed = list(facts)
    random.shuffle(mixed)
    one, other = folded(facts, AsOf(instant)), folded(mixed, AsOf(instant))
    assert one.earliest.scope == other.earliest.scope
    assert (one.latest is None) == (other.latest is None)


def with_points(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The same facts, each known to the minute."""
    return tuple(
        replace(f, happened=parse_span(f"{f.happened.earliest:%Y-%m-%dT%H:%M}Z", "UTC")) for f in facts
    )


@settings(max_examples=25)
@given(records(), instants)
def test_where_every_time_is_exact_there_is_one_reading(facts, instant) -> None:
    assert folded(with_points(facts), AsOf(instant)).latest is None


def test_a_coarse_time_across_the_instant_is_read_both_ways() -> None:
    year = fact("f", "guardian_appointed", "2026", {"capacity": "guardian"}, subject="bo")
    both = folded([year], as_of("2026-06-01"))
    assert both.earliest.child["guardian_current"] is True
    assert both.latest is not None
    assert both.latest.child["guardian_current"] is False
    assert folded([year], as_of("2026-12-31")).latest is None


def test_the_order_of_coarse_times_is_read_both_ways() -> None:
    facts = [
        fact("year", "parental_care_recorded", "2025", {"parental_care": "absent"}),
        fact("day", "parental_care_recorded", "2025-03-02", {"parental_care": "present"}),
    ]
    both = folded(facts)
    assert both.earliest.child["parental_care"] == "present"
    assert both.latest is not None
    assert both.latest.child["parental_care"] == "absent"


def test_text_and_identifiers_enter_only_as_given() -> None:
    told = {"channel": "helpline", "danger_now": True, "text": "She is at the harbour."}
    (concern,) = seen([fact("f", "concern_registered", "2026-03-02", told)]).of(Kind.CONCERN)
    assert (concern["text"], concern["danger_now"], concern["channel"]) == (True, True, "helpline")
    assert "harbour" not in repr(seen([fact("f", "concern_registered", "2026-03-02", told)]).scope)


def test_a_fact_without_a_subject_is_about_a_thing_of_its_own_and_others_can_name_it() -> None:
    facts = [
        fact("i1", "interview_held", "2026-03-02"),
        fact("i2", "interview_held", "2026-03-05"),
        fact(
            "n",
            "interview_necessity_decided",
            "2026-03-04",
            needed("interview_necessity_decided"),
            subject="i2",
        ),
    ]
    situation = seen(facts)
    assert [(i["id"], i["ordinal"], i["necessity_decided"]) for i in situation.of(Kind.INTERVIEW)] == [
        ("i1", 1, False),
        ("i2", 2, True),
    ]


def needed(type_name: str) -> dict[str, object]:
    return least(FACT_TYPES[type_name])


# The derived table


GUARDIAN = {"capacity": "guardian"}


def test_a_guardian_in_office_is_one_appointed_and_not_ended_since() -> None:
    appointed = fact("f1", "guardian_appointed", "2026-03-02", GUARDIAN, subject="bo")
    ended = fact("f2", "guardian_ended", "2026-04-02", needed("guardian_ended"), subject="bo")
    again = fact("f3", "guardian_appointed", "2026-05-02", GUARDIAN, subject="bo")
    seen_after = [seen(facts).child["guardian_current"] for facts in ([appointed], [appointed, ended])]
    assert seen_after == [True, False]
    after = seen([appointed, ended, again])
    assert after.child["guardian_current"] is True
    assert after.child["guardian_since"] == again.happened
    assert set(after.facts_behind(Kind.CHILD, "", "guardian_current")) == {again, ended}


def test_a_guardian_who_is_suspected_is_in_conflict() -> None:
    appointed = fact("f1", "guardian_appointed", "2026-03-02", GUARDIAN | {"person": "uncle"}, subject="g")
    suspected = fact("f2", "person_suspected", "2026-03-05", needed("person_suspected"), subject="uncle")
    assert seen([appointed]).child["guardian_in_conflict"] is False
    assert seen([appointed, suspected]).child["guardian_in_conflict"] is True
    other = fact("f3", "person_suspected", "2026-03-05", needed("person_suspected"), subject="neighbour")
    assert seen([appointed, other]).child["guardian_in_conflict"] is False


def indicated(name: str, element: str, happened: str, *, learnt: dict[str, str] | None = None) -> Fact:
    return fact(name, "indication_recorded", happened, {"element": element}, learnt=learnt)


def test_reasonable_grounds_begin_with_the_later_of_the_first_act_and_the_first_purpose() -> None:
    facts = [
        indicated("a", "act", "2026-03-02T10:00"),
        indicated("b", "purpose", "2026-03-05T10:00"),
        indicated("c", "purpose", "2026-04-05T10:00"),
    ]
    child = seen(facts).child
    assert (child["reasonable_grounds"], child["reasonable_grounds_at"]) == (True, facts[1].happened)
    assert isinstance(seen(facts[:1]).child["reasonable_grounds"], Unknown)


def test_grounds_are_known_when_an_act_and_a_purpose_were_first_known() -> None:
    facts = [
        indicated("a", "act", "1994", learnt={"carla": "1999-01-01"}),
        indicated("b", "act", "1995", learnt={"carla": "1995-06-01"}),
        indicated("c", "purpose", "1994", learnt={"carla": "1995-05-01"}),
    ]
    known = seen(facts).child["reasonable_grounds_known"]
    assert known.earliest == at("1995-06-01").replace(second=0)


def test_a_later_victim_status_starts_no_clock_anew() -> None:
    facts = [
        fact("s1", "status_set", "2026-03-02", {"status": "presumed_victim"}),
        fact("s2", "status_set", "2026-06-02", {"status": "identified_victim"}),
        fact("s3", "status_set", "2026-07-02", {"status": "negative_decision"}),
        fact("s4", "status_set", "2026-08-02", {"status": "in_review"}),
    ]
    since = [seen(facts[:n]).child["reasonable_grounds_at"] for n in (1, 2, 4)]
    assert since == [facts[0].happened, facts[0].happened, facts[3].happened]
    assert seen(facts[:3]).child["victim_track"] is False


def test_a_status_on_which_the_sources_differ_is_not_known() -> None:
    facts = [
        fact("s1", "status_set", "2026-03-02", {"status": "presumed_victim"}),
        fact("s2", "status_set", "2026-03-02", {"status": "at_risk"}, version_of="s1", source="carla"),
    ]
    child = seen(facts).child
    assert child["protection"] == Unknown("the sources differ", ("status",))
    assert isinstance(child["victim_track"], Unknown)


MISSING, PLACE = needed("missing_reported"), {"placement_kind": "childrens_home"}


@pytest.mark.parametrize(
    ("told", "location"),
    [
        ([], "unknown"),
        (["placement_started home"], "placed"),
        (["placement_started home", "missing_noticed m"], "missing"),
        (["placement_started home", "missing_reported m"], "missing"),
        (["placement_started home", "missing_reported m", "missing_located m"], "located"),
        (
            ["placement_started home", "missing_reported m", "missing_located m", "missing_returned m"],
            "placed",
        ),
        (["missing_reported m", "missing_located m", "missing_returned m"], "returned"),
        (["missing_reported m", "missing_located m", "placement_started home"], "placed"),
        (["missing_reported m", "missing_returned m", "missing_reported m"], "missing"),
        (["placement_started home", "detention_started d"], "detained"),
        (["detention_started d", "missing_reported m"], "missing"),
        (["placement_started home", "placement_ended home", "transfer_carried_out t"], "abroad"),
        (["transfer_carried_out t", "placement_started home"], "placed"),
    ],
)
def test_where_the_child_is(told: list[str], location: str) -> None:
    facts = []
    for number, one in enumerate(told):
        type_name, subject = one.split()
        payload = PLACE if type_name == "placement_started" else needed(type_name)
        facts.append(fact(f"f{number}", type_name, f"2026-03-0{number + 1}", payload, subject=subject))
    assert seen(facts).child["location"] == location


def test_a_new_placement_ends_the_one_before() -> None:
    facts = [
        fact("p1", "placement_started", "2026-03-02", {"placement_kind": "childrens_home"}),
        fact("p2", "placement_started", "2026-03-09", {"placement_kind": "adult_reception_centre"}),
    ]
    situation = seen(facts)
    assert [item["current"] for item in situation.of(Kind.PLACEMENT)] == [False, True]
    assert (situation.child["placed_with_adults"], situation.child["placements_made"]) == (True, 2)


def test_counters_count_what_was_held_and_not_what_was_planned() -> None:
    facts = [
        fact("p", "interview_planned", "2026-03-01", needed("interview_planned"), subject="i3"),
        fact("h1", "interview_held", "2026-03-02", {"interviewer": "one"}, subject="i1"),
        fact("h2", "interview_held", "2026-03-03", {"interviewer": "one"}, subject="i2"),
    ]
    situation = seen(facts)
    assert (situation.child["interviews_held"], situation.child["interviewers"]) == (2, 1)
    assert {i["id"]: i["ordinal"] for i in situation.of(Kind.INTERVIEW)} == {"i1": 1, "i2": 2, "i3": 3}


def test_an_open_proceeding_is_one_that_has_not_closed() -> None:
    opened = fact(
        "f1", "proceeding_opened", "2026-03-02", {"proceeding_kind": "criminal_suspect"}, subject="case"
    )
    closed = fact("f2", "proceeding_closed", "2026-05-02", needed("proceeding_closed"), subject="case")
    flags = ("open_proceedings", "criminal_open", "suspect_open", "asylum_open")
    assert [seen([opened]).child[name] for name in flags] == [1, True, True, False]
    assert [seen([opened, closed]).child[name] for name in flags] == [0, False, False, False]


def test_an_age_that_nobody_reaches_is_answered_too() -> None:
    claim = fact("f", "age_claimed", "2026-03-02", {"claimed_child": False, "claimed_years": 100_000})
    assert isinstance(seen([claim]).child["is_child"], Unknown)


def test_a_child_not_yet_born_is_a_child() -> None:
    expected = fact("f1", "birth_expected", "2026-03-02", {"expected": "2026-09"})
    assert [seen([expected]).child[name] for name in ("age_basis", "is_child")] == ["not_yet_born", True]


def test_one_who_was_exploited_as_a_child_stays_one_in_the_law_after_the_birthday() -> None:
    facts = [
        fact("b", "date_of_birth_recorded", "1994", {"date_of_birth": "1978-06-26", "evidence": "register"}),
        fact("e", "exploitation_period_recorded", "1998-07-28", {"exploited": "1994/1998"}),
    ]
    child = seen(facts, as_of("1998-07-28")).child
    assert (child["is_child"], child["was_child_when_exploited"]) == (False, True)


@settings(max_examples=25)
@given(records(), instants)
def test_a_presumption_of_childhood_never_makes_anybody_an_adult(facts, instant) -> None:
    presumed = fact("presumed", "child_presumed", "2025-12-31", needed("child_presumed"))
    if seen(facts, AsOf(instant)).child["is_child"] is not False:
        assert seen([*facts, presumed], AsOf(instant)).child["is_child"] is True


def test_a_status_told_by_two_sources_began_between_their_times() -> None:
    facts = [
        fact("s1", "status_set", "2026-03-02", {"status": "presumed_victim"}),
        fact(
            "s2", "status_set", "2026-03-04", {"status": "presumed_victim"}, version_of="s1", source="carla"
        ),
    ]
    child = seen(facts).child
    first, last = facts[0].happened.earliest, facts[1].happened.latest
    assert child["reasonable_grounds_at"] == Span(first, last, Precision.INTERVAL, ZONE)
    assert child["protection"] == "presumed_victim"


def test_a_child_now_was_one_when_exploited_also_where_nobody_knows_when() -> None:
    claim = fact("c", "age_claimed", "2026-03-02", {"claimed_child": True})
    period = fact("e", "exploitation_period_recorded", "2026-03-03", {"exploited": "2025"})
    found = [seen(facts).child["was_child_when_exploited"] for facts in ([claim, period], [claim], [period])]
    assert found[0] is True
    assert [isinstance(one, Unknown) for one in found[1:]] == [True, True]
