"""The embedded database: our own PostgreSQL server on a private socket. Knows no tables of cases."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from encircle.host import clock
from encircle.host.database import account as accounts
from encircle.host.database import binaries as programs
from encircle.host.database import cluster, folder, lock, role, settings
from encircle.host.database.binaries import Binaries
from encircle.host.database.database import Database, answers
from encircle.host.database.lock import FolderLock
from encircle.host.database.role import DATABASE, KEEPER, DatabaseRole
from encircle.host.database.status import Condition, Status
from encircle.host.database.supervisor import Patience, Supervisor
from encircle.host.database.unavailable import DatabaseInUse, DatabaseUnavailable, from_os_error

TEST_ACCOUNT = "nobody"
RUNNING_WAIT_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 0.05


class EmbeddedDatabase(Database):
    """The server of one data folder, run by this process and ended with it."""

    def __init__(
        self, place: folder.Place, *, supervisor: Supervisor, sockets: Path, held: FolderLock
    ) -> None:
        self.place = place
        self._supervisor = supervisor
        self._sockets = sockets
        self._lock = held
        self._process_of_start = os.getpid()

    def dsn(self, role: DatabaseRole) -> dict[str, str]:
        """The words to connect in that role, over the private socket."""
        return _sign_in(self._sockets, user=role.value, dbname=DATABASE)

    def keeper_dsn(self, dbname: str = "postgres") -> dict[str, str]:
        """The words to connect as the superuser of the cluster; only the account that started it may."""
        return _sign_in(self._sockets, user=KEEPER, dbname=dbname)

    def status(self) -> Status:
        """How the server is, how often it was lost, and why."""
        return self._supervisor.status

    @property
    def server_number(self) -> int | None:
        """The process number of the server, while it runs."""
        return self._supervisor.server_number

    def wait_until_ready(self, *, seconds: float) -> bool:
        """Wait until the server takes connections (again); whether it does in time."""
        return self._supervisor.wait_until(
            lambda status: status.condition is Condition.READY, seconds=seconds
        )

    def close(self) -> None:
        """End the server and free the data folder. In a forked child this does nothing."""
        if os.getpid() == self._process_of_start:
            self._supervisor.stop()
            self._lock.release()

    def discard(self) -> None:
        """End the server and delete the database for good. For tests and for "begin anew"."""
        if os.getpid() == self._process_of_start:
            self._supervisor.stop()
            folder.remove(self.place)
            self._lock.release()


class RunningDatabase(Database):
    """The embedded database of a data folder that another process of Encircle runs."""

    def __init__(self, sockets: Path) -> None:
        self._sockets = sockets

    def dsn(self, role: DatabaseRole) -> dict[str, str]:
        """The words to connect in that role, over the private socket."""
        return _sign_in(self._sockets, user=role.value, dbname=DATABASE)

    def status(self) -> Status:
        """Whether the server answers just now."""
        ready = answers(self.dsn(DatabaseRole.OWNER))
        return Status(Condition.READY if ready else Condition.RECOVERING, since=clock.now())

    def close(self) -> None:
        """Nothing was started here, so nothing ends."""


def open_embedded(
    data: Path,
    *,
    environ: Mapping[str, str],
    owner_creates_databases: bool = False,
    binaries: Binaries | None = None,
    patience: Patience | None = None,
) -> EmbeddedDatabase:
    """Start the database of that data folder; an empty one is made when there is none.

    Refuses (DatabaseUnavailable, one line): whatever keeps it from starting. DatabaseInUse: another process
    runs it.
    """
    try:
        me = accounts.own()
        server = accounts.for_server(environ)
        web = accounts.for_web(environ)
        memory_mb = settings.memory_for(environ)
        home = folder.home_of(data)
        held = lock.take(folder.lock_of(home))
        if held is None:
            raise _in_use(home)
        with _given_back_on_failure(held.release):
            place = folder.place_of(home, account=server, environ=environ)
            supervisor, sockets = _prepare(
                place,
                web=web,
                me=me,
                environ=environ,
                binaries=binaries,
                every_database=owner_creates_databases,
                memory_mb=memory_mb,
                patience=patience,
            )
            with _given_back_on_failure(supervisor.stop):
                supervisor.start()
                database = EmbeddedDatabase(place, supervisor=supervisor, sockets=sockets, held=held)
                _furnish(database, owner_creates_databases=owner_creates_databases)
                return database
    except OSError as error:
        raise from_os_error(error, place=data) from error


def connect_or_open(
    data: Path, *, environ: Mapping[str, str], binaries: Binaries | None = None
) -> EmbeddedDatabase | RunningDatabase:
    """The database of that data folder: the one that another process runs, else started here.

    Waits for one that is just starting or just ending. Refuses as `open_embedded`.
    """
    until = time.monotonic() + RUNNING_WAIT_SECONDS
    while True:
        try:
            return open_embedded(data, environ=environ, binaries=binaries)
        except DatabaseInUse:
            sockets = folder.recorded_socket_folder(folder.home_of(data))
            if sockets is not None:
                running = RunningDatabase(sockets)
                if answers(running.dsn(DatabaseRole.OWNER)):
                    return running
            if time.monotonic() > until:
                raise
            time.sleep(LOOK_AGAIN_SECONDS)


def running_database(data: Path) -> RunningDatabase | None:
    """Where the database of that data folder answers when a process runs it; None before its first start.

    Makes, starts and reaches nothing.
    """
    try:
        sockets = folder.recorded_socket_folder(data.resolve() / "database")
    except OSError as error:
        raise from_os_error(error, place=data) from error
    return RunningDatabase(sockets) if sockets is not None else None


@contextmanager
def temporary_database(
    *, environ: Mapping[str, str] | None = None, binaries: Binaries | None = None
) -> Iterator[EmbeddedDatabase]:
    """A database for one test session: its owner may create databases, and nothing stays behind.

    As root it uses a system folder of its own and the account `nobody`, so that no account is made either.
    """
    parent = Path(tempfile.mkdtemp(prefix="encircle-test-", dir=folder.volatile_parent()))
    try:
        given = dict(environ or {})
        if os.geteuid() == 0:
            parent.chmod(0o711)
            given.setdefault(accounts.DATABASE_ACCOUNT_OPTION, TEST_ACCOUNT)
            given.setdefault(folder.SYSTEM_FOLDER_OPTION, str(parent / "system"))
        database = open_embedded(
            parent / "data", environ=given, owner_creates_databases=True, binaries=binaries
        )
        try:
            yield database
        finally:
            database.discard()
    finally:
        shutil.rmtree(parent, ignore_errors=True)


def _prepare(
    place: folder.Place,
    *,
    web: accounts.Account,
    me: accounts.Account,
    environ: Mapping[str, str],
    binaries: Binaries | None,
    every_database: bool,
    memory_mb: int,
    patience: Patience | None,
) -> tuple[Supervisor, Path]:
    """What a start needs, by the holder of the lock: programs, cluster, settings, folder of the socket."""
    usable, major_version = programs.usable_by(
        place.account, binaries or programs.in_wheel(), programs=folder.system_folder(environ) / "programs"
    )
    cluster.ensure(place, binaries=usable, major_version=major_version)
    settings.write_settings(
        place,
        web=web,
        keeper=me,
        every_database=every_database,
        memory_mb=memory_mb,
    )
    sockets = folder.socket_folder(place, web=web)
    cluster.clear_what_a_crash_left(place, sockets=sockets)
    command = settings.command_line(place, postgres=usable.postgres, sockets=sockets)
    return Supervisor(place, command=command, sockets=sockets, patience=patience), sockets


def _furnish(database: EmbeddedDatabase, *, owner_creates_databases: bool) -> None:
    """Check that the server is safe, and make roles, database and grants that are missing."""
    try:
        with psycopg.connect(make_conninfo(**database.keeper_dsn()), autocommit=True) as keeper:
            settings.refuse_if_unsafe(keeper, embedded=True)
            role.ensure_embedded(keeper, owner_creates_databases=owner_creates_databases)
        with psycopg.connect(make_conninfo(**database.keeper_dsn(DATABASE)), autocommit=True) as keeper:
            role.ensure_grants(keeper, database=DATABASE)
    except psycopg.OperationalError as error:
        last = str(error).strip().splitlines() or ["it gave no reason"]
        raise DatabaseUnavailable(
            code="not_furnished",
            reason=f"The database in {database.place.root} started and then failed: {last[-1]}.",
            instead="See server.log there, and whether the disk is full.",
        ) from error


@contextmanager
def _given_back_on_failure(give_back: Callable[[], None]) -> Iterator[None]:
    """Give something back when what follows fails, and keep it otherwise."""
    try:
        yield
    except BaseException:
        give_back()
        raise


def _sign_in(sockets: Path, *, user: str, dbname: str) -> dict[str, str]:
    return {"host": str(sockets), "port": "5432", "dbname": dbname, "user": user}


def _in_use(home: Path) -> DatabaseInUse:
    who = lock.holder(folder.lock_of(home))
    return DatabaseInUse(
        code="in_use",
        reason=f"The database of {home.parent} is already run by {who}.",
        instead="Use the one that runs, or end it first.",
    )
