"""What the door says to professionals and desks is in every language of the public: signs, routes, forms, ready words."""

import re

import pytest
from django.conf import settings

from encircle.actions.law import law_of
from encircle.law.careful_asking import careful_asking
from encircle.law.finding import Lack
from encircle.law.question import AskedOf
from encircle.law.texts import Texts

COUNTRIES = ("coe", "dk", "ee", "eu", "fi", "gb")
OTHER_SCRIPTS = ("ar", "fa", "ru", "uk")
LATIN = re.compile(r"[A-Za-z]")
DIGITS = re.compile(r"\d+")
SAME = {"fr": {"Police"}}
"""What is the same word in English and in that language."""


def texts(country: str) -> list[Texts]:
    """Every text of the door of that country that stands in forms, signs, routes and ready words."""
    law = law_of(country)
    found = [one.title for one in law.forms.indicators]
    found += [text for route in law.forms.routes for text in route.texts]
    found += [ready.text for ready in law.forms.ready]
    return [*found, *(text for of in AskedOf for question in law.form(of) for text in question.texts)]


def odd(text: Texts, language: str) -> list[str]:
    """What is wrong with a text in that language beside the English."""
    english, said = text.in_("en"), text.in_(language)
    if language not in text.languages:
        return ["missing"]
    found = ["as the English"] if said == english else []
    if sorted(DIGITS.findall(said)) != sorted(DIGITS.findall(english)):
        found.append("other numbers")
    if language in OTHER_SCRIPTS and LATIN.search(said):
        found.append("Latin letters")
    return found


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", [one for one in dict(settings.PUBLIC_LANGUAGES) if one != "en"])
def test_signs_routes_forms_and_ready_words_are_said_in_every_language_of_the_public(
    country: str, language: str
):
    found = {str(text): wrong for text in texts(country) if (wrong := odd(text, language))}
    assert {text: wrong for text, wrong in found.items() if text not in SAME.get(language, ())} == {}


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        (Texts((("en", "Call 112."),)), "ru", ["missing"]),
        (Texts((("en", "Call 112."), ("ru", "Call 112."))), "ru", ["as the English", "Latin letters"]),
        (Texts((("en", "Call 112."), ("fi", "Soita 113."))), "fi", ["other numbers"]),
        (Texts((("en", "Call 112."), ("fi", "Soita 112."))), "fi", []),
    ],
)
def test_a_planted_text_that_is_missing_or_left_in_english_is_found(
    text: Texts, language: str, wrong: list[str]
):
    assert odd(text, language) == wrong


@pytest.mark.parametrize("country", COUNTRIES)
def test_ready_words_say_of_each_language_that_they_are_a_draft(country: str):
    law = law_of(country)
    for ready in law.forms.ready:
        assert {one.language for one in ready.states} == set(dict(settings.PUBLIC_LANGUAGES))
        assert all(one.is_draft for one in ready.states)
    told = {one.code for one in careful_asking(law) if one.lack is Lack.TRANSLATION_DRAFT}
    assert {ready.code for ready in law.forms.ready} <= told
    assert not [one for one in careful_asking(law) if one.lack is Lack.LEADING]
