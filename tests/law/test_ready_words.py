"""Ready words of desks: in the order of their places; planted ones that lead, ask for a detail or for a name are found."""

from pathlib import Path

import pytest
from django.conf import settings

from encircle.actions.law import law_of
from encircle.law.careful_asking import careful_asking
from encircle.law.finding import Lack
from encircle.law.pack import load_law
from tests.law.world import SITUATION, TODAY, write

STATES = "{en: {made: machine, reviewed: null}, et: {made: machine, reviewed: null}, ar: {made: machine, reviewed: null}}"


def found(folder: Path, language: str, words: str) -> set[Lack]:
    """What is wrong with ready words that say this."""
    said = {"en": "I am here.", language: words}
    texts = ", ".join(f'{one}: "{text}"' for one, text in said.items())
    entry = f"- ready: a_text\n  place: 1\n  text: {{{texts}}}\n  states: {STATES}\n"
    law = load_law(write(folder, {"base/ready.yaml": entry}), "ee", schema=SITUATION, on=TODAY)
    return {one.lack for one in careful_asking(law)} - {Lack.TRANSLATION_DRAFT}


def test_the_ready_words_of_a_country_are_careful_and_drafts_until_somebody_has_reviewed_them():
    ready = law_of("EE").forms.ready
    assert ready[0].code == "here_with_you"
    assert [one.place for one in ready] == sorted(one.place for one in ready)
    codes = {one.code for one in ready}
    lacks = [one.lack for one in careful_asking(law_of("EE")) if one.code in codes]
    assert lacks == [Lack.TRANSLATION_DRAFT] * len(settings.PUBLIC_LANGUAGES) * len(ready)


@pytest.mark.parametrize(
    ("language", "words", "lack"),
    [
        ("en", "Did he hurt you?", Lack.LEADING),
        ("en", "When was it?", Lack.LEADING),
        ("en", "Please send a photo.", Lack.ASKS_FOR_IMAGES),
        ("en", "What is your name?", Lack.ASKS_WHO),
        ("et", "Millal see oli?", Lack.LEADING),
        ("et", "Kus sa elad?", Lack.ASKS_WHO),
        ("ar", "ما اسمك", Lack.ASKS_WHO),
    ],
)
def test_words_that_lead_or_ask_for_what_they_must_not_are_found(
    tmp_path: Path, language: str, words: str, lack: Lack
):
    assert lack in found(tmp_path, language, words)
    assert found(tmp_path, "en", "I am here, and I have time.") == set()
