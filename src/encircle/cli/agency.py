"""`encircle agency`: where an agency is reached by notices; whether it asks for passkeys and receives reports."""

import argparse
from collections.abc import Callable
from datetime import time
from pathlib import Path

from encircle.vocabulary.refusal import BadInput


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its verbs."""
    group = commands.add_parser(
        "agency", help="set where notices of an agency go, whether it asks for passkeys and receives reports"
    )
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    command = verbs.add_parser(
        "notices", help="set where notices of an agency go, and its hours; what is left out stays"
    )
    command.add_argument("agency", metavar="CODE", help="code of the agency")
    command.add_argument("--day", metavar="ADDRESS", help="mail of its case leads and supervisors by day")
    command.add_argument("--night", metavar="ADDRESS", help="mail of its duty desk by night")
    command.add_argument("--opens", metavar="HH:MM", help="from when it is day there, on working days")
    command.add_argument("--closes", metavar="HH:MM", help="until when; the same as --opens: it never closes")
    _of_installation(command, run)
    passkeys = verbs.add_parser(
        "passkeys", help="ask the people of an agency who read sensitive parts for a passkey, after some days"
    )
    passkeys.add_argument("agency", metavar="CODE", help="code of the agency")
    passkeys.add_argument(
        "--days",
        type=int,
        default=14,
        metavar="N",
        help="how long a code still opens their work (default: 14)",
    )
    passkeys.add_argument("--stop", action="store_true", help="ask for none any more")
    _of_installation(passkeys, run_passkeys)

    reports = verbs.add_parser(
        "reports", help="let an agency receive reports from the door; without an agency, name those that do"
    )
    reports.add_argument("agency", metavar="CODE", nargs="?", default="", help="code of the agency")
    reports.add_argument("--stop", action="store_true", help="seal nothing more to it")
    reports.add_argument(
        "--out-of-hours",
        choices=("yes", "no"),
        help="whether its desk is there when no other one is: danger outside the hours of all goes to it at once",
    )
    reports.add_argument(
        "--region", metavar="CODE", help="the region of its desk, a short code; national: the whole country"
    )
    _of_installation(reports, run_reports)


def _of_installation(
    command: argparse.ArgumentParser, carry_out: Callable[[argparse.Namespace], int]
) -> None:
    command.add_argument(
        "--data",
        type=Path,
        default=Path("var"),
        metavar="DIR",
        help="folder of the installation (default: var)",
    )
    command.set_defaults(run=carry_out)


def run_passkeys(asked: argparse.Namespace) -> int:
    """Ask for passkeys, or stop asking. Refuses: an agency that is not there, fewer days than none."""
    from encircle.cli.process import environment, with_database  # loaded when asked for

    if asked.days < 0:
        raise BadInput(code="bad_days", reason="--days: expected a whole number, 0 or more.", where="--days")
    with with_database(asked.data, environ=environment()):
        from encircle.actions.passkeys import require_passkeys, stop_requiring_passkeys  # needs the settings

        if asked.stop:
            stop_requiring_passkeys(asked.agency)
            print("Nobody is asked for a passkey.", flush=True)
        else:
            since = require_passkeys(asked.agency, in_days=asked.days)
            print(
                f"Who reads sensitive parts needs a passkey from {since:%Y-%m-%d %H:%M} UTC on.", flush=True
            )
    return 0


def run_reports(asked: argparse.Namespace) -> int:
    """Let it, or stop it, and say who receives. Refuses: an agency that is not there, or does no triage.

    Exit status: 1, where the door is shut since fewer than two agencies receive.
    """
    from encircle.cli.process import environment, with_database  # loaded when asked for

    with with_database(asked.data, environ=environment()):
        from encircle.actions.reports import enrolment  # needs the settings
        from encircle.actions.reports.door import FEWEST

        if asked.agency and asked.stop:
            print("Stopped." if enrolment.stop_receiving(asked.agency) else "It received none.", flush=True)
        elif asked.agency:
            enrolment.let_receive(asked.agency)
            enrolment.set_desk(
                asked.agency,
                out_of_hours=None if asked.out_of_hours is None else asked.out_of_hours == "yes",
                region="" if asked.region == "national" else asked.region,
            )
        found = enrolment.who_receives()
        for one in found:
            lacks = "" if one.ready else ": NOT YET, two of its people have to have its key (page: Your key)"
            of = (one.region, "out of hours" if one.out_of_hours else "")
            told = "".join(f"  ({word})" for word in of if word)
            print(f"{one.code}  {one.name}{told}{lacks}", flush=True)
        if enrolment.lacks_a_desk_at_night():
            print(
                "NO DESK IS NAMED for the hours when the others are closed. Danger that comes then is told to desks that"
                " may be closed. Name one: encircle agency reports CODE --out-of-hours yes",
                flush=True,
            )
        missing = FEWEST - sum(one.ready for one in found)
        if missing > 0:
            print(
                f"THE DOOR IS SHUT: {missing} more must receive reports and have their key in use.",
                flush=True,
            )
        return int(missing > 0)


def run(asked: argparse.Namespace) -> int:
    """Set it, and say what holds now. Refuses: an agency that is not there, a time or an address that is none."""
    from encircle.cli.process import environment, with_database  # loaded when asked for

    opens, closes = _hour(asked.opens, "--opens"), _hour(asked.closes, "--closes")
    with with_database(asked.data, environ=environment()):
        from encircle.actions.notices import reach_agency  # needs the settings

        box = reach_agency(asked.agency, day=asked.day, night=asked.night, opens=opens, closes=closes)
        hours = (
            "always" if box.opens_at == box.closes_at else f"{box.opens_at:%H:%M} to {box.closes_at:%H:%M}"
        )
        print(f"By day ({hours}): {box.by_day or 'nobody'}\nBy night: {box.by_night or 'nobody'}", flush=True)
    return 0


def _hour(text: str | None, where: str) -> time | None:
    try:
        return None if text is None else time.fromisoformat(text)
    except ValueError as wrong:
        raise BadInput(
            code="bad_time", reason=f"{where}: got {text!r}. Expected a time such as 08:00.", where=where
        ) from wrong
