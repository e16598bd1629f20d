"""Every condition of every pack has one answer, whoever reads it: Python, PostgreSQL, and cel-python as the oracle."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.answer import ChildAnswer, replay
from encircle.actions.replay.file import read_replay
from encircle.core.child import AsOf
from encircle.core.child.schema import schema_for_each, situation_schema
from encircle.host.database import DatabaseRole
from encircle.law.condition import Value, document, to_sql
from encircle.law.conditions import Placed, conditions_of
from encircle.law.pack.head import packs_in
from encircle.vocabulary.facts.kind import KINDS, Kind
from tests.database import TestDatabase
from tests.law.condition.readings import Answer, Database, by_oracle, by_sql, by_us
from tests.law.condition.situations import read_by, situations

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)


def _every() -> dict[str, Placed]:
    """One of each text, under the rule that has it first; `true` needs no proof."""
    found: dict[tuple[str, str], Placed] = {}
    for pack in packs_in(packs_folder()):
        if pack != "base":
            for one in conditions_of(law_of(pack)):
                found.setdefault((one.condition.text, str(one.for_each)), one)
    chosen = [one for one in found.values() if one.condition.reads]
    return {f"{number}-{one.code}-{one.deciding}": one for number, one in enumerate(chosen, 1)}


EVERY = _every()


@pytest.fixture(scope="module")
def postgres(shared_database: TestDatabase) -> Iterator[Database]:
    with shared_database.connect(DatabaseRole.WEB) as connection:
        yield connection


def agree(
    postgres: Database, placed: Placed, *, batch: int, times: int, oracle: bool, fixed: bool
) -> Counter[Answer]:
    """How often each answer came, in `times` batches of random situations in which the readings agree.

    The first batch is always the plainest there is: everything no, nothing on any list.
    """
    condition = placed.condition
    schema = situation_schema() if placed.for_each is None else schema_for_each(placed.for_each)
    schema = schema.beside.get(placed.whose.value, schema)
    worlds = situations(read_by(condition, schema), coarse=not oracle)

    answers: Counter[Answer] = Counter()

    @settings(max_examples=times, deadline=None, suppress_health_check=SLOW, derandomize=fixed, database=None)
    @given(several=st.lists(worlds, min_size=batch, max_size=batch))
    def hold(several: list[dict[str, Value]]) -> None:
        ours = [by_us(condition, world) for world in several]
        assert by_sql(postgres, condition, several) == ours
        if oracle:
            assert [by_oracle(condition.text, world) for world in several] == ours

        answers.update(ours)

    hold()
    return answers


def test_the_three_readings_of_every_condition_agree(postgres: Database) -> None:
    """A sample, the same each time; the full run takes more and other situations."""
    answers: Counter[Answer] = Counter()
    for placed in EVERY.values():
        answers += agree(postgres, placed, batch=5, times=2, oracle=True, fixed=True)
    assert len(EVERY) > 300
    assert min(answers[one] for one in (True, False, None)) > 100


@pytest.mark.full
@pytest.mark.parametrize("name", EVERY)
def test_the_three_readings_agree_ten_thousand_times(postgres: Database, name: str) -> None:
    """Sixty exact situations of each condition for all three, sixty with coarse times for the two of ours."""
    assert len(EVERY) * 60 > 10_000
    agree(postgres, EVERY[name], batch=20, times=1 + 3, oracle=True, fixed=False)
    agree(postgres, EVERY[name], batch=20, times=1 + 3, oracle=False, fixed=False)


def test_the_folded_situations_of_the_real_cases_have_the_same_answers(postgres: Database) -> None:
    """What the fold knows of the children of the cases, whole, in a table of one jsonb column."""
    folded = [child.folded.earliest for child in _children()]
    postgres.execute("CREATE TEMPORARY TABLE folded (n int, document jsonb)")
    for number, situation in enumerate(folded):
        row = (number, Jsonb(document(situation.scope)))
        postgres.execute("INSERT INTO folded VALUES (%s, %s)", row)
    counted: Counter[Answer] = Counter()
    for placed in (one for one in EVERY.values() if one.whose is Kind.CHILD):
        ours = [
            by_us(placed.condition, scope)
            for situation in folded
            for _, scope in situation.scopes(placed.for_each)
        ]
        assert _in_table(postgres, placed) == ours, placed
        counted.update(ours)
    assert min(counted[one] for one in (True, False, None)) > 20


def _children() -> Iterator[ChildAnswer]:
    for path in sorted((packs_folder() / "base" / "cases").glob("*.yaml")):
        case = read_replay(path)
        as_of = AsOf(max(expectation.as_of for expectation in case.expectations))
        yield from replay(case, law=law_of(case.country), as_of=as_of).children


def _in_table(postgres: Database, placed: Placed) -> list[Answer]:
    """The answer for each child, or for each item of the kind that the rule is about."""
    if placed.for_each is None:
        words = f"SELECT {to_sql(placed.condition)} FROM folded ORDER BY n"
    else:
        items = f"jsonb_array_elements(document->'{KINDS[placed.for_each].plural}')"
        asked = to_sql(placed.condition, names={placed.for_each.value: "item"})
        words = f"SELECT {asked} FROM folded, {items} WITH ORDINALITY AS t(item, m) ORDER BY n, m"
    rows = postgres.execute(words.encode()).fetchall()
    return [None if row[0] is None else row[0] is True for row in rows]
