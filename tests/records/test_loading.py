"""The loader of example cases: the one writer that brings its own times, and only as jobs with that purpose."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from encircle.host.database import DatabaseRole
from encircle.records.array import as_array
from encircle.records.context import with_context
from encircle.records.facts import add_learnt, append, facts_of
from encircle.records.roots import add_member, open_root
from encircle.vocabulary.fact import Learnt
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.facts.kind import Kind
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact

THEN = datetime(2009, 5, 6, 12, tzinfo=UTC)


def test_a_loaded_case_keeps_the_times_at_which_it_was_recorded_and_learnt(
    database: TestDatabase, carla: Actor, dmitri: Actor
):
    later = Learnt(dmitri.agency, THEN + timedelta(days=30))
    with (
        database.used_as(DatabaseRole.JOBS),
        with_context(agency=None, actor="loader", purpose="load") as ctx,
    ):
        root = open_root(Kind.CHILD, ctx=replace(ctx, agency=carla.agency), made=THEN)
        add_member(root, dmitri.agency, relation="example", since=THEN)
        fact = replace(
            a_fact(root, AgeClaimed(claimed_child=True), by=carla, happened="2009-05-06", learnt=THEN),
            recorded=THEN + timedelta(hours=1),
        )
        assert append(fact, follows=None, ctx=ctx) == fact
        add_learnt(fact.id, later, recorded=later.at)
    with dmitri.at_work(), connection.cursor() as cursor:
        assert facts_of(root) == (replace(fact, learnt=(*fact.learnt, later)),)
        cursor.execute("SELECT made_at FROM root WHERE id = %s", (root,))
        assert cursor.fetchone() == (THEN,)
        cursor.execute("SELECT since FROM membership WHERE root_id = %s ORDER BY relation", (root,))
        assert cursor.fetchall() == [(THEN,), (THEN,)]
        cursor.execute(
            "SELECT recorded_at, recorded_by FROM fact_learnt WHERE root_id = %s ORDER BY at", (root,)
        )
        assert cursor.fetchall() == [(fact.recorded, "loader"), (later.at, "loader")]


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("text", ['a "word"', "back\\slash", "{a,b}", "NULL", "", None, "حجاب", " x "]),
        ("bytea", [b"", b"\\x00", bytes(range(256)), None]),
        ("timestamptz", [THEN, THEN + timedelta(microseconds=1), None]),
        ("int", [1, -5, None]),
        ("text", []),
    ],
)
def test_a_column_comes_out_of_the_database_as_it_went_in(
    database: TestDatabase, kind: str, column: list[object]
):
    with database.connect_as_keeper() as keeper:
        found = keeper.execute(f"SELECT unnest(%s::{kind}[])", (as_array(column),)).fetchall()
    assert [one for (one,) in found] == column
