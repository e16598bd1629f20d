"""A condition of the law stands on a page in the language of the page, or in English and marked so."""

import pytest

from encircle.core.child.schema import situation_schema
from encircle.law.condition import parse
from encircle.law.condition.saying import Line
from encircle.web.desk.in_words import DEEPEST, InWords, in_words

DIED = parse("child.died", schema=situation_schema())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", InWords("", (Line(0, "the child has died"),))),
        ("et", InWords("", (Line(0, "laps on surnud"),))),
        ("ar", InWords("en", (Line(0, "the child has died"),))),
    ],
)
def test_it_is_said_in_the_language_of_the_page_or_marked_as_english(language: str, said: InWords) -> None:
    assert in_words(DIED, language) == said


def test_no_line_is_set_in_deeper_than_the_page_can_show() -> None:
    text = "child.died"
    for kind in (
        "victim_track",
        "arrived",
        "asylum_open",
        "return_open",
        "is_child",
        "presumed",
        "age_doubted",
    ):
        text = f"child.{kind} && (child.missing_now || ({text}))"
    lines = in_words(parse(text, schema=situation_schema()), "en").lines
    assert max(line.depth for line in lines) == DEEPEST
