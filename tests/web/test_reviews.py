"""A text counts as reviewed as long as neither it nor its source has changed since somebody read it."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from encircle.law.origin import Origin
from encircle.law.source import Reviewed
from encircle.law.translation import Made, Translation
from tools.messages import Message
from tools.reviews import State, add_review, reviews_of, state_of
from tools.translation_states import of_pack, of_pages, reviews_page

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


def test_the_page_of_reviews_names_each_file_with_texts_in_a_language_of_the_public():
    rows = [line for line in reviews_page().splitlines() if line.startswith("| ")]
    for language in set(dict(settings.PUBLIC_LANGUAGES)) - {"en"}:
        assert f"| {language} | pages: `django.po` | machine draft |" in rows
        assert any(row.startswith(f"| {language} | `packs/base") for row in rows)
    told = [row for row in rows if "packs/base/phrases/told.yaml" in row]
    assert len(told) == 11
    assert all(row.endswith("| machine draft |") for row in told)


def test_what_was_reviewed_is_said_with_who_reviewed_it():
    at = Origin("packs/ee/pack.yaml", 1)
    done = Translation("ee", "et", Made.MACHINE, Reviewed(DAY, "children's lawyer"), at)
    assert of_pack(done) == "reviewed by a children's lawyer on 2027-01-15"
    assert of_pack(Translation("ee", "et", Made.PERSON, None, at)) == "draft by a person"
    assert of_pages(State("fi", 2, 2, (BY,))) == f"reviewed by {BY}"
    assert of_pages(State("fi", 2, 1, (BY,))) == f"in part reviewed by {BY}; the rest is a machine draft"
