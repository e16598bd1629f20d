"""Facts on the page: numbered in time, none left out, each saying whether it counts, accounts of one event side by side."""

from dataclasses import replace
from datetime import UTC, datetime

from encircle.actions.record import ALL_OPEN
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.web.desk.facts import Counts, Said, fact_list
from tests.web.desk.looks import POLICE, SCHOOL, a_fact, look_at

CLAIM = a_fact("a", "age_claimed", "2026-03-02", claimed_child=True, claimed_years=15)


def counts(*facts: object, **question: object) -> dict[str, Counts]:
    return {name: view.counts for name, view in fact_list(look_at(*facts, **question)).by_id.items()}


def test_facts_are_numbered_in_the_order_in_which_they_happened():
    later = a_fact("b", "name_recorded", "2026-03-03", name_used="Aino")
    views = fact_list(look_at(later, CLAIM)).by_id
    assert {name: view.number for name, view in views.items()} == {"a": 1, "b": 2}


def test_a_correction_stands_beside_what_it_corrects_and_only_it_counts():
    correction = a_fact("b", "age_claimed", "2026-03-02", corrects="a", claimed_child=True, claimed_years=14)
    (event,) = fact_list(look_at(CLAIM, correction)).events
    assert [(view.number, view.counts, view.relation) for view in event.accounts] == [
        (1, Counts.CORRECTED, ""),
        (2, Counts.COUNTS, "corrects fact 1"),
    ]


def test_another_account_of_one_event_stands_beside_it_and_both_count():
    other = a_fact(
        "b", "age_claimed", "2026-03-02", by=SCHOOL, version_of="a", claimed_child=True, claimed_years=16
    )
    (event,) = fact_list(look_at(CLAIM, other)).events
    assert [(view.source, view.counts) for view in event.accounts] == [
        ("Police", Counts.COUNTS),
        ("School", Counts.COUNTS),
    ]


def test_a_withdrawn_fact_stays_on_the_page_with_its_withdrawal():
    withdrawal = a_fact(
        "b", "withdrawal", "2026-03-05", withdraws="a", withdrawal_reasons="entered by mistake"
    )
    (event,) = fact_list(look_at(CLAIM, withdrawal)).events
    assert [view.counts for view in event.accounts] == [Counts.WITHDRAWN, Counts.WITHDRAWAL]


def test_what_had_not_happened_or_was_not_known_says_so():
    other = a_fact("b", "name_recorded", "2026-03-04", by=SCHOOL, name_used="Aino")
    assert counts(CLAIM, other, at=datetime(2026, 3, 3, tzinfo=UTC)) == {
        "a": Counts.COUNTS,
        "b": Counts.LATER,
    }
    assert counts(CLAIM, other, by=POLICE) == {"a": Counts.COUNTS, "b": Counts.NOT_KNOWN}


def test_free_text_of_a_closed_compartment_is_told_to_exist_and_not_shown():
    told = a_fact("b", "account_told", "2026-03-03", told_to="police", said="words of the child")
    name = a_fact("c", "name_recorded", "2026-03-04", name_used="Aino")
    opened = fact_list(look_at(told, name)).by_id
    assert Said("Said", "words of the child") in opened["b"].said
    summary = replace(ALL_OPEN, summary=frozenset({FieldGroup.ACCOUNT}))
    views = fact_list(look_at(told, name, allowed=summary)).by_id
    assert Said("Name used", "Aino") in views["c"].said
    assert "words of the child" not in repr([said.value for said in views["b"].said])
    assert Said("Said", "written down; not shown on this page", closed=True) in views["b"].said


def ways(*facts: Fact, own: AgencyId = POLICE, adds: frozenset[FieldGroup]) -> dict[str, list[str]]:
    look = replace(look_at(*facts, allowed=replace(ALL_OPEN, adds=adds)), own=own)
    found = fact_list(look).by_id.items()
    return {name: [way.href.rstrip("/").rpartition("/")[2] for way in view.ways] for name, view in found}


def test_a_fact_is_corrected_taken_back_and_learnt_by_who_may_write_into_its_part():
    everything = frozenset(FieldGroup)
    assert ways(CLAIM, adds=everything) == {"a": ["correct", "withdraw"]}
    assert ways(CLAIM, own=SCHOOL, adds=everything) == {"a": ["correct", "withdraw", "learnt"]}
    assert ways(CLAIM, own=SCHOOL, adds=everything - {FieldGroup.MINIMUM}) == {"a": []}


def test_what_was_corrected_or_taken_back_is_changed_no_more():
    correction = a_fact("b", "age_claimed", "2026-03-02", corrects="a", claimed_child=True, claimed_years=14)
    withdrawal = a_fact("c", "withdrawal", "2026-03-05", withdraws="b", withdrawal_reasons="by mistake")
    found = ways(CLAIM, correction, withdrawal, adds=frozenset(FieldGroup))
    assert found == {"a": ["correct", "withdraw"], "b": [], "c": ["withdraw"]}


def test_an_entry_whose_words_are_closed_is_not_offered_to_be_said_anew():
    note = a_fact("a", "account_told", "2026-03-02", told_to="police", said="She said.")
    open_ones = replace(ALL_OPEN, adds=frozenset(FieldGroup))
    whole = replace(look_at(note, allowed=open_ones), own=POLICE)
    partly = replace(whole, allowed=replace(open_ones, summary=frozenset(FieldGroup)))
    first = [[way.text for way in fact_list(look).by_id["a"].ways] for look in (whole, partly)]
    assert first == [["Correct", "Take back"], ["Take back"]]
