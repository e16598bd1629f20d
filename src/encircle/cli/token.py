"""`encircle token`: make, list and revoke what programs of agencies work with. A secret is shown once and kept by nobody."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role

if TYPE_CHECKING:
    from encircle.actions.token import Token


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its verbs."""
    group = commands.add_parser("token", help="make, list and revoke the tokens with which programs work")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    make = _verb(verbs, "make", "make a token for a program of an agency; prints its secret once")
    make.add_argument("--agency", required=True, metavar="CODE", help="code of the agency")
    make.add_argument("--role", required=True, choices=[role.value for role in Role], help="role it works in")
    make.add_argument(
        "--name", required=True, metavar="CODE", help="what the agency calls the program: a-z, 0-9, _ . : -"
    )
    make.add_argument(
        "--purpose",
        required=True,
        action="append",
        choices=[purpose.value for purpose in Purpose],
        help="a purpose it may name; may be given several times",
    )
    make.add_argument(
        "--group",
        action="append",
        choices=[group.value for group in FieldGroup],
        help="a field group that it may open; left out: all that the mandate of the role opens",
    )
    make.add_argument("--days", type=int, default=90, metavar="N", help="good for so many days (default: 90)")
    make.add_argument(
        "--made-by", default="operator", metavar="CODE", help="who asked for it (default: operator)"
    )
    lists = _verb(verbs, "list", "list all tokens: what each may do, until when, when it was last used")
    lists.add_argument("--agency", default="", metavar="CODE", help="of this agency only")
    revoke = _verb(verbs, "revoke", "let a token open nothing any more")
    revoke.add_argument("id", metavar="ID", help="the id of the token, as the list tells it")


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, meaning: str
) -> argparse.ArgumentParser:
    command = verbs.add_parser(name, help=meaning)
    command.add_argument(
        "--data",
        type=Path,
        default=Path("var"),
        metavar="DIR",
        help="folder of the installation (default: var)",
    )
    command.set_defaults(run=run)
    return command


def run(asked: argparse.Namespace) -> int:
    """Do it, and say so. Refuses: an agency or a token that is not there, more than the mandate has."""
    from encircle.cli.process import environment, with_database  # loaded when asked for

    with with_database(asked.data, environ=environment()):
        print(_done(asked), flush=True)
    return 0


def _done(asked: argparse.Namespace) -> str:
    from encircle.actions import token  # needs the settings

    match asked.verb:
        case "make":
            secret = token.make_token(
                agency=asked.agency,
                role=Role(asked.role),
                name=asked.name,
                purposes=[Purpose(one) for one in asked.purpose],
                groups=None if asked.group is None else [FieldGroup(one) for one in asked.group],
                days=asked.days,
                made_by=asked.made_by,
            )
            return f"The token is made. Secret, shown only now: {secret}"
        case "list":
            return "\n".join(map(_line, token.tokens(asked.agency))) or "There are no tokens."
        case _:
            token.revoke_token(asked.id)
            return "The token is revoked."


def _line(one: "Token") -> str:
    state = (
        f"revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else f"good until {one.expires_at:%Y-%m-%d}"
    )
    used = f"last used {one.last_used_hour:%Y-%m-%d %H}h" if one.last_used_hour else "never used"
    allowed = f"{','.join(one.purposes)} · {''.join(one.groups)}"
    return (
        f"{one.id}  {one.agency}  {one.role}  {one.name}  {allowed}  {state}  {used}  made by {one.made_by}"
    )
