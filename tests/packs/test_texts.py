"""Each rule of the packs is said in plain words: for professionals and for every age, in English and in Estonian."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from encircle.actions.law import law_of, packs_folder
from encircle.core.child import situation_schema
from encircle.law.duty import Scope
from encircle.law.pack import BadPack, load_law
from encircle.law.review import Lack, review
from encircle.law.saying import LONGEST_SENTENCE, Band, Saying, stem, words_in_sentences
from encircle.law.texts import Texts

LANGUAGES = ("en", "et")
COUNTRIES = ("coe", "dk", "ee", "eu", "fi", "gb")
NUMBERED = {f"D{number:02}" for number in range(1, 51)} | {f"P{number}" for number in range(1, 18)}
"""The duties and prohibitions that every country must have, by their stems; D01b and D02a are of D01 and D02."""
NOT_FOR_THE_YOUNG = re.compile(
    r"\b(?:article|directive|regulation|convention|pursuant|proceedings?|prosecutor|jurisdiction|testif\w+|traffick\w+)\b"
    r"|\b(?:artikk?el|direktiiv|määrus|konventsioon|menetlus|prokurör|jurisdiktsioon|inimkauband\w+)\b",
    re.IGNORECASE,
)
"""Words of law that a child below ten does not know."""
PROMISES = re.compile(
    r"\b(?:you will|we will|nothing will|I promise|never again|sa saad kindlasti|me lubame)\b", re.IGNORECASE
)
OF_THE_CHILD = re.compile(
    r"(?:^|[.,;:] |\band |\bja )(you must (?!not\b|(?:first )?be\b)\w+|sa pead \w+)", re.IGNORECASE
)
"""What would lay a duty upon the child: the duties are those of adults."""
THREATS = re.compile(r"\b(?:or else|otherwise you|muidu (?:sa|sind)|or you will)\b", re.IGNORECASE)


def sayings(country: str = "ee") -> tuple[Saying, ...]:
    return law_of(country).sayings


def texts_of(saying: Saying) -> Iterator[tuple[str, Texts]]:
    yield "professional", saying.professional
    yield from ((band.value, text) for band, text in saying.child.items())


def careless(band: Band, text: str) -> list[str]:
    found = [
        match.group() for match in (one.search(text) for one in (PROMISES, THREATS, OF_THE_CHILD)) if match
    ]
    law = NOT_FOR_THE_YOUNG.search(text) if band is Band.YOUNG else None
    return [*found, *([law.group()] if law else [])]


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_rule_of_every_country_is_said_in_plain_words(country: str) -> None:
    assert [str(one) for one in review(law_of(country)) if one.lack is Lack.TEXT_MISSING] == []


def test_all_fifty_duties_and_seventeen_prohibitions_are_said() -> None:
    said = {re.sub(r"(?<=[0-9])[a-z]$", "", stem(saying.code)) for saying in sayings()}
    assert NUMBERED - said == set()


def test_each_text_is_in_english_and_in_estonian() -> None:
    lacking = [
        (saying.code, reader, language)
        for saying in sayings()
        for reader, text in texts_of(saying)
        for language in LANGUAGES
        if language not in text.languages
    ]
    assert lacking == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_agencies_and_countries_owe_is_told_to_a_child_of_each_age(country: str) -> None:
    its = law_of(country)
    owed = [rule.code for rule in its.duties if rule.scope in (Scope.AGENCY, Scope.INSTALLATION)]
    assert {"D35-way", "D59", "D62"} <= set(owed)
    told = {code: said.child for code in owed if (said := its.saying(code)) is not None}
    assert {code: tuple(child) for code, child in told.items()} == dict.fromkeys(owed, tuple(Band))
    spoken = {"en", "et", "ar", *(one.language for one in its.translations if not one.files)}
    assert {
        code for code, child in told.items() for text in child.values() if spoken - {*text.languages}
    } == set()


def test_a_planted_duty_of_an_agency_without_words_for_a_child_is_found(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(packs_folder(), packs)
    file = packs / "base/texts/agencies_and_countries.yaml"
    before, duty, after = file.read_text().partition("- text: D59\n")
    own, of_ten, rest = after.partition('  "10-13":')
    file.write_text(before + duty + own.partition('  "6-9":')[0] + of_ten + rest)
    with pytest.raises(BadPack) as bad:
        load_law(packs, "coe", schema=situation_schema())
    line = before.count("\n") + 1
    assert [str(one) for one in bad.value.problems] == [
        f"packs/base/texts/agencies_and_countries.yaml:{line}: '6-9' is missing. Add it."
    ]


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_text_is_in_the_language_of_the_country(country: str) -> None:
    language = law_of(country).languages[0]
    lacking = [
        (saying.code, reader)
        for saying in sayings(country)
        for reader, text in texts_of(saying)
        if language not in text.languages
    ]
    assert lacking == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_law_of_each_country_is_wholly_in_its_language_and_says_how_that_was_made(country: str) -> None:
    lacks = {Lack.LANGUAGE_MISSING, Lack.PART_UNTRANSLATED, Lack.UNUSED}
    law = load_law(packs_folder(), country, schema=situation_schema())
    of_country = {one.language for one in law.translations if one.language in law.languages and not one.files}
    for language in {law.languages[0], *of_country}:
        said = replace(law, languages=(language,))
        assert [str(one) for one in review(said) if one.lack in lacks] == []
    assert {law.languages[0]} <= {"en", *(one.language for one in law.translations)}


def test_finland_speaks_both_its_languages() -> None:
    its = law_of("fi")
    assert its.languages[:2] == ("fi", "sv")
    assert {one.language for one in its.translations if one.pack == "fi" and not one.files} == {"fi", "sv"}


@pytest.mark.parametrize(
    ("file", "old", "found"),
    [
        (
            "fi/phrases/duties.yaml",
            '"Triage of a concern": ',
            {
                ("D13", "the title does not exist in fi."),
                ("fi", "no text of this law reads 'Triage': its English was changed, or it is not needed."),
            },
        ),
        (
            "dk/phrases/duties.yaml",
            '"A score that decides": ',
            {
                ("D13", "1 of its parts (words, proofs, reasons) do not exist in da."),
                ("dk", "no text of this law reads 'Triage': its English was changed, or it is not needed."),
            },
        ),
    ],
)
def test_a_planted_phrase_of_other_english_is_found_on_both_sides(
    tmp_path: Path, file: str, old: str, found: set[tuple[str, str]]
) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(packs_folder(), packs)
    said = (packs / file).read_text()
    assert said.count(old) == 1
    (packs / file).write_text(said.replace(old, '"Triage": '))
    lacks = {Lack.LANGUAGE_MISSING, Lack.PART_UNTRANSLATED, Lack.UNUSED}
    law = load_law(packs, file[:2], schema=situation_schema())
    assert {(one.code, one.what) for one in review(law) if one.lack in lacks} == found


def test_no_translation_is_told_as_reviewed_before_somebody_reviewed_it() -> None:
    each = [one for country in COUNTRIES for one in law_of(country).translations]
    told = {one.told() for one in each if not one.files}
    drafts = (
        "the texts in {} are a draft made by machine: nobody who works in this language has reviewed them."
    )
    assert told == {drafts.format(language) for language in ("ar", "da", "et", "fi", "sv")}
    assert {one.language for one in each if one.files} == set(dict(settings.PUBLIC_LANGUAGES)) - {
        "en",
        "et",
        "ar",
    }
    assert [one for one in each if one.reviewed is not None] == []
    assert "the texts in uk (services) are a draft made by machine" in " ".join(one.told() for one in each)


def test_each_file_of_phrases_that_a_pack_names_has_its_texts_in_that_language() -> None:
    """And the other way round: what has texts in a language beside that of a country says so."""
    named, there = set(), set()
    for pack in ("base", "ee", "fi", "dk"):
        its = law_of("ee" if pack == "base" else pack)
        heads = [one for one in its.translations if one.pack == pack]
        whole = {one.language for one in heads if not one.files}
        named |= {(pack, file, one.language) for one in heads for file in one.files}
        for file in sorted((packs_folder() / pack / "phrases").glob("*.yaml")):
            said = yaml.safe_load(file.read_text("utf-8"))
            spoken = {language for texts in said.values() for language in texts} - whole
            there |= {(pack, file.stem, language) for language in spoken}
            assert [
                english for english, texts in said.items() if set(texts) < spoken and pack != "base"
            ] == []
    assert there == named


def test_each_text_for_a_child_is_in_arabic_too() -> None:
    lacking = [
        (saying.code, band.value)
        for saying in sayings()
        for band, texts in saying.child.items()
        if "ar" not in texts.languages
    ]
    assert lacking == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_sentence_is_short_enough_for_the_age(country: str) -> None:
    too_long = [
        (saying.code, band.value, language)
        for saying in sayings(country)
        for band, texts in saying.child.items()
        for language, text in texts.by_language
        if max(words_in_sentences(text)) > LONGEST_SENTENCE[band]
    ]
    assert too_long == []
    assert LONGEST_SENTENCE[Band.YOUNG] == 12


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_text_for_a_child_has_at_most_three_sentences(country: str) -> None:
    counts = {
        (saying.code, band.value, language): len(words_in_sentences(text))
        for saying in sayings(country)
        for band, texts in saying.child.items()
        for language, text in texts.by_language
    }
    assert {place: count for place, count in counts.items() if count > 3} == {}


def test_no_text_for_a_child_promises_threatens_demands_or_speaks_as_a_law_to_the_young() -> None:
    found = {
        (saying.code, band.value, language): careless(band, text)
        for saying in sayings()
        for band, texts in saying.child.items()
        for language, text in texts.by_language
    }
    assert {place: words for place, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("band", "text", "words"),
    [
        (Band.YOUNG, "Article 12 says so.", ["Article"]),
        (Band.YOUNG, "The Directive protects you.", ["Directive"]),
        (Band.OLDER, "You will get a permit.", ["You will"]),
        (Band.MIDDLE, "Speak, otherwise you must go.", ["otherwise you"]),
        (Band.MIDDLE, "You must get a lawyer.", ["You must get"]),
        (Band.MIDDLE, "Sa pead ootama.", ["Sa pead ootama"]),
        (Band.MIDDLE, "You must first be asked.", []),
        (Band.OLDER, "The prosecutor must give reasons.", []),
        (Band.YOUNG, "Adults must listen.", []),
    ],
)
def test_planted_careless_words_are_found(band: Band, text: str, words: list[str]) -> None:
    assert careless(band, text) == words


def test_no_two_ages_are_spoken_to_in_the_same_words() -> None:
    same = [
        (saying.code, language)
        for saying in sayings()
        for language in LANGUAGES
        if len({text.in_(language) for _, text in texts_of(saying)}) < 4
    ]
    assert same == []
