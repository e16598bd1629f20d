"""`encircle serve`: everything of an installation from one command, on an empty or an existing folder."""

import argparse
import secrets
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from encircle.cli.process import StartRefused, environment, migrate, start_web, stop, take_role, until_stopped
from encircle.host.database import Condition, Database, open_database
from encircle.host.packs import OPTION as PACKS
from encircle.vocabulary.refusal import BadInput

FIRST_ANSWER_SECONDS = 300
TELL_EVERY_SECONDS = 15
SEQUENCE_SECONDS = 5
STATISTICS_SECONDS = 600
MAIL_AWAY_SECONDS = 60
WATCH_SECONDS = 300
COUNTING_SECONDS = 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its options."""
    command = commands.add_parser("serve", help="start everything on an empty or existing folder")
    add_options(command, bind="127.0.0.1:8000", data="var")
    command.set_defaults(run=run)


def add_options(command: argparse.ArgumentParser, *, bind: str, data: str) -> None:
    """--bind and --data, as serve and demo have them."""
    command.add_argument(
        "--bind", default=bind, metavar="HOST:PORT", help=f"address of the pages (default: {bind})"
    )
    command.add_argument(
        "--data",
        type=Path,
        default=Path(data),
        metavar="DIR",
        help=f"folder of the installation (default: {data})",
    )


def run(asked: argparse.Namespace) -> int:
    """Serve until stopped. At the first start one sign-in is made and its password printed once."""
    return serve(asked.bind, asked.data, mode="live", prepare=_first_sign_in)


def serve(bind: str, data: Path, *, mode: str, prepare: Callable[[str], None]) -> int:
    """Database, tables, what `prepare` puts in, web server and journal sequencer; ends with all of them ended."""
    address = _address(bind)
    environ = environment()
    with until_stopped(), open_database(data, environ=environ) as database:
        environ[PACKS] = str(_packs_to_run_by(data))
        migrate(data, environ=environ, mode=mode)
        take_role("jobs", data=data, environ=environ, mode=mode)
        prepare(address)
        _hash_recovery_codes()
        web = start_web(bind, data=data, environ=environ, mode=mode)
        try:
            _wait_for_first_answer(address, web.poll)
            print(f"Encircle is ready: {address}", flush=True)
            _keep_time(web.poll, database)
        finally:
            stop(web)
    return 0


def _packs_to_run_by(data: Path) -> Path:
    """The packs that were given, or those that ran before where these are bad, which is said. Refuses: BadPack."""
    from encircle.actions.kept_packs import keep_packs  # loaded when asked for
    from encircle.actions.law import packs_folder
    from encircle.host import clock

    kept = keep_packs(data, source=packs_folder(), on=clock.now().date())
    if kept.refused is not None:
        _say(f"the packs are not used: {kept.refused}\nThe packs that ran before stay.")
    return kept.folder


def _address(bind: str) -> str:
    host, colon, port = bind.rpartition(":")
    if not colon or not port.isdecimal() or not 0 < int(port) < 65536:
        raise BadInput(
            code="bad_address",
            reason=f"--bind: got {bind!r}. Expected an address such as 127.0.0.1:8000.",
            where="--bind",
        )
    return f"http://{host or '127.0.0.1'}:{port}/"


def _first_sign_in(address: str) -> None:
    from encircle.actions.staff import make_first_sign_in  # needs the settings

    password = secrets.token_urlsafe(15)
    if make_first_sign_in(login="local", password=password):
        print(
            f"First sign-in at {address}\n  login:    local\n  password: {password}\nIt is shown only now.",
            flush=True,
        )
    _say_of_recovery()


def _say_of_recovery() -> None:
    """Where something is sealed to people that no two institutions could bring back, or too few could read."""
    from encircle.actions.keys.agencies import keys_of_agencies  # needs the settings
    from encircle.actions.keys.recovery import recovery_stands

    stands = recovery_stands()
    if stands.agencies and not stands.is_ready:
        _say("recovery is not ready: what is sealed to people could be lost. Look: encircle recovery show")
    lacking = sum(not one.is_ready for one in keys_of_agencies())
    if stands.agencies and lacking:
        _say(
            f"{lacking} agencies that may read sealed parts lack a key or people who hold it: encircle keys agencies"
        )


def _wait_for_first_answer(address: str, ended: Callable[[], int | None]) -> None:
    """Refuses: StartRefused, once the web server has ended, or when it has not answered for a long time."""
    begun = time.monotonic()
    told = 1
    while (waited := time.monotonic() - begun) < FIRST_ANSWER_SECONDS:
        if ended() is not None:
            break
        if waited >= told * TELL_EVERY_SECONDS:
            print(
                f"Waiting for the first page at {address} ({waited:.0f} s; a busy machine takes longer)",
                flush=True,
            )
            told += 1
        try:
            with urllib.request.urlopen(f"{address}-/ready", timeout=2) as answer:  # nosec B310  # our own address
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    why = (
        f"There was no answer at {address} for {FIRST_ANSWER_SECONDS} seconds. Try again when the machine is less busy."
        if ended() is None
        else "The web server ended by itself. Its reason stands above."
    )
    raise StartRefused(code="web_not_up", reason=f"The pages did not come up. {why}")


def _keep_time(ended: Callable[[], int | None], database: Database) -> None:
    """While the pages run: sign the journal, compute what time has changed and send notices, every few seconds.

    Now and then ask whether a quarter has ended of which there are no figures yet.
    Says when the database was lost and came back.
    """
    counting: Iterator[int] | None = None
    restarts = database.status().restarts
    statistics_at = notices_at = watch_at = time.monotonic()
    _say_how_notices_go()
    _say_who_is_there_at_night()
    while ended() is None:
        _sign_journal()
        _sweep_ledger()
        counting = _count_effect(counting)
        if time.monotonic() >= watch_at:
            _watch_looks()
            watch_at = time.monotonic() + WATCH_SECONDS
        if time.monotonic() >= notices_at:
            notices_at = time.monotonic() + (MAIL_AWAY_SECONDS if _send_notices() else 0)
        if time.monotonic() >= statistics_at:
            _release_statistics()
            statistics_at = time.monotonic() + STATISTICS_SECONDS
        time.sleep(SEQUENCE_SECONDS)
        status = database.status()
        if status.condition is Condition.FAILED:
            raise StartRefused(
                code="database_failed", reason=f"The database could not be kept running: {status.reason}"
            )
        if status.restarts != restarts:
            restarts = status.restarts
            _say(f"the database was lost and runs again ({restarts} times by now)")
    raise StartRefused(code="web_ended", reason="The pages ended by themselves. The reason stands above.")


def _hash_recovery_codes() -> None:
    """Those that were shown by a release that kept them sealed."""
    from encircle.actions.recovery_codes import hash_shown_codes  # needs the settings

    hash_shown_codes()


def _sign_journal() -> None:
    from encircle.actions.journal import sequence_journal
    from encircle.vocabulary.refusal import Refused

    try:
        sequence_journal()
    except Refused as refused:
        _say(f"the journal waits: {refused}")
    except OSError as failed:  # its heads are written to a file as well; a full disk has room again later
        _say(f"the journal waits: {failed.strerror}")


def _sweep_ledger() -> None:
    from encircle.actions.projection import sweep_ledger
    from encircle.actions.reports.files import sweep_files
    from encircle.vocabulary.refusal import Refused

    try:
        sweep_ledger()
        sweep_files()
    except Refused as refused:
        _say(f"the lists wait: {refused}")


def _count_effect(counting: Iterator[int] | None) -> Iterator[int] | None:
    """Count for about a second what proposals of practice would move; None, where nothing is left to count."""
    from encircle.actions.practice.effect import effects_of_waiting
    from encircle.vocabulary.refusal import Refused

    going, begun = counting or effects_of_waiting(), time.monotonic()
    try:
        while next(going, None) is not None:
            if time.monotonic() - begun >= COUNTING_SECONDS:
                return going
        return None
    except Refused as refused:
        _say(f"the effect of a proposal waits: {refused}")
        return None


def _watch_looks() -> None:
    from encircle.actions.watching import watch_looks
    from encircle.vocabulary.refusal import Refused

    try:
        watch_looks()
    except Refused as refused:
        _say(f"watching over looks waits: {refused}")


def _send_notices() -> bool:
    """Whether the mail server was away."""
    from django.conf import settings

    from encircle.actions.notices import send_notices, tell_higher
    from encircle.actions.reports.body import tell_bodies
    from encircle.actions.reports.telling import tell_desks
    from encircle.vocabulary.refusal import Refused

    try:
        tell_desks(settings.COUNTRY)
        tell_bodies(settings.COUNTRY)
        tell_higher()
        return send_notices().away
    except Refused as refused:
        _say(f"the notices wait: {refused}")
        return False


def _say_how_notices_go() -> None:
    from encircle.actions.notices import mail_server

    if mail_server() is None:
        _say(
            "no mail server is set (ENCIRCLE_SMTP_HOST): notices are shown in Encircle only, nobody is mailed"
        )


def _say_who_is_there_at_night() -> None:
    from encircle.actions.reports.enrolment import lacks_a_desk_at_night
    from encircle.vocabulary.refusal import Refused

    try:
        if lacks_a_desk_at_night():
            _say(
                "no desk is named for the hours when the others are closed: name one with"
                " encircle agency reports CODE --out-of-hours yes"
            )
    except Refused as refused:
        _say(f"who is there at night is not known yet: {refused}")


def _release_statistics() -> None:
    from encircle.actions.statistics import release_statistics
    from encircle.vocabulary.refusal import Refused

    try:
        release_statistics()
    except Refused as refused:
        _say(f"the statistics wait: {refused}")


def _say(line: str) -> None:
    with suppress(OSError):  # a full disk, on which the log lies too, ends nothing
        print(f"encircle: {line}", file=sys.stderr, flush=True)
