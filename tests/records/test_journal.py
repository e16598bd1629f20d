"""The journal: written with what it tells, without a lock and without a worker; whole, or the first bad entry named."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import LazySettings
from django.db import connection

from encircle.core.journal.entry import EntryKind
from encircle.core.journal.verify import Fault, FirstBad, Verified
from encircle.host.database import DatabaseRole
from encircle.records import journal
from encircle.records.facts import append, facts_of
from encircle.records.journal import Act, Sequenced, enter
from encircle.records.journal.sequencer import JournalWentBack, make_journal_key
from encircle.records.roots import open_root
from encircle.records.seal import destroy_key
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.regime import Regime
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact, make_actor

FIFTEEN = AgeClaimed(claimed_child=True, claimed_years=15)


@pytest.fixture
def house(own_database: TestDatabase, settings: LazySettings, tmp_path: Path) -> TestDatabase:
    """A database of its own, with a key that signs and a folder for the witness."""
    settings.JOURNAL_KEY_FILE = tmp_path / "journal-signing-key"
    settings.JOURNAL_WITNESS = tmp_path / "witness"
    make_journal_key()
    return own_database


@pytest.fixture
def worker(house: TestDatabase) -> Actor:
    return make_actor("child_protection_service")


@pytest.fixture
def child(worker: Actor) -> RootId:
    with worker.at_work() as ctx:
        return open_root(Kind.CHILD, ctx=ctx)


def look(root: RootId, *, by: Actor) -> str:
    """A look at the record, with its entry."""
    with by.at_work() as ctx:
        facts_of(root)
        return enter(Act(kind=EntryKind.LOOK, outcome="done", root=root), ctx=ctx).id


def sequenced(house: TestDatabase) -> Sequenced:
    with house.used_as(DatabaseRole.JOBS):
        return journal.sequence()


def verified(house: TestDatabase) -> object:
    with house.used_as(DatabaseRole.JOBS):
        return journal.verify()


@contextmanager
def tampering(house: TestDatabase) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """What a hostile superuser can do: switch the triggers off first."""
    with house.connect_as_keeper() as keeper:
        for table in ("journal_entry", "journal_leaf"):
            keeper.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        yield keeper


def test_a_write_and_its_entry_are_saved_together_or_not_at_all(aino: RootId, carla: Actor):
    class PowerCut(Exception):
        pass

    def write(*, fails: bool) -> None:
        with carla.at_work() as ctx:
            append(a_fact(aino, FIFTEEN, by=carla), follows=None, ctx=ctx)
            enter(Act(kind=EntryKind.WRITE, outcome="done", root=aino), ctx=ctx)
            if fails:
                raise PowerCut

    def saved() -> tuple[int, int]:
        with carla.at_work(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM journal_entry WHERE root_id = %s", (aino,))
            return len(facts_of(aino)), cursor.fetchone()[0]

    with pytest.raises(PowerCut):
        write(fails=True)
    assert saved() == (0, 0)
    write(fails=False)
    assert saved() == (1, 1)


def test_an_entry_says_who_when_why_and_seals_the_rest(aino: RootId, carla: Actor, database: TestDatabase):
    with carla.at_work("prepare_interview") as ctx:
        entry = enter(
            Act(
                kind=EntryKind.LOOK,
                outcome="done",
                root=aino,
                role="social_worker",
                legal_basis="gdpr-6-1-e",
                regime=Regime.GDPR,
                field_groups=(FieldGroup.MINIMUM, FieldGroup.HEALTH),
                duty="D06",
            ),
            ctx=ctx,
            body=b'{"seen": "what the child told"}',
        )
    with database.connect_as_keeper() as keeper:
        row = keeper.execute(
            "SELECT at, kind, actor, agency_id::text, role, purpose, legal_basis, regime, field_groups,"
            " root_id::text, duty, outcome, position('told'::bytea in body) FROM journal_entry WHERE id = %s",
            (entry.id,),
        ).fetchone()
    assert row == (
        ctx.now,
        "look",
        carla.id,
        carla.agency,
        "social_worker",
        "prepare_interview",
        "gdpr-6-1-e",
        "gdpr",
        ["M", "H"],
        aino,
        "D06",
        "done",
        0,
    )


def test_a_thousand_looks_without_a_worker_leave_a_thousand_entries(
    house: TestDatabase, worker: Actor, child: RootId
):
    entries = [look(child, by=worker) for _ in range(1000)]
    with worker.at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT id::text FROM journal_entry WHERE root_id = %s AND kind = 'look'", (child,))
        assert sorted(row[0] for row in cursor.fetchall()) == sorted(entries)
    assert sequenced(house) == Sequenced(added=1000, size=1000)
    with worker.at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT entry::text FROM journal_leaf ORDER BY position")
        assert [row[0] for row in cursor.fetchall()] == entries


def test_the_tree_grows_and_each_head_proves_all_before_it(house: TestDatabase, worker: Actor, child: RootId):
    sizes = []
    for more in (1, 2, 5, 0, 1):
        for _ in range(more):
            look(child, by=worker)
        sizes.append(sequenced(house))
    assert sizes == [Sequenced(1, 1), Sequenced(2, 3), Sequenced(5, 8), Sequenced(0, 8), Sequenced(1, 9)]
    look(child, by=worker)
    found = verified(house)
    assert isinstance(found, Verified)
    assert (found.size, found.pending) == (9, 1)


def a_changed_entry(keeper: psycopg.Connection[tuple[object, ...]], ids: list[str]) -> None:
    keeper.execute("UPDATE journal_entry SET outcome = 'refused' WHERE id = %s", (ids[3],))


def a_changed_time(keeper: psycopg.Connection[tuple[object, ...]], ids: list[str]) -> None:
    keeper.execute("UPDATE journal_entry SET at = at - interval '1 day' WHERE id = %s", (ids[3],))


def another_actor(keeper: psycopg.Connection[tuple[object, ...]], ids: list[str]) -> None:
    keeper.execute("UPDATE journal_entry SET actor = %s WHERE id = %s", (str(uuid4()), ids[3]))


def a_kind_that_does_not_exist(keeper: psycopg.Connection[tuple[object, ...]], ids: list[str]) -> None:
    keeper.execute("UPDATE journal_entry SET kind = 'nothing' WHERE id = %s", (ids[3],))


def an_entry_taken_out(keeper: psycopg.Connection[tuple[object, ...]], ids: list[str]) -> None:
    keeper.execute("DELETE FROM journal_entry WHERE id = %s", (ids[3],))


def an_entry_taken_out_with_its_leaf(keeper: psycopg.Connection[tuple[object, ...]], ids: list[str]) -> None:
    keeper.execute("DELETE FROM journal_entry WHERE id = %s", (ids[3],))
    keeper.execute("DELETE FROM journal_leaf WHERE entry = %s", (ids[3],))


def a_changed_leaf(keeper: psycopg.Connection[tuple[object, ...]], ids: list[str]) -> None:
    keeper.execute("UPDATE journal_leaf SET hash = sha256(hash) WHERE entry = %s", (ids[3],))


TAMPERINGS: dict[Callable[[psycopg.Connection[tuple[object, ...]], list[str]], None], Fault] = {
    a_changed_entry: Fault.ENTRY_CHANGED,
    a_changed_time: Fault.ENTRY_CHANGED,
    another_actor: Fault.ENTRY_CHANGED,
    a_kind_that_does_not_exist: Fault.ENTRY_CHANGED,
    an_entry_taken_out: Fault.MISSING,
    an_entry_taken_out_with_its_leaf: Fault.MISSING,
    a_changed_leaf: Fault.LEAF_CHANGED,
}


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_a_superuser_who_changes_the_journal_is_found(
    tamper: Callable[[psycopg.Connection[tuple[object, ...]], list[str]], None],
    house: TestDatabase,
    worker: Actor,
    child: RootId,
):
    ids = [look(child, by=worker) for _ in range(6)]
    sequenced(house)
    assert isinstance(verified(house), Verified)
    with tampering(house) as keeper:
        tamper(keeper, ids)
    found = verified(house)
    assert isinstance(found, FirstBad)
    missing = TAMPERINGS[tamper] is Fault.MISSING
    assert (found.position, found.entry_id, found.what) == (
        3,
        None if missing else ids[3],
        TAMPERINGS[tamper],
    )


@pytest.mark.parametrize("table", ["journal_entry", "journal_leaf"])
def test_an_entry_or_leaf_taken_out_before_it_is_signed_is_found(
    table: str, house: TestDatabase, worker: Actor, child: RootId
):
    look(child, by=worker)
    sequenced(house)
    waiting = look(child, by=worker)
    with tampering(house) as keeper:
        keeper.execute(
            f"DELETE FROM {table} WHERE {'id' if table == 'journal_entry' else 'entry'} = %s", (waiting,)
        )
    found = verified(house)
    assert isinstance(found, FirstBad)
    assert (found.position, found.what) == (1, Fault.MISSING)


def test_an_older_state_put_in_place_is_refused(
    house: TestDatabase, worker: Actor, child: RootId, settings: LazySettings
):
    look(child, by=worker)
    sequenced(house)
    with tampering(house) as keeper:
        for table in ("journal_node", "journal_checkpoint"):
            keeper.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        keeper.execute("TRUNCATE journal_entry, journal_leaf, journal_node, journal_checkpoint")
    with pytest.raises(JournalWentBack, match="holds 1 leaves"):
        sequenced(house)
    found = verified(house)
    assert isinstance(found, FirstBad)
    assert (found.position, found.what) == (0, Fault.MISSING)


def test_what_a_crash_kept_from_the_witness_is_added_in_the_next_round(
    house: TestDatabase, worker: Actor, child: RootId, settings: LazySettings
):
    look(child, by=worker)
    sequenced(house)
    kept = settings.JOURNAL_WITNESS
    before = {file.name: file.read_bytes() for file in kept.iterdir()}
    look(child, by=worker)
    sequenced(house)
    for name, content in before.items():
        (kept / name).write_bytes(content + (b"half" if name == "leaves" else b""))
    sequenced(house)
    found = verified(house)
    assert isinstance(found, Verified)
    assert found.size == 2
    assert len((kept / "leaves").read_bytes()) == 64


def test_the_erasure_of_a_child_leaves_the_journal_whole(house: TestDatabase, worker: Actor, child: RootId):
    with worker.at_work() as ctx:
        enter(Act(kind=EntryKind.LOOK, outcome="done", root=child), ctx=ctx, body=b"seen")
    sequenced(house)
    with worker.at_work():
        destroy_key(child, Compartment.GENERAL, because="retention")
    assert isinstance(verified(house), Verified)
