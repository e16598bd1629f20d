"""Bench: how fast a journal is verified, grown and proven. Prints one JSON object.

    python bench/journal.py [--entries 1000000] [--runs 3]

Entries are made outside of the measured time; no database is involved. The goal is 1,000,000 entries verified
in 30 s and one entry's proof in 50 ms.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from encircle.core.journal.checkpoint import Checkpoint
from encircle.core.journal.entry import Entry, EntryKind, entry_bytes
from encircle.core.journal.proof import NodeAt, consistency_proof, inclusion_proof, verify_inclusion
from encircle.core.journal.tree import Tree, leaf_hash
from encircle.core.journal.verify import Line, Verified, verify_entries

START = datetime(2026, 1, 1, tzinfo=UTC)
LOT = 100
BATCH = 10_000


def entry(number: int) -> Entry:
    """A look as it is journalled, with ids of the true length."""
    name = sha256(b"%d" % number)
    return Entry(
        id=name.hexdigest()[:36],
        at=START + timedelta(seconds=number, microseconds=number % 997),
        kind=EntryKind.LOOK,
        actor=name.hexdigest()[8:44],
        agency=f"agency-{number % 40}",
        role="child_protection_service",
        purpose="assess_needs",
        legal_basis="GDPR 6(1)(e)",
        regime="gdpr",
        field_groups=("F", "M"),
        root_id=name.hexdigest()[16:52],
        duty=f"D{number % 40:02d}",
        outcome="allowed",
        body_digest=name.digest(),
    )


def batch(begin: int, end: int) -> list[Line]:
    """The journal's lines from one position up to another."""
    lines = []
    for position in range(begin, end):
        made, salt = entry(position), sha256(b"salt %d" % position).digest()[:16]
        lines.append(Line(position, made, salt, leaf_hash(salt, entry_bytes(made))))
    return lines


class Untimed:
    """The lines in batches; making a batch stops the clock, as reading the database is measured elsewhere."""

    def __init__(self, entries: int) -> None:
        self.entries = entries
        self.aside = self.aside_cpu = 0.0

    def __iter__(self) -> Iterator[Line]:
        for begin in range(0, self.entries, BATCH):
            started, cpu = time.perf_counter(), time.process_time()
            lines = batch(begin, min(begin + BATCH, self.entries))
            self.aside += time.perf_counter() - started
            self.aside_cpu += time.process_time() - cpu
            yield from lines


def grown(entries: int) -> tuple[list[Checkpoint], list[list[bytes]], float]:
    """The heads (one a lot), the nodes by level (level 0: the leaves), and the seconds that growing took."""
    leaves: list[bytes] = []
    for begin in range(0, entries, BATCH):
        leaves += [line.leaf for line in batch(begin, min(begin + BATCH, entries))]
    tree, heads, levels = Tree(), [], [leaves, *([] for _ in range(entries.bit_length()))]
    started = time.perf_counter()
    for leaf in leaves:
        for node in tree.append(leaf):
            levels[node.level].append(node.hash)
        if tree.size % LOT == 0 or tree.size == entries:
            heads.append(Checkpoint("encircle.example/journal", tree.size, tree.root()))
    return heads, levels, time.perf_counter() - started


def verified_in(entries: int, heads: list[Checkpoint], kept: list[bytes] | None) -> tuple[float, float]:
    """Seconds by the clock, and of the processor, to verify all entries against all heads, or against the kept leaves."""
    lines = Untimed(entries)
    earlier = heads[:-1] if kept is None else []
    started, cpu = time.perf_counter(), time.process_time()
    found = verify_entries(lines, heads[-1], earlier=earlier, witnessed=kept)
    seconds = time.perf_counter() - started - lines.aside, time.process_time() - cpu - lines.aside_cpu
    if found != Verified(entries, heads[-1].root, pending=0):
        raise SystemExit(f"the bench's own journal is not whole: {found}")
    return seconds


def proof_ms(entries: int, node_at: NodeAt, root: bytes, leaves: list[bytes]) -> float:
    """Milliseconds to make and verify the proof of one entry, from nodes in memory: the median of many."""
    times = []
    for at in range(0, entries, max(1, entries // 500)):
        started = time.perf_counter()
        proof = inclusion_proof(at, size=entries, node_at=node_at)
        holds = verify_inclusion(leaves[at], index=at, size=entries, proof=proof, root=root)
        times.append((time.perf_counter() - started) * 1000)
        if not holds:
            raise SystemExit(f"the proof of entry {at} does not hold")
    return statistics.median(times)


def repeated(runs: int, measure: Callable[[], tuple[float, float]]) -> list[tuple[float, float]]:
    """The seconds of each run, by the clock and of the processor, the fastest first."""
    return sorted((round(wall, 2), round(cpu, 2)) for wall, cpu in (measure() for _ in range(runs)))


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    heads, levels, grow_seconds = grown(chosen.entries)
    leaves = levels[0]

    def node_at(level: int, number: int) -> bytes:
        return levels[level][number]

    by_heads = repeated(chosen.runs, lambda: verified_in(chosen.entries, heads, None))
    by_leaves = repeated(chosen.runs, lambda: verified_in(chosen.entries, heads, leaves))
    one_proof = proof_ms(chosen.entries, node_at, heads[-1].root, leaves)
    started = time.perf_counter()
    consistency_proof(chosen.entries // 3 + 1, new=chosen.entries, node_at=node_at)
    print(
        json.dumps(
            {
                "bench": "journal",
                "entries": chosen.entries,
                "heads": len(heads),
                "verify_s": [wall for wall, _ in by_heads],
                "verify_cpu_s": [cpu for _, cpu in by_heads],
                "verify_with_kept_leaves_s": [wall for wall, _ in by_leaves],
                "verify_with_kept_leaves_cpu_s": [cpu for _, cpu in by_leaves],
                "grow_s": round(grow_seconds, 2),
                "inclusion_proof_made_and_verified_ms": round(one_proof, 3),
                "consistency_proof_ms": round((time.perf_counter() - started) * 1000, 3),
                "goal": {"verify_s_per_1M": 30, "proof_ms": 50},
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
