"""Where a rule is silent it could have spoken: without its condition it would, on the same facts."""

from dataclasses import replace

import pytest

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.case import ReplayCase
from encircle.actions.replay.file import read_replay
from encircle.actions.replay.verdict import verdicts
from encircle.core.child import situation_schema
from encircle.law.condition import parse
from encircle.law.law import Law


@pytest.fixture(scope="module")
def story() -> ReplayCase:
    return read_replay(packs_folder() / "base" / "tests" / "where_a_rule_is_silent.yaml")


def without_conditions(law: Law) -> Law:
    """The same law; each rule speaks of everything that it can speak of."""
    always = parse("true", schema=situation_schema())
    return replace(
        law,
        duties=tuple(replace(rule, when=always) for rule in law.duties),
        prohibitions=tuple(replace(rule, when=always) for rule in law.prohibitions),
    )


def test_no_rule_speaks_in_the_nearest_case_in_which_it_must_not(story: ReplayCase) -> None:
    assert all(expectation.never is not None for expectation in story.expectations)
    assert [(v.expectation.id, v.failure) for v in verdicts(story, law=law_of("eu")) if not v.holds] == []


def test_each_of_them_would_speak_if_it_had_no_condition(story: ReplayCase) -> None:
    told = verdicts(story, law=without_conditions(law_of("eu")))
    assert [v.expectation.id for v in told if v.holds] == []
