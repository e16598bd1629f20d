"""The age axis as a truth table: what is on record, what follows. A presumption stands until a final decision."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.core.age import Age, AgeFacts, age, was_child
from encircle.vocabulary.moment import Precision, Span, parse_span, point
from encircle.vocabulary.unknown import Unknown
from tests.core.world import ZONE, at

NOW = point(at("2026-11-23"), ZONE)
YOUNG, OLD, THIS_YEAR = (parse_span(text, ZONE) for text in ("2011-05-06", "2001-05-06", "2008"))
CLAIMED = parse_span("2026-03-02", ZONE)


@pytest.mark.parametrize(
    ("on_record", "basis", "is_child", "in_doubt"),
    [
        (AgeFacts(), "unknown", None, False),
        (AgeFacts(claimed_child=True), "claimed", True, True),
        (AgeFacts(claimed_child=False), "claimed", None, True),
        (AgeFacts(claimed_child=True, claimed_years=15, claimed_at=CLAIMED), "claimed", True, True),
        (AgeFacts(claimed_born=YOUNG, claimed_child=True), "claimed", True, True),
        (AgeFacts(presumed=True), "presumed", True, True),
        (AgeFacts(presumed=True, claimed_child=False), "presumed", True, True),
        (AgeFacts(under_assessment=True), "under_assessment", True, True),
        (AgeFacts(born=YOUNG), "documented", True, False),
        (AgeFacts(born=OLD), "documented", False, False),
        (AgeFacts(born=THIS_YEAR), "documented", None, False),
        (AgeFacts(born=THIS_YEAR, presumed=True, doubted=True), "presumed", True, True),
        (AgeFacts(born=YOUNG, doubted=True), "documented", True, True),
        (AgeFacts(determined="child"), "determined_child", True, False),
        (AgeFacts(determined="adult"), "determined_adult", True, True),
        (AgeFacts(determined="adult", final=True), "determined_adult", False, False),
        (AgeFacts(determined="adult", final=True, born=YOUNG), "determined_adult", False, False),
        (AgeFacts(determined="child", born=OLD, final=True), "determined_child", False, False),
        (AgeFacts(born=OLD, doubted=True), "documented", None, True),
        (AgeFacts(born=OLD, doubted=True, presumed=True), "presumed", True, True),
        (AgeFacts(born=OLD, doubted=True, claimed_child=True), "claimed", True, True),
        (AgeFacts(born=OLD, doubted=True, claimed_child=True, claimed_born=YOUNG), "claimed", True, True),
        (AgeFacts(claimed_child=False, claimed_years=25, claimed_at=CLAIMED), "claimed", None, True),
        (
            AgeFacts(claimed_child=False, claimed_years=25, claimed_at=CLAIMED, presumed=True),
            "presumed",
            True,
            True,
        ),
        (AgeFacts(claimed_child=True, claimed_born=OLD), "claimed", False, True),
        (AgeFacts(presumed=True, claimed_child=True, claimed_born=OLD), "presumed", False, True),
        (AgeFacts(unborn=True), "not_yet_born", True, False),
    ],
)
def test_what_is_on_record_says_the_age(
    on_record: AgeFacts, basis: str, is_child: bool | None, in_doubt: bool
) -> None:
    answer = age(on_record, now=NOW)
    known = None if isinstance(answer.is_child, Unknown) else answer.is_child
    assert (answer.basis, known, answer.in_doubt) == (basis, is_child, in_doubt)


def test_nothing_on_record_names_the_facts_that_would_answer() -> None:
    answer = age(AgeFacts(), now=NOW)
    assert answer == Age(
        basis="unknown",
        is_child=Unknown(
            "nothing on record about the age", ("date_of_birth_recorded", "age_claimed", "child_presumed")
        ),
        in_doubt=False,
        turns_18=Unknown("no date of birth on record", ("date_of_birth_recorded",)),
    )


def test_the_birthday_begins_at_midnight_where_the_child_is() -> None:
    born = parse_span("2008-11-24", ZONE)
    before, after = (point(at(text), ZONE) for text in ("2026-11-23T23:59", "2026-11-24T00:00"))
    assert age(AgeFacts(born=born), now=before).is_child is True
    assert age(AgeFacts(born=born), now=after).is_child is False
    assert age(AgeFacts(born=born), now=after).turns_18 == point(at("2026-11-24T00:00"), ZONE)


def test_a_child_born_on_29_february_turns_18_on_28_february_or_1_march() -> None:
    turns = age(AgeFacts(born=parse_span("2008-02-29", ZONE)), now=NOW).turns_18
    assert turns == Span(at("2026-02-28T00:00"), at("2026-03-01T00:00"), Precision.INTERVAL, ZONE)


def test_an_age_in_whole_years_gives_a_birthday_within_a_year() -> None:
    turns = age(AgeFacts(claimed_years=15, claimed_at=CLAIMED), now=NOW).turns_18
    assert turns == Span(at("2028-03-02T00:00"), at("2029-03-02T00:00"), Precision.INTERVAL, ZONE)


def test_facts_of_a_childs_time_stay_those_of_a_child() -> None:
    turns = age(AgeFacts(born=parse_span("1978-06-26", ZONE)), now=NOW).turns_18
    assert was_child(turns, when=parse_span("1994/1998", ZONE)) is True
    assert was_child(turns, when=parse_span("1996-06-26", ZONE)) is False
    nobody_said = Unknown("no period on record")
    assert was_child(turns, when=nobody_said) == nobody_said
    assert was_child(nobody_said, when=parse_span("1994", ZONE)) == nobody_said


RECORDS = st.builds(
    AgeFacts,
    born=st.sampled_from([None, YOUNG, THIS_YEAR]),
    claimed_years=st.sampled_from([None, 15, 25]),
    claimed_at=st.just(CLAIMED),
    claimed_child=st.booleans(),
    doubted=st.booleans(),
    under_assessment=st.booleans(),
    determined=st.sampled_from([None, "child", "adult"]),
)


@given(RECORDS)
def test_a_presumption_never_makes_a_child_less_of_one(on_record: AgeFacts) -> None:
    before = age(on_record, now=NOW).is_child
    presumed = age(replace(on_record, presumed=True), now=NOW).is_child
    assert presumed is (before is not False)


@given(RECORDS, st.booleans())
def test_only_a_final_decision_or_the_birthday_ends_childhood(on_record: AgeFacts, presumed: bool) -> None:
    answer = age(replace(on_record, presumed=presumed, final=True), now=NOW).is_child
    assert (answer is False) == (on_record.determined == "adult")
