"""Disks that are full or read-only, limits and paths: one clear line, and no confirmed row is lost."""

import os
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from encircle.host.database import DatabaseUnavailable, account
from encircle.host.database.cluster import HALF_MADE
from tests.host.refusals import needs_disks, refused
from tests.host.world import (
    World,
    become,
    connect,
    forked,
    limit_file_size,
    make_read_only,
)

MEBIBYTE = 1024 * 1024


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
