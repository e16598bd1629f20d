"""What doors say, in each language of the public: the same numbers and names as the English, and words of that language."""

import re

import pytest
from django.conf import settings

from encircle.actions.help import help_of
from encircle.actions.law import packs_folder
from encircle.law.help import Help
from encircle.law.texts import Texts
from tests.packs.test_help import texts

COUNTRIES = ("ee", "fi", "dk")
NEWER = ("da", "de", "fa", "fi", "fr", "lt", "lv", "pl", "ru", "sv", "uk")
NAMES = re.compile(
    r"Take It Down|Nollalinja|Nollinjen|SletDet|Lev Uden Vold|Nettivihje|BørneTelefonen|Ankestyrelsen\w*|Børns Vilkår"
    r"|Lasteabi|Vihjeliin|Lääne-Harju|Assens|Faaborg-Midtfyn|Læsø|MLL|RIKU|nuortennetti\.fi|Õiguskantsler"
)
OWN_ONLY = {"ru", "uk", "fa"}
"""Languages that are written in other letters: a word in Latin ones is a name, or was left in English."""
LATIN = re.compile("[A-Za-z\N{LATIN CAPITAL LETTER A WITH GRAVE}-\N{LATIN SMALL LETTER SCHWA}]")
DIGITS = re.compile(r"\d+")


def help_in_country(country: str) -> Help:
    return help_of(packs_folder(), country)


def wrong_in(text: Texts, language: str) -> str:
    """What makes that translation no translation of its English; nothing where all is well."""
    english, said = text.in_("en"), text.in_(language)
    if said == english and not NAMES.fullmatch(english):
        return "left in English"
    if sorted(DIGITS.findall(said)) != sorted(DIGITS.findall(english)):
        return "other numbers"
    if language in OWN_ONLY and LATIN.search(NAMES.sub("", said)):
        return "other letters"
    if len(english) > 15 and not 0.4 <= len(said) / len(english) <= 2:
        return "much longer or shorter"
    return "" if said[-1:] in ".)" or english[-1:] not in "." else "does not end"


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", NEWER)
def test_a_translation_has_the_numbers_and_the_letters_that_it_must(country: str, language: str):
    of_country = {"fi": ("fi", "sv"), "dk": ("da",)}.get(country, ())
    if language in of_country:
        pytest.skip("it is the source that the country itself has written, and may say more than the English")
    wrong = {
        str(text): (found, text.in_(language))
        for text in texts(help_in_country(country))
        if (found := wrong_in(text, language))
    }
    assert wrong == {}


def test_the_languages_are_those_of_the_public():
    assert {*NEWER, "en", "et", "ar"} == set(dict(settings.PUBLIC_LANGUAGES))


@pytest.mark.parametrize(
    ("english", "said", "found"),
    [
        ("Call 116 111.", "Call 116 111.", "left in English"),
        ("Call 116 111.", "Позвони 116 000.", "other numbers"),
        ("Call the helpline.", "Позвони на helpline.", "other letters"),
        ("Call the helpline now.", "Да.", "much longer or shorter"),
        ("Call the helpline.", "Позвони по телефону", "does not end"),
        ("Take It Down", "Take It Down", ""),
        ("Child protection in Lääne-Harju.", "Защита детей в Lääne-Harju.", ""),
    ],
)
def test_a_planted_fault_is_found(english: str, said: str, found: str):
    assert wrong_in(Texts.of({"en": english, "ru": said}), "ru") == found
