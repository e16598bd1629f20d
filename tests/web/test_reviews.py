"""A text counts as reviewed as long as neither it nor its source has changed since somebody read it."""

from datetime import date
from pathlib import Path

import pytest

from tools.messages import Message
from tools.reviews import State, add_review, reviews_of, state_of

DAY = date(2027, 1, 15)
BY = "An organisation of the field"
ENTRIES = {
    Message("", "", ""): ("Language: fi\n",),
    Message("", "Write to us", ""): ("Kirjoita meille",),
    Message("", "{n} day", "{n} days"): ("{n} päivä", "{n} päivää"),
}


def stands(entries: dict[Message, tuple[str, ...]], folder: Path) -> State:
    return state_of("fi", entries, reviews_of("fi", folder=folder))


def test_all_is_a_machine_draft_until_somebody_has_read_it(tmp_path: Path):
    assert stands(ENTRIES, tmp_path) == State("fi", 2, 0, ())
    assert add_review("fi", ENTRIES, by=BY, on=DAY, folder=tmp_path) == 2
    assert stands(ENTRIES, tmp_path) == State("fi", 2, 2, (BY,))


@pytest.mark.parametrize(
    "changed",
    [
        {Message("", "Write to us", ""): ("Kirjoittakaa meille",)},
        {Message("", "{n} day", "{n} days"): ("{n} päivä", "{n} päivä")},
    ],
)
def test_a_text_that_was_changed_since_is_a_draft_again(
    tmp_path: Path, changed: dict[Message, tuple[str, ...]]
):
    add_review("fi", ENTRIES, by=BY, on=DAY, folder=tmp_path)
    assert stands({**ENTRIES, **changed}, tmp_path).drafts == 1


def test_the_same_words_for_another_text_are_a_draft(tmp_path: Path):
    add_review("fi", ENTRIES, by=BY, on=DAY, folder=tmp_path)
    moved = {Message("", "Write to them", ""): ("Kirjoita meille",)}
    assert stands(moved, tmp_path) == State("fi", 1, 0, ())


def test_a_second_review_counts_what_is_new(tmp_path: Path):
    add_review("fi", ENTRIES, by=BY, on=DAY, folder=tmp_path)
    more = {**ENTRIES, Message("", "Go on", ""): ("Jatka",)}
    assert add_review("fi", more, by="Another", on=DAY, folder=tmp_path) == 1
    assert stands(more, tmp_path) == State("fi", 3, 3, (BY, "Another"))
