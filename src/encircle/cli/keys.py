"""`encircle keys`: which installation keys there are, a new one, moving to it, and trying a safe copy. Shows no key."""

import argparse
import os
from pathlib import Path

FOUND_SOMETHING = 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its verbs."""
    group = commands.add_parser(
        "keys", help="installation keys: show, make a new one, move to it, try a safe copy"
    )
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    _verb(verbs, "show", "name the keys by their ids, and how much hangs on each").set_defaults(run=run_show)
    _verb(verbs, "rotate", "make a new key and let everything hang on it; the pages go on").set_defaults(
        run=run_rotate
    )
    _verb(verbs, "move", "let everything hang on the current key, or go on with that").set_defaults(
        run=run_move
    )
    retired = _verb(verbs, "retire", "take an older key out of use once nothing hangs on it")
    retired.add_argument("key", metavar="ID", help="its id, as `encircle keys show` names it")
    retired.add_argument(
        "--give-up-codes",
        action="store_true",
        help="codes of children's pages that were given before the new key shall open nothing",
    )
    retired.set_defaults(run=run_retire)
    _verb(
        verbs, "seal", "seal the places and confidential talks that stood before to people; no copy stays"
    ).set_defaults(run=run_seal)
    _verb(
        verbs, "agencies", "name agencies that may read sealed parts and have no key, or too few who hold it"
    ).set_defaults(run=run_agencies)
    copied = _verb(verbs, "copy", "write the safe copy: the bare key, into a new file to take away")
    copied.add_argument(
        "--to", type=Path, required=True, metavar="FILE", help="new file, which only this account can read"
    )
    copied.set_defaults(run=run_copy)
    _verb(verbs, "token", "prepare the PKCS#11 token that is to keep the keys shut").set_defaults(
        run=run_token
    )
    tried = _verb(verbs, "drill", "try whether a safe copy opens everything, as after a loss; writes nothing")
    tried.add_argument("--copy", type=Path, required=True, metavar="FILE", help="file with the safe copy")
    tried.set_defaults(run=run_drill)


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
    return verb


def run_seal(asked: argparse.Namespace) -> int:
    """Seal; 1, if some wait for an agency that has no key in use."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        from encircle.actions.sealing import seal_what_stands  # needs the settings

        done, left = seal_what_stands()
    print(f"{done} parts of records are sealed to people; {left} wait for an agency that has no key in use.")
    return FOUND_SOMETHING if left else 0


def run_agencies(asked: argparse.Namespace) -> int:
    """One line for each agency; what is lacking is a warning, never a failure."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        return say_of_agencies()


def say_of_agencies() -> int:
    """The same in this process, where the database is open."""
    from encircle.actions.keys.agencies import keys_of_agencies  # needs the settings

    found = keys_of_agencies()
    for one in found:
        state = "in use" if one.in_use else "NOT IN USE"
        holders = f"{one.holders} {'person has' if one.holders == 1 else 'people have'} it"
        moving = "; parts are still sealed to an older key" if one.is_moving else ""
        print(
            f"{one.code} ({one.name}): key {state}, {holders}{moving}{'' if one.is_ready else '  <- warning'}"
        )
    lacking = sum(not one.is_ready for one in found)
    if lacking:
        print(
            f"{lacking} of {len(found)} agencies that may read places or confidential talks have no key in use, or fewer than"
            " two people who hold it. Records on which they take part stay under the installation key, or are one illness"
            " away from being shut: two people there open Your sign-in, Your key to sealed parts."
        )
    return 0


def run_show(asked: argparse.Namespace) -> int:
    """One line for each key; 1, where one is missing on which something hangs."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        from encircle.actions.keys.moving import keys_shown  # needs the settings

        shown = keys_shown()
    for one in shown:
        state = "current" if one.is_current else "older" if one.is_here else "MISSING"
        made = "" if one.made is None else f", made {one.made:%Y-%m-%d %H:%M} UTC"
        print(f"{one.id.hex()} {state}{made}: {one.data_keys} data keys")
    return 0 if all(one.is_here for one in shown) else FOUND_SOMETHING


def run_rotate(asked: argparse.Namespace) -> int:
    """Make it, move to it, and say what to do now."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        from encircle.actions.keys.moving import make_new_key  # needs the settings

        made = make_new_key()
        print(
            f"The current key is {made.hex()}. Make its safe copy now: {asked.data / 'keys' / 'installation-key'}"
        )
        _move()
    print("The older key stays until you retire it: encircle keys retire ID")
    return 0


def run_move(asked: argparse.Namespace) -> int:
    """Move what hangs on older keys."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        _move()
    return 0


def _move() -> None:
    from encircle.actions.keys.moving import move_everything  # needs the settings

    moved = move_everything(lambda said: print(said, flush=True))
    print(
        f"Moved: {moved.data_keys} data keys, {moved.factors} second steps;"
        f" the names of {moved.names} records were looked through."
    )


def run_retire(asked: argparse.Namespace) -> int:
    """Take it out of use. Refuses: what is no id; a key that something hangs on."""
    from encircle.cli.process import with_database  # loaded when asked for
    from encircle.vocabulary.refusal import BadInput

    try:
        key = bytes.fromhex(asked.key)
    except ValueError as wrong:
        raise BadInput(
            code="no_key_id",
            reason=f"{asked.key!r} is no id of a key.",
            where="ID",
            instead="Look: encircle keys show",
        ) from wrong
    with with_database(asked.data, environ=os.environ):
        from encircle.actions.keys.moving import retire  # needs the settings

        aside = retire(key, give_up_codes=asked.give_up_codes)
    print(
        f"{asked.key} is out of use and lies in {aside.name}. Take that file away from here, and keep its safe copy until"
        " the last backup from before has expired: that backup needs it."
    )
    return 0


def run_drill(asked: argparse.Namespace) -> int:
    """Try it; 1, where something does not open with it, or opens without."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        from encircle.actions.keys.moving import drill  # needs the settings

        found = drill(asked.copy)
    print(
        f"The copy is the key {found.key.hex()}. It opens {found.opened} of {found.data_keys} data keys;"
        f" without it, {found.without} open."
    )
    print(
        "The drill is passed."
        if found.is_passed
        else "THE DRILL HAS FAILED: this copy does not bring everything back."
    )
    return 0 if found.is_passed else FOUND_SOMETHING


def run_copy(asked: argparse.Namespace) -> int:
    """Write it, and say what to do with it."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        from encircle.actions.keys.moving import copy_key  # needs the settings

        key = copy_key(asked.to)
    print(
        f"{asked.to} holds the key {key.hex()}, bare. Take it to the safe, try it there, and leave none here."
    )
    return 0


def run_token(asked: argparse.Namespace) -> int:
    """Make its key, once."""
    from encircle.cli.process import with_database  # loaded when asked for

    with with_database(asked.data, environ=os.environ):
        from encircle.actions.keys.moving import prepare_token  # needs the settings

        made = prepare_token()
    print("The token is prepared." if made else "The token was prepared before.")
    print("Keys that are made from now on are shut by it: encircle keys rotate")
    return 0
