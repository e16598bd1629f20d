"""Conditions agree with cel-python, an independent reading of CEL, on random expressions and worlds.

What is not known enters the oracle as an error value: CEL lets `&&`, `||`, `exists` and `all` absorb errors
in either order, which is Kleene's logic; every other operator passes an error on.
"""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings

from encircle.law.condition import Value, looping, parse
from encircle.law.condition.compiling import VISIBLE, source_of
from encircle.law.condition.syntax import Node, Quantifier
from encircle.vocabulary.unknown import Unknown
from tests.law.condition.expressions import checked, conditions, worlds
from tests.law.condition.readings import by_oracle, by_us, knows_more
from tests.law.condition.world import SITUATION, aino, interview

SLOW = (HealthCheck.too_slow, HealthCheck.filter_too_much)


def agree(tree: Node, world: Mapping[str, Value]) -> bool:
    """Whether both give the same answer, an error of the oracle standing for unknown."""
    condition = checked(tree)
    answer, oracle = by_us(condition, world), by_oracle(condition.text, world)
    return answer == oracle or (oracle is None and knows_more(tree))


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(conditions(), worlds(unknowns=False))
def test_in_a_known_world_every_answer_is_that_of_cel(tree: Node, world: Mapping[str, Value]) -> None:
    condition = checked(tree)
    assert by_us(condition, world) == by_oracle(condition.text, world)
    assert condition.holds(world) in (True, False)


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(conditions(), worlds(unknowns=True))
def test_the_answer_is_unknown_exactly_where_cel_errs(tree: Node, world: Mapping[str, Value]) -> None:
    assert agree(tree, world)


@pytest.mark.full
@settings(max_examples=10_000, deadline=None, suppress_health_check=SLOW)
@given(conditions(), worlds(unknowns=True))
def test_ten_thousand_worlds_agree_with_cel(tree: Node, world: Mapping[str, Value]) -> None:
    assert agree(tree, world)


# Planted faults: the comparison with the oracle must be able to fail.


WORLDS = [
    aino(interview(held=held), is_child=is_child, victim_track=victim_track)
    for held in (True, False, Unknown("not recorded"))
    for is_child in (True, False, Unknown("not recorded"))
    for victim_track in (True, False, Unknown("not recorded"))
]
TEXTS = [
    "child.is_child || child.victim_track",
    "child.is_child && child.victim_track",
    "!child.is_child",
    "interviews.exists(i, i.held)",
    "interviews.all(i, i.held)",
]


def disagreements(answer: Callable[[str, Mapping[str, Value]], bool | None]) -> set[str]:
    return {text for text in TEXTS for world in WORLDS if answer(text, world) != by_oracle(text, world)}


def by_source(turn: Callable[[str], str]) -> Callable[[str, Mapping[str, Value]], bool | None]:
    """Our answer, with the generated source changed before it is compiled."""

    def answer(text: str, world: Mapping[str, Value]) -> bool | None:
        condition = parse(text, schema=SITUATION)
        source, constants = source_of(condition.tree, condition.kinds)
        seen: dict[str, object] = {**VISIBLE, **constants}
        exec(turn(source), seen)
        found = seen["answer"](world)  # type: ignore[operator]  # the source defines it
        return None if isinstance(found, Unknown) else found

    return answer


def test_the_oracle_agrees_with_the_source_as_it_is() -> None:
    assert disagreements(by_source(lambda source: source)) == set()


@pytest.mark.parametrize(
    ("right", "wrong", "caught"),
    [
        ("is not True:", "is False:", {TEXTS[0], TEXTS[1], TEXTS[4]}),  # "unknown or true" is no longer true
        ("is not False:", "is True:", {TEXTS[0], TEXTS[1], TEXTS[3]}),  # "unknown and false" no longer false
        ("False if", "True if", {TEXTS[2]}),
    ],
)
def test_a_wrong_table_is_caught_by_the_oracle(right: str, wrong: str, caught: set[str]) -> None:
    assert disagreements(by_source(lambda source: source.replace(right, wrong))) >= caught


def test_every_quantifier_has_its_loop() -> None:
    assert set(looping.LOOPS) == set(Quantifier)
