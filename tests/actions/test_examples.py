"""Example cases: loaded whole, once, and answered from the database as from the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from encircle.actions.examples import Names, load_case
from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.answer import answer
from encircle.actions.replay.case import ReplayCase
from encircle.actions.replay.file import read_replay
from encircle.actions.synthetic import synthetic_cases
from encircle.core.child import AsOf
from encircle.host.database import DatabaseRole
from encircle.records import people
from encircle.records.context import with_context
from encircle.records.facts import facts_of
from encircle.vocabulary.identifier import AgencyId, RootId
from tests.database import TestDatabase, as_operator

CASES = sorted((packs_folder() / "base" / "cases").glob("8.*.yaml"))
TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


@contextmanager
def loading(database: TestDatabase) -> Iterator[None]:
    with database.used_as(DatabaseRole.JOBS):
        yield


@pytest.fixture
def viewer(database: TestDatabase) -> AgencyId:
    agency = AgencyId(str(uuid4()))
    with as_operator():
        people.add_agency(agency, code=f"viewer-{agency}", name="Viewer", role="ngo", country="EE")
    return agency


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_real_case_has_the_same_answer_from_the_database_as_from_its_file(
    database: TestDatabase, viewer: AgencyId, path: Path
):
    case = read_replay(path)
    with loading(database):
        added = load_case(case, seen_by=(viewer,))
    assert added == len(case.facts) + len(case.children), "and one name used for each child: the label"
    names = Names(case)
    law = law_of(case.country)
    for child in case.children:
        with with_context(agency=viewer, actor="tester", purpose="protect"):
            stored = facts_of(names.root(child))
        from_file = answer(case.facts_of(child), law=law, as_of=AsOf(TODAY))
        from_rows = answer(stored, law=law, as_of=AsOf(TODAY))
        assert sorted((row.rule.code, row.state.value) for row in from_rows.duties) == sorted(
            (row.rule.code, row.state.value) for row in from_file.duties
        )
        assert sorted(alarm.rule.code for alarm in from_rows.alarms) == sorted(
            alarm.rule.code for alarm in from_file.alarms
        )


def test_loading_again_adds_nothing(database: TestDatabase, viewer: AgencyId):
    (case,) = islice(synthetic_cases(41), 1)
    with loading(database):
        assert load_case(case, seen_by=(viewer,)) == len(case.facts)
        assert load_case(case, seen_by=(viewer,)) == 0


def test_the_same_seed_tells_the_same_children():
    assert [case.facts for case in islice(synthetic_cases(7), 20)] == [
        case.facts for case in islice(synthetic_cases(7), 20)
    ]
    assert [case.title for case in islice(synthetic_cases(7), 20)] != [
        case.title for case in islice(synthetic_cases(8), 20)
    ]


def test_every_synthetic_fact_lies_before_today_and_is_learnt_after_it_happened():
    for case in islice(synthetic_cases(1), 300):
        for fact in case.facts:
            assert fact.happened.latest < TODAY
            assert all(fact.happened.earliest <= learnt.at < TODAY for learnt in fact.learnt)


def test_an_agency_that_is_not_named_sees_nothing_of_an_example(database: TestDatabase, viewer: AgencyId):
    (case,) = islice(synthetic_cases(42), 1)
    with loading(database):
        load_case(case, seen_by=(viewer,))
    root = _root(case)
    with with_context(agency=viewer, actor="tester", purpose="protect"):
        assert len(facts_of(root)) == len(case.facts)
    eva = AgencyId(str(uuid4()))
    with as_operator():
        people.add_agency(eva, code=f"eva-{eva}", name="Eva's", role="ngo", country="EE")
    with with_context(agency=eva, actor="eva", purpose="protect"):
        assert facts_of(root) == ()


def test_the_web_role_cannot_load(database: TestDatabase, viewer: AgencyId):
    (case,) = islice(synthetic_cases(43), 1)
    with pytest.raises(Exception, match=r"row-level security|permission denied"):
        load_case(case, seen_by=(viewer,))
    connection.close()


def _root(case: ReplayCase) -> RootId:
    return Names(case).root("child")
