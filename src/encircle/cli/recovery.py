"""`encircle recovery`: three institutions, two of which bring back the key of an agency that nobody of it opens."""

import argparse
import getpass
import os
import sys
from pathlib import Path

FOUND_SOMETHING = 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its verbs."""
    group = commands.add_parser(
        "recovery", help="bring back an agency's key by two of three institutions; enrol and rehearse them"
    )
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    made = verbs.add_parser(
        "key", help="make an institution's key, on a machine of its own; needs no installation"
    )
    made.add_argument(
        "file", type=Path, metavar="FILE", help="the private key; beside it FILE.pub to be enrolled"
    )
    made.set_defaults(run=run_key)
    made.set_defaults(run=run_key)
    enrolled = _verb(verbs, "enrol", "let an institution hold a key of recovery")
    enrolled.add_argument("institution", metavar="CODE", help="a short name of the institution")
    enrolled.add_argument("public", type=Path, metavar="FILE.pub", help="its public key")
    ended = _verb(verbs, "end", "take an institution out, and the copies for it")
    ended.add_argument("institution", metavar="CODE", help="as `encircle recovery show` names it")
    _verb(verbs, "show", "name the institutions, when they rehearsed, and which agencies have no copies")
    _keys(_verb(verbs, "rehearse", "try whether the keys of two open every copy; changes nothing"))
    restored = _verb(verbs, "restore", "give the key of their agency to somebody, by the keys of two")
    restored.add_argument("login", metavar="LOGIN", help="who gets it; has set a passphrase before")
    _keys(restored)
    forgotten = _verb(verbs, "forget", "end the key of somebody who lost the passphrase; they set a new one")
    forgotten.add_argument("login", metavar="LOGIN", help="whose passphrase was lost")


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, said: str
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=said)
    verb.add_argument(
        "--data",
        type=Path,
        default=Path("var"),
        metavar="DIR",
        help="folder of the installation (default: var)",
    )
    verb.set_defaults(run=run)
    return verb


def _keys(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--key",
        type=Path,
        action="append",
        required=True,
        metavar="FILE",
        help="private key of an institution, given twice; passphrases are asked for, or read from lines of the input",
    )


def run_key(asked: argparse.Namespace) -> int:
    """Make it. Refuses: RecoveryRefused; two passphrases that differ."""
    from encircle.actions.keys.recovery_file import make_recovery_key, public_file, refuse_different

    passphrase = _secret("Passphrase, four words or more: ")
    refuse_different(passphrase, _secret("The same again: "))
    print(
        f"The key is {make_recovery_key(asked.file, passphrase)}. To be enrolled: {public_file(asked.file)}"
    )
    print("Keep the file and the passphrase apart, where the institution keeps what must not be lost.")
    return 0


def run(asked: argparse.Namespace) -> int:
    """Do it. Exit status: 1 where recovery is not ready, or the rehearsal has failed."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        return done(asked)


def done(asked: argparse.Namespace) -> int:
    """The same in this process, where the database is open."""
    from encircle.actions.keys import recovery  # needs the settings

    match asked.verb:
        case "enrol":
            print(f"Enrolled. Let them compare: {recovery.enrol(asked.institution, asked.public)}")
        case "end":
            print(f"Ended; {recovery.end(asked.institution)} copies were deleted.")
        case "rehearse":
            return _rehearse(asked)
        case "restore":
            recovery.restore(asked.login, _opened(asked))
            print("Given. It opens once they unlock their key.")
        case "forget":
            others = recovery.forget(asked.login)
            print("Ended. They set a new passphrase; then a colleague gives them the key of the agency.")
            if not others:
                print("No colleague has it: after that, encircle recovery restore.")
        case _:
            return _show()
    return 0


def _show() -> int:
    from encircle.actions.keys import recovery  # needs the settings

    stands = recovery.recovery_stands()
    for one in stands.institutions:
        when = "never rehearsed" if one.rehearsed is None else f"rehearsed {one.rehearsed:%Y-%m-%d}"
        print(f"{one.code}: {one.fingerprint}, {when}")
    if len(stands.institutions) < recovery.SEATS:
        print(
            f"RECOVERY IS NOT READY: {len(stands.institutions)} of 3 institutions are enrolled. If all who have the key"
            " of an agency lose it, what is sealed to that agency is lost."
        )
    elif stands.without:
        print(
            f"No copies yet of the keys of {', '.join(stands.without)}: they are made when somebody there unlocks theirs."
        )
    else:
        print(f"Any two of them bring back the keys of {stands.agencies} agencies.")
    return 0 if stands.is_ready else FOUND_SOMETHING


def _rehearse(asked: argparse.Namespace) -> int:
    from encircle.actions.keys import recovery  # needs the settings

    found = recovery.rehearse(_opened(asked))
    print(f"The keys of {' and '.join(found.institutions)} open {found.opened} of {found.copies} copies.")
    print("The rehearsal is passed." if found.is_passed else "THE REHEARSAL HAS FAILED.")
    return 0 if found.is_passed else FOUND_SOMETHING


def _opened(asked: argparse.Namespace) -> list[tuple[Path, str]]:
    return [(path, _secret(f"Passphrase of {path}: ")) for path in asked.key]


def _secret(prompt: str) -> str:
    """What somebody types without its being shown; a line of the input, where that is no terminal."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
