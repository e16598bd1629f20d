"""Countries differ in what binds them: the same facts rest on other law in Denmark than in Estonia or Finland."""

import json
from datetime import date
from pathlib import Path

import pytest

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.answer import answer
from encircle.actions.replay.file import read_replay
from encircle.cli import main
from encircle.core.child import AsOf

CASES = tuple(sorted((packs_folder() / "base" / "cases").glob("*.yaml")))
CASE = packs_folder() / "base" / "cases" / "8.1.yaml"
NOT_IN_DENMARK = {"EU-2011/36", "EU-2012/29", "EU-2024/3011", "EU-2019/1111"}
RESTS_ON_THE_UNION = ("D01", "D02a", "D02b", "D02c", "D03", "D06", "D14", "D15", "D19")


def bases(country: str) -> dict[str, set[str]]:
    """The acts behind each duty of the same case file under the law of that country."""
    told, law = read_replay(CASE), law_of(country)
    as_of = AsOf(max(expectation.as_of for expectation in told.expectations))
    found: dict[str, set[str]] = {}
    for child in told.children:
        for row in answer(told.facts_of(child), law=law, as_of=as_of, child=child).duties:
            acts = {source.act.code for source in row.rule.basis(law.country, law.on)}
            found.setdefault(row.rule.code, set()).update(acts)
    return found


def test_the_same_case_file_rests_on_other_law_in_denmark_than_in_estonia() -> None:
    danish, estonian = bases("dk"), bases("ee")
    assert ("EU-2011/36" in estonian["D01"], "EU-2011/36" in danish["D01"]) == (True, False)
    assert "CoE-197" in danish["D01"]
    assert set().union(*estonian.values()) & NOT_IN_DENMARK
    assert set().union(*danish.values()) & NOT_IN_DENMARK == set()


def test_finland_rests_on_the_same_law_of_the_union_as_estonia() -> None:
    assert bases("fi") == bases("ee")


@pytest.mark.parametrize("code", sorted(NOT_IN_DENMARK))
def test_no_act_of_which_denmark_is_free_binds_it_even_where_it_is_named(code: str) -> None:
    acts = {act.code: act for act in law_of("eu").acts}
    assert (acts[code].binds("DK"), acts[code].binds("FI")) == (False, True)


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        ("dk", date(2026, 4, 2), False),
        ("fi", date(2026, 12, 6), False),
        ("fi", date(2026, 6, 19), False),
        ("dk", date(2026, 6, 19), True),
        ("fi", date(2026, 4, 2), True),
    ],
)
def test_each_country_counts_with_its_own_holidays(country: str, day: date, *, works: bool) -> None:
    assert law_of(country).calendar.is_working(day) is works


@pytest.mark.parametrize(
    ("country", "language", "title"),
    [
        ("fi", "fi", "Oikeusapu lapselle"),
        ("fi", "sv", "Rättshjälp för barnet"),
        ("dk", "da", "Juridisk bistand til barnet"),
    ],
)
def test_a_title_is_said_in_the_language_of_the_country_and_else_in_english(
    country: str, language: str, title: str
) -> None:
    titles = law_of(country).duty("D02c").title
    assert (titles.in_(language), titles.in_("fo")) == (title, "Legal assistance for the child")


def sources_told(path: Path, country: str, capsys: pytest.CaptureFixture[str]) -> dict[str, set[str]]:
    """The acts that bind which `encircle replay FILE --country` names for each duty."""
    assert main(["replay", str(path), "--country", country, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["country"] == country.upper()
    found: dict[str, set[str]] = {}
    for duty in (duty for child in told["children"] for duty in child["duties"]):
        found.setdefault(duty["code"], set()).update(one["act"] for one in duty["basis"] if one["binds"])
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_real_case_names_other_sources_for_the_same_duty_in_denmark_and_in_estonia(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    danish, estonian = sources_told(path, "dk", capsys), sources_told(path, "ee", capsys)
    both = set(danish) & set(estonian)
    other = {code for code in both if danish[code] != estonian[code]}
    assert other
    assert {code for code in both if not danish[code] or not estonian[code]} == set()
    assert {act for code in danish for act in danish[code]} & NOT_IN_DENMARK == set()
    assert {act for code in other for act in estonian[code]} & NOT_IN_DENMARK
    assert {code for code in set(RESTS_ON_THE_UNION) & both if danish[code] == estonian[code]} == set()
