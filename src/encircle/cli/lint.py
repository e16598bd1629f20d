"""`encircle pack lint`: what is wrong with the packs, what to look at, and what is still unread."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from encircle.cli.options import add_json

if TYPE_CHECKING:
    from encircle.actions.lint import Linted, Remark

DAYS = 365


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb with its options."""
    command = verbs.add_parser(
        "lint", help="faults, warnings and notes of all packs; exit status 1 if there is a fault"
    )
    command.add_argument(
        "packs", metavar="CC", nargs="*", help="country packs; left out, all packs in one run"
    )
    command.add_argument(
        "--packs",
        metavar="DIR",
        dest="folder",
        type=Path,
        help="a folder of packs other than the installed one",
    )
    command.add_argument("--notes", action="store_true", help="print each note, too; else they are counted")
    command.add_argument(
        "--stale-after",
        metavar="DAYS",
        type=int,
        default=DAYS,
        help=f"warn of a text that was read longer ago than this (default: {DAYS})",
    )
    add_json(command)
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print what was found. Exit status 1 for faults only: an unread text is honest, not wrong."""
    from encircle.actions.law import packs_folder  # loaded when asked for
    from encircle.actions.lint import lint
    from encircle.host import clock
    from encircle.law.finding import Severity

    found = lint(
        asked.folder or packs_folder(),
        asked.packs,
        on=clock.now().date(),
        stale_after=timedelta(days=asked.stale_after),
    )
    if asked.json:
        json.dump(_data(found), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(_lines(found, notes=asked.notes)))
    return 1 if found.of(Severity.FAULT) else 0


def _lines(found: "Linted", *, notes: bool) -> Iterator[str]:
    from encircle.law.finding import Severity

    for severity in Severity:
        if severity is Severity.NOTE and not notes:
            continue
        heading = None
        for remark in found.of(severity):
            if remark.finding.lack != heading:
                heading = remark.finding.lack
                yield f"{severity.value}: {heading.value}"
            yield f"  {remark.finding}{_where(remark, found)}"
    for severity in Severity:
        yield _counted(severity.value, found.of(severity))
    for pack, figures in found.readings.items():
        yield (
            f"{pack}: {figures.sources} sources: {figures.read} read in the text, "
            f"{figures.reviewed} reviewed by a lawyer, {figures.neither} neither"
        )


def _where(remark: "Remark", found: "Linted") -> str:
    """The packs it was found under, where these are not all that were asked."""
    everywhere = not remark.packs or len(remark.packs) == len(found.packs)
    return "" if everywhere else f"  [{' '.join(remark.packs)}]"


def _counted(name: str, remarks: "tuple[Remark, ...]") -> str:
    counts = Counter(remark.finding.lack.value for remark in remarks)
    kinds = ", ".join(f"{lack} {count}" for lack, count in counts.items())
    return f"{name}s: {len(remarks)}{f' ({kinds})' if kinds else ''}"


def _data(found: "Linted") -> dict[str, object]:
    from encircle.law.finding import Severity

    return {
        "packs": list(found.packs),
        "counts": {severity.value: len(found.of(severity)) for severity in Severity},
        "sources": {
            pack: {
                "all": figures.sources,
                "read": figures.read,
                "reviewed": figures.reviewed,
                "neither": figures.neither,
            }
            for pack, figures in found.readings.items()
        },
        "remarks": [
            {
                "severity": remark.finding.severity.value,
                "lack": remark.finding.lack.value,
                "code": remark.finding.code,
                "file": remark.finding.origin.file,
                "line": remark.finding.origin.line,
                "what": remark.finding.what,
                "packs": list(remark.packs),
            }
            for remark in found.remarks
        ],
    }
