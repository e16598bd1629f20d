"""The records whose missing children bench/missing.py lists, and what it measures. Needs the settings first."""

from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.db import connection

from bench._country import _client
from bench._lists import as_role, country
from bench.record import cpu
from encircle.actions.act import Statement, perform
from encircle.actions.context import Who, at_work
from encircle.actions.missing import missing_children
from encircle.host import clock
from encircle.host.database import DatabaseRole, EmbeddedDatabase
from encircle.records import people
from encircle.records.context import with_context
from encircle.records.missing import Sought, roots_of_the_missing
from encircle.vocabulary.purpose import Purpose

GOAL_MS = 50


def agency_of_many(database: EmbeddedDatabase, children: int, *, missing: int) -> tuple[Who, str]:
    """Somebody of the agency that takes part in so many records, and the login; so many children are stated to be missing."""
    who, login = country(database, children), f"bench-{uuid4()}"
    as_role(database, DatabaseRole.JOBS)
    with with_context(agency=None, actor="loader", purpose="load"):
        people.add_staff(login=login, password=str(uuid4()), agency=who.agency, role=who.role)
    as_role(database, DatabaseRole.OWNER)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    as_role(database, DatabaseRole.WEB)
    for number in _numbers(who, missing):
        told = (
            Statement(type="missing_reported", label="m", values={"reported_to": "police"}),
            Statement(type="missing_risk_assessed", subject="@m", values={"danger": "grave"}),
        )
        perform(who, number, list(told), token=str(uuid4()))
    as_role(database, DatabaseRole.OWNER)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    as_role(database, DatabaseRole.WEB)
    return who, login


def _numbers(who: Who, many: int) -> list[str]:
    """The numbers of so many records that have a name alone."""
    with at_work(who, Purpose.WORK_LIST), connection.cursor() as cursor:
        cursor.execute(
            "SELECT root.number FROM root JOIN fact ON fact.root_id = root.id WHERE root.kind = 'child'"
            " GROUP BY root.id HAVING count(*) = 1 ORDER BY root.id LIMIT %s",
            (many,),
        )
        return [number for (number,) in cursor.fetchall()]


def measured(who: Who, login: str, runs: int, looks: int) -> dict[str, object]:
    """Each figure, the median of the runs, with how many the list holds."""

    def of(once: Callable[[], object]) -> dict[str, object]:
        def many() -> None:
            for _ in range(looks):
                once()

        once()
        return cpu([many] * runs, looks, goal_ms=GOAL_MS)

    sought = Sought(who.agency, who.role, everyones=False, widened_by=(), without=())

    def found() -> object:
        with at_work(who, Purpose.WORK_LIST):
            return roots_of_the_missing(sought, skip=0, at_most=21)

    with at_work(who, Purpose.WORK_LIST):
        whole = len(roots_of_the_missing(sought, skip=0, at_most=1_000_000))
    settings.DEMO = True  # no second step at sign-in, as in bench/country.py
    client = _client(login)

    def page() -> object:
        answer = client.get("/missing/", headers={"Accept-Encoding": "gzip"})
        if answer.status_code != 200:
            raise SystemExit(f"/missing/ answered {answer.status_code}.")
        return answer

    return {
        "figure": "missing",
        "at": clock.now().isoformat(timespec="seconds"),
        "in_the_list": whole,
        "on_the_page": len(missing_children(who).items),
        "database_ms": of(found),
        "list_ms": of(lambda: missing_children(who)),
        "found_ms": of(lambda: missing_children(who, stands="found")),
        "page_10_ms": of(lambda: missing_children(who, page=10)),
        "page": of(page),
    }
