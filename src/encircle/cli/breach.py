"""`encircle breach`: from an account under suspicion to the files for the reports of a breach. Numbers and codes only."""

import argparse
import os
from datetime import datetime
from pathlib import Path

from encircle.vocabulary.moment import instant_end, parse_span
from encircle.vocabulary.refusal import BadInput

NOT_PROVED = 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its options."""
    command = commands.add_parser(
        "breach", help="write down what an account has done: which records, parts and times, with proofs"
    )
    command.add_argument("account", metavar="ACCOUNT", help="login of the account, or token:ID of a program")
    command.add_argument("--from", dest="since", required=True, metavar="TIME", help="first day or time, UTC")
    command.add_argument(
        "--to", "--until", dest="until", metavar="TIME", help="last day or time, UTC (default: now)"
    )
    command.add_argument(
        "--out",
        type=Path,
        default=Path("breach"),
        metavar="DIR",
        help="folder for the files (default: breach)",
    )
    command.add_argument(
        "--data",
        type=Path,
        default=Path("var"),
        metavar="DIR",
        help="folder of the installation (default: var)",
    )
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Write report.pdf, entries.csv and proofs.json; 1, if a proof does not lead to the signed head."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        from encircle.actions.breach import (  # needs the settings
            as_csv,
            as_paper,
            as_proofs,
            breach_pack,
            is_proved,
        )
        from encircle.host.clock import now
        from encircle.host.document import as_pdf

        until = now() if asked.until is None else _end(asked.until)
        pack = breach_pack(asked.account, since=_begin(asked.since), until=until)
    asked.out.mkdir(mode=0o700, parents=True, exist_ok=True)
    (asked.out / "report.pdf").write_bytes(as_pdf(as_paper(pack)))
    (asked.out / "entries.csv").write_text(as_csv(pack), "utf-8")
    (asked.out / "proofs.json").write_text(as_proofs(pack), "utf-8")
    proved = is_proved(pack)
    print(f"{len(pack.children)} records, {len(pack.entries)} entries: written to {asked.out}.")
    print("Every proof leads to the signed head." if proved else "A proof does not lead to a signed head.")
    return 0 if proved else NOT_PROVED


def _begin(text: str) -> datetime:
    try:
        return parse_span(text, "UTC").earliest
    except ValueError as wrong:
        raise _no_time("--from") from wrong


def _end(text: str) -> datetime:
    try:
        return instant_end(text, "UTC")
    except ValueError as wrong:
        raise _no_time("--until") from wrong


def _no_time(where: str) -> BadInput:
    return BadInput(
        code="no_time",
        reason=f"{where}: write a day such as 2026-05-31 or a time such as 2026-05-31T14:30.",
        where=where,
    )
