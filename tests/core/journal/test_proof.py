"""Proofs against the public vectors, for all small sizes, and against every corruption of a true proof."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from encircle.core.journal.proof import (
    NodeAt,
    consistency_proof,
    inclusion_proof,
    leaf_nodes,
    verify_consistency,
    verify_inclusion,
)
from encircle.core.journal.tree import EMPTY_ROOT, Tree, hash_leaf

VECTORS = json.loads((Path(__file__).parent / "vectors" / "rfc6962.json").read_text())
ROOTS = [bytes.fromhex(root) for root in VECTORS["roots"]]
PUBLISHED = [hash_leaf(bytes.fromhex(leaf)) for leaf in VECTORS["leaves"]]
SIZES = 130
LEAVES = [hash_leaf(bytes([each])) for each in range(SIZES)]


def roots_of(leaves: list[bytes]) -> list[bytes]:
    tree, roots = Tree(), [EMPTY_ROOT]
    for leaf in leaves:
        tree.append(leaf)
        roots.append(tree.root())
    return roots


OURS = roots_of(LEAVES)


def stored(leaves: list[bytes]) -> NodeAt:
    """The nodes as a sequencer stores them: told by the tree as it grows."""
    tree, nodes = Tree(), {}
    for index, leaf in enumerate(leaves):
        nodes[0, index] = leaf
        nodes.update({(node.level, node.number): node.hash for node in tree.append(leaf)})
    return lambda level, index: nodes[level, index]


NODES = stored(LEAVES)


def hashes(proof: list[str]) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(each) for each in proof)


@pytest.mark.parametrize("vector", VECTORS["inclusion"])
def test_inclusion_proofs_are_the_published_ones(vector: dict) -> None:
    index, size, proof = vector["index"], vector["size"], hashes(vector["proof"])
    assert inclusion_proof(index, size=size, node_at=leaf_nodes(PUBLISHED)) == proof
    assert verify_inclusion(PUBLISHED[index], index=index, size=size, proof=proof, root=ROOTS[size])


@pytest.mark.parametrize("vector", VECTORS["consistency"])
def test_consistency_proofs_are_the_published_ones(vector: dict) -> None:
    old, new, proof = vector["old"], vector["new"], hashes(vector["proof"])
    assert consistency_proof(old, new=new, node_at=leaf_nodes(PUBLISHED)) == proof
    assert verify_consistency(old=old, new=new, old_root=ROOTS[old], new_root=ROOTS[new], proof=proof)


def test_every_leaf_of_every_size_up_to_130_is_proven_and_no_other_leaf_passes_for_it() -> None:
    for size in range(1, SIZES + 1):
        for index in range(size):
            proof = inclusion_proof(index, size=size, node_at=NODES)
            assert len(proof) <= (size - 1).bit_length()
            assert verify_inclusion(LEAVES[index], index=index, size=size, proof=proof, root=OURS[size])
            other = LEAVES[(index + 1) % SIZES]
            assert not verify_inclusion(other, index=index, size=size, proof=proof, root=OURS[size])


def test_every_pair_of_sizes_up_to_40_is_consistent_and_with_no_other_root() -> None:
    for new in range(41):
        for old in range(new + 1):
            proof = consistency_proof(old, new=new, node_at=NODES)
            claim = {"old": old, "new": new, "proof": proof}
            assert verify_consistency(old_root=OURS[old], new_root=OURS[new], **claim)
            assert not verify_consistency(old_root=OURS[old + 1], new_root=OURS[new], **claim)
            if old:  # every tree continues the empty one, whatever its root
                assert not verify_consistency(old_root=OURS[old], new_root=OURS[new + 1], **claim)


def test_a_log_that_forgot_its_second_entry_is_not_consistent_with_its_past() -> None:
    rewritten = [*LEAVES[:1], *LEAVES[2:10]]
    proof = consistency_proof(4, new=9, node_at=leaf_nodes(rewritten))
    new_root = roots_of(rewritten)[9]
    assert verify_consistency(old=4, new=9, old_root=roots_of(rewritten)[4], new_root=new_root, proof=proof)
    assert not verify_consistency(old=4, new=9, old_root=OURS[4], new_root=new_root, proof=proof)


def corruptions(proof: tuple[bytes, ...], root: bytes) -> Iterator[tuple[bytes, ...]]:
    """The ways in which the public test suites spoil a proof."""
    yield (*proof, b"")
    yield (*proof, root)
    yield (b"", *proof)
    yield (root, *proof)
    if proof:
        yield proof[:-1]
        yield proof[1:]
        yield (proof[0], *proof)
        yield (proof[0], b"\xab" * 32, *proof[1:])
    for at, each in enumerate(proof):
        yield (*proof[:at], bytes([each[0] ^ 8]) + each[1:], *proof[at + 1 :])


@pytest.mark.parametrize(("index", "size"), [(0, 1), (0, 8), (5, 8), (2, 3), (1, 5), (6, 7), (63, 100)])
def test_a_spoilt_inclusion_proof_proves_nothing(index: int, size: int) -> None:
    proof, root, leaf = inclusion_proof(index, size=size, node_at=NODES), OURS[size], LEAVES[index]
    for spoilt in corruptions(proof, root):
        assert not verify_inclusion(leaf, index=index, size=size, proof=spoilt, root=root)
    for wrong in {index - 1, index + 1, index ^ 2}:
        assert not verify_inclusion(leaf, index=wrong, size=size, proof=proof, root=root)
    for wrong in {size * 2, size // 2}:
        assert not verify_inclusion(leaf, index=index, size=wrong, proof=proof, root=root)
    for wrong_root in (EMPTY_ROOT, b"\xab" * 32, b""):
        assert not verify_inclusion(leaf, index=index, size=size, proof=proof, root=wrong_root)
    assert not verify_inclusion(b"WrongLeaf", index=index, size=size, proof=proof, root=root)


@pytest.mark.parametrize(("old", "new"), [(1, 8), (6, 8), (2, 5), (6, 7), (64, 100), (63, 64), (99, 100)])
def test_a_spoilt_consistency_proof_proves_nothing(old: int, new: int) -> None:
    proof = consistency_proof(old, new=new, node_at=NODES)
    roots = {"old_root": OURS[old], "new_root": OURS[new]}
    for spoilt in (*corruptions(proof, OURS[old]), *corruptions(proof, OURS[new]), ()):
        assert not verify_consistency(old=old, new=new, proof=spoilt, **roots)
    for wrong in {old - 1, old + 1, old ^ 2}:
        assert not verify_consistency(old=wrong, new=new, proof=proof, **roots)
    for wrong in {new * 2, new // 2}:
        assert not verify_consistency(old=old, new=wrong, proof=proof, **roots)
    assert not verify_consistency(old=old, new=new, proof=proof, old_root=OURS[new], new_root=OURS[old])
    assert not verify_consistency(old=old, new=new, proof=proof, old_root=b"WrongRoot", new_root=OURS[new])


@pytest.mark.parametrize(
    ("old", "new", "old_root", "new_root", "proof", "holds"),
    [
        (0, 0, EMPTY_ROOT, EMPTY_ROOT, (), True),
        (0, 1, EMPTY_ROOT, OURS[1], (), True),
        (1, 1, OURS[1], OURS[1], (), True),
        (0, 0, EMPTY_ROOT, OURS[1], (), False),
        (0, 1, OURS[1], OURS[1], (), False),
        (1, 1, OURS[1], OURS[2], (), False),
        (1, 0, OURS[1], EMPTY_ROOT, (), False),
        (2, 1, OURS[2], OURS[1], (), False),
        (1, 2, OURS[1], OURS[2], (), False),
        (3, 4, OURS[3], OURS[4], (), False),
        (0, 1, EMPTY_ROOT, OURS[1], (EMPTY_ROOT,), False),
        (1, 1, OURS[1], OURS[1], (EMPTY_ROOT,), False),
        (-1, 1, OURS[1], OURS[1], (), False),
    ],
)
def test_the_edges_of_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: tuple[bytes, ...], holds: bool
) -> None:
    claim = {"old": old, "new": new, "old_root": old_root, "new_root": new_root, "proof": proof}
    assert verify_consistency(**claim) is holds


def test_a_proof_reads_few_nodes_also_in_a_log_of_ten_million() -> None:
    read = []

    def node_at(level: int, index: int) -> bytes:
        read.append((level, index))
        return hash_leaf(b"%d/%d" % (level, index))

    size = 10_000_001
    assert len(inclusion_proof(7_654_321, size=size, node_at=node_at)) <= 24
    consistency_proof(7_654_321, new=size, node_at=node_at)
    assert len(read) <= 2 * 24 + 2 * size.bit_count()
    assert all((index + 1) << level <= size for level, index in read)  # complete subtrees only


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_that_is_not_there_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(index, size=size, node_at=NODES)
    assert not verify_inclusion(LEAVES[0], index=index, size=size, proof=(), root=LEAVES[0])


def test_a_younger_tree_is_no_beginning_of_an_older() -> None:
    with pytest.raises(ValueError, match="not older"):
        consistency_proof(5, new=4, node_at=NODES)
