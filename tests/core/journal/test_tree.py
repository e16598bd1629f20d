"""The tree against the public vectors, and what it promises while it grows."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.core.journal.tree import EMPTY_ROOT, Node, Tree, hash_children, hash_leaf, leaf_hash

VECTORS = json.loads((Path(__file__).parent / "vectors" / "rfc6962.json").read_text())
LEAVES = [hash_leaf(bytes.fromhex(leaf)) for leaf in VECTORS["leaves"]]
ROOTS = [bytes.fromhex(root) for root in VECTORS["roots"]]


def grown(leaves: list[bytes]) -> Tree:
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree


def root_by_definition(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, word for word: the oracle."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hash_children(root_by_definition(leaves[:split]), root_by_definition(leaves[split:]))


@pytest.mark.parametrize("size", range(9))
def test_root_of_each_size_is_the_published_one(size: int) -> None:
    assert grown(LEAVES[:size]).root() == ROOTS[size]


def test_leaf_hashes_are_the_published_ones() -> None:
    assert [leaf.hex() for leaf in LEAVES] == VECTORS["nodes"][0]


def test_appending_tells_each_completed_node_once_and_as_published() -> None:
    tree = Tree()
    completed = [node for leaf in LEAVES for node in tree.append(leaf)]
    assert sorted(completed) == [
        Node(level, index, bytes.fromhex(each))
        for level, nodes in enumerate(VECTORS["nodes"])
        if level
        for index, each in enumerate(nodes)
    ]


def test_root_equals_the_definition_for_all_sizes_up_to_130() -> None:
    leaves = [hash_leaf(bytes([each])) for each in range(130)]
    tree = Tree()
    for size in range(130):
        assert tree.root() == root_by_definition(leaves[:size])
        tree.append(leaves[size])


@given(st.lists(st.binary(max_size=4), max_size=70), st.integers(0, 70))
def test_a_tree_taken_up_again_grows_to_the_same_root(data: list[bytes], stop: int) -> None:
    leaves = [hash_leaf(each) for each in data]
    stored = grown(leaves[:stop])
    again = Tree(size=stored.size, peaks=stored.peaks)
    for leaf in leaves[stop:]:
        again.append(leaf)
    assert (again.size, again.root()) == (len(leaves), root_by_definition(leaves))


def test_a_tree_keeps_at_most_one_peak_for_each_bit_of_its_size() -> None:
    tree = grown([hash_leaf(b"")] * 1000)
    assert len(tree.peaks) == (1000).bit_count()


def test_a_copy_grows_on_its_own() -> None:
    tree = grown(LEAVES[:3])
    tree.copy().append(LEAVES[3])
    assert (tree.size, tree.root()) == (3, ROOTS[3])


@pytest.mark.parametrize(("size", "peaks"), [(1, []), (0, [b"\0" * 32]), (2, [b"\0" * 31]), (-1, [])])
def test_peaks_that_do_not_fit_the_size_are_refused(size: int, peaks: list[bytes]) -> None:
    with pytest.raises(ValueError, match="does not have these"):
        Tree(size=size, peaks=peaks)


def test_a_leaf_hash_is_the_leaf_of_salt_and_entry() -> None:
    assert leaf_hash(b"\x01" * 16, b"entry") == hash_leaf(b"\x01" * 16 + b"entry")


def test_a_salt_of_another_size_is_refused_because_its_end_could_be_read_as_entry() -> None:
    assert hash_leaf(b"\x01" * 16 + b"entry") == hash_leaf(b"\x01" * 15 + b"\x01entry")  # what could happen
    with pytest.raises(ValueError, match="16 bytes"):
        leaf_hash(b"\x01" * 15, b"\x01entry")


def test_a_node_can_not_pass_for_a_leaf() -> None:
    assert hash_children(LEAVES[0], LEAVES[1]) != hash_leaf(LEAVES[0] + LEAVES[1])
