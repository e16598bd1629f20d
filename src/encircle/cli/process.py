"""Processes of an installation: the database, the settings of a role, migrations, the web server. Knows no cases."""

import os
import signal
import subprocess  # nosec B404  # starts our own programs only, with fixed words
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path

from encircle.host.database import Database, connect_or_open
from encircle.host.leaving import ASKED_TO_LEAVE, leave_on_signals
from encircle.host.lines import PLACES
from encircle.host.packs import OPTION as PACKS
from encircle.vocabulary.refusal import Refused

SETTINGS = "encircle.config.settings"
PATIENCE_SECONDS = 20


class StartRefused(Refused):
    """A part of the installation could not be started; the text says which and why."""


def take_role(role: str, *, data: Path, environ: MutableMapping[str, str], mode: str | None = None) -> None:
    """Set Django up in this process for one database role. Can be done once in a process."""
    environ["ENCIRCLE_DATA"] = str(data.absolute())
    environ["ENCIRCLE_ROLE"] = role
    if mode is not None:
        environ["ENCIRCLE_MODE"] = mode
    environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django  # reads the settings that were just named

    django.setup()


@contextmanager
def with_database(data: Path, *, environ: MutableMapping[str, str], role: str = "jobs") -> Iterator[Database]:
    """The database of that folder, running or started for as long as this lasts, and this process in that role."""
    from encircle.actions.kept_packs import kept_packs  # loaded when asked for

    with connect_or_open(data, environ=environ) as database:
        kept = kept_packs(data)
        if kept is not None:
            environ[PACKS] = str(kept)
        migrate(data, environ=environ)
        take_role(role, data=data, environ=environ)
        yield database


def migrate(data: Path, *, environ: Mapping[str, str], mode: str | None = None) -> None:
    """Bring the tables up to this release, as their owner, in a process of its own. Refuses: StartRefused."""
    given = {
        **environ,
        "ENCIRCLE_DATA": str(data.absolute()),
        "ENCIRCLE_ROLE": "owner",
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }
    if mode is not None:
        given["ENCIRCLE_MODE"] = mode
    words = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks"]
    done = subprocess.run(words, env=given, capture_output=True, text=True, check=False)  # nosec B603  # fixed words
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no reason was given"])[-1]
        raise StartRefused(
            code="migration_failed", reason=f"The tables could not be brought up to this release: {last}"
        )


def agree_as_people(seed: int, *, environ: Mapping[str, str]) -> None:
    """Let agencies of a demonstration agree, in a process of its own with the role of the pages. Refuses: StartRefused."""
    words = [sys.executable, "-m", "encircle.cli.agreeing", str(seed)]
    given = {**environ, "ENCIRCLE_ROLE": "web"}
    if subprocess.run(words, env=given, check=False).returncode != 0:  # nosec B603  # fixed words
        raise StartRefused(code="no_agreements", reason="The agreements of the demonstration were not made.")


def start_web(bind: str, *, data: Path, environ: Mapping[str, str], mode: str) -> "subprocess.Popen[bytes]":
    """The web server as a child process, in the role web."""
    host, _, port = bind.rpartition(":")
    # Each thread of C's allocator takes from a heap of its own, and what is free in one is not used by another: two are
    # enough where one thread at a time runs (20 MiB less at rest).
    given = {
        "MALLOC_ARENA_MAX": "2",
        **environ,
        "ENCIRCLE_DATA": str(data.absolute()),
        "ENCIRCLE_ROLE": "web",
        "ENCIRCLE_MODE": mode,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }
    words = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--http",
        "1",
        "--host",
        host or "127.0.0.1",
        "--port",
        port,
    ]
    # Connections held at once, idle ones too: with 64 the next one waited until one of these was given up, thirty seconds.
    # As many threads wait for what comes in, so that slow uploads hold no page; they are made when needed (config/wsgi.py).
    # One request at a time on each: where HTTP/2 may come as well, a line that sends nothing has no end.
    words += [
        "--workers",
        "1",
        "--blocking-threads",
        str(PLACES),
        "--backpressure",
        str(PLACES),
        "--no-ws",
        "--log-level",
        "error",
    ]
    words += ["--respawn-failed-workers", "--factory", "encircle.config.wsgi:served"]
    return subprocess.Popen(words, env=given)  # nosec B603  # fixed words


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a child process: first asked, then made."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def until_stopped() -> Iterator[None]:
    """SIGTERM, SIGHUP and SIGINT end what is inside, through every `with` block; that is no failure."""
    leave_on_signals()
    try:
        yield
    except SystemExit as left:
        if left.code not in {128 + asked for asked in ASKED_TO_LEAVE}:
            raise


def environment() -> MutableMapping[str, str]:
    """The environment of this process, as the one place that hands it on."""
    return os.environ
