"""What the doors of countries say: complete in the languages of the pages, short for its age, looked at in time."""

import re
from datetime import date, timedelta
from itertools import product

import pytest
from django.conf import settings

from encircle.actions.help import help_of
from encircle.actions.law import law_of, packs_folder
from encircle.actions.lint import lint
from encircle.actions.whose_law import laws_in
from encircle.law.finding import Lack, Severity
from encircle.law.help import READERS, Help, Need, Topic
from encircle.law.pack.head import packs_in
from encircle.law.pack.shelf import states_law
from encircle.law.saying import LONGEST_SENTENCE, Band, words_in_sentences
from encircle.law.texts import Texts

WITH_OWN = ("ee", "fi", "dk")
WITH_HELP_ALONE = {
    "de": "116 111",
    "is": "1717",
    "lt": "116 111",
    "lv": "116 111",
    "no": "116 111",
    "pl": "116 111",
    "se": "116 111",
}
"""Countries whose door was read about and whose law was not; and the number that listens to a child there."""
READ = date(2026, 11, 29)
ASKS_FOR_PICTURES = re.compile(
    r"\b(send|show|upload|give) (us )?(a |the |your )?(picture|photo|image)", re.IGNORECASE
)


def help_in_country(country: str) -> Help:
    return help_of(packs_folder(), country)


def texts(found: Help) -> list[Texts]:
    several = [found.duty.child, found.duty.adult, found.duty.act]
    for one in found.services:
        several += [text for text in (one.name, one.says, one.hours, one.tells) if text is not None]
    several += [text for told in found.told for text in told.words.values()]
    return [*several, *(rest.act for told in found.told for rest in told.rests)]


@pytest.mark.parametrize("country", WITH_OWN)
def test_each_country_names_whom_to_call_and_who_listens_to_a_child(country: str):
    found = help_in_country(country)
    assert (found.pack, found.emergency.number, found.emergency.free) == (country, "112", True)
    assert found.to_talk()[0].number == "116 111"
    served = {need for one in found.services for need in one.needs}
    assert {Need.TALK, Need.REPORT, Need.SHELTER, Need.LEGAL, Need.PICTURES} <= served
    assert found.duty.seen, "the duty of the reader has a source"


@pytest.mark.parametrize("country", [*WITH_OWN, *WITH_HELP_ALONE, "gb"])
def test_everything_is_said_in_every_language_of_the_pages(country: str):
    missing = {
        (str(text), language)
        for text in texts(help_in_country(country))
        for language in dict(settings.PUBLIC_LANGUAGES)
        if language not in text.languages
    }
    assert missing == set()


@pytest.mark.parametrize("country", [*WITH_OWN, *WITH_HELP_ALONE])
def test_no_number_is_turned_round_in_a_text_from_right_to_left(country: str):
    """Groups of digits with a space between them change places there, unless they are kept apart from the text."""
    turned = re.compile(r"(?<![\N{LEFT-TO-RIGHT ISOLATE}\d])\d+ \d+")
    said = [text.in_(language) for text in texts(help_in_country(country)) for language in ("ar", "fa")]
    assert [text for text in said if turned.search(text)] == []
    assert turned.search("خط الأطفال 116 111")
    assert not turned.search("خط الأطفال \N{LEFT-TO-RIGHT ISOLATE}116 111\N{POP DIRECTIONAL ISOLATE}")


@pytest.mark.parametrize("country", [*WITH_OWN, *WITH_HELP_ALONE])
def test_every_entry_rests_on_pages_that_were_read(country: str):
    found = help_in_country(country)
    pages = [*found.emergency.seen, *found.duty.seen, *(seen for one in found.services for seen in one.seen)]
    pages += [rest.seen for told in found.told for rest in told.rests]
    assert [seen.page for seen in pages if seen.read is None] == []
    assert all(seen.checked is not None and seen.checked <= READ for seen in pages)


def test_each_topic_is_told_for_each_age_with_the_rights_it_rests_on():
    found = help_in_country("ee")
    for topic in Topic:
        assert len(found.about(topic)) >= 3
        assert all(set(one.words) == set(READERS) and one.rests for one in found.about(topic))


def test_a_text_is_as_short_as_its_reader_needs_it():
    told = help_in_country("ee").told
    long = [
        (one.code, band.value, text)
        for one in told
        for band, most in LONGEST_SENTENCE.items()
        for language in dict(settings.PUBLIC_LANGUAGES)
        for text in (one.words[band.value].in_(language),)
        if max(words_in_sentences(text)) > most
    ]
    assert long == []
    for topic, language in product(Topic, dict(settings.PUBLIC_LANGUAGES)):
        said = [one.words[Band.YOUNG.value].in_(language) for one in help_in_country("ee").about(topic)]
        assert sum(len(text.split()) for text in said) <= 40, (topic, language)
    assert max(words_in_sentences("a " * 13)) > LONGEST_SENTENCE[Band.YOUNG], (
        "a planted long sentence is found"
    )


@pytest.mark.parametrize("country", [*WITH_OWN, *WITH_HELP_ALONE, "gb"])
def test_what_the_reader_must_do_fits_beside_the_rest_of_its_page(country: str):
    duty = help_in_country(country).duty.child
    assert {language: text for language, text in duty.by_language if len(text.split()) > 15} == {}


@pytest.mark.parametrize("country", [*WITH_OWN, *WITH_HELP_ALONE, "gb"])
def test_no_text_asks_for_a_picture_and_a_service_is_named_that_needs_none(country: str):
    found = help_in_country(country)
    asking = [
        sentence
        for text in texts(found)
        for sentence in re.split(r"(?<=[.;])\s", text.in_("en"))
        if ASKS_FOR_PICTURES.search(sentence)
        and not re.search(r"\b(never|no|not)\b", sentence, re.IGNORECASE)
    ]
    assert asking == []
    assert ASKS_FOR_PICTURES.search("Send us a picture"), "a planted question is found"
    hashed = [one for one in found.services if one.keeps_picture]
    assert [(one.code, one.page) for one in hashed] == [("take_it_down", "https://takeitdown.ncmec.org")]


@pytest.mark.parametrize(
    ("after", "lacks"),
    [(0, set()), (181, {Lack.HELP_OLD}), (366, {Lack.HELP_TOO_OLD}), (-1, {Lack.READ_AHEAD})],
)
def test_lint_warns_after_180_days_and_fails_after_a_year(after: int, lacks: set[Lack]):
    found = lint(packs_folder(), ("ee",), on=READ + timedelta(days=after), stale_after=timedelta(days=9_999))
    of_help = {one.finding.lack for one in found.remarks if "/help/" in one.finding.origin.file}
    assert of_help & {Lack.HELP_OLD, Lack.HELP_TOO_OLD, Lack.READ_AHEAD, Lack.NOT_LOADED} == lacks
    assert bool([one for one in found.of(Severity.FAULT) if "/help/" in one.finding.origin.file]) == (
        bool(lacks) and Lack.HELP_OLD not in lacks
    )


def test_an_adult_is_told_where_the_law_stands():
    for country in WITH_OWN:
        duty = help_in_country(country).duty
        assert "§" in duty.at
        assert len(str(duty.adult)) > len(str(duty.child))


@pytest.mark.parametrize(("country", "number"), WITH_HELP_ALONE.items())
def test_a_country_whose_law_was_not_read_names_whom_to_call_and_who_listens(country: str, number: str):
    found = help_in_country(country)
    assert (found.pack, found.emergency.number) == (country, "112")
    assert found.to_talk()[0].number == number
    assert {need for one in found.services for need in one.needs} >= {Need.TALK, Need.REPORT, Need.PICTURES}
    assert all(one.is_verified for one in found.services)


@pytest.mark.parametrize("country", WITH_HELP_ALONE)
def test_its_services_are_said_in_its_own_language_and_in_every_one_of_the_public(country: str):
    law, own = law_of(country), help_in_country(country)
    of_all = help_in_country("eu").services
    spoken = {law.languages[0], *dict(settings.PUBLIC_LANGUAGES)}
    missing = {
        (one.code, str(text), language)
        for one in own.services
        if one.code not in {other.code for other in of_all}
        for text in (one.name, one.says, one.hours, one.tells)
        if text is not None
        for language in spoken
        if language not in text.languages
    }
    assert missing == set()
    if own.duty != help_in_country("eu").duty:
        assert spoken - set(own.duty.child.languages) == set()
        assert {law.languages[0], "ru", "uk"} <= set(own.duty.adult.languages) & set(own.duty.act.languages)


def test_where_no_law_was_read_that_asks_anything_of_the_reader_the_text_of_all_countries_stands():
    same = {code for code in WITH_HELP_ALONE if help_in_country(code).duty == help_in_country("eu").duty}
    assert same == {"pl"}
    assert "the law of your country" in str(help_in_country("pl").duty.adult)


def test_a_pack_with_help_alone_is_no_law_and_is_not_offered_as_one():
    alone = {code for code in packs_in(packs_folder()) if not states_law(packs_folder(), code)}
    assert alone == set(WITH_HELP_ALONE)
    assert {code for code in WITH_HELP_ALONE if law_of(code).is_its_own} == set()
    assert {code for code in ("coe", "dk", "ee", "eu", "fi", "gb") if not law_of(code).is_its_own} == set()
    assert laws_in(packs_folder()) & alone == set()
