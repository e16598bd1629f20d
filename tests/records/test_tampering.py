"""Twenty and more ways in which a superuser of the database, without the folder of keys, tampers with the journal.

Each is found, and the first bad entry is named. The journal of each test: nine entries (looks, one with words, one refusal),
signed in three heads; the leaves and heads lie with the witness, where a superuser of the database cannot write.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import LazySettings

from encircle.actions.journal import verify_journal
from encircle.core.journal.checkpoint import Checkpoint, checkpoint_text
from encircle.core.journal.entry import EntryKind, entry_bytes
from encircle.core.journal.tree import Tree, leaf_hash
from encircle.core.journal.verify import Fault, FirstBad, Verified, WitnessBroken
from encircle.crypto.signed import NoteSigner, sign_note
from encircle.host.database import DatabaseRole
from encircle.records import journal
from encircle.records.journal import Act, enter
from encircle.records.journal.sequencer import JournalChanged, JournalWentBack, make_journal_key
from encircle.records.journal.verifier import _LINES, _entry
from encircle.records.roots import open_root
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import RootId
from tests.database import TestDatabase
from tests.records.world import Actor, make_actor

Keeper = psycopg.Connection[tuple[Any, ...]]
TABLES = ("journal_entry", "journal_leaf", "journal_node", "journal_checkpoint")
SIGNED_AT = (3, 6, 9)
REFUSED, WITH_WORDS = 3, 4


@dataclass(frozen=True)
class House:
    """The journal of a test: its database, the ids of its entries in order, who wrote them, where the witness lies."""

    database: TestDatabase
    ids: list[str]
    worker: Actor
    child: RootId
    witness: Path

    def verified(self) -> object:
        with self.database.used_as(DatabaseRole.JOBS):
            return journal.verify()


@pytest.fixture
def house(own_database: TestDatabase, settings: LazySettings, tmp_path: Path) -> House:
    settings.JOURNAL_KEY_FILE = tmp_path / "journal-signing-key"
    settings.JOURNAL_WITNESS = tmp_path / "witness"
    make_journal_key()
    worker = make_actor("child_protection_service")
    with worker.at_work() as ctx:
        child = open_root(Kind.CHILD, ctx=ctx)
    ids = []
    for number in range(SIGNED_AT[-1]):
        kind = EntryKind.REFUSAL if number == REFUSED else EntryKind.LOOK
        with worker.at_work() as ctx:
            body = b"what was seen" if number == WITH_WORDS else None
            ids.append(enter(Act(kind=kind, outcome="done", root=child), ctx=ctx, body=body).id)
        if number + 1 in SIGNED_AT:
            with own_database.used_as(DatabaseRole.JOBS):
                journal.sequence()
    return House(own_database, ids, worker, child, tmp_path / "witness")


def _set(column: str, value: str) -> Callable[[Keeper, House], None]:
    def tamper(keeper: Keeper, house: House) -> None:
        keeper.execute(f"UPDATE journal_entry SET {column} = {value} WHERE id = %s", (house.ids[4],))

    return tamper


def _taken_out(keeper: Keeper, house: House) -> None:
    keeper.execute("DELETE FROM journal_entry WHERE id = %s", (house.ids[4],))


def _taken_out_with_its_leaf(keeper: Keeper, house: House) -> None:
    _taken_out(keeper, house)
    keeper.execute("DELETE FROM journal_leaf WHERE entry = %s", (house.ids[4],))


def _moved(keeper: Keeper, *, by: int, above: int) -> None:
    """Positions are unique: they go by way of places where nobody stands."""
    keeper.execute("UPDATE journal_leaf SET position = position + 1000 WHERE position > %s", (above,))
    keeper.execute("UPDATE journal_leaf SET position = position - 1000 + %s WHERE position >= 1000", (by,))


def _taken_out_and_closed_up(keeper: Keeper, house: House) -> None:
    _taken_out_with_its_leaf(keeper, house)
    _moved(keeper, by=-1, above=4)


def _refusals_taken_out(keeper: Keeper, house: House) -> None:
    keeper.execute("DELETE FROM journal_leaf WHERE entry = %s", (house.ids[REFUSED],))
    keeper.execute("DELETE FROM journal_entry WHERE kind = 'refusal'")
    _moved(keeper, by=-1, above=REFUSED)


def _placed(keeper: Keeper, house: House, order: tuple[int, ...]) -> None:
    keeper.execute("UPDATE journal_leaf SET position = position + 1000 WHERE position IS NOT NULL")
    for position, number in enumerate(order):
        keeper.execute(
            "UPDATE journal_leaf SET position = %s WHERE entry = %s", (position, house.ids[number])
        )


def _two_swapped(keeper: Keeper, house: House) -> None:
    _placed(keeper, house, (0, 1, 2, 3, 5, 4, 6, 7, 8))


def _reordered(keeper: Keeper, house: House) -> None:
    _placed(keeper, house, (0, 1, 2, 3, 8, 7, 6, 5, 4))


def _copied(keeper: Keeper, house: House, *, number: int) -> str:
    """A forged entry, its leaf made of it: this entry again, as if somebody else had done it."""
    forged = str(uuid4())
    columns = (
        "at, kind, agency_id, role, purpose, legal_basis, regime, field_groups, root_id, duty, outcome, salt"
    )
    keeper.execute(
        f"INSERT INTO journal_entry (id, actor, {columns}) SELECT %s, %s, {columns} FROM journal_entry WHERE id = %s",
        (forged, str(uuid4()), house.ids[number]),
    )
    keeper.execute(
        "INSERT INTO journal_leaf (entry, hash) SELECT %s, hash FROM journal_leaf WHERE entry = %s",
        (forged, house.ids[number]),
    )
    return forged


def _put_in(keeper: Keeper, house: House) -> None:
    forged = _copied(keeper, house, number=0)
    _moved(keeper, by=1, above=3)
    keeper.execute("UPDATE journal_leaf SET position = 4 WHERE entry = %s", (forged,))


def _leaf_changed(keeper: Keeper, house: House) -> None:
    keeper.execute("UPDATE journal_leaf SET hash = sha256(hash) WHERE entry = %s", (house.ids[4],))


def _leaf_doubled(keeper: Keeper, house: House) -> None:
    keeper.execute("ALTER TABLE journal_leaf DROP CONSTRAINT journal_leaf_entry_key")
    keeper.execute("ALTER TABLE journal_leaf DROP CONSTRAINT journal_leaf_position_key")
    keeper.execute(
        "INSERT INTO journal_leaf (entry, hash, position) SELECT entry, hash, position FROM journal_leaf WHERE entry = %s",
        (house.ids[4],),
    )


def _rewritten(keeper: Keeper, ids: list[str], *, actor: str) -> None:
    """Change who did it in these entries, and make their leaves anew, as the code of the program does."""
    for entry_id in ids:
        keeper.execute("UPDATE journal_entry SET actor = %s WHERE id = %s", (actor, entry_id))
        for _, _, salt, body, *fields in keeper.execute(_LINES.replace("%", "%%")).fetchall():
            if fields[0] == entry_id:
                leaf = leaf_hash(bytes(salt), entry_bytes(_entry(fields, body)))
                keeper.execute("UPDATE journal_leaf SET hash = %s WHERE entry = %s", (leaf, entry_id))


def _entry_and_leaf_rewritten(keeper: Keeper, house: House) -> None:
    _rewritten(keeper, house.ids[4:5], actor=str(uuid4()))


def _tree_made_anew(keeper: Keeper) -> Tree:
    tree = Tree()
    keeper.execute("DELETE FROM journal_node")
    for (leaf,) in keeper.execute("SELECT hash FROM journal_leaf ORDER BY position").fetchall():
        for node in tree.append(bytes(leaf)):
            keeper.execute('INSERT INTO journal_node (level, "index", hash) VALUES (%s, %s, %s)', tuple(node))
    return tree


def _all_rewritten(keeper: Keeper, house: House) -> None:
    """The whole journal made anew, tree and all, under a head that the forger signed with a key of the own."""
    _rewritten(keeper, house.ids, actor=str(uuid4()))
    tree = _tree_made_anew(keeper)
    name = "encircle.example/journal"
    note = sign_note(
        checkpoint_text(Checkpoint(name, tree.size, tree.root())), NoteSigner.of(name, bytes(32))
    )
    keeper.execute("DELETE FROM journal_checkpoint")
    keeper.execute(
        "INSERT INTO journal_checkpoint (size, tree_root, note, made_at) VALUES (%s, %s, %s, now())",
        (tree.size, tree.root(), note),
    )


def _cut(keeper: Keeper, *, at: int) -> None:
    keeper.execute(
        "DELETE FROM journal_entry WHERE id IN (SELECT entry FROM journal_leaf WHERE position >= %s)", (at,)
    )
    keeper.execute("DELETE FROM journal_leaf WHERE position >= %s", (at,))


def _tail_cut(keeper: Keeper, house: House) -> None:
    _cut(keeper, at=4)


def _rolled_back(keeper: Keeper, house: House) -> None:
    """What an old backup holds, or a head rolled back with all that it signs: whole in itself."""
    _cut(keeper, at=3)
    _tree_made_anew(keeper)
    keeper.execute("DELETE FROM journal_checkpoint WHERE size > 3")


def _leaves_truncated(keeper: Keeper, house: House) -> None:
    keeper.execute("TRUNCATE journal_leaf")


def _all_truncated(keeper: Keeper, house: House) -> None:
    keeper.execute(f"TRUNCATE {', '.join(TABLES)}")


TAMPERINGS: dict[str, tuple[Callable[[Keeper, House], None], int, Fault]] = {
    "another outcome": (_set("outcome", "'refused'"), 4, Fault.ENTRY_CHANGED),
    "another time": (_set("at", "at - interval '1 day'"), 4, Fault.ENTRY_CHANGED),
    "another person": (_set("actor", "gen_random_uuid()::text"), 4, Fault.ENTRY_CHANGED),
    "another agency": (_set("agency_id", "NULL"), 4, Fault.ENTRY_CHANGED),
    "another purpose": (_set("purpose", "'record'"), 4, Fault.ENTRY_CHANGED),
    "another basis": (_set("legal_basis", "'consent'"), 4, Fault.ENTRY_CHANGED),
    "other parts": (_set("field_groups", "'{H}'"), 4, Fault.ENTRY_CHANGED),
    "another record": (_set("root_id", "gen_random_uuid()"), 4, Fault.ENTRY_CHANGED),
    "a kind that is none": (_set("kind", "'nothing'"), 4, Fault.ENTRY_CHANGED),
    "other sealed words": (_set("body", "body || body"), 4, Fault.ENTRY_CHANGED),
    "another salt": (_set("salt", "decode(md5('x'), 'hex')"), 4, Fault.ENTRY_CHANGED),
    "one taken out": (_taken_out, 4, Fault.MISSING),
    "one taken out with its leaf": (_taken_out_with_its_leaf, 4, Fault.MISSING),
    "one taken out and the gap closed": (_taken_out_and_closed_up, 4, Fault.ENTRY_CHANGED),
    "the refusals taken out": (_refusals_taken_out, REFUSED, Fault.ENTRY_CHANGED),
    "two swapped": (_two_swapped, 4, Fault.ENTRY_CHANGED),
    "the order turned round": (_reordered, 4, Fault.ENTRY_CHANGED),
    "one put in": (_put_in, 4, Fault.ENTRY_CHANGED),
    "a leaf changed": (_leaf_changed, 4, Fault.LEAF_CHANGED),
    "a leaf doubled": (_leaf_doubled, 4, Fault.REPEATED),
    "entry and leaf rewritten": (_entry_and_leaf_rewritten, 4, Fault.ENTRY_CHANGED),
    "all rewritten under a forged head": (_all_rewritten, 0, Fault.ENTRY_CHANGED),
    "the tail cut off": (_tail_cut, 4, Fault.MISSING),
    "rolled back to an old backup": (_rolled_back, 3, Fault.MISSING),
    "all leaves gone": (_leaves_truncated, 0, Fault.MISSING),
    "everything gone": (_all_truncated, 0, Fault.MISSING),
}
"""How it is tampered with, the position of the first bad entry, and what is said of it."""


def tamper(house: House, how: Callable[[Keeper, House], None]) -> None:
    """As a superuser does it: the triggers and rules of the tables are switched off first."""
    with house.database.connect_as_keeper() as keeper:
        for table in TABLES:
            keeper.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for (rule,) in keeper.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'journal_entry'::regclass AND contype = 'c'"
        ).fetchall():
            keeper.execute(f"ALTER TABLE journal_entry DROP CONSTRAINT {rule}")
        how(keeper, house)


def test_an_untouched_journal_is_whole(house: House):
    found = house.verified()
    assert isinstance(found, Verified)
    assert (found.size, found.pending) == (9, 0)
    tamper(house, lambda _keeper, _house: None)
    assert house.verified() == found


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_a_superuser_without_the_keys_is_found_and_the_first_bad_entry_named(kind: str, house: House):
    how, position, fault = TAMPERINGS[kind]
    tamper(house, how)
    found = house.verified()
    assert isinstance(found, FirstBad)
    assert (found.position, found.what, found.through) == (position, fault, position)
    with house.database.used_as(DatabaseRole.JOBS):
        told = verify_journal()
    assert not told.whole
    assert f"entry {position}" in told.text
    assert fault.value in told.text


def test_at_least_twenty_kinds_are_tried():
    assert len(TAMPERINGS) >= 20


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("all rewritten under a forged head", JournalChanged),
        ("all leaves gone", JournalChanged),
        ("the tail cut off", JournalChanged),
        ("rolled back to an old backup", JournalWentBack),
    ],
)
def test_nothing_is_signed_on_top_of_what_was_changed(kind: str, refusal: type[Exception], house: House):
    tamper(house, TAMPERINGS[kind][0])
    before = (house.witness / "heads").read_bytes()
    with house.worker.at_work() as ctx:
        enter(Act(kind=EntryKind.LOOK, outcome="done", root=house.child), ctx=ctx)
    with house.database.used_as(DatabaseRole.JOBS), pytest.raises(refusal):
        journal.sequence()
    assert (house.witness / "heads").read_bytes() == before


def test_after_a_lost_key_a_new_one_signs_on_top_of_what_the_witness_has(
    house: House, settings: LazySettings, tmp_path: Path
):
    settings.JOURNAL_KEY_FILE = tmp_path / "another-key"
    make_journal_key()
    with house.worker.at_work() as ctx:
        enter(Act(kind=EntryKind.LOOK, outcome="done", root=house.child), ctx=ctx)
    with house.database.used_as(DatabaseRole.JOBS):
        assert journal.sequence().added == 1
    assert isinstance(house.verified(), Verified)


def test_leaves_changed_with_the_witness_are_named_and_the_database_stays_proven(house: House):
    leaves = house.witness / "leaves"
    content = bytearray(leaves.read_bytes())
    content[4 * 32] ^= 1
    leaves.write_bytes(content)
    assert house.verified() == WitnessBroken(9, 4)
    with house.database.used_as(DatabaseRole.JOBS):
        assert "the first at entry 4" in verify_journal().text
    tamper(house, TAMPERINGS["another outcome"][0])
    found = house.verified()
    assert isinstance(found, FirstBad)
    assert (found.position, found.what) == (4, Fault.ENTRY_CHANGED)


def test_what_is_taken_out_whole_before_any_head_signs_it_leaves_no_trace(house: House):
    """The limit that the operator's page names: the seconds until the next head."""
    with house.worker.at_work() as ctx:
        late = enter(Act(kind=EntryKind.LOOK, outcome="done", root=house.child), ctx=ctx).id

    def whole(keeper: Keeper, _house: House) -> None:
        keeper.execute("DELETE FROM journal_entry WHERE id = %s", (late,))
        keeper.execute("DELETE FROM journal_leaf WHERE entry = %s", (late,))

    tamper(house, whole)
    assert isinstance(house.verified(), Verified)
