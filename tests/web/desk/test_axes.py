"""The card of the age: a claim counts as long as it can be a child's, and no longer."""

from datetime import UTC, datetime

from encircle.web.desk.axes import axes
from encircle.web.desk.facts import fact_list
from tests.web.desk.looks import a_fact, look_at

COUNTS_AS_A_CHILD = "It is in doubt: the person counts as a child until a final decision"
CLAIM = a_fact("a", "age_claimed", "2009-05-06", claimed_child=True, claimed_years=17)


def age_card(at: datetime) -> list[str]:
    look = look_at(CLAIM, at=at)
    (card,) = [axis for axis in axes(look, fact_list(look)) if str(axis.name) == "Age"]
    return [str(line.text) for line in card.lines]


def test_a_claimed_age_in_doubt_counts_until_a_final_decision():
    assert COUNTS_AS_A_CHILD in age_card(datetime(2009, 6, 1, tzinfo=UTC))


def test_nobody_of_thirty_is_told_to_count_as_a_child():
    assert COUNTS_AS_A_CHILD not in age_card(datetime(2026, 11, 23, tzinfo=UTC))
