"""Bench: twelve duties of the European and Estonian law for 200 children, beside three peers. Prints one JSON object.

    python bench/peers.py [--children 200] [--runs 9]

The peers are OpenFisca-core, SpiffWorkflow (DMN decision tables) and cel-python. They are pinned in bench/peers.txt and
live in an environment of their own, .venv/peers, which the first run makes; nothing of Encircle needs them. Each is
prepared once (rules compiled, children given in its own types, asked once) before time is taken.

Everybody answers the same children, and each answer is compared with that of our ledger: not open, open, or open and
due then; the bench fails where one differs. Then one round after the other asks each of us for all children, one child
at a time; a ratio is that of the same round, and the medians of the rounds are printed. Times are of the processor, in
microseconds for one child.

`ours` answers just what the peers answer, from what the peers are given. `our_ledger` makes the whole rows: state, clock,
proofs, the facts behind them, and the next instant at which time moves them. `our_ledger_from_facts` folds the facts
first, which the peers are spared. OpenFisca is made for many at once: `openfisca_at_once` is all children in one vector.

Goals: at least 50 times OpenFisca for a single child, at least 100 times cel-python.
"""

import argparse
import gc
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench._peer_children import children  # noqa: E402  # found only with the path above
from bench._peer_inputs import CODES  # noqa: E402  # as above
from bench._peer_ours import Answer, Ours  # noqa: E402  # as above
from encircle.actions.law import law_of  # noqa: E402  # as above

PEERS = {"openfisca": "OpenFisca-core", "spiff": "SpiffWorkflow", "cel": "cel-python"}
GOALS = {"openfisca": 50, "cel": 100}
ENVIRONMENT, PINNED = ROOT / ".venv" / "peers", ROOT / "bench" / "peers.txt"


def python_of_the_peers() -> Path:
    """The interpreter of the peers' environment, which is made where it is not there or was made of other pins."""
    python, made_of = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "peers.txt"
    if made_of.exists() and made_of.read_bytes() == PINNED.read_bytes():
        return python
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    installing: list[list[str | Path]] = [
        [sys.executable, "-m", "venv", ENVIRONMENT],
        [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", PINNED],
    ]
    if shutil.which("uv"):
        installing = [
            ["uv", "venv", "--quiet", "--python", sys.executable, ENVIRONMENT],
            ["uv", "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", PINNED],
        ]
    for command in installing:
        subprocess.run(command, check=True, stdout=sys.stderr)
    shutil.copy(PINNED, made_of)
    return python


class Asked:
    """A peer in a process of its own."""

    def __init__(self, running: "subprocess.Popen[str]", told: Mapping[str, Any]) -> None:
        self._running = running
        self.first = self._answered(told)

    def round(self) -> dict[str, float]:
        """What one child took it now."""
        return dict(self._answered("again"))

    def _answered(self, said: object) -> Any:
        assert self._running.stdin is not None
        assert self._running.stdout is not None
        self._running.stdin.write(json.dumps(said) + "\n")
        self._running.stdin.flush()
        answered = self._running.stdout.readline()
        if not answered:
            raise SystemExit("A peer ended without an answer; what it said stands above.")
        return json.loads(answered)


@contextmanager
def peer(name: str, told: Mapping[str, Any]) -> Iterator[Asked]:
    """This peer, prepared, until the end."""
    command = [python_of_the_peers(), ROOT / "bench" / f"_peer_{name}.py"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        try:
            yield Asked(running, told)
        finally:
            assert running.stdin is not None
            running.stdin.close()


def compare(ours: list[Answer], name: str, theirs: list[Answer]) -> None:
    """Refuse to measure a peer that answers otherwise."""
    for number, (our, their) in enumerate(zip(ours, theirs, strict=True)):
        differs = {code: (our[code], their[code]) for code in CODES if our[code] != their[code]}
        if differs:
            raise SystemExit(f"{name} answers otherwise for child {number}: ours, theirs {differs}")


def spent(asked: Callable[[], object], many: int) -> float:
    """Microseconds of the processor for one child."""
    begun = time.process_time()
    asked()
    return (time.process_time() - begun) / many * 1e6


def measured(ours: Ours, asked: Mapping[str, Asked], runs: int) -> dict[str, object]:
    """The medians of the rounds."""
    many = len(ours.facts)
    ways = {"ours": ours.same_question, "our_ledger": ours.ledgers, "our_ledger_from_facts": ours.from_facts}
    for way in ways.values():
        way()
    gc.collect()
    gc.freeze()  # the peers do the same: what stays is not gone through again
    rounds = []
    for _ in range(runs):
        times = {name: spent(way, many) for name, way in ways.items()}
        for name, one in asked.items():
            times |= {f"{name}_{how.removesuffix('_us')}": us for how, us in one.round().items()}
        rounds.append(times)

    def ratio(theirs: str, our: str) -> float:
        return round(statistics.median(one[theirs] / one[our] for one in rounds), 2)

    return {
        "one_child_us": {
            name: round(statistics.median(one[name] for one in rounds), 1) for name in rounds[0]
        },
        "times": {
            theirs: {our: ratio(theirs, our) for our in ways} for theirs in rounds[0] if theirs not in ways
        },
    }


def main() -> None:
    """Compare, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--children", type=int, default=200)
    options.add_argument("--runs", type=int, default=9)
    chosen = options.parse_args()
    ours = Ours(law_of("ee"), children(chosen.children))
    answers, told = ours.answers(), ours.told()
    compare(answers, "The shorter way that is measured", ours.same_question())
    with ExitStack() as running:
        asked = {name: running.enter_context(peer(name, told)) for name in PEERS}
        for name, one in asked.items():
            compare(answers, PEERS[name], one.first["each"])
            if one.first["at_once"] is not None:
                compare(answers, PEERS[name], one.first["at_once"])
        figures = measured(ours, asked, chosen.runs)
    shown = {
        "bench": "peers",
        "children": chosen.children,
        "facts_of_each": round(statistics.mean(map(len, ours.facts)), 1),
        "law": [f"{pack.code} {pack.version}" for pack in ours.law.packs],
        "open": {code: sum(answer[code] is not False for answer in answers) for code in CODES},
        "answers_compared": len(answers) * len(CODES),
        **figures,
        "prepared_ms": {name: round(one.first["prepared_ms"], 1) for name, one in asked.items()},
        "peers": [
            line.split(" ")[0]
            for line in PINNED.read_text("utf-8").splitlines()
            if line.startswith(tuple(name.lower() for name in PEERS.values()))
        ],
        "goals": {"at_least_times": GOALS},
    }
    print(json.dumps(shown, indent=2))


if __name__ == "__main__":
    main()
