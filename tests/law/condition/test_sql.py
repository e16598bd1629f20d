"""The same condition in PostgreSQL gives the same answer, row by row; over part of a situation, that or none."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encircle.host.database import DatabaseRole
from encircle.law.condition import Time, Value, document, parse, parse_value, to_sql
from encircle.law.condition.syntax import Node
from encircle.vocabulary.unknown import Unknown
from tests.database import TestDatabase
from tests.law.condition.expressions import checked, conditions, worlds
from tests.law.condition.readings import Database, by_oracle, by_sql, by_us, knows_more, of_documents
from tests.law.condition.situations import left_out, situations
from tests.law.condition.world import SITUATION, UNKNOWN_AGE, UNKNOWN_CARE, aino, interview, time

SLOW = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
A_BATCH = 20


@pytest.fixture(scope="module")
def postgres(shared_database: TestDatabase) -> Iterator[Database]:
    with shared_database.connect(DatabaseRole.WEB) as connection:
        yield connection


def agree(postgres: Database, tree: Node, batch: list[dict[str, Value]]) -> None:
    """Python and PostgreSQL say the same of every world; so does the oracle, an error standing for unknown."""
    condition = checked(tree)
    ours = [by_us(condition, world) for world in batch]
    oracle = [by_oracle(condition.text, world) for world in batch]
    assert by_sql(postgres, condition, batch) == ours
    if not knows_more(tree):
        assert oracle == ours
    assert {mine for mine, other in zip(ours, oracle, strict=True) if other not in (mine, None)} == set()


WORLDS = st.lists(worlds(unknowns=True), min_size=A_BATCH, max_size=A_BATCH)
COARSE = st.lists(situations(SITUATION, coarse=True), min_size=A_BATCH, max_size=A_BATCH)


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(tree=conditions(), batch=WORLDS)
def test_three_readings_of_a_random_condition_agree(
    postgres: Database, tree: Node, batch: list[dict[str, Value]]
) -> None:
    agree(postgres, tree, batch)


@pytest.mark.full
@settings(max_examples=600, deadline=None, suppress_health_check=SLOW)
@given(tree=conditions(), batch=WORLDS)
def test_three_readings_agree_twelve_thousand_times(
    postgres: Database, tree: Node, batch: list[dict[str, Value]]
) -> None:
    agree(postgres, tree, batch)


@settings(max_examples=12, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(tree=conditions(), batch=COARSE)
def test_times_that_are_not_exact_and_lists_that_are_not_known_agree_too(
    postgres: Database, tree: Node, batch: list[dict[str, Value]]
) -> None:
    condition = checked(tree)
    assert by_sql(postgres, condition, batch) == [by_us(condition, world) for world in batch]


@settings(max_examples=12, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(tree=conditions(), batch=COARSE, data=st.data())
def test_over_part_of_a_situation_the_answer_is_unknown_or_that_of_the_whole(
    postgres: Database, tree: Node, batch: list[dict[str, Value]], data: st.DataObject
) -> None:
    condition = checked(tree)
    partly = [left_out(data.draw, document(world)) for world in batch]
    pairs = zip(
        of_documents(postgres, to_sql(condition), partly),
        [by_us(condition, world) for world in batch],
        strict=True,
    )
    assert [(part, whole) for part, whole in pairs if part is not None and part != whole] == []


@pytest.mark.parametrize(
    ("text", "world", "answer"),
    [
        ("child.is_child", aino(), True),
        ("child.is_child", aino(is_child=UNKNOWN_AGE), None),
        ("child.is_child && child.victim_track", aino(is_child=UNKNOWN_AGE, victim_track=False), False),
        ("child.is_child || child.victim_track", aino(is_child=UNKNOWN_AGE), True),
        ("has(child.parental_care)", aino(parental_care=UNKNOWN_CARE), False),
        ("has(child.guardian.appointed)", aino(guardian=UNKNOWN_CARE), False),
        ("interviews.exists(i, i.held)", aino(), False),
        ("interviews.exists(i, i.held)", aino(interview(held=UNKNOWN_AGE)), None),
        ("interviews.exists(i, i.held)", aino(interview(held=UNKNOWN_AGE), interview()), True),
        ("interviews.all(i, i.held)", aino(interview(held=UNKNOWN_AGE), interview(held=False)), False),
        ("interviews.exists(i, i.held)", {**aino(), "interviews": UNKNOWN_AGE}, None),
        ("child.turns_18 > now", aino(turns_18=time("2026"), now=time("2026-11-23T18:00")), None),
        ("child.turns_18 > now", aino(turns_18=time("2027"), now=time("2026-11-23T18:00")), True),
        ("now - duration('36500d') - duration('36500d') > child.first_seen", aino(), False),
        ("'ru' in child.languages", aino(languages=("et", UNKNOWN_CARE)), None),
        ("child.is_child == true", aino(), True),
        ("child.turns_18 > timestamp('2030-01-31T12:00:00Z')", aino(), True),
        ("child.turns_18 > timestamp('2030-02-11T12:00:00Z')", aino(), None),
        ("child.turns_18 + duration('1h') < timestamp('2030-01-31T12:00:00Z')", aino(), False),
        ("timestamp('2026-01-01T00:00:00Z') + duration('1h') < child.turns_18", aino(), True),
        ("child.first_seen in interviews.map(i, i.held_at)", aino(interview()), False),
        ("now in interviews.map(i, i.held_at)", aino(interview(held_at=time("2026-11-23T18:00"))), True),
        ("now in interviews.map(i, i.held_at)", aino(interview(held_at=time("2026-11"))), None),
        ("now in [timestamp('2026-11-23T16:00:00Z')]", aino(), True),
        ("interviews.map(i, i.minutes).exists(m, m > 30)", aino(interview()), True),
        ("interviews.map(i, i.minutes).exists(m, m > 30)", aino(interview(minutes=UNKNOWN_AGE)), None),
        ("['et', 'lv'].exists(l, l in child.languages)", aino(), True),
        ("child.country == 'it''s'".replace("''", "\\'"), aino(country="it's"), True),
        ("child.country == '%s {} \\\\'", aino(country="%s {} \\"), True),
    ],
)
def test_postgres_answers_as_the_function_does(
    postgres: Database, text: str, world: Mapping[str, Value], answer: bool | None
) -> None:
    condition = parse(text, schema=SITUATION)
    assert (by_us(condition, world), by_sql(postgres, condition, [world])) == (answer, [answer])


def test_a_name_that_is_left_out_is_unknown_even_to_has(postgres: Database) -> None:
    asked = to_sql(parse("has(child.parental_care)", schema=SITUATION))
    documents = [
        {"child": {"parental_care": "absent"}},
        {"child": {"parental_care": None}},
        {"child": {}},
        {},
    ]
    assert of_documents(postgres, asked, documents) == [True, False, None, None]


def test_a_value_is_worked_out_as_well(postgres: Database) -> None:
    moved = parse_value("child.first_seen + duration('1d')", schema=SITUATION, expect=Time())
    world = aino(first_seen=time("2026-11-01"))
    same = f"{to_sql(moved)} = ARRAY['2026-11-01T22:00Z'::timestamptz, '2026-11-02T21:59Z']"
    assert of_documents(postgres, same, [document(world)]) == [True]


def test_the_item_of_a_rule_may_stand_in_a_row_of_its_own(postgres: Database) -> None:
    asked = to_sql(
        parse("interviews.exists(i, i.held) && child.is_child", schema=SITUATION),
        document="t.whole",
        names={"child": "t.one"},
    )
    row = (
        """(SELECT '{"interviews": [{"held": true}]}'::jsonb AS whole, '{"is_child": true}'::jsonb AS one)"""
    )
    words = f"SELECT {asked} FROM {row} AS t"
    assert postgres.execute(words.encode()).fetchone() == (True,)


def test_a_long_sum_of_times_does_not_grow_beyond_measure(postgres: Database) -> None:
    text = "now" + " + duration('1d')" * 45 + " > child.first_seen"
    assert by_sql(postgres, parse(text, schema=SITUATION), [aino()]) == [True]


# Planted faults: the comparison with PostgreSQL must be able to fail.

TRUTHS = (True, False, Unknown("not recorded"))
SEVERAL = [
    aino(
        interview(held=held, held_at=time("2026-11")),
        interview(held_at=time("2026-11-09")),
        is_child=one,
        victim_track=two,
        first_seen=time("2026-11-05"),
    )
    for held in TRUTHS
    for one in TRUTHS
    for two in TRUTHS
]
TEXTS = (
    "child.is_child && child.victim_track",
    "interviews.exists(i, i.held)",
    "interviews.all(i, i.held)",
    "has(child.is_child)",
    "interviews.exists(i, i.held_at < child.first_seen)",
)


def caught(postgres: Database, turn: Callable[[str], str]) -> set[str]:
    found = set()
    for text in TEXTS:
        condition = parse(text, schema=SITUATION)
        answers = by_sql(postgres, condition, SEVERAL, expression=turn(to_sql(condition)))
        if answers != [by_us(condition, world) for world in SEVERAL]:
            found.add(text)
    return found


def test_the_readings_agree_as_they_are(postgres: Database) -> None:
    assert caught(postgres, lambda words: words) == set()


@pytest.mark.parametrize(
    ("right", "wrong", "found"),
    [
        (" AND ", " OR ", {TEXTS[0]}),
        ("= ANY", "= ALL", {TEXTS[1], TEXTS[4]}),
        ("= ALL", "= ANY", {TEXTS[2]}),
        ("<> 'null'", "= 'null'", {TEXTS[3]}),
        ("THEN false END", "THEN false ELSE true END", {TEXTS[4]}),
    ],
)
def test_a_wrong_word_of_sql_is_caught(postgres: Database, right: str, wrong: str, found: set[str]) -> None:
    assert caught(postgres, lambda words: words.replace(right, wrong)) == found
