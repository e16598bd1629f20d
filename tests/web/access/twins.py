"""Twin worlds: the same database twice, but for one thing in the second; and what somebody is answered in each.

Both are copies of one world, so that each number, id and sign-in is the same. What differs between any two answers (marks
of forms, times of today, what is made by chance for a form) is masked; all else has to be the same bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

import psycopg
from django.http import HttpResponse
from django.test import Client
from psycopg import sql
from psycopg.conninfo import make_conninfo

from encircle.host.clock import now
from encircle.host.database import DatabaseRole
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.access.probe import masked, sent
from tests.web.access.table import Answer, Row, comes_for, expected, parts_of, rows
from tests.web.access.world import Actor, Scene

_COPIES = count(1)
_ZONE = ZoneInfo("Europe/Tallinn")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

VIEWERS: tuple[tuple[Role, str], ...] = (
    (Role.SCHOOL, "team"),
    (Role.CARER, "team"),
    (Role.HEALTH_SERVICE, "team"),
    (Role.PROSECUTOR, "team"),
    (Role.LAWYER, "lawyer"),
    (Role.ASYLUM_AUTHORITY, "team"),
    (Role.BARNAHUS, "team"),
    (Role.COURT, "team"),
    (Role.CENTRAL_AUTHORITY, "team"),
    (Role.POLICE, "elsewhere"),
    (Role.CHILD_PROTECTION_SERVICE, "elsewhere"),
    (Role.TRIAGE_TEAM, "elsewhere"),
    (Role.MUNICIPALITY, "ended"),
    (Role.NGO, "outside"),
    (Role.COORDINATOR, "outside"),
    (Role.GUARDIAN, "adverse"),
)
"""Who looks: some take part in the record, some in another, some in none, one stands against the child."""


@dataclass(frozen=True)
class Look:
    """One person at one address. `page`: how it is reported."""

    viewer: Actor
    row: Row
    method: str
    more: str = ""

    @property
    def page(self) -> str:
        """As a difference is reported."""
        return f"{self.viewer.name}: {self.method} {self.row.name}{self.more}"


def copy_of(database: TestDatabase) -> TestDatabase:
    """The same database once more; nobody may be at work in it meanwhile."""
    name = f"twin_{database.name}_{next(_COPIES)}"
    with psycopg.connect(make_conninfo(**database.cluster.keeper_dsn()), autocommit=True) as keeper:
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
        names = (name, database.name, DatabaseRole.OWNER.value)
        keeper.execute(words.format(*(sql.Identifier(each) for each in names)))
    return TestDatabase(database.cluster, name)


def drop(database: TestDatabase) -> None:
    """It is not needed any more."""
    with psycopg.connect(make_conninfo(**database.cluster.keeper_dsn()), autocommit=True) as keeper:
        keeper.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database.name)))


def looks_of(viewer: Actor) -> Iterator[Look]:
    """Every address at which that person is shown something, or told why not; lists also by other pages and orders."""
    for row in rows():
        if row.about == "child" or row.route in _BY_CHANCE or (row.api and not viewer.secret):
            continue
        says = expected(row, "GET", viewer.role, viewer.standing, viewer.end)
        if says.answer is Answer.NOT_OFFERED and not row.asks:
            continue
        yield Look(
            viewer, row, "POST" if row.asks and "POST" in row.offered and row.about == "lists" else "GET"
        )
        if row.about == "lists" and not row.api and not row.asks:
            for more in _ORDERS.get(row.route, ()):
                yield Look(viewer, row, "GET", more)


_BY_CHANCE = (
    "sign-out/",
    "-/live",
    "-/ready",
    "account/second-factor/",
    "account/again/<provider>/",
    "concerns/new/",
    "concerns/recipients",
)
"""Pages that show no record: a challenge made anew each time, and the directory of agencies, which is open to all staff."""
_ORDERS = {
    "records/": ("?page=2", "?order=new", "?status=presumed_victim", "?alarms=yes"),
    "": ("?page=2", "?place=late"),
    "calendar/": ("?page=2",),
    "notices/": ("?page=2",),
}


def may_know(viewer: Actor, part: str) -> bool:
    """Whether the thing of that part may be known to this person, by the table."""
    if part in ("K", "J"):
        return viewer.standing not in _STRANGERS and part in comes_for(viewer.role, viewer.standing)
    if not part:
        return False
    return part in parts_of(viewer.role, viewer.standing, "").upper()


_STRANGERS = frozenset({"outside", "elsewhere", "ended", "adverse"})
MEMBERS_MAY_KNOW = frozenset(
    {
        "opened part",
        "one more who takes part",
        "one who stands against the child",
        "emergency",
        "offer to others",
    }
)
"""Who takes part in a record sees who else does, and what was opened to whom."""


def takes_part(viewer: Actor, *, other: bool) -> bool:
    """Whether that person takes part in the other record, or in that of the signs."""
    return viewer.standing == "elsewhere" if other else viewer.standing not in _STRANGERS


def answered(look: Look, on: Scene) -> tuple[int, bytes, dict[str, str]]:
    """What is answered in the world that Django is connected to."""
    browser = Client(raise_request_exception=False)
    browser.cookies.load(look.viewer.client.cookies.output(header="", sep=";"))
    viewer = replace(look.viewer, client=browser)
    answer: HttpResponse = sent(look.row, look.method, viewer, number=on.record.number, more=look.more)
    status, body, headers = masked(answer)
    return (
        status,
        _timeless(_directory(on.database).sub("", body.decode())).encode(),
        {name: _timeless(value) for name, value in headers.items()},
    )


@lru_cache(maxsize=64)
def _directory(database: TestDatabase) -> "re.Pattern[str]":
    """The agencies to choose from in a form: which agencies there are is open to all staff."""
    with database.connect_as_keeper() as keeper:
        ids = [str(row[0]) for row in keeper.execute("SELECT id FROM agency").fetchall()]
    return re.compile(rf'<option value="(?:{"|".join(ids)})"[^>]*>[^<]*</option>\s*')


def _timeless(text: str) -> str:
    """Without the times of today and of yesterday, and without ids made by chance."""
    return _LOOK.sub("<look>", _today().sub("<now>", text))


def _today() -> "re.Pattern[str]":
    days = {
        (now() + timedelta(hours=hours)).astimezone(zone).date()
        for hours in (-1, 0, 1)
        for zone in (UTC, _ZONE)
    }
    said = [rf"{day.isoformat()}[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?" for day in days]
    said += [rf"{day.day} {day:%B} {day.year}(?:,? (?:at )?\d\d:\d\d)" for day in days]
    said += [rf"{day:%Y%m%d}T\d{{6}}Z?" for day in days]
    return re.compile("|".join(said))


_LOOK = re.compile(r'"id": "[0-9a-f-]{36}", "at": "<now>"|\?before=<now>[^"]*')
"""A look that was made while the worlds were asked: it has an id of its own in each of them."""


def is_midnight_near(at: datetime) -> bool:
    """Whether a day may end between two answers, so that they would differ by it."""
    local = at.astimezone(_ZONE)
    return local.hour == 23 and local.minute >= 30
