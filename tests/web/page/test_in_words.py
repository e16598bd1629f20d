"""A condition of the law stands on a page in the language of the page, or in English and marked so."""

import pytest
from django.utils.translation import override

from encircle.core.child.schema import situation_schema
from encircle.law.condition import parse
from encircle.web.page.in_words import in_words

DIED = parse("child.died", schema=situation_schema())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "<ul><li>the child has died</li></ul>"),
        ("et", "<ul><li>laps on surnud</li></ul>"),
        ("ar", "<ul><li>توفي الطفل</li></ul>"),
        ("ru", '<ul lang="en" dir="ltr"><li>the child has died</li></ul>'),
    ],
)
def test_it_is_said_in_the_language_of_the_page_or_marked_as_english(language: str, said: str) -> None:
    with override(language):
        assert in_words(DIED) == said


def test_what_belongs_together_is_a_list_of_its_own() -> None:
    text = "child.victim_track && (child.arrived || child.asylum_open || child.return_open) && child.is_child"
    with override("en"):
        assert in_words(parse(text, schema=situation_schema())) == (
            "<ul><li>all of these:<ul>"
            "<li>the child has the rights of a presumed victim</li>"
            "<li>at least one of these:<ul>"
            "<li>the child has arrived in the country</li>"
            "<li>an asylum proceeding is open</li>"
            "<li>a return or migration proceeding is open</li>"
            "</ul></li>"
            "<li>the child is under 18 (a claim or presumption counts)</li>"
            "</ul></li></ul>"
        )


def test_a_word_of_a_condition_is_never_markup() -> None:
    text = "child.nationality == '<b>x</b>'"
    with override("en"):
        assert "&lt;b&gt;x&lt;/b&gt;" in in_words(parse(text, schema=situation_schema()))
