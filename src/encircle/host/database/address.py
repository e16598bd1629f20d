"""A database that others run, named by DATABASE_URL. Never tells a password."""

from collections.abc import Mapping

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from encircle.host import clock
from encircle.host.database.database import Database, answers
from encircle.host.database.role import Connection, DatabaseRole, ensure_external
from encircle.host.database.settings import refuse_if_unsafe
from encircle.host.database.status import Condition, Status
from encircle.host.database.unavailable import DatabaseUnavailable

ADDRESS_OPTION = "DATABASE_URL"
CONNECT_SECONDS = 10
ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})
HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})


class ExternalDatabase(Database):
    """A PostgreSQL server of somebody else; one sign-in that acts as the four roles, or one for each."""

    def __init__(self, sign_in: dict[str, str], *, own: dict[DatabaseRole, dict[str, str]]) -> None:
        self._sign_in = sign_in
        self._own = own

    def dsn(self, role: DatabaseRole) -> dict[str, str]:
        """The sign-in of that role; where it has none, the common one, which then acts as the role."""
        if role in self._own:
            return dict(self._own[role])
        options = f"{self._sign_in.get('options', '')} -c role={role.value}".strip()
        return {**self._sign_in, "options": options}

    def status(self) -> Status:
        """Whether the server answers just now."""
        ready = answers(self.dsn(DatabaseRole.WEB))
        return Status(Condition.READY if ready else Condition.RECOVERING, since=clock.now())

    def close(self) -> None:
        """Nothing is ours here, so nothing ends."""


def named_in(environ: Mapping[str, str]) -> str | None:
    """The value of DATABASE_URL, or None when it is not set."""
    return environ.get(ADDRESS_OPTION) or None


def open_external(address: str, *, environ: Mapping[str, str]) -> ExternalDatabase:
    """Reach that server, and see that it fits: version, safety on power loss, the four roles.

    Refuses: an address that cannot be read, a server that does not answer or does not fit.
    """
    sign_in = _parts(address, option=ADDRESS_OPTION)
    own = {}
    for role in DatabaseRole:
        option = f"{ADDRESS_OPTION}_{role.name}"
        if environ.get(option):
            own[role] = _parts(environ[option], option=option)
    database = ExternalDatabase(sign_in, own=own)
    _check(sign_in, database)
    return database


def _check(sign_in: dict[str, str], database: ExternalDatabase) -> None:
    try:
        with psycopg.connect(
            make_conninfo(**sign_in), autocommit=True, connect_timeout=CONNECT_SECONDS
        ) as connection:
            refuse_if_unsafe(connection, embedded=False)
            ensure_external(connection, database=connection.info.dbname)
        for role in DatabaseRole:
            parts = make_conninfo(**database.dsn(role))
            with psycopg.connect(parts, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection:
                _refuse_if_privileged(connection, role)
    except psycopg.OperationalError as error:
        raise DatabaseUnavailable(
            code="not_reached",
            reason=f"The database server in {ADDRESS_OPTION} ({_where(sign_in)}) cannot be used: "
            f"{_first_line(error)}.",
            instead=f"Check that it runs and that the sign-in is right; without {ADDRESS_OPTION} Encircle "
            "starts a database of its own.",
        ) from error


def _refuse_if_privileged(connection: Connection, role: DatabaseRole) -> None:
    told = connection.execute(
        "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"
    ).fetchone()
    if told != (False,):
        raise DatabaseUnavailable(
            code="privileged_role",
            reason=f"The sign-in for {role.value} is a superuser or may pass row-level security.",
            instead=f"Name another one in {ADDRESS_OPTION}_{role.name}.",
        )


def _parts(address: str, *, option: str) -> dict[str, str]:
    """The parts of an address. The text itself is never repeated, as it may hold a password."""
    try:
        parts = conninfo_to_dict(address) if address.startswith(("postgresql://", "postgres://")) else {}
    except psycopg.ProgrammingError:
        parts = {}
    if not parts:
        raise DatabaseUnavailable(
            code="bad_address",
            reason=f"{option} cannot be read as the address of a PostgreSQL database.",
            instead="It looks like postgresql://name:password@host:5432/database.",
        )
    told = {name: str(value) for name, value in parts.items() if value is not None}
    _refuse_if_open_on_the_way(told, option=option)
    return told


def _refuse_if_open_on_the_way(parts: Mapping[str, str], *, option: str) -> None:
    """A server on another machine is spoken to under TLS or not at all: libpq goes without where none is offered."""
    servers = f"{parts.get('host', '')},{parts.get('hostaddr', '')}".split(",")
    elsewhere = any(server not in HERE and not server.startswith(("/", "@")) for server in servers)
    if elsewhere and parts.get("sslmode") not in ENCRYPTED:
        raise DatabaseUnavailable(
            code="not_encrypted",
            reason=f"{option} names a server on another machine without asking for an encrypted connection.",
            instead="Add ?sslmode=verify-full&sslrootcert=FILE to it; sslmode=require encrypts, but does not look "
            "whether it is the right server.",
        )


def _where(sign_in: Mapping[str, str]) -> str:
    return f"{sign_in.get('host', 'localhost')}:{sign_in.get('port', '5432')}/{sign_in.get('dbname', '')}"


def _first_line(error: psycopg.OperationalError) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else "no answer"
