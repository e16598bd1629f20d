"""The reading level of a screen: known texts have the grade that people give them, and what is too hard is told."""

import pytest

from encircle.law.reading_level import level, syllables_in


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("read", 1),
        ("helped", 1),
        ("friend's", 1),
        ("phone", 1),
        ("table", 2),
        ("people", 2),
        ("wanted", 2),
        ("places", 2),
        ("telephone", 3),
        ("police", 2),
        ("responsibility", 6),
        ("112", 1),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, syllables: int) -> None:
    assert syllables_in(word) == syllables


def test_a_text_for_children_is_easy_and_one_of_an_office_is_not() -> None:
    easy = level(["What happens next", "You get a code.", "With it you can read the answer."], language="en")
    assert (easy.words, easy.is_easy) == (14, True)
    hard = level(
        ["Notification of the competent authority is obligatory irrespective of confidentiality."],
        language="en",
    )
    assert hard.grade is not None
    assert hard.grade > 12
    assert not hard.is_easy


def test_long_screens_and_long_sentences_are_told_in_every_language() -> None:
    assert not level(["sõna"] * 41, language="et").is_easy
    assert level(["sõna"] * 40, language="et").is_easy
    assert not level(["sõna " * 13], language="et").is_easy
    assert level([" ".join(["كلمة"] * 12) + "؟ " + "كلمة"], language="ar").mean == 6.5


def test_a_persian_word_of_two_parts_is_one_word() -> None:
    assert (
        level(["آن\N{ZERO WIDTH NON-JOINER}ها می\N{ZERO WIDTH NON-JOINER}خوانند"], language="fa").words == 2
    )


def test_a_screen_without_words_has_none() -> None:
    assert level([], language="en").is_easy
    assert level(["…"], language="ar").words == 0
