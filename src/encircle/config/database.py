"""Which database this process uses, and in which role. Starts nothing and reaches nothing."""

from pathlib import Path

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from encircle.config.options import Chosen, OptionRefused
from encircle.host.database import DatabaseRole, RunningDatabase
from encircle.host.database.folder import home_of, recorded_socket_folder

_NOT_STARTED = "/nonexistent/encircle-has-started-no-database-here"


def database(options: Chosen) -> dict[str, object]:
    """Django's words for the database: the operator's, else the embedded one of the data folder.

    Each thread keeps its connection (CONN_MAX_AGE): a pool would need another package, and with a fixed
    number of threads it holds the same number of connections. A lost one is replaced by records.context.
    Statements are prepared at their third use: planning with row-level security costs more than running them.
    """
    sign_in = _sign_in(options)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": sign_in.pop("dbname", ""),
        "USER": sign_in.pop("user", ""),
        "PASSWORD": sign_in.pop("password", ""),
        "HOST": sign_in.pop("host", ""),
        "PORT": sign_in.pop("port", ""),
        "OPTIONS": {
            "connect_timeout": 10,
            "server_side_binding": True,
            "prepare_threshold": 3,
            "application_name": f"encircle {_role(options).name.lower()}",
            **sign_in,
        },
        "CONN_MAX_AGE": options.number("ENCIRCLE_CONNECTION_SECONDS"),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


def _sign_in(options: Chosen) -> dict[str, str]:
    role = _role(options)
    own, common = options.maybe_text(f"DATABASE_URL_{role.name}"), options.maybe_text("DATABASE_URL")
    if own is not None:
        return _parts(own)
    if common is not None:
        sign_in = _parts(common)
        return {**sign_in, "options": f"{sign_in.get('options', '')} -c role={role.value}".strip()}
    return _embedded(options.path("ENCIRCLE_DATA"), role)


def _embedded(data: Path, role: DatabaseRole) -> dict[str, str]:
    sockets = recorded_socket_folder(home_of(data)) if (data / "database").is_dir() else None
    if sockets is None:
        return {"host": _NOT_STARTED, "dbname": "encircle", "user": role.value}
    return RunningDatabase(sockets).dsn(role)


def _role(options: Chosen) -> DatabaseRole:
    return DatabaseRole[options.text("ENCIRCLE_ROLE").upper()]


def _parts(address: str) -> dict[str, str]:
    try:
        return {name: str(value) for name, value in conninfo_to_dict(address).items() if value is not None}
    except ProgrammingError as wrong:
        raise OptionRefused(
            code="option_refused",
            reason="The address of the database cannot be read.",
            instead="Expected postgresql://name:password@host:5432/database.",
        ) from wrong
