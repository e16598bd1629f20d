"""`encircle rebuild`: compute every duty, alarm and situation anew from the facts, and tell how far it is."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

FOUND_SOMETHING = 1
WIDTH = 30
"""Signs of the bar."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its options."""
    command = commands.add_parser(
        "rebuild",
        help="compute what lists show anew from the facts; interrupted, it goes on where it stopped",
    )
    command.add_argument(
        "--data",
        type=Path,
        default=Path("var"),
        metavar="DIR",
        help="folder of the installation (default: var)",
    )
    command.add_argument(
        "--demo",
        action="store_true",
        help="the folder is that of a demonstration: each record is read by the law of its own country",
    )
    command.add_argument(
        "--processes",
        type=int,
        choices=range(1, 65),
        metavar="N",
        help="how many processes compute, 1 to 64 (default: one; two from 2,000 records on)",
    )
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Compute everything; 1, if some records could not be computed, which a sweep tries again."""
    from encircle.cli.process import environment, with_database  # loaded when asked for

    environ = environment()
    if asked.demo:
        environ["ENCIRCLE_MODE"] = "demo"
    with with_database(asked.data, environ=environ):
        from encircle.actions.projection import rebuild_ledger  # needs the settings

        swept = rebuild_ledger(tell=Progress(sys.stdout).tell, processes=asked.processes)
    print(f"{swept.done} records are computed anew; {swept.failed} could not be.")
    return FOUND_SOMETHING if swept.failed else 0


class Progress:
    """How far it is: a bar that moves on a terminal, elsewhere a line for each hundredth part."""

    def __init__(self, out: TextIO, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._clock = clock
        self._begun = clock()
        self._moves = out.isatty()
        self._hundredth = -1

    def tell(self, done: int, total: int) -> None:
        """So many of so many records are done."""
        said = f"{done} of {total} records are done."
        hundredth = done * 100 // max(total, 1)
        if self._moves:
            bar = "#" * (hundredth * WIDTH // 100)
            ends = "" if done < total else "\n"
            self._out.write(f"\r[{bar:.<{WIDTH}}] {hundredth:3}% {said}{self._left(done, total)}\x1b[K{ends}")
        elif hundredth > self._hundredth:
            self._out.write(f"{said}\n")
        self._out.flush()
        self._hundredth = hundredth

    def _left(self, done: int, total: int) -> str:
        if done == 0 or done == total:
            return ""
        seconds = (self._clock() - self._begun) / done * (total - done)
        return f" {seconds / 60:.0f} min left" if seconds >= 90 else f" {seconds:.0f} s left"
