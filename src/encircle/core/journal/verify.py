"""Verifying a journal: entries against leaves, leaves against signed heads; the first bad one by name.

What can be proven depends on what lies outside the database. A checkpoint proves the entries before it as one
lot: an entry that was rewritten together with its leaf is found, and named as one of the lot. With the leaf
hashes kept beside the checkpoints (32 bytes an entry) it is named exactly.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from encircle.core.journal.checkpoint import Checkpoint
from encircle.core.journal.entry import Entry, entry_bytes
from encircle.core.journal.tree import Tree, leaf_hash


class Line(NamedTuple):
    """A line of the journal as stored: where the sequencer put it, the entry, its salt and its leaf."""

    position: int
    entry: Entry
    salt: bytes
    leaf: bytes


class Fault(StrEnum):
    """What is wrong with a line."""

    MISSING = "no entry stands at this position"
    REPEATED = "a second entry stands at this position"
    ENTRY_CHANGED = "the entry is not the one that was journalled"
    LEAF_CHANGED = "the leaf is not the one that was journalled"
    ENTRY_OR_LEAF_CHANGED = "the entry and its leaf do not belong together"
    REWRITTEN = "one of these entries was rewritten, put in or moved, together with its leaf"
    HEADS_DIFFER = "two signed heads of one size differ: the log was told in two ways"


@dataclass(frozen=True, slots=True)
class Verified:
    """All entries up to the checkpoint are the journalled ones, in order; `pending` more are unsigned yet."""

    size: int
    root: bytes
    pending: int


@dataclass(frozen=True, slots=True)
class FirstBad:
    """The first bad line that can be named, by position and by id of the entry there (None: none is).

    Entries before `proven` are proven; the first bad one lies from there up to `through`. Where both are the
    same as `position`, the naming is exact.
    """

    position: int
    entry_id: str | None
    what: Fault
    proven: int
    through: int


@dataclass(frozen=True, slots=True)
class WitnessBroken:
    """The leaf hashes kept beside the checkpoints do not give the checkpoint's root: they prove nothing.

    `position`: the first of them that differs from the database, where the database itself is proven by the heads.
    """

    size: int
    position: int | None = None


def verify_entries(
    lines: Iterable[tuple[int, Entry, bytes, bytes]],
    checkpoint: Checkpoint,
    *,
    earlier: Sequence[Checkpoint] = (),
    witnessed: Sequence[bytes] | None = None,
) -> Verified | FirstBad | WitnessBroken:
    """Whether the journal is whole, and if not, its first bad line.

    `lines` come in order of position; `checkpoint` is the latest, `earlier` any others, all with verified
    signatures: the more of them, the smaller the lot in which a rewritten entry is named. `witnessed`: the
    leaf hashes up to the checkpoint, from outside the database; they make the naming exact.
    """
    stored = (Line(*line) for line in lines)
    if witnessed is None:
        return _against_checkpoints(stored, (*earlier, checkpoint))
    proven = witnessed[: checkpoint.size]
    if len(proven) != checkpoint.size or _root_of(proven) != checkpoint.root:
        return WitnessBroken(checkpoint.size)
    return _against_leaves(stored, proven, checkpoint)


def _against_leaves(
    lines: Iterator[Line], proven: Sequence[bytes], checkpoint: Checkpoint
) -> Verified | FirstBad:
    """Each line against the proven leaf of its position: the naming is exact."""
    position = -1
    for position, line in enumerate(lines):
        if line.position != position:
            return _out_of_place(line, position, proven=min(position, len(proven)))
        computed = leaf_hash(line.salt, entry_bytes(line.entry))
        if position >= len(proven):
            if computed != line.leaf:
                return _bad(line, Fault.ENTRY_OR_LEAF_CHANGED, proven=len(proven))
        elif computed != proven[position]:
            return _bad(line, Fault.ENTRY_CHANGED, proven=position)
        elif line.leaf != proven[position]:
            return _bad(line, Fault.LEAF_CHANGED, proven=position)
    if position + 1 < len(proven):
        return FirstBad(position + 1, None, Fault.MISSING, proven=position + 1, through=position + 1)
    return Verified(checkpoint.size, checkpoint.root, pending=position + 1 - checkpoint.size)


def _against_checkpoints(lines: Iterator[Line], checkpoints: Sequence[Checkpoint]) -> Verified | FirstBad:
    """Lot by lot: from one checkpoint to the next, then what follows the last."""
    tree, proven = Tree(), 0
    ordered = sorted(checkpoints, key=lambda each: each.size)
    for head in ordered:
        lot = _Lot(tree, proven)
        bad = lot.read(lines, up_to=head.size) or lot.judged(head)
        if bad:
            return bad
        proven = head.size
    rest = _Lot(tree, proven)
    bad = rest.read(lines, up_to=None)
    if bad:
        return bad
    return Verified(ordered[-1].size, ordered[-1].root, pending=tree.size - proven)


class _Lot:
    """The lines between two checkpoints. At the first visible fault a second tree is grown from what the
    entries say, beside the first from what the leaves say: the checkpoint tells which of the two is right.
    """

    __slots__ = ("_by_entries", "_by_leaves", "_first_id", "_proven", "suspect")

    def __init__(self, tree: Tree, proven: int) -> None:
        self._by_leaves = tree
        self._by_entries: Tree | None = None
        self._proven = proven
        self._first_id: str | None = None
        self.suspect: FirstBad | None = None

    def read(self, lines: Iterator[Line], *, up_to: int | None) -> FirstBad | None:
        """Take in lines up to this size (None: all that are left); a line out of place ends the reading."""
        tree = self._by_leaves
        while up_to is None or tree.size < up_to:
            line = next(lines, None)
            if line is None:
                return self.suspect or (None if up_to is None else self._ends_early())
            if line.position != tree.size:
                return self.suspect or _out_of_place(line, tree.size, proven=self._proven)
            self._first_id = self._first_id or line.entry.id
            computed = leaf_hash(line.salt, entry_bytes(line.entry))
            if computed != line.leaf and self.suspect is None:
                self.suspect = _bad(line, Fault.ENTRY_OR_LEAF_CHANGED, proven=self._proven)
                self._by_entries = tree.copy()
            tree.append(line.leaf)
            if self._by_entries is not None:
                self._by_entries.append(computed)
        return None

    def judged(self, head: Checkpoint) -> FirstBad | None:
        """What the checkpoint at the end of the lot says of it."""
        if self.suspect is None:
            if self._by_leaves.root() == head.root:
                return None
            if head.size == self._proven:
                return FirstBad(0, None, Fault.HEADS_DIFFER, proven=0, through=max(head.size - 1, 0))
            return FirstBad(self._proven, self._first_id, Fault.REWRITTEN, self._proven, head.size - 1)
        found, entry_id = self.suspect.position, self.suspect.entry_id
        if self._by_leaves.root() == head.root:
            return FirstBad(found, entry_id, Fault.ENTRY_CHANGED, found, found)
        if self._by_entries is not None and self._by_entries.root() == head.root:
            return FirstBad(found, entry_id, Fault.LEAF_CHANGED, found, found)
        return self.suspect

    def _ends_early(self) -> FirstBad:
        end = self._by_leaves.size
        return FirstBad(end, None, Fault.MISSING, self._proven, end)


def _out_of_place(line: Line, expected: int, *, proven: int) -> FirstBad:
    """A line that is not at the next position: the next one is missing, or an earlier one comes again."""
    if line.position > expected:
        return FirstBad(expected, None, Fault.MISSING, proven, expected)
    return _bad(line, Fault.REPEATED, proven=min(proven, line.position))


def _bad(line: Line, what: Fault, *, proven: int) -> FirstBad:
    return FirstBad(line.position, line.entry.id, what, proven, line.position)


def _root_of(leaves: Iterable[bytes]) -> bytes:
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()
