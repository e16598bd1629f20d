"""Phrases, and how they came about: what the packs below say, in the languages of a country, found by its English."""

from datetime import date
from pathlib import Path

import pytest

from encircle.law.law import Law
from encircle.law.origin import Origin
from encircle.law.pack import BadPack, load_law
from encircle.law.review import Lack, review
from encircle.law.source import Reviewed
from encircle.law.translation import Made, Translation
from tests.law.world import BASE, SITUATION, write

PHRASES = """
"Guardian": {et: "Eestkostja", ru: "Опекун"}
"from identification": {et: "tuvastamisest"}
"Decision": {et: "Otsus"}
"""


def law(tmp_path: Path, files: dict[str, str]) -> Law:
    return load_law(write(tmp_path, files), "ee", schema=SITUATION)


def problems(tmp_path: Path, files: dict[str, str]) -> list[str]:
    with pytest.raises(BadPack) as refused:
        law(tmp_path, files)
    return [str(one) for one in refused.value.problems]


def test_a_title_words_and_a_proof_of_the_base_are_said_in_the_language_of_the_country(
    tmp_path: Path,
) -> None:
    duty = law(tmp_path, {"ee/phrases/a.yaml": PHRASES}).duty("D02b")
    assert duty.title.by_language == (("en", "Guardian"), ("et", "Eestkostja"), ("ru", "Опекун"))
    assert duty.due.words.by_language == (("en", "from identification"), ("et", "tuvastamisest"))
    assert duty.evidence[0].text.in_("et") == "Otsus"


def test_what_an_entry_says_itself_stays(tmp_path: Path) -> None:
    own = """
        - set: D02b
          title: {et: "Esindaja"}
        """
    files = {"ee/phrases/a.yaml": PHRASES, "ee/duties/a.yaml": own}
    assert law(tmp_path, files).duty("D02b").title.by_language == (
        ("en", "Guardian"),
        ("et", "Esindaja"),
        ("ru", "Опекун"),
    )


def test_a_phrase_of_english_that_no_rule_says_is_named(tmp_path: Path) -> None:
    its = law(tmp_path, {"ee/phrases/a.yaml": PHRASES + '"Guardians": {et: "Eestkostjad"}\n'})
    assert [(one.pack, one.english, str(one.origin)) for one in its.idle_phrases] == [
        ("ee", "Guardians", "packs/ee/phrases/a.yaml:5")
    ]
    assert [one.what for one in review(its) if one.lack is Lack.UNUSED and one.code == "ee"] == [
        "no text of this law reads 'Guardians': its English was changed, or it is not needed."
    ]


def test_a_phrase_that_the_door_needs_is_not_idle(tmp_path: Path) -> None:
    said = 'duty: {child: {en: "They must help."}}\n'
    phrases = PHRASES + '"They must help.": {et: "Nad peavad aitama."}\n"They may help.": {et: "x"}\n'
    its = law(tmp_path, {"ee/phrases/a.yaml": phrases, "ee/help/a.yaml": said})
    assert [one.english for one in its.idle_phrases] == ["They may help."]


OTHERS = 'expected other languages, such as {et: "..."}.'


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ('- "Guardian"', 'expected English texts, each with others: "English": {et: "..."}.'),
        ('"Guardian": "Eestkostja"', f"'Guardian': {OTHERS}"),
        ('"Guardian": {en: "Guardian"}', f"'Guardian': {OTHERS}"),
        ('"Guardian": {et: ""}', "Guardian: the text in 'et' is empty."),
        ('"Guardian": {Est: "Eestkostja"}', "Guardian: 'Est' is no language. Expected en, et, ru ..."),
    ],
)
def test_a_bad_phrase_is_refused_with_its_line(tmp_path: Path, said: str, problem: str) -> None:
    assert problems(tmp_path, {"ee/phrases/a.yaml": said}) == [f"packs/ee/phrases/a.yaml:1: {problem}"]


def test_the_same_english_twice_in_a_pack_is_refused(tmp_path: Path) -> None:
    files = {"ee/phrases/a.yaml": PHRASES, "ee/phrases/b.yaml": '"Decision": {et: "Lahend"}\n'}
    assert problems(tmp_path, files) == [
        "packs/ee/phrases/b.yaml:1: 'Decision' stands twice in this pack; first in packs/ee/phrases/a.yaml:4. Keep one."
    ]


def test_a_file_that_is_not_yaml_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, {"ee/phrases/a.txt": "x"}) == [
        "packs/ee/phrases/a.txt:1: not a .yaml file. Expected files that end in .yaml here."
    ]


HEAD = BASE["ee/pack.yaml"]


def head(translations: str) -> dict[str, str]:
    return {"ee/pack.yaml": f"{HEAD.rstrip()}\n        translations: {translations}\n"}


def test_a_pack_says_how_its_texts_came_into_a_language_and_who_reviewed_them(tmp_path: Path) -> None:
    made = '{et: {made: person, reviewed: {on: 2026-11-20, role: "lawyer"}}, ru: {made: machine, reviewed: null}}'
    at = Origin("packs/ee/pack.yaml", 11)
    translations = law(tmp_path, head(made)).translations
    assert translations == (
        Translation("ee", "et", Made.PERSON, Reviewed(date(2026, 11, 20), "lawyer"), at),
        Translation("ee", "ru", Made.MACHINE, None, at),
    )
    assert [one.told() for one in translations] == [
        "the texts in et were reviewed on 2026-11-20 (lawyer).",
        "the texts in ru are a draft made by machine: nobody who works in this language has reviewed them.",
    ]


def test_a_pack_names_the_files_of_phrases_that_alone_have_texts_in_a_language(tmp_path: Path) -> None:
    (one,) = law(tmp_path, head("{uk: {made: machine, reviewed: null, files: [forms, told]}}")).translations
    assert one.files == ("forms", "told")
    assert one.told() == (
        "the texts in uk (forms, told) are a draft made by machine: "
        "nobody who works in this language has reviewed them."
    )


def test_a_language_of_which_nothing_is_said_is_found(tmp_path: Path) -> None:
    its = law(tmp_path, {"ee/phrases/a.yaml": PHRASES, **head("{et: {made: person, reviewed: null}}")})
    assert [(str(one.origin), one.what) for one in review(its) if one.lack is Lack.TRANSLATION_DRAFT] == [
        (
            "packs/ee/pack.yaml:8",
            "nothing says how the texts in ru were made: add it to 'translations' in pack.yaml.",
        ),
        (
            "packs/ee/pack.yaml:11",
            "the texts in et are a draft: nobody who works in this language has reviewed them.",
        ),
    ]


@pytest.mark.parametrize(
    ("translations", "problem"),
    [
        ("[et]", "expected other languages, such as {et: {made: machine, reviewed: null}}."),
        ("{en: {made: machine}}", "expected other languages, such as {et: {made: machine, reviewed: null}}."),
        ("{et: machine}", "et: expected {made: machine, reviewed: null}."),
        ("{et: {reviewed: null}}", "'made' is missing. Add it."),
        ("{et: {made: machine}}", 'reviewed: expected null or {on: DATE, role: "..."}.'),
        (
            "{et: {made: angel, reviewed: null}}",
            "made 'angel' is not known. Expected one of machine, person.",
        ),
    ],
)
def test_a_bad_state_of_a_translation_is_refused_with_its_line(
    tmp_path: Path, translations: str, problem: str
) -> None:
    assert problems(tmp_path, head(translations)) == [f"packs/ee/pack.yaml:11: {problem}"]


def test_a_file_of_phrases_of_another_kind_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, {"ee/phrases/a.txt": "Guardian"}) == [
        "packs/ee/phrases/a.txt:1: not a .yaml file. Expected files that end in .yaml here."
    ]


def test_a_file_of_phrases_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    said = "did not find expected node content. A text with ': ' or '#' in it goes in quotes."
    assert problems(tmp_path, {"ee/phrases/a.yaml": "a: {"}) == [
        f"packs/ee/phrases/a.yaml:2: not readable as YAML: {said}"
    ]


def test_texts_that_somebody_has_reviewed_are_no_draft(tmp_path: Path) -> None:
    made = '{et: {made: person, reviewed: {on: 2026-11-20, role: "lawyer"}}}'
    drafts = [one for one in review(law(tmp_path, head(made))) if one.lack is Lack.TRANSLATION_DRAFT]
    assert drafts == []
