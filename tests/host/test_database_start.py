"""A start gives a private database with four roles that have no privileges, and changes nothing else."""

import os
import stat
from pathlib import Path

import psycopg
import pytest

from encircle.host.database import Condition, DatabaseRole, DatabaseUnavailable, temporary_database
from encircle.host.database.account import Account, named
from encircle.host.database.embedded import open_embedded
from encircle.host.database.role import KEEPER
from tests.host.world import STRANGER, World, become, connect, forked, processes_of


def modes_of(folder: Path) -> dict[str, int]:
    """The modes of a folder and of the folders above it."""
    return {str(path): stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.parents)}


def test_each_role_connects_as_itself_and_has_no_privilege(world: World):
    def scenario(here: World) -> dict[str, tuple[object, ...]]:
        with here.open() as database:
            found = {}
            for role in DatabaseRole:
                with connect(database, role) as connection:
                    row = connection.execute(
                        "select current_user, session_user, rolsuper, rolbypassrls, rolcreatedb, "
                        "rolcreaterole, rolreplication from pg_roles where rolname = current_user"
                    ).fetchone()
                    found[role.value] = row or ()
            return found

    expected = {
        role.value: (role.value, role.value, False, False, False, False, False) for role in DatabaseRole
    }
    assert world.run(scenario) == expected


def test_no_role_is_a_member_of_another_so_none_can_act_as_the_owner(world: World):
    def scenario(here: World) -> list[str]:
        refused = []
        with here.open() as database:
            for role in (DatabaseRole.WEB, DatabaseRole.DOOR, DatabaseRole.JOBS):
                with connect(database, role) as connection:
                    for words in ("set role encircle_owner", f"set role {KEEPER}", "create table a (b int)"):
                        with pytest.raises(psycopg.errors.InsufficientPrivilege):
                            connection.execute(words)
                        refused.append(f"{role.name} {words.split()[0]}")
            with connect(database, DatabaseRole.OWNER) as connection:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute("create database another")
                connection.execute("create table a (b int)")
        return refused

    assert len(world.run(scenario)) == 9


def test_the_server_listens_on_no_network_and_keeps_what_it_confirms(world: World):
    names = ("listen_addresses", "fsync", "full_page_writes", "synchronous_commit", "data_checksums", "jit")

    def scenario(here: World) -> dict[str, str]:
        with here.open() as database, connect(database) as connection:
            rows = connection.execute(
                "select name, setting from pg_settings where name = any(%s)", (list(names),)
            )
            return {str(name): str(setting) for name, setting in rows}

    assert world.run(scenario) == {
        "listen_addresses": "",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "jit": "off",
    }


def test_every_rule_of_access_asks_the_system_who_connects(world: World):
    def scenario(here: World) -> list[tuple[object, ...]]:
        with here.open() as database, psycopg.connect(**database.keeper_dsn()) as keeper:
            return list(
                keeper.execute("select type, database, user_name, auth_method from pg_hba_file_rules")
            )

    roles = [role.value for role in DatabaseRole]
    assert world.run(scenario) == [
        ("local", ["encircle"], roles, "peer"),
        ("local", ["all"], [KEEPER], "peer"),
        ("local", ["all"], ["all"], "reject"),
    ]


def test_socket_data_and_records_lie_in_folders_that_only_their_account_can_enter(world: World):
    def scenario(here: World) -> list[str]:
        with here.open() as database:
            folders = (
                database.place.cluster,
                Path(database.dsn(DatabaseRole.WEB)["host"]),
                database.place.home,
            )
            return [oct(stat.S_IMODE(folder.stat().st_mode)) for folder in folders]

    assert world.run(scenario) == ["0o700", "0o700", "0o700"]


def as_account_of(wanted: Account, sign_in: dict[str, str]) -> str:
    """What that account gets when it connects: its role, or the kind of refusal."""

    def attempt() -> str:
        become(wanted)
        try:
            with psycopg.connect(**sign_in) as connection:
                return str((connection.execute("select current_user").fetchone() or ("nobody",))[0])
        except psycopg.OperationalError as error:
            return "not permitted" if "Peer authentication failed" in str(error) else "not reached"

    return forked(attempt)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: only root can try another account")
@pytest.mark.parametrize("world", ["root"], indirect=True)
def test_the_account_of_the_web_is_web_door_and_jobs_and_never_owner_or_superuser(world: World):
    web, server = named(STRANGER), world.server
    assert web is not None
    world.environ["ENCIRCLE_WEB_ACCOUNT"] = STRANGER
    with world.open() as database:
        tried = {role.name: as_account_of(web, database.dsn(role)) for role in DatabaseRole}
        tried["superuser"] = as_account_of(web, database.keeper_dsn())
        tried["superuser as the server's own account"] = as_account_of(server, database.keeper_dsn())
        tried["web as the server's own account"] = as_account_of(server, database.dsn(DatabaseRole.WEB))
        tried["another account"] = as_account_of(Account("games", 5, 60), database.dsn(DatabaseRole.WEB))
    assert tried == {
        "OWNER": "not permitted",
        "WEB": "encircle_web",
        "DOOR": "encircle_door",
        "JOBS": "encircle_jobs",
        "superuser": "not permitted",
        "superuser as the server's own account": "not permitted",
        "web as the server's own account": "not permitted",
        "another account": "not reached",
    }


def test_no_other_folder_is_opened_or_changed(world: World):
    def scenario(here: World) -> bool:
        closed = here.folder / "closed"
        (closed / "data").mkdir(parents=True)
        closed.chmod(0o700)
        (closed / "data").chmod(0o750)
        before = modes_of(closed / "data")
        with here.open(closed / "data"):
            return modes_of(closed / "data") == before

    assert world.run(scenario)


def test_the_server_never_runs_as_root(world: World):
    def scenario(here: World) -> set[int]:
        with here.open() as database:
            return {
                Path(f"/proc/{number}").stat().st_uid for number in processes_of(here, database.place.cluster)
            }

    assert world.run(scenario) == {world.server.uid}
    assert world.server.uid != 0


@pytest.mark.parametrize("name", ["d" * 150, "straße-☂ with, comma 'quotes' percent%20;=\\"])
def test_a_data_folder_may_have_any_name_and_length_and_the_socket_stays_short(world: World, name: str):
    def scenario(here: World) -> tuple[int, bool, bool]:
        data = here.folder / name
        with here.open(data) as database:
            sockets = Path(database.dsn(DatabaseRole.WEB)["host"])
            connect(database).close()
        with here.open(data) as database:
            again = Path(database.dsn(DatabaseRole.WEB)["host"]) == sockets
            database.discard()
        return len(os.fsencode(sockets / ".s.PGSQL.5432")), again, sockets.exists()

    length, again, left = world.run(scenario)
    assert (length < 108, again, left) == (True, True, False)


def test_a_second_start_finds_the_same_data_and_repairs_a_role_that_got_privileges(world: World):
    def scenario(here: World) -> list[tuple[object, ...]]:
        with here.open() as database:
            with connect(database) as connection:
                connection.execute("create table kept (number int)")
                connection.execute("insert into kept values (7)")
            with psycopg.connect(**database.keeper_dsn(), autocommit=True) as keeper:
                keeper.execute("alter role encircle_web superuser bypassrls createdb")
        with here.open() as database, connect(database) as connection:
            return list(
                connection.execute(
                    "select number, rolsuper, rolbypassrls, rolcreatedb from kept, pg_roles "
                    "where rolname = 'encircle_web'"
                )
            )

    assert world.run(scenario) == [(7, False, False, False)]


def test_the_owner_may_create_databases_for_tests_only(world: World):
    def scenario(here: World) -> list[bool]:
        may = []
        for for_tests in (True, False):
            with here.open(owner_creates_databases=for_tests) as database, connect(database) as connection:
                row = connection.execute(
                    "select rolcreatedb from pg_roles where rolname = current_user"
                ).fetchone()
                may.append(row == (True,))
        return may

    assert world.run(scenario) == [True, False]


def test_a_temporary_database_can_be_cloned_and_leaves_nothing_behind(world: World):
    def scenario(here: World) -> tuple[list[str], bool, bool]:
        with temporary_database(environ={}, binaries=here.programs) as database:
            with connect(database) as connection:
                connection.execute("create database a_template")
                connection.execute("create database a_clone template a_template")
            with psycopg.connect(**{**database.dsn(DatabaseRole.WEB), "dbname": "a_clone"}) as connection:
                row = connection.execute("select current_database(), current_user").fetchone()
            place = database.place
        return [str(word) for word in row or ()], place.root.exists(), place.home.parent.parent.exists()

    assert world.run(scenario) == (["a_clone", "encircle_web"], False, False)


@pytest.mark.parametrize("world", ["root"], indirect=True)
def test_as_root_each_data_folder_has_a_place_of_its_own_that_moves_with_it_and_is_not_shared(world: World):
    def scenario(here: World) -> tuple[bool, str]:
        one, two, moved = here.folder / "one", here.folder / "two", here.folder / "moved"
        with here.open(one) as first, here.open(two) as second:
            different = first.place.root != second.place.root
            with connect(first) as connection:
                connection.execute("create table mine (number int)")
        one.rename(moved)
        with here.open(moved) as database, connect(database) as connection:
            connection.execute("select * from mine")
            again = database.place.root == first.place.root
        return different and again, database.status().condition.value

    assert world.run(scenario) == (True, Condition.STOPPED.value)


def test_more_memory_is_given_in_megabytes_and_what_grows_with_it_grows_along(world: World):
    names = ("shared_buffers", "effective_cache_size", "maintenance_work_mem", "max_wal_size", "fsync")

    def scenario(here: World) -> dict[str, str]:
        with here.open() as database, connect(database, DatabaseRole.OWNER) as connection:
            return {name: str(connection.execute(f"show {name}").fetchone()[0]) for name in names}

    world.environ["ENCIRCLE_DATABASE_MEMORY_MB"] = "128"
    assert world.run(scenario) == {
        "shared_buffers": "128MB",
        "effective_cache_size": "384MB",
        "maintenance_work_mem": "32MB",
        "max_wal_size": "512MB",
        "fsync": "on",
    }


@pytest.mark.parametrize("text", ["4GB", "31", "65537", "-1", "4٣"])
def test_memory_that_is_no_number_of_megabytes_is_refused_before_anything_is_made(tmp_path: Path, text: str):
    with pytest.raises(DatabaseUnavailable, match="ENCIRCLE_DATABASE_MEMORY_MB"):
        open_embedded(tmp_path / "data", environ={"ENCIRCLE_DATABASE_MEMORY_MB": text})
    assert not (tmp_path / "data").exists()
