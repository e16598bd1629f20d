"""What the doors of countries say: complete in the languages of the pages, short for its age, looked at in time."""

import re
from datetime import date, timedelta
from itertools import product

import pytest
from django.conf import settings

from encircle.actions.help import help_of
from encircle.actions.law import packs_folder
from encircle.actions.lint import lint
from encircle.law.finding import Lack, Severity
from encircle.law.help import READERS, Help, Need, Topic
from encircle.law.saying import LONGEST_SENTENCE, Band, words_in_sentences
from encircle.law.texts import Texts

WITH_OWN = ("ee", "fi", "dk")
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


@pytest.mark.parametrize("country", [*WITH_OWN, "gb"])
def test_everything_is_said_in_every_language_of_the_pages(country: str):
    missing = {
        (str(text), language)
        for text in texts(help_in_country(country))
        for language in dict(settings.PUBLIC_LANGUAGES)
        if language not in text.languages
    }
    assert missing == set()


@pytest.mark.parametrize("country", WITH_OWN)
def test_no_number_is_turned_round_in_a_text_from_right_to_left(country: str):
    """Groups of digits with a space between them change places there, unless they are kept apart from the text."""
    turned = re.compile(r"(?<![\N{LEFT-TO-RIGHT ISOLATE}\d])\d+ \d+")
    said = [text.in_(language) for text in texts(help_in_country(country)) for language in ("ar", "fa")]
    assert [text for text in said if turned.search(text)] == []
    assert turned.search("خط الأطفال 116 111")
    assert not turned.search("خط الأطفال \N{LEFT-TO-RIGHT ISOLATE}116 111\N{POP DIRECTIONAL ISOLATE}")


@pytest.mark.parametrize("country", WITH_OWN)
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


@pytest.mark.parametrize("country", [*WITH_OWN, "gb"])
def test_what_the_reader_must_do_fits_beside_the_rest_of_its_page(country: str):
    duty = help_in_country(country).duty.child
    assert {language: text for language, text in duty.by_language if len(text.split()) > 15} == {}


@pytest.mark.parametrize("country", [*WITH_OWN, "gb"])
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
