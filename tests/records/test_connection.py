"""A lost connection heals by itself; when it can't, nothing is half saved and people are told."""

import logging

import pytest
from django.db import connection

from encircle.records.context import with_context
from encircle.records.facts import append, facts_of
from encircle.records.refusal import Unavailable
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.identifier import RootId
from tests.conftest import NO_DATABASE
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number: int = cursor.fetchone()[0]
    return number


def end(number: int, database: TestDatabase) -> None:
    with database.connect_as_keeper() as keeper:
        assert keeper.execute("SELECT pg_terminate_backend(%s, 5000)", (number,)).fetchone() == (True,)


def test_after_a_lost_connection_the_next_use_works_and_says_so(
    aino: RootId, carla: Actor, database: TestDatabase, caplog: pytest.LogCaptureFixture
):
    lost = backend()
    end(lost, database)
    with caplog.at_level(logging.WARNING), carla.at_work():
        assert facts_of(aino) == ()
        assert backend() != lost
    assert [record.message for record in caplog.records] == ["database.reconnected"]


def test_a_connection_lost_in_the_middle_saves_nothing_and_the_next_use_works(
    aino: RootId, carla: Actor, database: TestDatabase
):
    def write_and_read() -> None:
        with carla.at_work() as ctx:
            append(a_fact(aino, AgeClaimed(claimed_child=True), by=carla), follows=None, ctx=ctx)
            end(backend(), database)
            facts_of(aino)

    with pytest.raises(Unavailable) as told:
        write_and_read()
    assert told.value.code == "database_lost"
    with carla.at_work():
        assert facts_of(aino) == ()


def test_a_connection_lost_while_saving_is_told_as_not_certain(
    aino: RootId, carla: Actor, database: TestDatabase
):
    def write() -> None:
        with carla.at_work() as ctx:
            append(a_fact(aino, AgeClaimed(claimed_child=True), by=carla), follows=None, ctx=ctx)
            end(backend(), database)

    with pytest.raises(Unavailable) as told:
        write()
    assert told.value.code == "not_certain"
    with carla.at_work():
        assert facts_of(aino) == ()


def test_a_database_that_is_not_there_is_told_in_plain_words(database: TestDatabase):
    connection.close()
    there = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = NO_DATABASE
    try:
        with (
            pytest.raises(Unavailable, match="does not answer just now"),
            with_context(agency=None, actor="somebody", purpose="none"),
        ):
            pass
    finally:
        connection.settings_dict["HOST"] = there


def test_a_database_without_room_is_told_in_plain_words_and_saves_nothing(aino: RootId, carla: Actor):
    def write_without_room() -> None:
        with carla.at_work() as ctx, connection.cursor() as cursor:
            append(a_fact(aino, AgeClaimed(claimed_child=True), by=carla), follows=None, ctx=ctx)
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END $$")

    with pytest.raises(Unavailable) as told:
        write_without_room()
    assert told.value.code == "database_lost"
    with carla.at_work():
        assert facts_of(aino) == ()
