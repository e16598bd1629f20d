"""When a process ends, however it ends, no server serves on; and two never serve one folder."""

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from encircle.host.database import (
    Condition,
    DatabaseInUse,
    DatabaseRole,
    DatabaseUnavailable,
    embedded,
    running_database,
)
from tests.host.world import Failed, World, connect, forked, processes_of, serve


def gone_within(seconds: float, world: World, cluster: Path) -> bool:
    """Whether no process of the server is left after at most that time."""
    until = time.monotonic() + seconds
    while processes_of(world, cluster):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def prepared(world: World) -> Path:
    """A data folder whose first start is done; the folder of its cluster."""
    with world.open() as database:
        return database.place.cluster


def test_a_process_that_is_asked_to_leave_leaves_no_process(world: World):
    def scenario(here: World) -> list[tuple[bool, int, tuple[int, ...]]]:
        cluster = prepared(here)
        found = []
        for asked in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            serving = serve(here)
            ran = serving.server in processes_of(here, cluster) and len(processes_of(here, cluster)) > 1
            found.append((ran, serving.tell(asked), processes_of(here, cluster)))
        return found

    assert world.run(scenario) == [(True, 128 + 15, ()), (True, 128 + 2, ()), (True, 128 + 1, ())]


def test_a_busy_client_does_not_keep_the_server_from_ending(world: World):
    def scenario(here: World) -> tuple[tuple[int, ...], bool]:
        with here.open() as database:
            busy = connect(database)
            busy.execute("begin")
            busy.execute("create table never (number int)")
            started = time.monotonic()
        busy.close()
        return processes_of(here, database.place.cluster), time.monotonic() - started < 5

    assert world.run(scenario) == ((), True)


def test_a_killed_process_leaves_no_server_that_serves_on(world: World):
    def scenario(here: World) -> bool:
        cluster = prepared(here)
        serving = serve(here)
        serving.tell(signal.SIGKILL)
        return gone_within(10, here, cluster)

    assert world.run(scenario)


def test_a_killed_process_that_has_forked_children_leaves_no_lock(world: World):
    def scenario(here: World) -> bool:
        reading, writing = os.pipe()
        number = os.fork()
        if number == 0:
            here.open()
            if os.fork() == 0:
                os.write(writing, str(os.getpid()).encode())
            while True:
                signal.pause()
        child = int(os.read(reading, 20))
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        try:
            with here.open() as database:
                return database.status().condition is Condition.READY
        finally:
            os.kill(child, signal.SIGKILL)

    assert world.run(scenario)


def test_a_forked_child_does_not_end_the_server_of_its_parent(world: World):
    def scenario(here: World) -> bool:
        with here.open() as database:

            def child() -> None:
                database.close()
                database.discard()

            forked(child)
            with connect(database) as connection:
                return connection.execute("select 1").fetchone() == (1,)

    assert world.run(scenario)


def test_of_two_starts_at_once_one_serves_and_the_other_gets_one_clear_line(world: World):
    def attempt(here: World) -> str:
        try:
            with here.open() as database:
                time.sleep(1)
                return database.status().condition.value
        except DatabaseInUse as refusal:
            return str(refusal)

    def scenario(here: World) -> list[str]:
        reading, writing = os.pipe()
        numbers = []
        for _ in range(3):
            numbers.append(os.fork())
            if numbers[-1] == 0:
                try:
                    os.write(writing, attempt(here).encode() + b"\n")
                finally:
                    os._exit(0)
        os.close(writing)
        for number in numbers:
            os.waitpid(number, 0)
        with os.fdopen(reading) as told:
            return sorted(told.read().splitlines(), key=len)

    first, *others = world.run(scenario)
    assert first == "ready"
    assert [
        line.startswith(f"The database of {world.data} is already run by process") for line in others
    ] == [True] * 2


def test_a_command_beside_a_running_server_uses_it_and_does_not_end_it(world: World):
    def scenario(here: World) -> tuple[str, str, bool]:
        serving = serve(here)
        with embedded.connect_or_open(here.data, environ=here.environ, binaries=here.programs) as beside:
            kind, condition = type(beside).__name__, beside.status().condition.value
            with psycopg.connect(**beside.dsn(DatabaseRole.JOBS)) as connection:
                connection.execute("select 1")
        running = serving.server in processes_of(here, Path(f"/proc/{serving.server}/cwd").resolve())
        serving.tell(signal.SIGTERM)
        return kind, condition, running

    assert world.run(scenario) == ("RunningDatabase", "ready", True)


def test_the_address_of_a_database_is_known_to_others_after_its_first_start_only(world: World):
    def scenario(here: World) -> tuple[object, bool, bool]:
        before = running_database(here.data)
        with here.open() as database:
            told = running_database(here.data)
            same = told is not None and told.dsn(DatabaseRole.WEB) == database.dsn(DatabaseRole.WEB)
        return before, same, told is not None and told.status().condition is Condition.RECOVERING

    assert world.run(scenario) == (None, True, True)


def test_a_command_without_a_running_server_starts_one_and_ends_it(world: World):
    def scenario(here: World) -> tuple[str, tuple[int, ...]]:
        with embedded.connect_or_open(here.data, environ=here.environ, binaries=here.programs) as alone:
            assert isinstance(alone, embedded.EmbeddedDatabase)
        return type(alone).__name__, processes_of(here, alone.place.cluster)

    assert world.run(scenario) == ("EmbeddedDatabase", ())


def test_a_stale_pid_file_that_names_a_living_stranger_does_not_stop_a_start(world: World):
    def scenario(here: World) -> str:
        cluster = prepared(here)
        child = os.fork()
        if child == 0:
            os.setresuid(here.server.uid, here.server.uid, here.server.uid)
            while True:
                signal.pause()
        sockets = (here.data / "database" / "socket-folder").read_text().strip()
        (cluster / "postmaster.pid").write_text(
            f"{child}\n{cluster}\n1\n5432\n{sockets}\n\n  1  1\nready   \n"
        )
        for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (Path(sockets) / name).write_text(f"{child}\n{cluster}\n1\n5432\n{sockets}\n")
        os.chown(cluster / "postmaster.pid", here.server.uid, here.server.gid)
        try:
            with here.open() as database:
                return database.status().condition.value
        finally:
            os.kill(child, signal.SIGKILL)

    assert world.run(scenario) == "ready"


def test_a_server_that_lost_its_supervisor_is_ended_before_a_new_one_starts(world: World):
    def scenario(here: World) -> tuple[bool, list[tuple[object, ...]]]:
        cluster = prepared(here)
        serving = serve(here)
        os.kill(serving.server, signal.SIGSTOP)
        serving.tell(signal.SIGKILL)
        orphan = serving.server in processes_of(here, cluster)
        os.kill(serving.server, signal.SIGCONT)
        with here.open() as database, connect(database) as connection:
            alone = serving.server not in processes_of(here, cluster)
            return orphan and alone, list(connection.execute("select 1"))

    assert world.run(scenario) == (True, [(1,)])


def test_a_server_of_the_same_folder_under_another_path_is_never_started_over(world: World):
    def scenario(here: World) -> str:
        cluster = prepared(here)
        serving = serve(here)
        os.kill(serving.number, signal.SIGSTOP)
        moved = here.folder / "moved"
        (cluster.parent if here.runs_as.uid == 0 else here.data).rename(moved)
        try:
            if here.runs_as.uid == 0:
                record = here.data / "database" / "place.json"
                record.write_text(record.read_text().replace(str(cluster.parent), str(moved)))
            (here.data if here.runs_as.uid == 0 else moved).joinpath("database", "lock").unlink()
            with here.open(here.data if here.runs_as.uid == 0 else moved):
                return "started over a living server"
        except DatabaseUnavailable as refusal:
            return refusal.code
        finally:
            os.kill(serving.number, signal.SIGCONT)
            serving.tell(signal.SIGKILL)

    assert world.run(scenario) == "still_in_use"


def test_a_lost_server_comes_back_by_itself_and_the_status_says_so(world: World):
    def scenario(here: World) -> tuple[str, int, str | None, bool]:
        with here.open() as database:
            lost = connect(database)
            os.kill(database.server_number or 0, signal.SIGKILL)
            with pytest.raises(psycopg.OperationalError):
                lost.execute("select pg_sleep(20)")
            came_back = database._supervisor.wait_until(lambda status: status.restarts == 1, seconds=20)
            connect(database).close()
            status = database.status()
            return status.condition.value, status.restarts, status.reason, came_back

    condition, restarts, reason, came_back = world.run(scenario)
    assert (condition, restarts, came_back) == ("ready", 1, True)
    assert "was killed" in str(reason)


def test_a_scenario_that_fails_in_its_child_fails_here(world: World):
    def scenario(here: World) -> None:
        assert here.data.exists()

    with pytest.raises(Failed, match=r"assert here\.data\.exists"):
        world.run(scenario)
