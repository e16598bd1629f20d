"""Sealed to people: a superuser of the database with the installation key reads neither place nor confidential talk."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encircle.crypto.keyring import KeyMissing
from encircle.crypto.people import KeyPair, bound_to, open_with, seal_to
from encircle.crypto.sealed import SealBroken
from encircle.host.database import DatabaseRole
from encircle.records import seal
from encircle.records.context import with_context
from encircle.records.facts import append, facts_of, read
from encircle.records.people_keys import recipients_of, seal_agency_key
from encircle.records.unlocked import Unlocked, with_unlocked
from encircle.vocabulary.compartment import SEALED_TO_PEOPLE, Compartment
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.legal_help import LawyerAdvisedOnTrafficking
from encircle.vocabulary.facts.place import PlaceRecorded
from encircle.vocabulary.identifier import RootId
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact

STREET = "Canary-street 7"
PLACE = PlaceRecorded(address=STREET)
ROLES = ("child_protection_service", "police")


@dataclass(frozen=True)
class Holder:
    """Somebody whose agency has a key, and who has theirs open."""

    actor: Actor
    key: Unlocked
    agency_key: str

    @contextmanager
    def reading(self) -> Iterator[None]:
        with with_unlocked(self.key), self.actor.at_work():
            yield


def with_key(actor: Actor, *, in_use: bool = True) -> Holder:
    """Make a key for this person and one for the agency."""
    mine, theirs = KeyPair.new(), KeyPair.new()
    member_key, agency_key = str(uuid4()), str(uuid4())
    with actor.at_work(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO member_key (id, person_id, agency_id, public, locked)"
            " VALUES (%s, %s, %s, %s, decode(repeat('00', 28) || '01' || repeat('00', 124), 'hex'))",
            (member_key, actor.id, actor.agency, mine.public),
        )
        cursor.execute(
            "INSERT INTO agency_key (id, agency_id, public, in_use_at)"
            " VALUES (%s, %s, %s, CASE WHEN %s THEN now() END)",
            (agency_key, actor.agency, theirs.public, in_use),
        )
        seal_agency_key(
            theirs, agency=actor.agency, key=agency_key, member_key=member_key, public=mine.public
        )
    return Holder(actor, Unlocked(member_key, mine), agency_key)


def record(fact: Fact, *, by: Actor) -> Fact:
    """Recorded as an action does it: to whom, the memberships say."""
    with by.at_work() as ctx:
        return append(fact, follows=None, ctx=ctx, to=recipients_of(fact.root, roles=ROLES))


def canaries(database: TestDatabase) -> list[str]:
    """Everything that a superuser with the installation key opens: each payload whose data key lies here.

    What other tests have altered or moved opens for nobody.
    """
    found = []
    with database.connect_as_keeper() as keeper:
        rows = keeper.execute(
            "SELECT fact.id::text, fact.root_id::text, fact.compartment, fact.payload, key.id::text, key.wrapped"
            " FROM fact JOIN data_key AS key ON key.id = fact.data_key_id WHERE key.wrapped IS NOT NULL"
        ).fetchall()
    for fact, root, compartment, payload, key_id, wrapped in rows:
        with suppress(SealBroken, KeyMissing):
            key = seal._unwrapped(key_id, root, compartment, bytes(wrapped))
            found.append(key.open_payload(bytes(payload), fact=fact, payload_format=1).decode())
    return [text for text in found if STREET in text or "before_plea" in text]


def test_a_place_is_read_by_those_who_hold_the_key_and_is_shut_for_all_else(
    aino: RootId, carla: Actor, dmitri: Actor, database: TestDatabase
):
    hers, his = with_key(carla), with_key(dmitri)
    place = record(a_fact(aino, PLACE, by=carla), by=carla)
    for holder in (hers, his):
        with holder.reading():
            assert facts_of(aino) == (place,)
    with carla.at_work():
        (shut,) = facts_of(aino)
    assert (shut.is_shut, shut.payload, shut.id) == (True, PlaceRecorded(), place.id)
    assert canaries(database) == []


def test_a_confidential_talk_is_sealed_as_a_place_is(
    aino: RootId, carla: Actor, dmitri: Actor, database: TestDatabase
):
    hers, _his = with_key(carla), with_key(dmitri)
    talk = LawyerAdvisedOnTrafficking(before_plea=True)
    told = record(a_fact(aino, talk, by=carla, type_name="lawyer_advised_on_trafficking"), by=carla)
    assert canaries(database) == []
    with carla.at_work():
        assert facts_of(aino)[0].payload == LawyerAdvisedOnTrafficking()
    with hers.reading():
        assert facts_of(aino) == (told,)


def test_a_planted_place_under_the_installation_key_is_found(
    aino: RootId, carla: Actor, database: TestDatabase
):
    with_key(carla)
    with carla.at_work() as ctx:
        append(a_fact(aino, PlaceRecorded(address=f"{STREET} b"), by=carla), follows=None, ctx=ctx)
    planted = [text for text in canaries(database) if f"{STREET} b" in text]
    assert len(planted) == 1
    with carla.at_work():
        seal.destroy_key(aino, Compartment.LOCATION, because="retention")


def test_as_long_as_one_agency_that_may_read_has_no_key_in_use_all_stays_as_it_was(
    aino: RootId, carla: Actor, dmitri: Actor
):
    with_key(carla)
    with_key(dmitri, in_use=False)
    with carla.at_work():
        assert recipients_of(aino, roles=ROLES) is None
        assert recipients_of(aino, roles=("child_protection_service",)) is not None
        assert recipients_of(aino, roles=("teacher",)) is None


def test_who_is_kept_out_as_adverse_gets_no_share(aino: RootId, carla: Actor, dmitri: Actor):
    with_key(carla)
    with_key(dmitri)
    with carla.at_work(), connection.cursor() as cursor:
        cursor.execute("UPDATE membership SET until = now() WHERE agency_id = %s", (dmitri.agency,))
        cursor.execute(
            "INSERT INTO membership (id, root_id, agency_id, person_id, relation, since)"
            " VALUES (gen_random_uuid(), %s, %s, %s, 'adverse', now())",
            (aino, dmitri.agency, dmitri.id),
        )
    with carla.at_work():
        found = recipients_of(aino, roles=ROLES)
    assert [one.agency for one in found or ()] == [carla.agency]


def test_what_stood_is_sealed_and_no_copy_is_kept(
    aino: RootId, carla: Actor, dmitri: Actor, database: TestDatabase
):
    with carla.at_work() as ctx:
        place = append(a_fact(aino, PLACE, by=carla), follows=None, ctx=ctx)
    hers, his = with_key(carla), with_key(dmitri)
    with (
        database.used_as(DatabaseRole.JOBS),
        with_context(agency=None, actor="rewrapper", purpose="rewrap"),
    ):
        to = recipients_of(aino, roles=ROLES)
        assert to is not None
        assert seal.give_to_people(aino, Compartment.LOCATION, to) == 1
        assert seal.give_to_people(aino, Compartment.LOCATION, to) == 0
    with carla.at_work():
        assert [fact.is_shut for fact in facts_of(aino)] == [True]
    for holder in (hers, his):
        with holder.reading():
            assert facts_of(aino) == (place,)
    assert canaries(database) == []


def test_a_share_goes_on_to_another_agency_only_from_who_holds_it(aino: RootId, carla: Actor, dmitri: Actor):
    hers = with_key(carla)
    with carla.at_work():
        to = recipients_of(aino, roles=("child_protection_service",))
    with carla.at_work() as ctx:
        place = append(a_fact(aino, PLACE, by=carla), follows=None, ctx=ctx, to=to)
    his = with_key(dmitri)
    with his.reading():
        assert facts_of(aino)[0].is_shut
    with carla.at_work():
        more = recipients_of(aino, roles=ROLES)
        assert more is not None
        assert seal.pass_on([place.id], aino, more) == 0
    with hers.reading():
        assert seal.pass_on([place.id], aino, more) == 1
    with his.reading():
        assert facts_of(aino) == (place,)


def test_erasure_takes_the_shares_away(aino: RootId, carla: Actor, dmitri: Actor, database: TestDatabase):
    hers, _his = with_key(carla), with_key(dmitri)
    record(a_fact(aino, PLACE, by=carla), by=carla)
    with carla.at_work():
        assert seal.destroy_key(aino, Compartment.LOCATION, because="retention") == 1
    with hers.reading():
        reading = read(aino)
        assert (reading.facts, len(reading.erased)) == ((), 1)
    with database.connect_as_keeper() as keeper:
        row = keeper.execute("SELECT count(*) FROM data_key_share WHERE root_id = %s", (aino,)).fetchone()
        assert row == (0,)


def test_a_share_moved_to_another_fact_does_not_open(
    aino: RootId, carla: Actor, dmitri: Actor, database: TestDatabase
):
    hers, _his = with_key(carla), with_key(dmitri)
    first = record(a_fact(aino, PLACE, by=carla), by=carla)
    second = record(a_fact(aino, PlaceRecorded(address="elsewhere"), by=carla), by=carla)
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE data_key_share AS one SET sealed = other.sealed FROM data_key_share AS other"
            " WHERE one.data_key_id = %s AND other.data_key_id = %s AND one.agency_id = other.agency_id",
            (second.id, first.id),
        )
    with pytest.raises(SealBroken), hers.reading():
        facts_of(aino)


def test_a_key_of_people_never_comes_back_to_the_server(
    aino: RootId, carla: Actor, dmitri: Actor, database: TestDatabase
):
    _hers, _his = with_key(carla), with_key(dmitri)
    place = record(a_fact(aino, PLACE, by=carla), by=carla)
    with database.connect_as_keeper() as keeper, pytest.raises(Exception, match="data_key"):
        keeper.execute(
            "UPDATE data_key SET kept_by = 'installation',"
            " wrapped = decode(repeat('00', 8) || '01' || repeat('00', 60), 'hex') WHERE id = %s",
            (place.id,),
        )


def test_eva_of_another_agency_sees_no_share(aino: RootId, carla: Actor, dmitri: Actor, eva: Actor):
    _hers, _his = with_key(carla), with_key(dmitri)
    record(a_fact(aino, PLACE, by=carla), by=carla)
    with eva.at_work(), connection.cursor() as cursor:
        for table in ("data_key_share", "agency_key_share", "member_key"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["agency", "key", "root", "fact"]), min_size=1, unique=True))
def test_a_share_opens_in_its_place_alone(wrong: list[str]):
    pair, place = KeyPair.new(), {"agency": "a", "key": "k", "root": "r", "fact": "f"}
    blob = seal_to(pair.public, b"s" * 32, bound=bound_to("data-key", *place.values()))
    other = {name: f"{value}x" if name in wrong else value for name, value in place.items()}
    with pytest.raises(SealBroken):
        open_with(pair, blob, bound=bound_to("data-key", *other.values()))


@pytest.mark.parametrize(
    "of_type",
    [one for one in FACT_TYPES.values() if one.compartment in SEALED_TO_PEOPLE],
    ids=lambda t: t.name,
)
def test_each_type_that_is_sealed_to_people_can_be_read_as_empty(of_type):
    assert of_type.payload() == of_type.payload()
    assert of_type.group_by is None
