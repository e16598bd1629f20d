"""`encircle rebuild`: compute every duty, alarm and situation anew from the facts, with a line that tells how far it is."""

import argparse
from pathlib import Path

FOUND_SOMETHING = 1


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

        swept = rebuild_ledger(tell=_tell, processes=asked.processes)
    print(f"{swept.done} records are computed anew; {swept.failed} could not be.")
    return FOUND_SOMETHING if swept.failed else 0


def _tell(done: int, total: int) -> None:
    print(f"{done} of {total} records are done.", flush=True)
