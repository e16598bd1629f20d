"""The keyed index against the public vector, and what it hides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.crypto.index import INDEX_BYTES, NothingToIndex, name_index

KEY = bytes(range(32))


def test_the_index_is_the_published_truncated_hmac_of_rfc_4231() -> None:
    """Test case 5 of RFC 4231, the one with truncation to 128 bits."""
    assert name_index("Test With Truncation", b"\x0c" * 20).hex() == "a3b6167473100ee06e0c796c2955552b"


@given(st.text(min_size=1), st.text(min_size=1))
def test_equal_names_and_only_they_are_found_together(one: str, two: str) -> None:
    assert (name_index(one, KEY) == name_index(two, KEY)) is (one == two)


def test_without_the_key_a_name_can_not_be_tested() -> None:
    assert name_index("aino", KEY) != name_index("aino", bytes(32))
    assert len(name_index("aino", KEY)) == INDEX_BYTES == 16


def test_an_empty_name_is_refused_because_all_nameless_children_would_look_alike() -> None:
    with pytest.raises(NothingToIndex) as refused:
        name_index("", KEY)
    assert refused.value.code == "nothing_to_index"


def test_a_short_key_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="at least 16 bytes"):
        name_index("aino", b"k" * 15)
