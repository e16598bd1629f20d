"""`encircle account`: make, reset and close the sign-ins of staff. A password is shown once and kept by nobody."""

import argparse
from pathlib import Path

from encircle.vocabulary.role import Role


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its verbs."""
    group = commands.add_parser("account", help="make, reset and close the sign-ins of staff")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    add = _verb(verbs, "add", "make an account for somebody of an agency; prints its password once")
    invite = verbs.add_parser("invite", help="print a code with which a colleague makes their own sign-in")
    _of_installation(invite)
    for command in (add, invite):
        command.add_argument("--agency", required=True, metavar="CODE", help="code of the agency")
        command.add_argument(
            "--role", required=True, choices=[role.value for role in Role], help="role at the agency"
        )
    _verb(verbs, "password", "give a new password, printed once; all sessions of the account end")
    _verb(verbs, "factor", "forget a lost app or passkey; the next sign-in sets up a new one")
    _verb(verbs, "signout", "end all sessions of the account, wherever it is signed in")
    _verb(verbs, "close", "let nobody sign in with it any more; what was written under it stays")


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, meaning: str
) -> argparse.ArgumentParser:
    command = verbs.add_parser(name, help=meaning)
    command.add_argument("login", metavar="LOGIN", help="the login of the account")
    _of_installation(command)
    return command


def _of_installation(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data",
        type=Path,
        default=Path("var"),
        metavar="DIR",
        help="folder of the installation (default: var)",
    )
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Do it, and say so. Refuses: NoSuchAccount, and a login that is taken."""
    from encircle.cli.process import environment, with_database  # loaded when asked for

    with with_database(asked.data, environ=environment()):
        print(_done(asked), flush=True)
    return 0


def _done(asked: argparse.Namespace) -> str:
    from encircle.actions import account, invitation  # needs the settings

    match asked.verb:
        case "add":
            password = account.add_account(login=asked.login, agency=asked.agency, role=Role(asked.role))
            return f"The account is made. Password, shown only now: {password}"
        case "invite":
            code = invitation.invite_by_operator(agency=asked.agency, role=Role(asked.role))
            return f"Code, shown only now, to be handed over in person: {code}"
        case "password":
            return f"New password, shown only now: {account.reset_password(asked.login)}"
        case "factor":
            gone = account.reset_second_factor(asked.login)
            return f"Forgotten: {gone} second factors and sets of recovery codes. All sessions have ended."
        case "signout":
            account.end_sessions(asked.login)
            return "All sessions have ended."
        case _:
            account.close_account(asked.login)
            return "The account is closed."
