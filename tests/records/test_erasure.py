"""Erasing a compartment takes its keys and all that was made of its facts; erasing all leaves ids, types and times."""

from django.db import connection

from encircle.records.erasure import erase
from encircle.records.facts import append, read
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.identifier import RootId
from tests.records.world import Actor, a_fact

KEYS = 3
"""Of the one name: its letters, its sound, its first three letters."""
DERIVED = ("name_key", "open_field", "situation_row")


def rows(root: RootId) -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for table in DERIVED:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE root_id = %s", (root,))
            found[table] = cursor.fetchone()[0]
    return found


def a_record(root: RootId, by: Actor) -> tuple[Fact, Fact]:
    """A name with its keys for the search, an age with an open field, and the row of lists that each record has."""
    with by.at_work() as ctx, connection.cursor() as cursor:
        name = append(a_fact(root, NameRecorded(name_used="Aino"), by=by), follows=None, ctx=ctx)
        age = append(a_fact(root, AgeClaimed(claimed_child=True), by=by), follows=None, ctx=ctx)
        cursor.execute(
            "INSERT INTO open_field (root_id, fact_id, field, flag) VALUES (%s, %s, 'claimed_child', true)",
            (root, age.id),
        )
    return name, age


def test_erasing_the_identity_takes_the_name_from_the_search_and_leaves_the_rest(aino: RootId, carla: Actor):
    name, age = a_record(aino, carla)
    with carla.at_work():
        assert rows(aino) == {"name_key": KEYS, "open_field": 1, "situation_row": 1}
        assert erase(aino, (Compartment.IDENTITY,), because="retention") == 1
    with carla.at_work():
        assert rows(aino) == {"name_key": 0, "open_field": 1, "situation_row": 1}
        reading = read(aino)
        assert reading.facts == (age,)
        assert [(erased.id, erased.type) for erased in reading.erased] == [(name.id, "name_recorded")]


def test_erasing_all_leaves_that_something_was_there_and_when(aino: RootId, carla: Actor):
    name, age = a_record(aino, carla)
    with carla.at_work():
        assert erase(aino, because="retention") == 2
    with carla.at_work():
        assert rows(aino) == dict.fromkeys(DERIVED, 0)
        reading = read(aino)
        assert reading.facts == ()
        assert [(erased.id, erased.happened) for erased in reading.erased] == [
            (name.id, name.happened),
            (age.id, age.happened),
        ]
