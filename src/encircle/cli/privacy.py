"""`encircle privacy`: the record of processing and the file of the impact assessment, from the packs. No case is read."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from encircle.cli.options import CountryHelp

if TYPE_CHECKING:
    from encircle.host.document import Paper


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its verbs."""
    command = commands.add_parser("privacy", help="papers for data protection, made from the configuration")
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, words in (
        ("record", "the record of processing: purposes, mandates, recipients, retention"),
        ("assessment", "the file of the impact assessment: necessity, risks, measures, open points"),
    ):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument(
            "country", metavar="CC", nargs="?", default="eu", help=f"{CountryHelp}; default: eu"
        )
        verb.add_argument("--pdf", type=Path, metavar="FILE", help="write it as PDF to this file")
        verb.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print it, or write it as PDF."""
    from encircle.actions.privacy import impact_assessment, record_of_processing  # loaded when asked for
    from encircle.host.document import as_pdf

    paper = (record_of_processing if asked.verb == "record" else impact_assessment)(asked.country)
    if asked.pdf is None:
        sys.stdout.write(_text(paper))
    else:
        asked.pdf.write_bytes(as_pdf(paper))
        print(f"Written to {asked.pdf}.")
    return 0


def _text(paper: "Paper") -> str:
    lines = [paper.title, "", *paper.lead]
    for section in paper.sections:
        lines += ["", section.title, *section.paragraphs, *(f"- {item}" for item in section.items)]
        lines += [" | ".join(row) for row in (section.head, *section.rows) if row]
    return "\n".join(lines) + "\n"
