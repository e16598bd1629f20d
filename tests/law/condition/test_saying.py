"""What is said of a condition is the condition: read back word by word, it has the same answer in every world."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from encircle.law.condition import Record, Value, parse
from encircle.law.condition.saying import lacking, sentence
from encircle.law.condition.syntax import Node
from encircle.law.condition.value import contains, earlier, not_later, same_time, shifted
from encircle.law.condition.words import FORMS, Noun, Words
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown
from tests.law.condition.expressions import checked, conditions, worlds
from tests.law.condition.readings import by_us
from tests.law.condition.world import CARE, KIND, PROTECTION, SITUATION, aino, interview

SLOW = (HealthCheck.too_slow, HealthCheck.filter_too_much)

# A language that Python reads: each form is a call, so that a sentence can be worked out by itself.
FORMULAS = {
    "comma": ", ",
    "and": "AND({a}, {b})",
    "or": "OR({a}, {b})",
    "either": "{a}, {b}",
    "all_of": "all:",
    "any_of": "any:",
    "no": "NOT({a})",
    "recorded": "[|NOT](RECORDED({a}))",
    "known": "[|NOT](KNOWN({a}))",
    "known_either_way": "[|NOT](KNOWN({a}))",
    "is": "[|NOT](SAME({a}, {b}))",
    "one_of": "[|NOT](IN({a}, ({b})))",
    "among": "[|NOT](IN({a}, {b}))",
    "so": "[|NOT]({a})",
    "before": "[|NOT](LESS({a}, {b}))",
    "not_after": "[|NOT](AT_MOST({a}, {b}))",
    "less": "[|NOT](LESS({a}, {b}))",
    "at_most": "[|NOT](AT_MOST({a}, {b}))",
    "starts": "[|NOT](STARTS({a}, {b}))",
    "exists": "OR(*EACH({noun}, lambda {the}: {a}))",
    "none": "NOT(OR(*EACH({noun}, lambda {the}: {a})))",
    "all": "AND(*EACH({noun}, lambda {the}: {a}))",
    "exactly_one": "ONE(EACH({noun}, lambda {the}: {a}))",
    "there_is": "[|NOT](LESS(0, SIZE({noun})))",
    "only": "FILTER({noun}, lambda {the}: {a})",
    "each": "MAP({noun}, lambda {the}: {a})",
    "entry": "{a}",
    "element": "entry",
    "element_of": "entry",
    "number": "SIZE({noun})",
    "possessive": "{a}",
    "if": "IF({c}, {a}, {b})",
    "whether": "{a}",
    "plus": "PLUS({a}, {b}, 1)",
    "minus": "PLUS({a}, {b}, -1)",
    "days": "timedelta(days={n})",
    "hours": "timedelta(hours={n})",
    "minutes": "timedelta(minutes={n})",
    "now": "GET(world, 'now')",
    "always": "True",
    "not": "False",
    "yes": "True",
    "word": "'{a}'",
}


def _names(record: Record) -> set[str]:
    found = set(record.fields)
    for kind in record.fields.values():
        inner = getattr(kind, "element", kind)
        found |= _names(inner) if isinstance(inner, Record) else set()
    return found


PYTHON = Words(
    "py",
    {name: FORMULAS.get(name, name) for name in FORMS},
    {
        "child": Noun("-", "world['child']", "world['child']"),
        "interview": Noun("GET(world, 'interviews')", "interview", "interview"),
    },
    {name: f"GET({{it}}, '{name}')" for name in _names(SITUATION)},
    {word: repr(word) for word in (*PROTECTION, *CARE, *KIND, "EE", "et", "ru", "E", "e", "")},
)


# How those calls are worked out; None stands for unknown.

Answer = Any


def strict(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """None where anything that goes in is None."""

    def of_known(*values: Answer) -> Answer:
        answer = None if any(value is None for value in values) else function(*values)
        return None if isinstance(answer, Unknown) else answer

    return of_known


def some(*values: Answer) -> Answer:
    return True if True in values else None if None in values else False


def every(*values: Answer) -> Answer:
    return False if False in values else None if None in values else True


def one(values: list[Answer]) -> Answer:
    if values.count(True) > 1:
        return False
    return None if None in values else values.count(True) == 1


def read(thing: Mapping[str, Value] | None, name: str) -> Answer:
    value = None if thing is None else thing[name]
    return None if isinstance(value, Unknown) else value


def fitting(things: list[Answer], fits: Callable[[Answer], Answer]) -> Answer:
    answers = [fits(thing) for thing in things]
    kept = [thing for thing, answer in zip(things, answers, strict=True) if answer]
    return None if None in answers else kept


def among(item: Answer, things: Answer) -> Answer:
    answer = contains(tuple(things), item)
    return None if isinstance(answer, Unknown) else answer


def less(first: Answer, second: Answer) -> Answer:
    return earlier(first, second, ()) if isinstance(first, Span) else first < second


def at_most(first: Answer, second: Answer) -> Answer:
    return not_later(first, second, ()) if isinstance(first, Span) else first <= second


def same(first: Answer, second: Answer) -> Answer:
    return same_time(first, second, ()) if isinstance(first, Span) else first == second


def moved(first: Answer, second: Answer, sign: int) -> Answer:
    return shifted(first, second, sign) if isinstance(first, Span) else first + sign * second


CALLS: dict[str, Callable[..., Answer]] = {
    "AND": every,
    "OR": some,
    "NOT": strict(lambda value: not value),
    "RECORDED": lambda value: value is True,
    "KNOWN": lambda value: value is not None,
    "SAME": strict(same),
    "LESS": strict(less),
    "AT_MOST": strict(at_most),
    "STARTS": strict(str.startswith),
    "IN": strict(among),
    "EACH": lambda things, asked: [None] if things is None else [asked(thing) for thing in things],
    "MAP": strict(lambda things, asked: [asked(thing) for thing in things]),
    "ONE": one,
    "FILTER": strict(fitting),
    "SIZE": strict(len),
    "IF": lambda asked, then, other: None if asked is None else then if asked else other,
    "PLUS": strict(moved),
    "GET": read,
}


def told(text: str, world: Mapping[str, Value]) -> Answer:
    """What the sentence says of that world."""
    plain = re.sub(r" [xyz], lambda", ", lambda", text.removesuffix("."))
    plain = re.sub(r"\b(interview|entry) ([xyz])\b", r"\1_\2", plain)
    return eval(plain, {**CALLS, "timedelta": timedelta, "world": world})


def agree(tree: Node, world: Mapping[str, Value]) -> None:
    condition = checked(tree)
    said = sentence(condition, PYTHON)
    assert told(said, world) == by_us(condition, world), said
    assert lacking(condition, PYTHON) == ()


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(tree=conditions(), world=worlds(unknowns=True))
def test_a_sentence_says_what_the_condition_asks(tree: Node, world: Mapping[str, Value]) -> None:
    agree(tree, world)


@pytest.mark.full
@settings(max_examples=10_000, deadline=None, suppress_health_check=SLOW)
@given(tree=conditions(), world=worlds(unknowns=True))
def test_ten_thousand_sentences_say_what_the_conditions_ask(tree: Node, world: Mapping[str, Value]) -> None:
    agree(tree, world)


# Planted faults: the comparison must be able to fail.

TEXTS = (
    "child.is_child && child.victim_track",
    "!(child.is_child || child.victim_track)",
    "!interviews.exists(i, i.held)",
    "!interviews.all(i, i.held)",
    "has(child.is_child) && child.is_child",
    "child.hearings >= 2",
)
TRUTHS = (True, False, Unknown("not recorded"))
SEVERAL = [
    aino(interview(held=held), interview(), is_child=one, victim_track=two, hearings=hearings)
    for held in TRUTHS
    for one in TRUTHS
    for two in TRUTHS
    for hearings in (1, 2)
]


def caught(words: Words) -> set[str]:
    asked = [parse(text, schema=SITUATION) for text in TEXTS]
    return {
        condition.text
        for condition in asked
        for world in SEVERAL
        if told(sentence(condition, words), world) != by_us(condition, world)
    }


def test_these_sentences_say_what_is_asked_as_they_are() -> None:
    assert caught(PYTHON) == set()


@pytest.mark.parametrize(
    ("form", "instead", "found"),
    [
        ("and", "OR({a}, {b})", {TEXTS[0], TEXTS[1]}),
        ("none", FORMULAS["exists"], {TEXTS[2]}),
        ("exists", FORMULAS["all"], {TEXTS[3]}),
        ("recorded", "{a}", {TEXTS[4]}),
        ("less", FORMULAS["at_most"], {TEXTS[5]}),
    ],
)
def test_a_wrong_form_is_caught(form: str, instead: str, found: set[str]) -> None:
    assert caught(replace(PYTHON, forms={**PYTHON.forms, form: instead})) == found
