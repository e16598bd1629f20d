"""The roles in the database: four that Encircle connects as, none of them privileged.

Knows no tables of cases.
"""

from enum import Enum

import psycopg
from psycopg import sql

from encircle.host.database.unavailable import DatabaseUnavailable

DATABASE = "encircle"
KEEPER = "encircle_keeper"
OLDEST_VERSION = 150000

Connection = psycopg.Connection[tuple[object, ...]]


class DatabaseRole(Enum):
    """Who connects. None is a superuser and none may pass row-level security."""

    OWNER = "encircle_owner"
    """Owns the database, its schema and tables: for migrations only."""
    WEB = "encircle_web"
    """The pages and the API."""
    DOOR = "encircle_door"
    """The reporting door: it may give in, and read what belongs to its own code."""
    JOBS = "encircle_jobs"
    """What time does, under named purposes."""


USERS = (DatabaseRole.WEB, DatabaseRole.DOOR, DatabaseRole.JOBS)

PRIVILEGES = """
select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, rolcanlogin
  from pg_roles where rolname = any(%s)
"""


def ensure_embedded(keeper: Connection, *, owner_creates_databases: bool) -> None:
    """Make the four roles and the database `encircle` where they are missing, and take back every privilege.

    `owner_creates_databases` is for tests, which migrate a template as owner and clone it.
    """
    expected = {
        role.value: (False, False, role is DatabaseRole.OWNER and owner_creates_databases, False, False, True)
        for role in DatabaseRole
    }
    found = _privileges(keeper)
    for name, wanted in expected.items():
        if name not in found:
            keeper.execute(sql.SQL("create role {}").format(sql.Identifier(name)))
        if found.get(name) != wanted:
            creates = sql.SQL("createdb" if wanted[2] else "nocreatedb")
            keeper.execute(
                sql.SQL(
                    "alter role {} with login nosuperuser nobypassrls nocreaterole noreplication noinherit {}"
                ).format(sql.Identifier(name), creates)
            )
    there = keeper.execute("select 1 from pg_database where datname = %s", (DATABASE,)).fetchone()
    if there is None:
        keeper.execute(
            sql.SQL("create database {} owner {}").format(
                sql.Identifier(DATABASE), sql.Identifier(DatabaseRole.OWNER.value)
            )
        )


def ensure_grants(connection: Connection, *, database: str) -> None:
    """In the database: the owner may make tables, the others see the schema; strangers may nothing."""
    owner = sql.Identifier(DatabaseRole.OWNER.value)
    users = sql.SQL(", ").join(sql.Identifier(role.value) for role in USERS)
    name = sql.Identifier(database)
    with connection.transaction():
        for words in (
            "revoke all on database {name} from public",
            "grant connect, create, temporary on database {name} to {owner}",
            "grant connect on database {name} to {users}",
            "revoke all on schema public from public",
            "grant usage, create on schema public to {owner}",
            "grant usage on schema public to {users}",
        ):
            connection.execute(sql.SQL(words).format(name=name, owner=owner, users=users))


def ensure_external(connection: Connection, *, database: str) -> None:
    """On a server that is not ours: make what is missing where the sign-in of DATABASE_URL may.

    Refuses: too old a server, roles that are missing or privileged, a sign-in that may not act as them.
    """
    if connection.info.server_version < OLDEST_VERSION:
        raise DatabaseUnavailable(
            code="too_old",
            reason=f"The server in DATABASE_URL is PostgreSQL {connection.info.server_version // 10000}.",
            instead="Encircle needs version 15 or later.",
        )
    names = [role.value for role in DatabaseRole]
    try:
        for name in names:
            if name not in _privileges(connection):
                connection.execute(sql.SQL("create role {} nologin noinherit").format(sql.Identifier(name)))
            if not _may_act_as(connection, name):
                connection.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(name)))
        if not _has_grants(connection, database):
            ensure_grants(connection, database=database)
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseUnavailable(
            code="roles_missing",
            reason="The sign-in in DATABASE_URL may not make the four roles of Encircle "
            f"({', '.join(names)}) or act as them.",
            instead="Ask the administrator of that server to run the lines in docs/operator/database.md.",
        ) from error
    for name, privileges in _privileges(connection).items():
        if any(privileges[:2]):
            raise DatabaseUnavailable(
                code="privileged_role",
                reason=f"The role {name} is a superuser or may pass row-level security.",
                instead=f"ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS",
            )


def _privileges(connection: Connection) -> dict[str, tuple[object, ...]]:
    names = [role.value for role in DatabaseRole]
    return {str(row[0]): tuple(row[1:]) for row in connection.execute(PRIVILEGES, (names,))}


def _may_act_as(connection: Connection, name: str) -> bool:
    """Whether this sign-in may SET ROLE to that role (since version 16 more than being a member)."""
    right = "SET" if connection.info.server_version >= 160000 else "MEMBER"
    told = connection.execute("select pg_has_role(current_user, %s, %s)", (name, right)).fetchone()
    return told == (True,)


def _has_grants(connection: Connection, database: str) -> bool:
    owner = DatabaseRole.OWNER.value
    told = connection.execute(
        "select has_schema_privilege(%s, 'public', 'create') and has_database_privilege(%s, %s, 'create') "
        "and (select bool_and(has_database_privilege(name, %s, 'connect') "
        "and has_schema_privilege(name, 'public', 'usage')) from unnest(%s::text[]) as name)",
        (owner, owner, database, database, [role.value for role in USERS]),
    ).fetchone()
    return told == (True,)
