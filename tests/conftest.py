"""The database of the tests: a real one, migrated by its owner, cloned for each run, used as the web role.

Every test run has a cluster of its own, which is gone afterwards; under xdist each worker has one. Tests write for
good: nothing is rolled back or emptied, as the tables refuse that. They stay apart because each makes agencies and
children of its own, and row-level security shows them no others. A test that counts all rows takes `own_database`.
"""

import base64
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from psycopg import sql
from psycopg.conninfo import make_conninfo
from pytest_django import DjangoDbBlocker

from encircle.host.database import DatabaseRole, EmbeddedDatabase, temporary_database
from encircle.records.adopted import forget
from tests import browser
from tests.database import TestDatabase

TEMPLATE = "encircle"
NO_DATABASE = "/nonexistent/this-test-asked-for-no-database"

LONG = (
    "tests/web/browser/",
    "tests/cli/",
    "tests/actions/test_real_cases",
    "tests/stories/",
    "tests/web/api/",
)
"""Files whose few tests take long: they begin first, so that no process is left alone with one of them at the end."""

# No test may reach the database or the keys of an installation that runs here.
settings.DATABASES["default"].update(HOST=NO_DATABASE, NAME="", USER="", PASSWORD="", PORT="")
settings.DATA = Path("/nonexistent/this-test-asked-for-no-data")
settings.INSTALLATION_KEY = base64.b64encode(b"a key for tests, never elsewhere").decode()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long first; otherwise in their order."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(scope="session")
def cluster(django_db_blocker: DjangoDbBlocker) -> Iterator[EmbeddedDatabase]:
    """A cluster whose database `encircle` is migrated and then only copied."""
    with temporary_database() as opened, django_db_blocker.unblock():
        with TestDatabase(opened, TEMPLATE).used_as(DatabaseRole.OWNER):
            call_command("migrate", verbosity=0, skip_checks=True)
        yield opened


@pytest.fixture(scope="session")
def cloned(cluster: EmbeddedDatabase) -> Callable[[], TestDatabase]:
    """Makes clones of the template; they go with the cluster."""
    numbers = count(1)

    def clone() -> TestDatabase:
        name = f"clone_{os.getpid()}_{next(numbers)}"
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
        with psycopg.connect(make_conninfo(**cluster.keeper_dsn()), autocommit=True) as keeper:
            keeper.execute(
                words.format(*(sql.Identifier(each) for each in (name, TEMPLATE, DatabaseRole.OWNER.value)))
            )
        return TestDatabase(cluster, name)

    return clone


@pytest.fixture(scope="session")
def shared_database(cloned: Callable[[], TestDatabase]) -> TestDatabase:
    return cloned()


@pytest.fixture
def database(shared_database: TestDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[TestDatabase]:
    """The database of this worker; Django is signed in as web."""
    yield from _in_use(shared_database, django_db_blocker)


@pytest.fixture
def own_database(
    cloned: Callable[[], TestDatabase], django_db_blocker: DjangoDbBlocker
) -> Iterator[TestDatabase]:
    """An empty database for one test; Django is signed in as web."""
    yield from _in_use(cloned(), django_db_blocker)


def _in_use(database: TestDatabase, blocker: DjangoDbBlocker) -> Iterator[TestDatabase]:
    with ExitStack() as stack:
        stack.enter_context(blocker.unblock())
        stack.enter_context(database.used_as(DatabaseRole.WEB))
        stack.callback(forget)
        yield database


@pytest.fixture(autouse=True, scope="session")
def _shuffle_what_is_not_ordered() -> Iterator[None]:
    """A query without an order comes back in a random one, so that no test passes by luck."""
    ordered = SQLCompiler.get_order_by

    def shuffled(compiler: SQLCompiler) -> list[object]:
        found = ordered(compiler)
        query = compiler.query
        if found or query.distinct or query.combinator or query.subquery:
            return found
        return [(OrderBy(Random()), ("RANDOM()", (), False))]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLCompiler, "get_order_by", shuffled)
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where page tests were left out, say at the end how many."""
    if browser.is_left_out():
        skipped = [report.nodeid for report in terminalreporter.getreports("skipped")]
        terminalreporter.line(browser.count_left_out(skipped))
