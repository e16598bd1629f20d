"""Stating a fact: fact and journal entry together; the second of two stale writes gets the conflict that shows both."""

import pytest
from django.db import connection

from encircle.actions.context import Who
from encircle.actions.fact import state
from encircle.records.context import with_context
from encircle.records.facts import facts_of
from encircle.records.refusal import Conflict
from encircle.records.roots import open_root
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact, make_actor


@pytest.fixture
def carla(database: TestDatabase) -> Actor:
    return make_actor("child_protection_service")


@pytest.fixture
def aino(carla: Actor) -> RootId:
    with carla.at_work() as ctx:
        return open_root(Kind.CHILD, ctx=ctx)


def who(actor: Actor) -> Who:
    return Who(actor.id, actor.agency, Role.CHILD_PROTECTION_SERVICE)


def entries(root: RootId, carla: Actor) -> list[tuple[str, str]]:
    with with_context(agency=carla.agency, actor=carla.id, purpose="protect"), connection.cursor() as cursor:
        cursor.execute("SELECT kind, outcome FROM journal_entry WHERE root_id = %s ORDER BY at, id", (root,))
        return cursor.fetchall()


def test_a_stated_fact_is_on_the_record_with_one_journal_entry(carla: Actor, aino: RootId):
    fact = a_fact(aino, read_payload("parental_care_recorded", {"parental_care": "absent"}), by=carla)
    recorded = state(fact, who=who(carla), follows=None)
    with carla.at_work():
        assert facts_of(aino) == (recorded,)
    assert entries(aino, carla) == [("write", "parental_care_recorded")]


def test_the_second_of_two_stale_writes_gets_both_versions_and_changes_nothing(carla: Actor, aino: RootId):
    first = a_fact(aino, read_payload("parental_care_recorded", {"parental_care": "absent"}), by=carla)
    second = a_fact(aino, read_payload("parental_care_recorded", {"parental_care": "conflict"}), by=carla)
    stored = state(first, who=who(carla), follows=None)
    with pytest.raises(Conflict) as refused:
        state(second, who=who(carla), follows=None)
    assert (refused.value.yours, refused.value.theirs) == (second, (stored,))
    with carla.at_work():
        assert facts_of(aino) == (stored,)
    assert entries(aino, carla) == [("write", "parental_care_recorded")]


def test_a_write_that_has_read_the_last_version_is_taken(carla: Actor, aino: RootId):
    first = state(
        a_fact(aino, read_payload("parental_care_recorded", {"parental_care": "absent"}), by=carla),
        who=who(carla),
        follows=None,
    )
    second = a_fact(aino, read_payload("parental_care_recorded", {"parental_care": "conflict"}), by=carla)
    state(second, who=who(carla), follows=first.id)
    with carla.at_work():
        assert [fact.id for fact in facts_of(aino)] == [first.id, second.id]
