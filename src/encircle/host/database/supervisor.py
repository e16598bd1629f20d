"""Keeps the server of one cluster running while this process lives, and ends it with us. Knows no SQL.

The server is a child of a thread that does nothing else. The kernel ends the server when that thread ends,
however it ends; a killed server is started again, later and later, and not for ever.
"""

import contextlib
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from encircle.host import clock
from encircle.host.database import cluster, process
from encircle.host.database.folder import Place, is_full
from encircle.host.database.status import Condition, Status
from encircle.host.database.unavailable import (
    FULL_BELOW_BYTES,
    DatabaseUnavailable,
    from_os_error,
    from_server_words,
)

logger = logging.getLogger("encircle.host.database")

LOG_LIMIT_BYTES = 5_000_000
READ_OF_LOG_BYTES = 100_000
START_LOOKS_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the supervisor waits, and how often it tries."""

    first_delay_seconds: float = 0.1
    longest_delay_seconds: float = 30.0
    failed_starts: int = 10
    """So many starts in a row that do not come up end the attempts (about a minute and a half)."""
    losses: int = 60
    """So many losses within `losses_within_seconds` end the attempts."""
    losses_within_seconds: float = 600.0
    fast_stop_seconds: float = 60.0
    immediate_stop_seconds: float = 10.0


class Supervisor:
    """Runs the postmaster of one place. One use: start once, stop once."""

    def __init__(
        self, place: Place, *, command: Sequence[str | Path], sockets: Path, patience: Patience | None = None
    ) -> None:
        self._place = place
        self._command = command
        self._sockets = sockets
        self._patience = patience or Patience()
        self._process_of_start = os.getpid()
        self._changed = threading.Condition()
        self._leaving = threading.Event()
        self._child: process.Child | None = None
        self._failure: DatabaseUnavailable | None = None
        self._losses: list[float] = []
        self._status = Status(Condition.STARTING, since=clock.now())
        self._thread = threading.Thread(target=self._keep_running, name="database-supervisor", daemon=True)

    @property
    def status(self) -> Status:
        """How the server is now."""
        return self._status

    @property
    def server_number(self) -> int | None:
        """The process number of the postmaster, while there is one."""
        child = self._child
        return child.pid if child is not None else None

    def start(self) -> None:
        """Start the server and wait until it takes connections. Refuses: one that ends instead."""
        self._thread.start()
        self.wait_until(lambda status: status.condition is not Condition.STARTING)
        if self._failure is not None and self._status.condition is Condition.FAILED:
            raise self._failure

    def wait_until(self, met: Callable[[Status], bool], *, seconds: float | None = None) -> bool:
        """Wait until the status is like that; whether it became so in time."""
        with self._changed:
            return self._changed.wait_for(lambda: met(self._status), timeout=seconds)

    def stop(self) -> None:
        """End the server (fast: open transactions are rolled back), and wait until no process of it is left.

        In a forked child, which does not own the server, this does nothing.
        """
        if os.getpid() != self._process_of_start or self._thread.ident is None:
            return
        self._leaving.set()
        for what, seconds in (
            (signal.SIGINT, self._patience.fast_stop_seconds),
            (signal.SIGQUIT, self._patience.immediate_stop_seconds),
            (signal.SIGKILL, self._patience.immediate_stop_seconds),
        ):
            self._signal(what)
            self._thread.join(timeout=seconds)
            if not self._thread.is_alive():
                return

    def _keep_running(self) -> None:
        failed = 0
        while not self._leaving.is_set():
            came_up = self._one_life()
            if self._leaving.is_set():
                break
            failed = 0 if came_up else failed + 1
            if self._status.condition is Condition.STARTING or self._is_hopeless(failed):
                self._turn(Condition.FAILED)
                logger.error("database.given_up", extra={"reason": self._status.reason})
                return
            self._leaving.wait(self._delay(failed))
        self._turn(Condition.STOPPED)

    def _one_life(self) -> bool:
        """Start the server and stay until it has ended; whether it came up."""
        came_up = False
        try:
            if self._status.condition is not Condition.STARTING:
                cluster.clear_what_a_crash_left(self._place, sockets=self._sockets)
            beginning = self._spawn()
            came_up = self._wait_until_ready()
            if came_up:
                self._say_ready()
            ended = self._wait_for_its_end()
            if not self._leaving.is_set():
                self._lost(self._why(beginning, ended=ended, came_up=came_up))
        except DatabaseUnavailable as refusal:
            self._lost(refusal)
        except OSError as error:
            self._lost(from_os_error(error, place=self._place.root))
        except subprocess.SubprocessError as error:
            self._lost(_not_allowed(error))
        return came_up

    def _spawn(self) -> int:
        """Start the postmaster; where its words begin in the log."""
        log = self._place.log
        if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
            log.replace(log.with_name(log.name + ".old"))
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        output = os.open(log, flags, 0o600)
        try:
            beginning = os.fstat(output).st_size
            child = process.start(
                self._command, account=self._place.account, output=output, when_we_end=signal.SIGINT
            )
        finally:
            os.close(output)
        with self._changed:
            self._child = child
        if self._leaving.is_set():
            self._signal(signal.SIGINT)
        return beginning

    def _wait_until_ready(self) -> bool:
        """Whether the server takes connections before it ends. A long recovery is waited for."""
        child = self._child
        while child is not None and not _has_ended(child):
            if cluster.is_ready(self._place.cluster, number=child.pid):
                return True
            time.sleep(START_LOOKS_SECONDS)
        return False

    def _wait_for_its_end(self) -> int:
        """Wait for the end of the child, and take it; the exit code, or minus the signal.

        It is taken only here, and under the lock, so that no signal of ours meets a later process.
        """
        child = self._child
        if child is None:
            return 0
        with contextlib.suppress(
            ChildProcessError
        ):  # taken by a wait for any child elsewhere in this process
            os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        with self._changed:
            self._child = None
            return child.wait()

    def _signal(self, what: signal.Signals) -> None:
        with self._changed:
            if self._child is not None:
                os.kill(self._child.pid, what)

    def _say_ready(self) -> None:
        again = self._status.condition is not Condition.STARTING
        self._turn(Condition.READY, restarts=self._status.restarts + again)
        if again:
            logger.warning("database.recovered", extra={"restarts": self._status.restarts})

    def _lost(self, why: DatabaseUnavailable) -> None:
        self._failure = why
        self._losses.append(time.monotonic())
        first = self._status.condition is Condition.STARTING
        self._turn(Condition.STARTING if first else Condition.RECOVERING, reason=str(why))
        logger.warning("database.lost", extra={"reason": str(why)})

    def _turn(self, condition: Condition, *, restarts: int | None = None, reason: str | None = None) -> None:
        with self._changed:
            self._status = Status(
                condition,
                since=clock.now(),
                restarts=self._status.restarts if restarts is None else restarts,
                reason=reason or self._status.reason,
            )
            self._changed.notify_all()

    def _is_hopeless(self, failed: int) -> bool:
        recent = time.monotonic() - self._patience.losses_within_seconds
        self._losses = [at for at in self._losses if at > recent]
        return failed >= self._patience.failed_starts or len(self._losses) > self._patience.losses

    def _delay(self, failed: int) -> float:
        """Seconds before the next start: at once and short at first, doubled with each start that failed."""
        return min(self._patience.first_delay_seconds * 2.0**failed, self._patience.longest_delay_seconds)

    def _why(self, beginning: int, *, ended: int, came_up: bool) -> DatabaseUnavailable:
        """Why the server ended, from its own words and from how it ended."""
        place = self._place.root
        if came_up and ended == -signal.SIGKILL:
            return DatabaseUnavailable(
                code="server_killed",
                reason=f"The database server in {place} was killed.",
                instead="If that was not on purpose, look whether the machine ran out of memory.",
            )
        with self._place.log.open("rb") as log:
            log.seek(beginning)
            said = log.read(READ_OF_LOG_BYTES).decode(errors="replace")
        full = is_full(place, below_bytes=FULL_BELOW_BYTES)
        return from_server_words(said, place=place, disk_is_full=full)


def _has_ended(child: process.Child) -> bool:
    """Whether the child has ended; it is not reaped."""
    try:
        return os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None
    except ChildProcessError:
        return True


def _not_allowed(error: subprocess.SubprocessError) -> DatabaseUnavailable:
    return DatabaseUnavailable(
        code="cannot_start",
        reason=f"The machine did not let the database server be started as its account: {error}.",
        instead="Set DATABASE_URL, or start without root.",
    )
