"""The database server: DATABASE_URL, else an embedded PostgreSQL, else one clear line.

Knows no cases and no Django.
"""

from collections.abc import Mapping
from pathlib import Path

from encircle.host.database import address, embedded
from encircle.host.database.database import Database
from encircle.host.database.embedded import (
    EmbeddedDatabase,
    RunningDatabase,
    running_database,
    temporary_database,
)
from encircle.host.database.role import DatabaseRole
from encircle.host.database.status import Condition, Status
from encircle.host.database.unavailable import DatabaseInUse, DatabaseUnavailable

__all__ = [
    "Condition",
    "Database",
    "DatabaseInUse",
    "DatabaseRole",
    "DatabaseUnavailable",
    "EmbeddedDatabase",
    "RunningDatabase",
    "Status",
    "connect_or_open",
    "open_database",
    "running_database",
    "temporary_database",
]


def open_database(data: Path, *, environ: Mapping[str, str]) -> Database:
    """The database that `encircle serve` runs on: the one in DATABASE_URL, else one started for the folder.

    Refuses (DatabaseUnavailable, one line): neither can be had; DatabaseInUse: another process runs this
    folder.
    """
    named = address.named_in(environ)
    if named is not None:
        return address.open_external(named, environ=environ)
    return embedded.open_embedded(data, environ=environ)


def connect_or_open(data: Path, *, environ: Mapping[str, str]) -> Database:
    """The database for a command beside `encircle serve`: as `open_database`, but one that runs is used."""
    named = address.named_in(environ)
    if named is not None:
        return address.open_external(named, environ=environ)
    return embedded.connect_or_open(data, environ=environ)
