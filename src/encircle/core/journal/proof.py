"""Proofs over the tree (RFC 9162, 2.1.3 and 2.1.4): a leaf is in it; an older tree is its beginning.

Proofs are made from stored nodes, read one by one: in a log of millions a proof reads some dozens of rows.
"""

from collections.abc import Callable, Sequence

from encircle.core.journal.tree import EMPTY_ROOT, HASH_BYTES, hash_children

NodeAt = Callable[[int, int], bytes]
"""Level and number of a complete subtree -> its hash; level 0 is the leaves."""


def inclusion_proof(index: int, *, size: int, node_at: NodeAt) -> tuple[bytes, ...]:
    """The hashes that lead from leaf `index` to the root of the tree of `size` leaves, lowest first."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_range_root(middle, end, node_at))
            end = middle
        else:
            path.append(_range_root(begin, middle, node_at))
            begin = middle
    return tuple(reversed(path))


def consistency_proof(old: int, *, new: int, node_at: NodeAt) -> tuple[bytes, ...]:
    """The hashes that show that the tree of `old` leaves is the beginning of the tree of `new` leaves."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} leaves is not older than one of {new}")
    if old in (0, new):
        return ()
    path: list[bytes] = []
    begin, end = 0, new
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(_range_root(middle, end, node_at))
            end = middle
        else:
            path.append(_range_root(begin, middle, node_at))
            begin = middle
    if begin > 0:  # the old tree ends inside a subtree that the verifier can't make from the old root alone
        path.append(_range_root(begin, end, node_at))
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether this proof shows that the leaf stands at `index` of the tree. Law: RFC 9162, 2.1.3.2."""
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    at, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = hash_children(step, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = hash_children(found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    *, old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether this proof shows that the old tree is the beginning of the new. Law: RFC 9162, 2.1.4.2.

    An empty old tree begins every tree; unlike the RFC, which leaves it out, its root must be the empty root.
    """
    if not 0 <= old <= new or not _are_hashes(old_root, new_root, *proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = (old_root, *proof) if old.bit_count() == 1 else tuple(proof)
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not path:
        return False
    return _leads_to(path, at, last) == (old_root, new_root)


def _leads_to(path: Sequence[bytes], at: int, last: int) -> tuple[bytes, bytes] | None:
    """Old and new root as this path gives them, from node `at` of a level whose last node is `last`."""
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            old, new = hash_children(step, old), hash_children(step, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = hash_children(new, step)
        at, last = at >> 1, last >> 1
    return (old, new) if last == 0 else None


def leaf_nodes(leaves: Sequence[bytes]) -> NodeAt:
    """A reader over leaf hashes in memory, for small logs and tests; it hashes anew at each call."""

    def node_at(level: int, number: int) -> bytes:
        if level == 0:
            return leaves[number]
        return hash_children(node_at(level - 1, 2 * number), node_at(level - 1, 2 * number + 1))

    return node_at


def _range_root(begin: int, end: int, node_at: NodeAt) -> bytes:
    """The root over the leaves from `begin` up to `end`, from as few complete subtrees as there are."""
    width = end - begin
    if width.bit_count() == 1:
        level = width.bit_length() - 1
        return node_at(level, begin >> level)
    middle = begin + _split(width)
    return hash_children(_range_root(begin, middle, node_at), _range_root(middle, end, node_at))


def _split(width: int) -> int:
    """The largest power of two smaller than the width (2 or more)."""
    return 1 << ((width - 1).bit_length() - 1)


def _are_hashes(*found: bytes) -> bool:
    return all(len(each) == HASH_BYTES for each in found)
