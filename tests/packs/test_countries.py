"""Countries differ in what binds them: the same facts rest on other law in Denmark than in Estonia or Finland."""

from datetime import date

import pytest

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.answer import answer
from encircle.actions.replay.file import read_replay
from encircle.core.child import AsOf

CASE = packs_folder() / "base" / "cases" / "8.1.yaml"
NOT_IN_DENMARK = {"EU-2011/36", "EU-2012/29", "EU-2024/3011", "EU-2019/1111"}


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
    [("fi", "fi", "Oikeusapu lapselle"), ("dk", "da", "Juridisk bistand til barnet")],
)
def test_a_title_is_said_in_the_language_of_the_country_and_else_in_english(
    country: str, language: str, title: str
) -> None:
    duties = {rule.code: rule.title.in_(language) for rule in law_of(country).duties}
    assert (duties["D02c"], duties["D13"]) == (title, "Triage of a concern")
