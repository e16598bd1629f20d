"""`encircle journal`: whether anybody changed, removed or moved an entry; and a copy of the entries for elsewhere."""

import argparse
import os
from pathlib import Path


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its verbs."""
    command = commands.add_parser(
        "journal", help="prove that the journal is whole, and copy it to a place elsewhere"
    )
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    verify = verbs.add_parser("verify", help="recompute every entry and compare with the signed heads")
    verify.add_argument(
        "--data",
        type=Path,
        default=Path("var"),
        metavar="DIR",
        help="folder of the installation (default: var)",
    )
    verify.set_defaults(run=run_verify)
    copy = verbs.add_parser(
        "copy", help="add the entries that a file does not have yet; what is sealed stays sealed"
    )
    copy.add_argument(
        "--to", type=Path, required=True, metavar="FILE", help="file on another owner's disk or host"
    )
    copy.add_argument(
        "--data",
        type=Path,
        default=Path("var"),
        metavar="DIR",
        help="folder of the installation (default: var)",
    )
    copy.set_defaults(run=run_copy)


def run_verify(asked: argparse.Namespace) -> int:
    """Print how many entries are whole, or the first bad one (exit status 1)."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        from encircle.actions.journal import verify_journal  # needs the settings

        found = verify_journal()
    print(found.text)
    return 0 if found.whole else 1


def run_copy(asked: argparse.Namespace) -> int:
    """Print how many entries were added to the file."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        from encircle.actions.journal import copy_journal  # needs the settings

        added = copy_journal(asked.to)
    print(f"{added} entries added to {asked.to}.")
    return 0
