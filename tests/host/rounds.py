"""Kill rounds: a client writes row after row, something is killed, nothing confirmed may be missing."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg

from encircle.host.database import DatabaseRole, DatabaseUnavailable, EmbeddedDatabase
from tests.host.world import Serving, World, connect, processes_of, serve

WRITE_SECONDS = 0.25
RESTART_SECONDS = 30.0


@dataclass(frozen=True)
class Outcome:
    """What the rounds showed. `slowest_restart_ms` is from the kill to the first answered connection."""

    rounds: int
    failed_restarts: int
    acknowledged_rows: int
    lost_rows: int
    left_processes: int
    slowest_restart_ms: int

    @property
    def as_words(self) -> dict[str, int]:
        """For JSON."""
        return asdict(self)


class Client:
    """A process that commits one row at a time, and notes each number after its commit was acknowledged."""

    def __init__(self, sign_in: dict[str, str], *, notes: Path) -> None:
        self.notes = notes
        self._number = os.fork()
        if self._number == 0:
            _write_rows(sign_in, notes)

    def end(self) -> None:
        """Stop it at once, as a crash of the whole product would."""
        os.kill(self._number, signal.SIGKILL)
        os.waitpid(self._number, 0)


def _write_rows(sign_in: dict[str, str], notes: Path) -> None:
    """Write until killed; a lost connection is opened again."""
    try:
        note = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        number = sum(1 for _ in notes.open("rb")) * 1000
        while True:
            try:
                with psycopg.connect(**sign_in, autocommit=True) as connection:
                    while True:
                        number += 1
                        connection.execute("insert into written (number) values (%s)", (number,))
                        os.write(note, f"{number}\n".encode())
            except psycopg.OperationalError:
                time.sleep(0.01)
    finally:
        os._exit(1)


def kill_itself(serving: Serving, world: World, cluster: Path) -> None:
    """Kill the process that runs the database; the kernel then ends the server."""
    serving.tell(signal.SIGKILL)


def kill_everything(serving: Serving, world: World, cluster: Path) -> None:
    """Kill the process that runs the database, the server and all its children, as a power cut would."""
    os.kill(serving.number, signal.SIGSTOP)
    for number in (*processes_of(world, cluster), serving.number):
        os.kill(number, signal.SIGKILL)
    serving.end()


def rounds_with_a_new_start(
    world: World, *, rounds: int, kill: Callable[[Serving, World, Path], None]
) -> Outcome:
    """Write, kill, start anew at once, count; again and again on one data folder."""
    notes = world.folder / "notes"
    cluster = _prepare(world)
    failed = slowest = 0
    for _ in range(rounds):
        serving = serve(world)
        sockets = _sockets(world)
        client = Client(
            {"host": sockets, "dbname": "encircle", "user": DatabaseRole.OWNER.value}, notes=notes
        )
        time.sleep(WRITE_SECONDS)
        kill(serving, world, cluster)
        killed = time.monotonic()
        client.end()
        try:
            with world.open() as database, connect(database):
                slowest = max(slowest, round((time.monotonic() - killed) * 1000))
        except DatabaseUnavailable:
            failed += 1
    return _outcome(world, cluster, rounds=rounds, failed=failed, slowest=slowest, notes=notes)


def rounds_with_the_server_killed(world: World, *, rounds: int) -> Outcome:
    """Write, kill the postmaster alone, wait until the supervisor has brought it back; the client goes on."""
    notes = world.folder / "notes"
    cluster = _prepare(world)
    failed = slowest = 0
    with world.open() as database:
        client = Client(database.dsn(DatabaseRole.OWNER), notes=notes)
        for done in range(rounds):
            time.sleep(WRITE_SECONDS)
            number = database.server_number
            if number is None:
                failed += 1
                continue
            os.kill(number, signal.SIGKILL)
            killed = time.monotonic()
            if _came_back(database, restarts=done + 1):
                slowest = max(slowest, round((time.monotonic() - killed) * 1000))
            else:
                failed += 1
        client.end()
    return _outcome(world, cluster, rounds=rounds, failed=failed, slowest=slowest, notes=notes)


def _came_back(database: EmbeddedDatabase, *, restarts: int) -> bool:
    until = time.monotonic() + RESTART_SECONDS
    while time.monotonic() < until:
        if database.status().restarts == restarts and database.wait_until_ready(seconds=RESTART_SECONDS):
            with connect(database):
                return True
        time.sleep(0.005)
    return False


def _prepare(world: World) -> Path:
    with world.open() as database, connect(database) as connection:
        connection.execute("create table written (number bigint primary key)")
        return database.place.cluster


def _sockets(world: World) -> str:
    return (world.data / "database" / "socket-folder").read_text().strip()


def _outcome(world: World, cluster: Path, *, rounds: int, failed: int, slowest: int, notes: Path) -> Outcome:
    acknowledged = {int(line) for line in notes.read_text().split("\n") if line}
    with world.open() as database, connect(database) as connection:
        there = {int(row[0]) for row in connection.execute("select number from written")}
    return Outcome(
        rounds=rounds,
        failed_restarts=failed,
        acknowledged_rows=len(acknowledged),
        lost_rows=len(acknowledged - there),
        left_processes=len(processes_of(world, cluster)),
        slowest_restart_ms=slowest,
    )
