"""Clusters that do not fit, are half made, unsafe or cannot come back: one clear line, nothing touched."""

import os
import signal
from pathlib import Path
from subprocess import run

import psycopg

from encircle.host.database import unavailable
from encircle.host.database.cluster import HALF_MADE
from encircle.host.database.role import KEEPER
from encircle.host.database.supervisor import Patience
from tests.host.refusals import refused
from tests.host.world import (
    World,
    connect,
)


def test_a_database_of_another_major_version_is_refused_with_the_way_to_upgrade(world: World):
    def scenario(here: World) -> tuple[str, str]:
        with here.open() as database:
            cluster = database.place.cluster
        (cluster / "PG_VERSION").write_text("16\n")
        answer = refused(here)
        (cluster / "PG_VERSION").write_text("18\n")
        with here.open():
            return answer

    code, line = world.run(scenario)
    assert code == "another_major_version"
    assert "was made by PostgreSQL 16; this release of Encircle brings PostgreSQL 18." in line
    assert line.endswith(
        "Dump it with the release that made it, restore that dump into a new folder with this one: see "
        "docs/operator/database.md."
    )


def test_the_way_to_upgrade_in_the_docs_brings_every_row_into_a_new_folder(world: World):
    def scenario(here: World) -> list[int]:
        dump, programs = here.folder / "encircle.dump", here.programs.folder / "bin"
        with here.open() as old:
            with connect(old) as connection:
                connection.execute("create table kept (number int primary key)")
                connection.execute("alter table kept enable row level security, force row level security")
                connection.execute("create policy nobody_sees on kept using (false) with check (true)")
                connection.execute("insert into kept values (1), (2), (3)")
            host = ["--host", old.keeper_dsn()["host"], "--username", KEEPER]
            run([programs / "pg_dump", *host, "--format=custom", "--file", dump, "encircle"], check=True)
        with here.open(here.folder / "new") as new:
            host = ["--host", new.keeper_dsn()["host"], "--username", KEEPER]
            run([programs / "pg_restore", *host, "--dbname", "encircle", dump], check=True)
            with psycopg.connect(**new.keeper_dsn("encircle")) as keeper:
                return [int(row[0]) for row in keeper.execute("select number from kept order by number")]

    assert world.run(scenario) == [1, 2, 3]


def test_a_folder_that_is_no_cluster_is_left_untouched(world: World):
    def scenario(here: World) -> tuple[str, bool]:
        with here.open() as database:
            cluster = database.place.cluster
        (cluster / "PG_VERSION").unlink()
        return refused(here)[0], (cluster / "base").exists()

    assert world.run(scenario) == ("not_a_cluster", True)


def test_a_first_start_that_was_interrupted_begins_anew(world: World):
    def scenario(here: World) -> tuple[bool, bool]:
        number = os.fork()
        if number == 0:
            here.open()
            os._exit(0)
        while not (half := [path for path in here.folder.rglob(HALF_MADE) if (path / "global").exists()]):
            assert os.waitpid(number, os.WNOHANG) == (0, 0)
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        interrupted = half[0].exists() and not half[0].with_name("cluster").exists()
        with here.open() as database:
            connect(database).close()
        return interrupted, any(here.folder.rglob(HALF_MADE))

    assert world.run(scenario) == (True, False)


def test_a_database_that_is_not_safe_on_power_loss_is_refused_with_file_and_line(world: World):
    names = ("fsync", "full_page_writes", "synchronous_commit")

    def scenario(here: World) -> list[tuple[str, str]]:
        with here.open() as database:
            written = database.place.cluster / "postgresql.auto.conf"
        before = written.read_text()
        answers = []
        for name in names:
            written.write_text(f"{before}{name} = off\n")
            answers.append(refused(here))
        written.write_text(before)
        with here.open():
            return answers

    for name, (code, line) in zip(names, world.run(scenario), strict=True):
        assert code == "not_safe_on_power_loss"
        assert line.startswith(f"The database has {name} switched off (")
        assert "postgresql.auto.conf line " in line


def test_a_role_that_confirms_too_early_is_refused(world: World):
    def scenario(here: World) -> str:
        with here.open() as database, psycopg.connect(**database.keeper_dsn(), autocommit=True) as keeper:
            keeper.execute("alter role encircle_web set synchronous_commit = off")
        return refused(here)[0]

    assert world.run(scenario) == "not_safe_on_power_loss"


def test_a_server_that_cannot_come_back_is_given_up_with_its_reason(world: World):
    def scenario(here: World) -> tuple[str, bool]:
        quick = Patience(first_delay_seconds=0.01, longest_delay_seconds=0.01, failed_starts=3)
        with here.open(patience=quick) as database:
            (database.place.cluster / "PG_VERSION").write_text("16\n")
            os.kill(database.server_number or 0, signal.SIGKILL)
            given_up = database._supervisor.wait_until(
                lambda status: status.condition.value == "failed", seconds=20
            )
            return str(database.status().reason), given_up

    reason, given_up = world.run(scenario)
    assert given_up
    assert "made by a PostgreSQL that does not fit" in reason


def line_for(text: str, *, full: bool = False) -> str:
    """The line that the operator gets for the last words of a server."""
    return str(unavailable.from_server_words(text, place=Path("/d"), disk_is_full=full))


def test_each_cause_in_the_words_of_postgresql_has_its_own_line():
    lines = {cause.code: line_for(f"FATAL: {cause.words}") for cause in unavailable.CAUSES}
    assert len(set(lines.values())) == len(unavailable.CAUSES)
    assert all("\n" not in line and line.endswith(".") for line in lines.values())


def test_other_words_of_postgresql_are_passed_on_and_a_full_disk_is_seen_without_words():
    words = '2026-11-23 LOG:  starting\n2026-11-23 FATAL:  could not load "x"\n2026-11-23 LOG:  down\n'
    assert [line_for(words), line_for(""), line_for("", full=True)] == [
        'The database server in /d ended: could not load "x". See server.log there.',
        "The database server in /d ended: it gave no reason. See server.log there.",
        "The disk that holds the database is full: /d. Free some space and start again; what was confirmed "
        "is kept.",
    ]
