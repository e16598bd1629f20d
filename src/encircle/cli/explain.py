"""`encircle explain CODE`: where a duty or prohibition comes from, line by line, source by source."""

import argparse
from datetime import date

from encircle.cli.options import CountryHelp, add_language
from encircle.vocabulary.refusal import BadInput


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its options."""
    command = commands.add_parser("explain", help="where a duty or prohibition comes from")
    command.add_argument("code", metavar="CODE", help="a duty (D02b) or prohibition (P9)")
    command.add_argument("--country", metavar="CC", default="eu", help=f"{CountryHelp}; default: eu")
    command.add_argument("--on", metavar="DATE", help="the law of that day; default: today's")
    add_language(command)
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print sources, condition, evidence, pack lines and places in the code."""
    from encircle.actions.law import law_of  # loaded when asked for
    from encircle.cli.in_words import in_words

    try:
        on = None if asked.on is None else date.fromisoformat(asked.on)
    except ValueError as wrong:
        reason = f"--on: got {asked.on!r}. Expected a day such as 2026-11-23."
        raise BadInput(code="bad_date", reason=reason, where="--on") from wrong
    law = law_of(asked.country, on=on)
    known = [rule.code for rule in law.duties]
    known += [rule.code for rule in law.prohibitions] + [aside.code for aside in law.set_aside]
    codes = [code for code in known if code == asked.code or code.startswith(f"{asked.code}-")]
    for code in codes or [asked.code]:
        said = law.explain(code).lines(asked.language)
        places = _places(code) if code in known else ()
        print("\n".join((*said, *in_words(law, code, asked.language), *places)))
    return 0


def _places(code: str) -> tuple[str, ...]:
    if code.startswith("P"):
        return (
            "  evaluated by: encircle/core/prohibition.py",
            "  kept in: encircle/records/models/alarm_row.py",
            "  shown by: encircle/web/desk/case.py",
            f"  tested by: encircle pack test base --codes {code}",
        )
    return (
        "  evaluated by: encircle/core/duty/ledger.py",
        "  kept in: encircle/records/models/duty_row.py",
        "  shown by: encircle/web/desk/case.py",
        f"  tested by: encircle pack test base --codes {code}",
    )
