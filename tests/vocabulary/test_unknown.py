"""Not knowing is a value of its own: it cannot be branched on, and several of them join into one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.vocabulary.unknown import Unknown, join

REASONS = st.sampled_from(["exact date", "not recorded", "sources differ", "not asked"])
NAMES = st.lists(st.sampled_from(["child_born", "guardian_appointed", "interview_held"]), max_size=3).map(
    tuple
)
UNKNOWNS = st.builds(Unknown, REASONS, NAMES)


def test_an_unknown_refuses_to_be_true_or_false() -> None:
    with pytest.raises(TypeError, match="this is neither true nor false"):
        bool(Unknown("sources differ"))


def test_joined_unknowns_name_every_missing_fact_once_in_the_order_met() -> None:
    age = Unknown("not recorded", ("child_born", "age_claimed"))
    care = Unknown("sources differ", ("parental_care_recorded", "child_born"))
    assert join(age, care) == Unknown(
        "not recorded; sources differ", ("child_born", "age_claimed", "parental_care_recorded")
    )


def test_an_unknown_joined_with_itself_stays_as_it_is() -> None:
    age = Unknown("not recorded", ("child_born",))
    assert join(age, age) is age


@given(UNKNOWNS, UNKNOWNS, UNKNOWNS)
def test_it_does_not_matter_which_two_are_joined_first(a: Unknown, b: Unknown, c: Unknown) -> None:
    assert join(join(a, b), c) == join(a, join(b, c)) == join(a, b, c)
