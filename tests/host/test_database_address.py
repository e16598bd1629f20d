"""DATABASE_URL comes first: another server is used in the same four roles, or refused with one clear line."""

import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from encircle.host.database import (
    Database,
    DatabaseRole,
    DatabaseUnavailable,
    EmbeddedDatabase,
    account,
    connect_or_open,
    open_database,
)
from encircle.host.database.database import answers
from encircle.host.database.role import KEEPER
from tests.host.world import World

NOT_STARTED = Path("/nonexistent/data")


def address_of(database: EmbeddedDatabase, *, user: str, dbname: str = "postgres") -> str:
    """The address of an embedded server, as an operator would write that of a server elsewhere."""
    host = database.keeper_dsn()["host"].replace("/", "%2F")
    return f"postgresql://{user}@{host}:5432/{dbname}"


def beside_a_server(world: World, ask: Callable[[EmbeddedDatabase], object]) -> object:
    """Ask something while a server of somebody else runs (one of ours plays it)."""

    def scenario(here: World) -> object:
        with here.open() as elsewhere:
            return ask(elsewhere)

    return world.run(scenario)


@pytest.mark.parametrize("open_one", [open_database, connect_or_open])
@pytest.mark.parametrize("world", ["plain"], indirect=True)
def test_the_named_server_is_used_in_the_four_roles_and_not_ended(
    world: World, open_one: Callable[..., Database]
):
    def ask(elsewhere: EmbeddedDatabase) -> tuple[dict[str, str], str, bool]:
        with psycopg.connect(**elsewhere.keeper_dsn(), autocommit=True) as keeper:
            keeper.execute("create database named")
        named = {"DATABASE_URL": address_of(elsewhere, user=KEEPER, dbname="named")}
        roles = {}
        with open_one(NOT_STARTED, environ=named) as database:
            condition = database.status().condition.value
            for role in DatabaseRole:
                with psycopg.connect(**database.dsn(role)) as connection:
                    row = connection.execute(
                        "select current_user, current_setting('is_superuser')"
                    ).fetchone()
                    roles[role.name] = " ".join(str(word) for word in row or ())
        with psycopg.connect(**database.dsn(DatabaseRole.OWNER)) as owner:
            owner.execute("create table of_the_owner (number int)")
            with psycopg.connect(**database.dsn(DatabaseRole.WEB)) as web, pytest.raises(psycopg.Error):
                web.execute("create table of_the_web (number int)")
        return roles, condition, NOT_STARTED.exists()

    assert beside_a_server(world, ask) == (
        {
            "OWNER": "encircle_owner off",
            "WEB": "encircle_web off",
            "DOOR": "encircle_door off",
            "JOBS": "encircle_jobs off",
        },
        "ready",
        False,
    )


@pytest.mark.parametrize("world", ["plain"], indirect=True)
def test_a_role_may_have_a_sign_in_of_its_own_which_must_not_be_privileged(world: World):
    def ask(elsewhere: EmbeddedDatabase) -> tuple[str, str]:
        named = {"DATABASE_URL": address_of(elsewhere, user=KEEPER, dbname="encircle")}
        own = {"DATABASE_URL_WEB": address_of(elsewhere, user="encircle_web", dbname="encircle")}
        with open_database(NOT_STARTED, environ={**named, **own}) as database:
            user = database.dsn(DatabaseRole.WEB)["user"]
        with pytest.raises(DatabaseUnavailable) as refused:
            open_database(NOT_STARTED, environ={**named, "DATABASE_URL_WEB": named["DATABASE_URL"]})
        return user, refused.value.code

    assert beside_a_server(world, ask) == ("encircle_web", "privileged_role")


@pytest.mark.parametrize("world", ["plain"], indirect=True)
def test_a_sign_in_that_may_not_act_as_the_roles_is_told_what_to_ask_for(world: World):
    def ask(elsewhere: EmbeddedDatabase) -> str:
        with pytest.raises(DatabaseUnavailable) as refused:
            open_database(
                NOT_STARTED,
                environ={"DATABASE_URL": address_of(elsewhere, user="encircle_jobs", dbname="encircle")},
            )
        return str(refused.value)

    assert beside_a_server(world, ask) == (
        "The sign-in in DATABASE_URL may not make the four roles of Encircle (encircle_owner, encircle_web, "
        "encircle_door, encircle_jobs) or act as them. Ask the administrator of that server to run the lines "
        "in docs/operator/database.md."
    )


def without_encircle(elsewhere: EmbeddedDatabase, *privileges: str) -> str:
    """Make the server of one that has never seen Encircle, with one sign-in; its address."""
    settings = elsewhere.place.settings
    hba, ident = settings / "pg_hba.conf", settings / "pg_ident.conf"
    hba.write_text("local all encircle_login peer map=login\n" + hba.read_text())
    ident.write_text(ident.read_text() + f'login "{account.own().name}" encircle_login\n')
    with psycopg.connect(**elsewhere.keeper_dsn(), autocommit=True) as keeper:
        keeper.execute("drop database encircle")
        for role in DatabaseRole:
            keeper.execute(f"drop role {role.value}")
        keeper.execute(f"create role encircle_login login {' '.join(privileges)}")
        keeper.execute("create database encircle owner encircle_login")
        keeper.execute("select pg_reload_conf()")
    sign_in = {**elsewhere.keeper_dsn("encircle"), "user": "encircle_login"}
    while not answers(sign_in):
        time.sleep(0.01)
    return address_of(elsewhere, user="encircle_login", dbname="encircle")


def what_each_role_may(address: str) -> dict[str, tuple[object, ...]]:
    """Open the database there, and try each role: who it is, and whether it may make tables."""
    found = {}
    with open_database(NOT_STARTED, environ={"DATABASE_URL": address}) as database:
        for role in DatabaseRole:
            with psycopg.connect(**database.dsn(role)) as connection:
                row = connection.execute(
                    "select current_user, has_schema_privilege('public', 'usage'), "
                    "has_schema_privilege('public', 'create')"
                ).fetchone()
                found[role.name] = row or ()
    return found


AS_IT_SHOULD_BE = {
    "OWNER": ("encircle_owner", True, True),
    "WEB": ("encircle_web", True, False),
    "DOOR": ("encircle_door", True, False),
    "JOBS": ("encircle_jobs", True, False),
}


@pytest.mark.parametrize("world", ["plain"], indirect=True)
def test_a_sign_in_that_may_create_roles_makes_them_on_a_server_that_is_new(world: World):
    def ask(elsewhere: EmbeddedDatabase) -> dict[str, tuple[object, ...]]:
        return what_each_role_may(without_encircle(elsewhere, "createrole"))

    assert beside_a_server(world, ask) == AS_IT_SHOULD_BE


@pytest.mark.parametrize("world", ["plain"], indirect=True)
def test_the_lines_for_the_administrator_in_the_docs_are_enough_for_a_sign_in_that_may_nothing(world: World):
    page = (Path(__file__).parents[2] / "docs" / "operator" / "database.md").read_text(encoding="utf-8")
    lines = page.partition("```sql\n")[2].partition("```")[0]

    def ask(elsewhere: EmbeddedDatabase) -> tuple[str, dict[str, tuple[object, ...]]]:
        address = without_encircle(elsewhere)
        with pytest.raises(DatabaseUnavailable) as refused:
            open_database(NOT_STARTED, environ={"DATABASE_URL": address})
        with psycopg.connect(**elsewhere.keeper_dsn("encircle"), autocommit=True) as administrator:
            administrator.execute(lines)
        return refused.value.code, what_each_role_may(address)

    assert beside_a_server(world, ask) == ("roles_missing", AS_IT_SHOULD_BE)


@pytest.mark.parametrize("world", ["plain"], indirect=True)
def test_a_server_elsewhere_that_is_not_safe_on_power_loss_is_refused(world: World):
    def ask(elsewhere: EmbeddedDatabase) -> str:
        with psycopg.connect(**elsewhere.keeper_dsn(), autocommit=True) as keeper:
            keeper.execute("alter database encircle set synchronous_commit = off")
        named = {"DATABASE_URL": address_of(elsewhere, user=KEEPER, dbname="encircle")}
        with pytest.raises(DatabaseUnavailable) as refused:
            open_database(NOT_STARTED, environ=named)
        return refused.value.code

    assert beside_a_server(world, ask) == "not_safe_on_power_loss"


@pytest.mark.parametrize(
    "address",
    ["mysql://a:secret@b/c", "postgresql://a:secret@[b/c", "secret", "host=b password=secret"],
)
def test_an_address_that_cannot_be_read_is_refused_without_repeating_it(address: str):
    with pytest.raises(DatabaseUnavailable) as refused:
        open_database(NOT_STARTED, environ={"DATABASE_URL": address})
    assert (refused.value.code, "secret" in str(refused.value)) == ("bad_address", False)


def test_a_server_that_does_not_answer_is_one_clear_line_without_the_password():
    with pytest.raises(DatabaseUnavailable) as refused:
        open_database(NOT_STARTED, environ={"DATABASE_URL": "postgresql://a:secret@127.0.0.1:1/c"})
    line = str(refused.value)
    assert line.startswith(
        "The database server in DATABASE_URL (127.0.0.1:1/c) cannot be used: connection failed"
    )
    assert ("secret" in line, "\n" in line) == (False, False)


@pytest.mark.parametrize("world", ["plain"], indirect=True)
def test_an_empty_address_counts_as_none_and_an_embedded_server_is_started(world: World):
    def scenario(here: World) -> str:
        with open_database(here.data, environ={**here.environ, "DATABASE_URL": ""}) as database:
            return type(database).__name__

    assert world.run(scenario) == "EmbeddedDatabase"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://name:word@db.example:5432/encircle",
        "postgresql://name:word@db.example/encircle?sslmode=prefer",
        "postgresql://name:word@localhost,db.example/encircle",
        "postgresql://name:word@localhost/encircle?hostaddr=192.0.2.1",
    ],
)
@pytest.mark.parametrize("option", ["DATABASE_URL", "DATABASE_URL_WEB"])
def test_a_server_on_another_machine_is_spoken_to_under_tls_or_not_at_all(address: str, option: str):
    named = {"DATABASE_URL": "postgresql://name@localhost/encircle", option: address}
    with pytest.raises(DatabaseUnavailable) as refused:
        open_database(NOT_STARTED, environ=named)
    assert (refused.value.code, "word" in str(refused.value)) == ("not_encrypted", False)


def test_one_that_asks_for_tls_and_one_on_this_machine_are_tried():
    for address in (
        "postgresql://name@127.0.0.1:1/encircle",
        "postgresql://n@127.0.0.2:1/e?sslmode=verify-full",
    ):
        with pytest.raises(DatabaseUnavailable) as refused:
            open_database(NOT_STARTED, environ={"DATABASE_URL": address})
        assert refused.value.code == "not_reached"
