"""A database as the rest of Encircle sees it: how to connect in a role, how it is, how to let it go."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

import psycopg
from psycopg.conninfo import make_conninfo

from encircle.host.database.role import DatabaseRole
from encircle.host.database.status import Status

ANSWER_SECONDS = 2


class Database(ABC):
    """An open database. A context manager: at its end, what was started for it has ended."""

    @abstractmethod
    def dsn(self, role: DatabaseRole) -> dict[str, str]:
        """The words that psycopg (and libpq) need to connect in that role."""

    @abstractmethod
    def status(self) -> Status:
        """How the database is now."""

    @abstractmethod
    def close(self) -> None:
        """Let the database go; a second call does nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def answers(sign_in: dict[str, str]) -> bool:
    """Whether a connection with that sign-in is answered just now."""
    try:
        with psycopg.connect(make_conninfo(**sign_in), connect_timeout=ANSWER_SECONDS) as connection:
            return connection.execute("select 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False
