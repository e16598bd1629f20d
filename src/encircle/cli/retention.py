"""`encircle retention`: what is due for erasure, doing what two persons decided, certificates. Numbers and codes only."""

import argparse
import os
from pathlib import Path

FOUND_NOTHING = 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its verbs."""
    group = commands.add_parser(
        "retention", help="what is kept how long: list, erase what was decided, certify"
    )
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    _verb(
        verbs, "list", "list the records of which people have to look whether parts are still needed"
    ).set_defaults(run=run_list)
    _verb(verbs, "erase", "erase what two persons have decided and no legal hold stops").set_defaults(
        run=run_erase
    )
    shown = _verb(verbs, "certificate", "print the signed certificate of an erasure")
    shown.add_argument("erasure", metavar="ID", help="id of the erasure")
    shown.set_defaults(run=run_certificate)


def run_list(asked: argparse.Namespace) -> int:
    """One line for each record and rule: number, rule, parts, how it stands, since and until when, whether it is held."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        from encircle.actions.retention import due_everywhere  # needs the settings

        for line in due_everywhere():
            one = line.retained
            parts = ",".join(sorted(one.rule.parts))
            since = "-" if one.since is None else f"{one.since:%Y-%m-%d}"
            until = "-" if one.until is None else f"{one.until:%Y-%m-%d}"
            held = " held" if line.is_held else ""
            print(f"{line.number} {one.rule.code} {parts} {one.kept.value} since {since} until {until}{held}")
        from encircle.actions.reports.keeping import count_at_door

        for of in count_at_door():
            print(
                f"{of.of.value}s at the door that are over: {of.due} due, {of.to_be_looked_at} to be looked at,"
                f" {of.kept} kept, {of.held} held"
            )
    return 0


def run_erase(asked: argparse.Namespace) -> int:
    """Erase, each with its certificate; one line for each."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        from encircle.actions.journal import prepare_journal  # needs the settings
        from encircle.actions.reports.keeping import carry_out_at_door
        from encircle.actions.retention import carry_out_erasures

        prepare_journal()
        done, at_door = carry_out_erasures(), carry_out_at_door()
    for row in done:
        print(f"{row.number} {','.join(part.value for part in row.parts)} erased; certificate {row.id}")
    for one in at_door:
        print(f"{one.reports} {one.of}s at the door erased; certificate {one.id}")
    print(f"{len(done) + len(at_door)} erasures were carried out.")
    return 0


def run_certificate(asked: argparse.Namespace) -> int:
    """Print it; 1, if there is none, or its signature does not fit."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        from encircle.actions.reports.keeping import certificate_at_door  # needs the settings
        from encircle.actions.retention import certificate_of, is_genuine

        row = certificate_of(asked.erasure)
        note = None if row is None else row.note
        if note is None and (at_door := certificate_at_door(asked.erasure)) is not None:
            note = at_door.note
        genuine = note is not None and is_genuine(note)
    if note is None:
        print("There is no certificate of that id.")
        return FOUND_NOTHING
    print(note, end="")
    print("The signature is that of this installation." if genuine else "The signature does not fit.")
    return 0 if genuine else FOUND_NOTHING


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=words)
    verb.add_argument(
        "--data",
        type=Path,
        default=Path("var"),
        metavar="DIR",
        help="folder of the installation (default: var)",
    )
    return verb
