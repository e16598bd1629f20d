"""The sequencer: gives leaves their positions, grows the tree, signs its head. There is one at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from encircle.core.journal.checkpoint import Checkpoint, checkpoint_text, parse_checkpoint
from encircle.core.journal.tree import Node, Tree
from encircle.crypto.signed import NoteRefused, NoteSigner, open_note, sign_note
from encircle.records.context import Context, with_context
from encircle.records.journal.witness import Witness
from encircle.vocabulary.refusal import Refused

AT_ONCE: Final = 10_000
_ONE_AT_A_TIME: Final = 4_913_207
"""The number of the advisory lock; it means nothing."""


class JournalWentBack(Refused):
    """The database holds less of the journal than the witness: an older state was put in its place."""


class JournalChanged(Refused):
    """What the database holds does not give the head that was signed last: nothing may be signed on top of it."""


@dataclass(frozen=True, slots=True)
class Sequenced:
    """How many leaves were given a position, and how many have one now."""

    added: int
    size: int


def signer() -> NoteSigner:
    """The key that signs the heads. Refuses: KeyRefused."""
    return NoteSigner.from_file(settings.JOURNAL_NAME, Path(settings.JOURNAL_KEY_FILE))


def make_journal_key() -> None:
    """At the first start: make the signing key, unless it is there."""
    file = Path(settings.JOURNAL_KEY_FILE)
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        NoteSigner.create_file(settings.JOURNAL_NAME, file)


def sequence(*, at_most: int = AT_ONCE) -> Sequenced:
    """Place the leaves that wait, sign the new head, and lay both beside the witness's earlier ones.

    Nothing waits: nothing is signed. Another sequencer is at work: it is left to it (added 0).
    The files are written after the transaction; what a crash left out of them the next round adds.
    Refuses: JournalWentBack, if the witness knows more leaves than the database; JournalChanged, if what was signed
    has been changed since: whoever changes tree and entries alike gets no signature of ours for it.
    """
    witness = Witness(Path(settings.JOURNAL_WITNESS))
    with with_context(agency=None, actor="sequencer", purpose="sequence") as ctx:
        if not _alone():
            return Sequenced(0, witness.size())
        tree = _signed_tree(witness)
        known = witness.size()
        if known > tree.size:
            raise _went_back(known, tree.size)
        placed = _place(tree, at_most=at_most)
        head = _sign(tree, ctx) if placed else _last_head()
        missing = _leaves(known)
    if missing and head is not None:
        witness.add(missing, head=head)
    return Sequenced(placed, tree.size)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", (_ONE_AT_A_TIME,))
        return bool(cursor.fetchone()[0])


def _signed_tree(witness: Witness) -> Tree:
    """The tree as it was signed last, taken up again from its peaks, which have to give the head that we signed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT size, note FROM journal_checkpoint ORDER BY size DESC LIMIT 1")
        row = cursor.fetchone()
        if row is None:
            return Tree()
        size, note = int(row[0]), bytes(row[1])
        peaks = []
        for level, index in _peaks(size):
            if level == 0:
                cursor.execute("SELECT hash FROM journal_leaf WHERE position = %s", (index,))
            else:
                cursor.execute(
                    'SELECT hash FROM journal_node WHERE level = %s AND "index" = %s', (level, index)
                )
            found = cursor.fetchone()
            if found is None:
                raise _changed(size)
            peaks.append(bytes(found[0]))
    tree, head = Tree(size=size, peaks=peaks), _head(note, witness, size)
    if (head.size, head.root) != (tree.size, tree.root()):
        raise _changed(size)
    return tree


def _head(note: bytes, witness: Witness, size: int) -> Checkpoint:
    """The head in that note, if our key signed it; or if the witness has it, where the key is a new one since."""
    try:
        return parse_checkpoint(open_note(note, verifiers=[signer().verifier]).text)
    except NoteRefused as unsigned:
        if witness.heads()[-1:] != (note,):
            raise _changed(size) from unsigned
    text, _, _ = note.partition(b"\n\n")
    return parse_checkpoint(f"{text.decode()}\n")


def _peaks(size: int) -> Sequence[tuple[int, int]]:
    """Level and index of the complete subtrees of a tree of that size, largest first."""
    peaks, begin = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            peaks.append((level, begin >> level))
            begin += 1 << level
    return peaks


def _place(tree: Tree, *, at_most: int) -> int:
    """Give the waiting leaves the next positions, and keep the nodes that they complete. How many they were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, hash FROM journal_leaf WHERE position IS NULL ORDER BY id LIMIT %s", (at_most,)
        )
        waiting = cursor.fetchall()
        first = tree.size
        nodes: list[Node] = []
        for _, leaf in waiting:
            nodes += tree.append(bytes(leaf))
        cursor.execute(
            "UPDATE journal_leaf SET position = given.position"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS given (id, position) WHERE journal_leaf.id = given.id",
            ([leaf_id for leaf_id, _ in waiting], list(range(first, tree.size))),
        )
        cursor.execute(
            'INSERT INTO journal_node (level, "index", hash)'
            " SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])",
            ([n.level for n in nodes], [n.number for n in nodes], [n.hash for n in nodes]),
        )
    return len(waiting)


def _sign(tree: Tree, ctx: Context) -> bytes:
    key = signer()
    note = sign_note(checkpoint_text(Checkpoint(key.verifier.name, tree.size, tree.root())), key)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_checkpoint (size, tree_root, note, made_at) VALUES (%s, %s, %s, %s)",
            (tree.size, tree.root(), note, ctx.now),
        )
    return note


def _last_head() -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM journal_checkpoint ORDER BY size DESC LIMIT 1")
        row = cursor.fetchone()
    return None if row is None else bytes(row[0])


def _leaves(begin: int) -> list[bytes]:
    """The placed leaves from that position on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM journal_leaf WHERE position >= %s ORDER BY position", (begin,))
        return [bytes(row[0]) for row in cursor.fetchall()]


def _went_back(known: int, size: int) -> JournalWentBack:
    return JournalWentBack(
        code="journal_went_back",
        reason=f"The witness holds {known} leaves of the journal, the database only {size}: an older state was "
        "put in its place, or entries were taken out.",
        instead="Nothing is signed until somebody has looked: compare with the last backup.",
    )


def _changed(size: int) -> JournalChanged:
    return JournalChanged(
        code="journal_changed",
        reason=f"The {size} entries of the journal that the last head signs are not those that were signed: they, the "
        "tree or the head were changed in the database.",
        instead="Nothing is signed until somebody has looked: `encircle journal verify` names the first bad entry.",
    )
