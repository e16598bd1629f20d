"""Keys: one for each root and compartment; what is erased is shown as erased, and what was moved does not open."""

from pathlib import Path

import psycopg
import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection

from encircle.crypto.keyring import KeyMissing
from encircle.crypto.sealed import SealBroken
from encircle.host.database import DatabaseRole
from encircle.records import seal
from encircle.records.context import with_context
from encircle.records.facts import append, facts_of, read
from encircle.records.reading import ErasedFact
from encircle.records.roots import open_root
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.facts.health import HealthNeedNoted
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import RootId
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact, make_actor

CANARY = "Aino-Canary-Kask"
FIFTEEN = AgeClaimed(claimed_child=True, claimed_years=15)
INJURY = HealthNeedNoted(need="injury", urgent=True, note=CANARY)


def record(fact: Fact, *, by: Actor) -> Fact:
    with by.at_work() as ctx:
        return append(fact, follows=None, ctx=ctx)


def test_each_compartment_has_its_own_key_made_at_first_use(aino: RootId, carla: Actor, dmitri: Actor):
    for by in (carla, dmitri):
        with by.at_work() as ctx:
            append(a_fact(aino, INJURY, by=by), follows=None, ctx=ctx)
    record(a_fact(aino, FIFTEEN, by=carla), by=carla)
    with carla.at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT compartment FROM data_key WHERE root_id = %s ORDER BY made_at", (aino,))
        assert cursor.fetchall() == [("health",), ("general",)]


def test_an_erased_compartment_is_shown_as_erased_and_the_rest_stays(aino: RootId, carla: Actor):
    age = record(a_fact(aino, FIFTEEN, by=carla), by=carla)
    health = record(a_fact(aino, INJURY, by=carla), by=carla)
    with carla.at_work():
        assert read(aino).facts == (age, health)
        assert seal.destroy_key(aino, Compartment.HEALTH, because="retention") == 1
    with carla.at_work():
        reading = read(aino)
        assert reading.facts == facts_of(aino) == (age,)
        (erased,) = reading.erased
        assert erased == ErasedFact(
            id=health.id,
            type="health_need_noted",
            root=aino,
            subject=None,
            happened=health.happened,
            agency=carla.agency,
            compartment=Compartment.HEALTH,
            group=FieldGroup.HEALTH,
            erased=erased.erased,
        )


def test_a_destroyed_key_does_not_come_back(aino: RootId, carla: Actor):
    record(a_fact(aino, INJURY, by=carla), by=carla)
    with carla.at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT id, wrapped FROM data_key WHERE root_id = %s", (aino,))
        key_id, wrapped = cursor.fetchone()
        seal.destroy_key(aino, Compartment.HEALTH, because="retention")
    with carla.at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT wrapped, destroyed_by FROM data_key WHERE id = %s", (key_id,))
        assert cursor.fetchone() == (None, carla.id)
    with (
        pytest.raises(IntegrityError, match="does not come back"),
        carla.at_work(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE data_key SET wrapped = %s, destroyed_at = NULL WHERE id = %s", (bytes(wrapped), key_id)
        )


def test_after_an_erasure_new_facts_get_a_new_key(aino: RootId, carla: Actor):
    record(a_fact(aino, INJURY, by=carla), by=carla)
    with carla.at_work():
        seal.destroy_key(aino, Compartment.HEALTH, because="retention")
    later = record(a_fact(aino, INJURY, by=carla), by=carla)
    with carla.at_work():
        assert facts_of(aino) == (later,)


@pytest.mark.parametrize("column", ["id", "compartment"])
def test_a_key_stays_what_and_whose_it_is(column: str, aino: RootId, carla: Actor, database: TestDatabase):
    record(a_fact(aino, INJURY, by=carla), by=carla)
    value = {"id": "gen_random_uuid()", "compartment": "'location'"}[column]
    with (
        database.connect_as_keeper() as keeper,
        pytest.raises(psycopg.errors.CheckViolation, match="stays what and whose it is"),
    ):
        keeper.execute(f"UPDATE data_key SET {column} = {value} WHERE root_id = %s", (aino,))


def test_a_payload_moved_to_another_fact_does_not_open(aino: RootId, carla: Actor, database: TestDatabase):
    first = record(a_fact(aino, INJURY, by=carla), by=carla)
    second = record(a_fact(aino, HealthNeedNoted(need="injury", urgent=False), by=carla), by=carla)
    with database.connect_as_keeper() as keeper:
        keeper.execute("ALTER TABLE fact DISABLE TRIGGER USER")
        keeper.execute(
            "UPDATE fact SET payload = (SELECT payload FROM fact WHERE id = %s) WHERE id = %s",
            (first.id, second.id),
        )
        keeper.execute("ALTER TABLE fact ENABLE ALWAYS TRIGGER fact_is_only_added_to")
        keeper.execute("ALTER TABLE fact ENABLE TRIGGER fact_guard")
    with pytest.raises(SealBroken), carla.at_work():
        facts_of(aino)


def test_no_name_and_no_free_text_lies_open_in_the_database(
    aino: RootId, carla: Actor, database: TestDatabase
):
    record(a_fact(aino, INJURY, by=carla), by=carla)
    record(a_fact(aino, NameRecorded(name_used=CANARY), by=carla), by=carla)
    with database.connect_as_keeper() as keeper:
        tables = keeper.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        keeper.execute("CREATE TEMPORARY TABLE planted (words text)")
        keeper.execute("INSERT INTO planted VALUES (%s)", (f"it was {CANARY}",))
        found = [
            table
            for (table,) in [*tables, ("planted",)]
            if keeper.execute(
                f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE %s OR t::text LIKE %s",
                (f"%{CANARY}%", f"%{CANARY.encode().hex()}%"),
            ).fetchone()
            != (0,)
        ]
    assert found == ["planted"]


def test_keys_move_to_a_new_installation_key_without_touching_what_they_sealed(
    own_database: TestDatabase, settings: LazySettings, tmp_path: Path
):
    carla = make_actor("child_protection_service")
    with carla.at_work() as ctx:
        aino = open_root(Kind.CHILD, ctx=ctx)
    facts = (
        record(a_fact(aino, INJURY, by=carla), by=carla),
        record(a_fact(aino, FIFTEEN, by=carla), by=carla),
    )
    earlier = settings.INSTALLATION_KEY
    settings.INSTALLATION_KEY, settings.INSTALLATION_KEY_FILE = None, tmp_path / "installation-key"
    seal.make_installation_key()
    with pytest.raises(KeyMissing), carla.at_work():
        facts_of(aino)

    older = tmp_path / "installation-key.older-1"
    older.write_text(earlier)
    older.chmod(0o600)
    seal.forget_installation_keys()
    with carla.at_work():
        assert facts_of(aino) == facts
    with own_database.used_as(DatabaseRole.JOBS):
        done = -1
        while done:
            with with_context(agency=None, actor="rewrapper", purpose="rewrap"):
                done = seal.rewrap_keys(at_most=50)

    older.unlink()
    seal.forget_installation_keys()
    with carla.at_work():
        assert facts_of(aino) == facts


def test_an_agency_has_a_key_for_what_belongs_to_no_record(carla: Actor, eva: Actor):
    with carla.at_work():
        key = seal.key_of_agency(carla.agency)
        sealed = key.seal_body(b"asked for a name", entry="e1")
        assert seal.key_of_agency(carla.agency).open_body(sealed, entry="e1") == b"asked for a name"
        with pytest.raises(SealBroken):
            key.open_body(sealed, entry="e2")
    with eva.at_work():
        assert seal.keys([key.id]) == {}


def test_a_secret_is_not_shown(carla: Actor):
    with carla.at_work():
        key = seal.key_of_agency(carla.agency)
    assert "_secret" not in repr(key)
