"""Scopes: each duty is asked of the record that it hangs on, and of no other; time alone moves those of agencies too."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.actions.law import law_of
from encircle.core.child import AsOf, Fold, fold
from encircle.core.duty import DutyState, ledger
from encircle.core.duty.turning import next_turning
from encircle.law.duty import EACH_OF, Scope
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts.kind import OWN_RECORDS, Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import AgencyId, FactId, RootId
from encircle.vocabulary.moment import parse_span
from tests.core.world import ZONE, at

LAW = law_of("ee")
OFFICE = AgencyId("office")
DAYS = [f"2026-{month:02}-{day:02}" for month in range(1, 7) for day in (3, 17)]


def told(number: int, name: str, day: str, said: dict[str, object]) -> Fact:
    happened = parse_span(day, ZONE)
    return Fact(
        id=FactId(f"f{number}"),
        type=name,
        root=RootId("office"),
        subject=None,
        happened=happened,
        learnt=(Learnt(OFFICE, happened.earliest),),
        recorded=happened.latest,
        agency=OFFICE,
        said_by=None,
        certainty=Certainty.OBSERVED,
        payload=read_payload(name, said),
    )


SAID = st.sampled_from(
    [
        ("tasks_stated", {"meets_children": True, "receives_reports": True}),
        ("tasks_stated", {"meets_children": False, "receives_reports": True}),
        ("staff_trained", {"trained_whom": "everyone_who_meets_children", "next_training": "2026-05-01"}),
        ("staff_trained", {"trained_whom": "some"}),
        ("channel_tested", {"test_answered": True, "fit_for_children": True, "next_test": "2026-04-20"}),
        ("contact_point_named", {"reachable": "at_any_hour"}),
    ]
)


def folded(facts: list[Fact], when: str, whose: Kind = Kind.AGENCY) -> Fold:
    return fold(facts, AsOf(at(when)), zone=ZONE, whose=whose)


def states(facts: list[Fact], when: str, whose: Kind = Kind.AGENCY) -> dict[str, DutyState]:
    rows = ledger(folded(facts, when, whose), LAW.duties, calendar=LAW.calendar)
    return {row.rule.code: row.state for row in rows}


@pytest.mark.parametrize("kind", OWN_RECORDS)
def test_a_record_is_asked_its_own_duties_and_no_others(kind: Kind) -> None:
    rows = ledger(folded([], "2026-03-01", kind), LAW.duties, calendar=LAW.calendar)
    assert rows != ()
    assert {row.rule.scope.record for row in rows} == {kind}


def test_a_duty_of_a_report_or_person_hangs_on_one() -> None:
    each = {rule.code: (rule.scope, rule.for_each) for rule in LAW.duties if rule.scope in EACH_OF}
    assert each == {
        "D12": (Scope.REPORT, Kind.CONCERN),
        "D13": (Scope.REPORT, Kind.CONCERN),
        "D13-danger": (Scope.REPORT, Kind.CONCERN),
        "D46": (Scope.REPORT, Kind.CONCERN),
        "D47-child": (Scope.PERSON, Kind.PERSON),
        "D48": (Scope.PERSON, Kind.PERSON),
    }


def test_what_the_agency_has_not_said_opens_the_duty_and_what_it_has_said_ends_it() -> None:
    no = told(1, "tasks_stated", "2026-01-03", {"meets_children": False, "receives_reports": False})
    assert states([], "2026-02-01")["D59"] is DutyState.OPEN
    assert states([no], "2026-02-01").keys() == {"D61"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(DAYS), SAID), max_size=8), st.sampled_from(DAYS))
def test_between_now_and_the_next_turning_nothing_changes(
    said: list[tuple[str, tuple[str, dict[str, object]]]], when: str
) -> None:
    facts = [told(number, name, day, values) for number, (day, (name, values)) in enumerate(said)]
    now = at(when)
    rows = ledger(folded(facts, when), LAW.duties, calendar=LAW.calendar)
    turns = next_turning(facts, folded(facts, when), rows, law=LAW, now=now)
    until = timedelta(days=400) if turns is None else turns - now
    before = [(row.key, row.state, row.missing) for row in rows]
    for part in (0.3, 0.9):
        later = fold(facts, AsOf(now + until * part), zone=ZONE, whose=Kind.AGENCY)
        found = ledger(later, LAW.duties, calendar=LAW.calendar)
        assert [(row.key, row.state, row.missing) for row in found] == before


def test_a_rule_of_another_record_would_be_seen_to_be_missing() -> None:
    """The check can fail: a duty of agencies that is taken for one of children is asked of no agency."""
    rules = [replace(rule, scope=Scope.CHILD) if rule.code == "D61" else rule for rule in LAW.duties]
    found = ledger(folded([], "2026-03-01"), rules, calendar=LAW.calendar)
    assert "D61" not in {row.rule.code for row in found}
