"""The answers claim no more than the courts held: no score, no ban on prosecution, each child's own ruling."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.answer import answer, replay
from encircle.actions.replay.case import ReplayCase
from encircle.actions.replay.file import read_replay
from encircle.actions.replay.report import report
from encircle.actions.replay.verdict import verdicts
from encircle.core.child import AsOf
from encircle.core.child.derived import DERIVED
from encircle.law.prohibition import Override
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.identifier import AgencyId, RootId

COUNTRIES = ("coe", "eu", "gb", "dk", "ee", "fi")
CASES = tuple(sorted((packs_folder() / "base" / "cases").glob("*.yaml")))
FORETELLING = re.compile(
    r"scor(e|ing)|probabilit|likelihood|predict|forecast|tõenäosus|ennust", re.IGNORECASE
)
RULED_ON = datetime(2012, 10, 11, 22, tzinfo=UTC)
DAY_AFTER = datetime(2018, 10, 26, 22, 59, tzinfo=UTC)


def case(number: str) -> ReplayCase:
    return read_replay(packs_folder() / "base" / "cases" / f"{number}.yaml")


def listed(told: ReplayCase, by: str) -> list[tuple[str, str | None, str]]:
    """Every duty of Child C that this agency sees on the day after he was found."""
    as_of = AsOf(DAY_AFTER, by=AgencyId(by))
    given = answer(told.facts_of(RootId("c"), as_of=as_of), law=law_of(told.country), as_of=as_of)
    return [(row.rule.code, row.subject, row.state.value) for row in given.duties]


def keys_of(data: object) -> Iterator[str]:
    """Every name in an answer, however deep."""
    if isinstance(data, dict):
        for key, inner in data.items():
            yield str(key)
            yield from keys_of(inner)
    elif isinstance(data, list):
        for inner in data:
            yield from keys_of(inner)


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_rule_says_that_a_prosecution_is_forbidden(country: str) -> None:
    rules = {rule.code: rule.override for rule in law_of(country).prohibitions}
    assert (rules["P9"], rules["P19"]) == (Override.TWO_PERSONS, Override.TWO_PERSONS)


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_title_and_no_evidence_speaks_of_a_score_or_a_prediction(country: str) -> None:
    law = law_of(country)
    titles = [rule.title for rule in law.duties] + [rule.title for rule in law.prohibitions]
    titles += [evidence.text for rule in law.duties for evidence in rule.evidence]
    texts = [title.in_(language) for title in titles for language in ("en", "et")]
    assert [text for text in texts if FORETELLING.search(text)] == []


def test_no_attribute_of_a_child_or_fact_is_a_score_or_a_prediction() -> None:
    names = [name for kind in DERIVED.values() for name in kind]
    names += [field.name for fact_type in FACT_TYPES.values() for field in shape(fact_type)]
    assert [name for name in names if FORETELLING.search(name)] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_answer_names_a_score_or_a_prediction(path: Path) -> None:
    told = read_replay(path)
    last = max(expectation.as_of for expectation in told.expectations)
    names = set(keys_of(report(replay(told, law=law_of(told.country), as_of=AsOf(last)))))
    assert "duties" in names
    assert {name for name in names if FORETELLING.search(name)} == set()


@pytest.mark.parametrize("word", ["risk_score", "Probability of harm", "predicted_outcome", "tõenäosus"])
def test_a_planted_score_is_seen(word: str) -> None:
    assert FORETELLING.search(word)


def test_each_sister_has_the_ruling_on_her_own_application() -> None:
    told = case("8.4")
    rulings = {}
    for child in told.children:
        given = answer(told.facts_of(child), law=law_of("eu"), as_of=AsOf(RULED_ON), child=child)
        items = given.folded.earliest.of(Kind.PROCEEDING)
        rulings[str(child)] = {str(item["id"]): item["ruling"] for item in items if item["ruled"] is True}
    assert rulings == {
        "cn": {"cn-case": "acquitted", "cn-human-rights-case": "violation_found"},
        "v": {"v-case": "acquitted", "v-human-rights-case": "exploitation_not_established"},
    }


def test_both_councils_see_the_same_whole_list_on_the_day_after() -> None:
    told = case("8.3")
    waltham_forest, bournemouth = listed(told, "waltham_forest"), listed(told, "bournemouth_council")
    assert waltham_forest == bournemouth
    assert {code for code, _, _ in waltham_forest} >= {
        "D13-danger",
        "D15",
        "D19",
        "D24",
        "D25",
        "D26",
        "D27",
        "D47",
    }


def test_what_was_said_in_custody_is_seen_in_custody_alone() -> None:
    told = case("8.3")
    custody = {(code, subject) for code, subject, _ in listed(told, "dorset_custody") if subject}
    council = {(code, subject) for code, subject, _ in listed(told, "waltham_forest") if subject}
    assert custody - council == {("D25-urgent", "frightened"), ("D56", "samaritans")}


def test_an_expectation_means_its_own_rule_and_not_one_with_a_suffix() -> None:
    told = case("8.8")
    found = {v.expectation.code for v in verdicts(told, law=law_of("coe")) if v.expectation.by_fact}
    assert found == {"P1", "P3-examination"}


def test_a_never_of_a_rule_that_does_not_exist_says_nothing_and_fails() -> None:
    told = case("8.1")
    asked = replace(told.expectations[0], axis=None, value=(), never="P99")
    assert [v.failure for v in verdicts(replace(told, expectations=(asked,)), law=law_of("gb"))] == [
        "no such rule: P99"
    ]
