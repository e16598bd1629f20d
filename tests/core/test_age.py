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

NOTHING = Unknown(
    "nothing on record about the age", ("date_of_birth_recorded", "age_claimed", "child_presumed")
)
AS_ADULT = Unknown("the age is claimed as adult only", ("age_determined",))
NO_DAY = Unknown("the exact date of birth", ("date_of_birth_recorded",))
DOUBTED = Unknown("the date of birth is in doubt", ("date_of_birth_recorded",))


@pytest.mark.parametrize(
    ("on_record", "basis", "is_child", "in_doubt"),
    [
        (AgeFacts(), "unknown", NOTHING, False),
        (AgeFacts(claimed_child=True), "claimed", True, True),
        (AgeFacts(claimed_child=False), "claimed", AS_ADULT, True),
        (AgeFacts(claimed_child=True, claimed_years=15, claimed_at=CLAIMED), "claimed", True, True),
        (AgeFacts(claimed_born=YOUNG, claimed_child=True), "claimed", True, True),
        (AgeFacts(presumed=True), "presumed", True, True),
        (AgeFacts(presumed=True, claimed_child=False), "presumed", True, True),
        (AgeFacts(under_assessment=True), "under_assessment", True, True),
        (AgeFacts(born=YOUNG), "documented", True, False),
        (AgeFacts(born=OLD), "documented", False, False),
        (AgeFacts(born=THIS_YEAR), "documented", NO_DAY, False),
        (AgeFacts(born=THIS_YEAR, presumed=True, doubted=True), "presumed", True, True),
        (AgeFacts(born=YOUNG, doubted=True), "documented", True, True),
        (AgeFacts(determined="child"), "determined_child", True, False),
        (AgeFacts(determined="adult"), "determined_adult", True, True),
        (AgeFacts(determined="adult", final=True), "determined_adult", False, False),
        (AgeFacts(determined="adult", final=True, born=YOUNG), "determined_adult", False, False),
        (AgeFacts(determined="child", born=OLD, final=True), "determined_child", False, False),
        (AgeFacts(born=OLD, doubted=True), "documented", DOUBTED, True),
        (AgeFacts(born=OLD, doubted=True, presumed=True), "presumed", True, True),
        (AgeFacts(born=OLD, doubted=True, claimed_child=True), "claimed", True, True),
        (AgeFacts(born=OLD, doubted=True, claimed_child=True, claimed_born=YOUNG), "claimed", True, True),
        (AgeFacts(claimed_child=False, claimed_years=25, claimed_at=CLAIMED), "claimed", AS_ADULT, True),
        (
            AgeFacts(claimed_child=False, claimed_years=25, claimed_at=CLAIMED, presumed=True),
            "presumed",
            True,
            True,
        ),
        (AgeFacts(claimed_child=True, claimed_born=OLD), "claimed", False, True),
        (AgeFacts(presumed=True, claimed_child=True, claimed_born=OLD), "presumed", False, True),
        (AgeFacts(claimed_born=OLD), "claimed", False, True),
        (AgeFacts(claimed_born=THIS_YEAR), "claimed", NO_DAY, True),
        (AgeFacts(claimed_child=False, claimed_born=OLD), "claimed", AS_ADULT, True),
        (AgeFacts(born=THIS_YEAR, claimed_child=True), "documented", True, False),
        (AgeFacts(born=THIS_YEAR, claimed_child=False), "documented", AS_ADULT, False),
        (AgeFacts(born=OLD, presumed=True), "documented", False, False),
        (AgeFacts(born=OLD, under_assessment=True), "under_assessment", False, True),
        (AgeFacts(born=OLD, doubted=True, under_assessment=True), "under_assessment", True, True),
        (AgeFacts(determined="child", doubted=True), "determined_child", True, True),
        (AgeFacts(determined="child", doubted=True, final=True), "determined_child", True, False),
        (AgeFacts(determined="adult", born=YOUNG), "determined_adult", True, True),
        (AgeFacts(determined="adult", born=OLD), "determined_adult", False, True),
        (AgeFacts(determined="adult", under_assessment=True), "determined_adult", True, True),
        (AgeFacts(final=True), "unknown", NOTHING, False),
        (AgeFacts(doubted=True), "unknown", NOTHING, True),
        (AgeFacts(unborn=True), "not_yet_born", True, False),
        (AgeFacts(unborn=True, doubted=True), "not_yet_born", True, False),
        (AgeFacts(unborn=True, presumed=True), "presumed", True, True),
        (AgeFacts(unborn=True, claimed_child=True), "not_yet_born", True, False),
        (AgeFacts(unborn=True, born=YOUNG), "documented", True, False),
    ],
)
def test_what_is_on_record_says_the_age(
    on_record: AgeFacts, basis: str, is_child: bool | Unknown, in_doubt: bool
) -> None:
    answer = age(on_record, now=NOW)
    assert (answer.basis, answer.is_child, answer.in_doubt) == (basis, is_child, in_doubt)


def years_old(years: int, *, as_child: bool | None = True) -> AgeFacts:
    return AgeFacts(claimed_child=as_child, claimed_years=years, claimed_at=CLAIMED)


PAPER_18 = point(at("2029-05-06T00:00"), ZONE)
CLAIM_18 = Span(at("2028-03-02T00:00"), at("2029-03-02T00:00"), Precision.INTERVAL, ZONE)
NO_BIRTHDAY = Unknown("no date of birth on record", ("date_of_birth_recorded",))


@pytest.mark.parametrize(
    ("on_record", "turns_18"),
    [
        (AgeFacts(), NO_BIRTHDAY),
        (AgeFacts(born=YOUNG), PAPER_18),
        (AgeFacts(claimed_born=YOUNG), PAPER_18),
        (years_old(15), CLAIM_18),
        # Paper goes before a claim, as long as nobody doubts it; a day that is claimed before an age.
        (replace(years_old(15), born=YOUNG), PAPER_18),
        (replace(years_old(15), born=YOUNG, doubted=True), CLAIM_18),
        (AgeFacts(born=YOUNG, doubted=True), PAPER_18),
        (replace(years_old(15), claimed_born=YOUNG), PAPER_18),
        # An age without the day on which it was told says nothing; nor a day without an age.
        (AgeFacts(claimed_child=True, claimed_years=15), NO_BIRTHDAY),
        (AgeFacts(claimed_child=True, claimed_at=CLAIMED), NO_BIRTHDAY),
        # One who claims to be a child and to be 18 contradicts it: what protects counts.
        (years_old(18), NO_BIRTHDAY),
        (years_old(40), NO_BIRTHDAY),
        (years_old(17), Span(at("2026-03-02T00:00"), at("2027-03-02T00:00"), Precision.INTERVAL, ZONE)),
        (
            years_old(18, as_child=False),
            Span(at("2025-03-02T00:00"), at("2026-03-02T00:00"), Precision.INTERVAL, ZONE),
        ),
        (
            years_old(18, as_child=None),
            Span(at("2025-03-02T00:00"), at("2026-03-02T00:00"), Precision.INTERVAL, ZONE),
        ),
    ],
)
def test_the_18th_birthday_follows_from_paper_or_else_from_the_claim(
    on_record: AgeFacts, turns_18: Span | Unknown
) -> None:
    assert age(on_record, now=NOW).turns_18 == turns_18


def test_an_age_beyond_any_life_counts_as_150_years() -> None:
    found = [age(years_old(years, as_child=False), now=NOW).turns_18 for years in (149, 150, 151, 100_000)]
    assert found[1] == found[2] == found[3]
    assert found[0] != found[1]
    assert isinstance(found[1], Span)
    assert found[1].latest.year == 2026 - 150 + 18


def test_a_birthday_that_can_be_today_makes_nobody_an_adult() -> None:
    """Of a year alone the last day of it counts, of a claimed age the latest birthday that it leaves."""
    claim = years_old(17)
    days = ("2026-03-01T23:59", "2026-03-02T00:00", "2027-03-01T23:59", "2027-03-02T00:00")
    assert [age(claim, now=point(at(day), ZONE)).is_child for day in days] == [True, True, True, False]


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
