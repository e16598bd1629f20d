"""The glossary: every word of the annex of the guidance, in three languages, with the line where it was read."""

import re
import shutil
from pathlib import Path

import pytest

from encircle.actions.law import law_of, packs_folder
from encircle.core.child import situation_schema
from encircle.law.glossary import Term
from encircle.law.pack import load_law
from encircle.law.review import Lack, review

TERMS = law_of("ee").terms
ANNEX = (
    *("barnahus", "central_authority", "child", "child_friendly_justice", "child_protection"),
    *("child_protection_system", "durable_solution", "exploitation", "forced_marriage", "guardian"),
    *("identified_victim", "illegal_adoption", "integrated_child_protection_system", "migrant_smuggling"),
    *("national_referral_mechanism", "presumed_victim", "sexual_exploitation", "trafficking"),
    "transnational_referral_mechanism",
)
LINE = re.compile(r"(annex 1|[123](\.\d)?), L\d+(-\d+)?")


def test_every_word_of_the_annex_is_there():
    assert set(ANNEX) <= {term.code for term in TERMS}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.code)
def test_a_word_is_told_in_each_language_of_the_window_and_says_where_it_was_read(term: Term):
    assert {"en", "et", "ar"} <= set(term.title.languages) & set(term.means.languages)
    guidance = [source for source in term.sources if source.act.code == "Guidance"]
    assert [bool(LINE.fullmatch(source.at)) and source.is_read for source in guidance] == [True]


@pytest.mark.parametrize("country", ["dk", "fi", "gb", "coe"])
def test_no_country_loses_a_word(country: str):
    assert [term.code for term in law_of(country).terms] == [term.code for term in TERMS]


@pytest.mark.parametrize(("country", "languages"), [("fi", {"fi", "sv"}), ("dk", {"da"}), ("ee", {"et"})])
def test_every_word_and_its_meaning_is_in_the_languages_of_the_country(
    country: str, languages: set[str]
) -> None:
    lacking = [
        (term.code, sorted(languages - set(text.languages)))
        for term in law_of(country).terms
        for text in (term.title, term.means)
        if languages - set(text.languages)
    ]
    assert lacking == []


@pytest.mark.parametrize(("country", "languages"), [("fi", {"fi", "sv"}), ("dk", {"da"})])
def test_every_act_is_named_in_the_languages_of_the_country_and_says_where_its_title_was_read(
    country: str, languages: set[str]
) -> None:
    acts = law_of(country).acts
    lacking = {act.code for act in acts for text in (act.title, act.short) if languages - set(text.languages)}
    assert lacking == set()
    told = (packs_folder() / country / "phrases/acts.yaml").read_text("utf-8")
    states = dict(re.findall(r"^# ([\w/-]+): (.+)$", told, re.MULTILINE))
    own = {"DK-Lov-410-2017"}
    assert set(states) == {act.code for act in acts} - own
    assert {
        code for code, state in states.items() if {part[:2] for part in state.split("; ")} != languages
    } == set()


def test_a_planted_word_without_the_language_of_the_country_is_found(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(packs_folder(), packs)
    file = packs / "fi/phrases/glossary.yaml"
    said = file.read_text("utf-8")
    assert said.count('"Guardian": ') == 1
    file.write_text(said.replace('"Guardian": ', '"Warden": '), "utf-8")
    law = load_law(packs, "fi", schema=situation_schema())
    found = {(one.code, one.what) for one in review(law) if one.lack is Lack.LANGUAGE_MISSING}
    assert found == {("guardian", "the word of the field or its meaning does not exist in fi.")}


def test_whatever_stands_in_the_library_says_where_it_is_named():
    library = law_of("ee").library
    assert library
    assert [one.code for one in library if not all(source.is_read for source in one.sources)] == []


OF_ANNEX_2 = {
    "CoE-5": 1384,
    "EU-Charter": 1385,
    "CRC": 1386,
    "UN-Palermo": 1387,
    "CoE-197": 1389,
    "EU-2011/36": 1391,
    "CoE-201": 1392,
    "CoE-210": 1393,
    "EU-2011/93": 1395,
    "EU-2012/29": 1397,
    "EU-2016/800": 1398,
    "Geneva-1951": 1414,
    "EU-2008/115": 1420,
    "EU-2018/1862": 1424,
    "EU-2024/1351": 1426,
    "UN-VCCR": 1432,
    "Hague-1996": 1434,
    "Hague-1980": 1436,
    "EU-2019/1111": 1440,
    "EU-2024/3011": 1444,
    "EU-Rec-2024/1238": 1473,
}
"""Acts that rules rest on, with the line at which annex 2 names them; what else it names stands in the library."""


def test_all_68_entries_of_annex_2_are_there_once():
    law = law_of("ee")
    assert set(OF_ANNEX_2) <= {act.code for act in law.acts}
    cited = (re.fullmatch(r"annex 2, L(\d+)", source.at) for one in law.library for source in one.sources)
    lines = [int(at[1]) for at in cited if at]
    assert (len(lines), len(OF_ANNEX_2)) == (47, 21)
    assert len({*lines, *OF_ANNEX_2.values()}) == 68
