"""The database of the tests: a clone of the migrated template, to be used in any of the four roles."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connections
from psycopg.conninfo import make_conninfo

from encircle.host.database import DatabaseRole, EmbeddedDatabase


class TestDatabase:
    """A clone of the migrated template: how to connect to it in each role, and as the keeper of the cluster."""

    __test__ = False

    def __init__(self, cluster: EmbeddedDatabase, name: str) -> None:
        self.cluster = cluster
        self.name = name

    def dsn(self, role: DatabaseRole) -> dict[str, str]:
        return {**self.cluster.dsn(role), "dbname": self.name}

    @contextmanager
    def connect(self, role: DatabaseRole) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """A connection of its own, beside Django's, each statement saved by itself."""
        with psycopg.connect(make_conninfo(**self.dsn(role)), autocommit=True) as connection:
            yield connection

    @contextmanager
    def connect_as_keeper(self) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """As the superuser of the cluster: what a hostile administrator of the database can do."""
        with psycopg.connect(
            make_conninfo(**self.cluster.keeper_dsn(self.name)), autocommit=True
        ) as connection:
            yield connection

    @contextmanager
    def used_as(self, role: DatabaseRole) -> Iterator[None]:
        """Django connects in that role."""
        before = dict(settings.DATABASES["default"])
        connections.close_all()
        settings.DATABASES["default"].update(_django(self.dsn(role)))
        try:
            yield
        finally:
            connections.close_all()
            settings.DATABASES["default"].update(before)


@contextmanager
def as_operator(role: DatabaseRole = DatabaseRole.JOBS) -> Iterator[None]:
    """Django works in the role of the jobs, as an operator does, or in that one; its connection of before stays open."""
    before = connections["default"]
    beside = before.copy()
    beside.settings_dict["USER"] = role.value
    connections["default"] = beside
    try:
        yield
    finally:
        beside.close()
        connections["default"] = before


def _django(dsn: dict[str, str]) -> dict[str, str]:
    return {"HOST": dsn["host"], "PORT": dsn["port"], "NAME": dsn["dbname"], "USER": dsn["user"]}
