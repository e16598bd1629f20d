"""What duties and prohibitions say on the child's page is there in each language that children read, and easy in each."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from encircle.actions.law import law_of, packs_folder
from encircle.actions.whose_law import laws_in
from encircle.core.child import situation_schema
from encircle.law.law import Law
from encircle.law.pack import load_law
from encircle.law.reading_ease import FORMULAS, figure_of
from encircle.law.review import Lack, review
from encircle.law.saying import LONGEST_SENTENCE, Band, words_in_sentences
from encircle.law.texts import Texts
from encircle.web.child.words import COMING, RIGHTS
from tests.packs.test_help_translated import NEWER, wrong_in
from tests.packs.test_tongues import odd

COUNTRIES = tuple(sorted(laws_in(packs_folder())))
LANGUAGES = [one for one in dict(settings.PUBLIC_LANGUAGES) if one != "en"]
CODES = [code for right in (*COMING.values(), *RIGHTS) for code in right.rules]
"""The duties and prohibitions of which the page tells."""
FILE = "base/phrases/child.yaml"
OF_LAW = re.compile(
    r"artik(?:el|kel|la)\w*|direktiv|richtlinie|verordnung|verfahren|staatsanw|menschenhandel|convention|procédure|procureur"
    r"|traite des|artykuł|dyrektyw|postępowan|prokurat|handl\w+ ludźmi|стать[яией]|статт[яією]|директив|конвенц|прокур"
    r"|торговл|торгівл|производств|провадженн|pant[su] likum|direktīv|konvenc|prokur[oa]r|procesa vir|straipsn|konvencij"
    r"|byra|prekyb\w+ žmon|sopimus|direktiivi|syyttäj|ihmiskaup|åklag|anklager|människohandel|menneskehandel"
    r"|ماده|دستورالعمل|کنوانسیون|دادستان|قاچاق",
    re.IGNORECASE,
)
"""Words of law and of crime that a child below ten does not know."""
LOUD = re.compile("[!¡\N{FULLWIDTH EXCLAMATION MARK}]|\\.\\.\\.|…")
ONE_OF_TWO = re.compile(r"\w/\w|\w\(\w{1,3}\)|·")
"""Two genders in one word, which nobody can read aloud: `sûr(e)`, `trygg/trygt`."""


def shown(law: Law) -> Iterator[tuple[str, Band, Texts]]:
    """Every text of that law that the child's page can show."""
    for code in CODES:
        saying = law.saying(code)
        assert saying is not None, code
        for band, text in saying.child.items():
            yield code, band, text


def gaps(law: Law) -> set[tuple[str, str, str]]:
    """What the page would show in English: rule, age, language."""
    return {
        (code, band.value, language)
        for code, band, text in shown(law)
        for language in LANGUAGES
        if language not in text.languages
    }


def hard(band: Band, text: str) -> list[str]:
    """Why a child of that age cannot follow that text, in whatever language."""
    sentences = words_in_sentences(text)
    found = [f"{max(sentences)} words"] if max(sentences) > LONGEST_SENTENCE[band] else []
    found += [f"{len(sentences)} sentences"] if len(sentences) > 3 else []
    found += ["loud"] if LOUD.search(text) else []
    found += ["law"] if band is Band.YOUNG and OF_LAW.search(text) else []
    return [*found, *(["two in one word"] if ONE_OF_TWO.search(text) else [])]


@pytest.mark.parametrize("country", COUNTRIES)
def test_whatever_a_right_says_to_a_child_is_there_in_all_fourteen_languages(country: str):
    assert len(LANGUAGES) == 13
    assert gaps(law_of(country)) == set()


def test_a_planted_gap_is_found_at_its_rule_its_age_and_its_language(tmp_path: Path):
    packs = tmp_path / "packs"
    shutil.copytree(packs_folder(), packs)
    said = yaml.safe_load((packs / FILE).read_text("utf-8"))
    del said["You may go to school and learn."]["uk"]
    (packs / FILE).write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
    assert gaps(load_law(packs, "ee", schema=situation_schema())) == {("D26", "6-9", "uk")}


def test_english_that_was_changed_is_a_gap_until_it_is_said_anew(tmp_path: Path):
    packs = tmp_path / "packs"
    shutil.copytree(packs_folder(), packs)
    file = packs / "base/texts/protection.yaml"
    before = file.read_text("utf-8")
    file.write_text(before.replace("You may go to school and learn.", "You may go to school."), "utf-8")
    law = load_law(packs, "ee", schema=situation_schema())
    assert {language for _code, _age, language in gaps(law)} == set(LANGUAGES) - {"et", "ar"}
    idle = [one.what for one in review(law) if one.lack is Lack.UNUSED]
    assert any("You may go to school and learn." in one for one in idle)


def test_each_phrase_of_the_file_is_said_by_a_rule_that_the_page_tells_of():
    said = set(yaml.safe_load((packs_folder() / FILE).read_text("utf-8")))
    told = {" ".join(str(text).split()) for country in COUNTRIES for *_, text in shown(law_of(country))}
    assert said - told == set()


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_for_a_child_has_the_numbers_and_the_letters_that_it_must(country: str, language: str):
    find = wrong_in if language in NEWER else odd
    wrong = {
        (code, band.value): (found, text.in_(language))
        for code, band, text in shown(law_of(country))
        if (found := find(text, language))
    }
    assert wrong == {}


@pytest.mark.parametrize("country", COUNTRIES)
def test_it_is_short_and_quiet_and_can_be_read_aloud_in_each_language(country: str):
    found = {
        (code, band.value, language): wrong
        for code, band, text in shown(law_of(country))
        for language, words in text.by_language
        if (wrong := hard(band, words))
    }
    assert found == {}


@pytest.mark.parametrize("language", FORMULAS)
def test_what_the_youngest_read_is_easy_by_the_formula_of_each_language_that_has_one(language: str):
    young = [text.in_(language) for _code, band, text in shown(law_of("coe")) if band is Band.YOUNG]
    figure = figure_of(young, language=language)
    assert figure is not None
    assert FORMULAS[language].allows(figure), (FORMULAS[language].name, figure)


@pytest.mark.parametrize("language", FORMULAS)
def test_no_age_reads_harder_words_than_the_older_one(language: str):
    law, ease = law_of("coe"), FORMULAS[language].is_ease
    figures = [
        figure_of([text.in_(language) for _c, of, text in shown(law) if of is band], language=language)
        for band in Band
    ]
    known = [one for one in figures if one is not None]
    assert len(known) == len(Band)
    assert known == sorted(known, reverse=ease)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_ages_are_told_the_same_words(language: str):
    law = law_of("coe")
    for code in CODES:
        saying = law.saying(code)
        assert saying is not None
        assert len({text.in_(language) for text in saying.child.values()}) == len(Band), code


def test_each_language_of_the_file_is_told_as_a_draft_that_nobody_has_reviewed():
    drafts = {one.language for one in law_of("coe").translations if "child" in one.files and one.is_draft}
    assert drafts == set(NEWER)


@pytest.mark.parametrize(
    ("band", "text", "found"),
    [
        (Band.YOUNG, "Tu peux aller à l’école et apprendre.", []),
        (Band.YOUNG, "Tu peux aller à l’école et apprendre, dans le pays où tu es maintenant.", ["14 words"]),
        (Band.MIDDLE, "Ja. Ja. Ja. Ja.", ["4 sentences"]),
        (Band.MIDDLE, "Geh zur Schule!", ["loud"]),
        (Band.OLDER, "Tu es sûr(e).", ["two in one word"]),
        (Band.YOUNG, "Прокурор тебя слушает.", ["law"]),
        (Band.OLDER, "Прокурор тебя слушает.", []),
    ],
)
def test_a_planted_hard_text_is_found(band: Band, text: str, found: list[str]):
    assert hard(band, text) == found
