"""The Merkle tree of RFC 9162 (section 2.1), grown one leaf at a time. Knows no entries and no storage."""

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple, Self

HASH_BYTES = 32
SALT_BYTES = 16
EMPTY_ROOT = sha256(b"").digest()

_LEAF = b"\x00"
_NODE = b"\x01"


class Node(NamedTuple):
    """A complete subtree of 2**level leaves, and its number on that level, counted from 0 on the left."""

    level: int
    number: int
    hash: bytes


def hash_leaf(data: bytes) -> bytes:
    """The hash of a leaf's data. Law: RFC 9162, 2.1.1."""
    return sha256(_LEAF + data).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """The hash of a node from its two children. Law: RFC 9162, 2.1.1."""
    return sha256(_NODE + left + right).digest()


def leaf_hash(salt: bytes, entry: bytes) -> bytes:
    """The leaf of a journal entry: its bytes behind a random salt, so that a leaf tells no guesser."""
    if len(salt) != SALT_BYTES:  # of one size, or salt and entry could be cut elsewhere and hash alike
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return sha256(_LEAF + salt + entry).digest()


class Tree:
    """A tree that only grows: its size and the roots of its complete subtrees (the peaks), largest first.

    It changes in place: a million entries are a million steps, and a copy at each would double the time.
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self, *, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """An empty tree, or one taken up again where size and peaks were stored."""
        self._size = size
        self._peaks = list(peaks)
        if size < 0 or len(self._peaks) != size.bit_count() or any(len(p) != HASH_BYTES for p in self._peaks):
            raise ValueError(f"a tree of {size} leaves does not have these {len(self._peaks)} peaks")

    @property
    def size(self) -> int:
        """The number of leaves."""
        return self._size

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """What to store, beside the size, to take the tree up again: at most one hash per bit of the size."""
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> tuple[Node, ...]:
        """Add a leaf hash; the nodes that it completes, lowest first (the leaf itself not among them)."""
        completed = []
        level, number, node = 0, self._size, leaf
        while number & 1:
            node = sha256(_NODE + self._peaks.pop() + node).digest()
            level, number = level + 1, number >> 1
            completed.append(Node(level, number, node))
        self._peaks.append(node)
        self._size += 1
        return tuple(completed)

    def root(self) -> bytes:
        """The root at this size; of an empty tree the hash of nothing."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = hash_children(peak, root)
        return root

    def copy(self) -> Self:
        """The same tree, to grow on its own."""
        return type(self)(size=self._size, peaks=self._peaks)
