"""What bench/access.py measures. Needs the settings: imported once they stand."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.db import connection

from bench._lists import as_role
from bench.look import made_record
from bench.record import cpu
from encircle.actions.context import Who, at_work
from encircle.actions.permit import mandates, opened_of_each, permitted
from encircle.actions.projection import project
from encircle.core.access import Doing, decide, rule
from encircle.core.access.kernel import Kernel
from encircle.host import clock
from encircle.host.database import DatabaseRole, EmbeddedDatabase
from encircle.records import facts as rows
from encircle.records import people
from encircle.records.context import with_context
from encircle.records.waiting import roots_waiting
from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role

GOALS_MS = {"decision": 0.2, "gate": 5.0, "list": 1.0}
PAGE = 50
SHARE = 100
"""The smaller agency takes part in every hundredth record."""
SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"

Figures = dict[str, object]


def measured(database: EmbeddedDatabase, records: int, runs: int, times: int) -> Figures:
    """Every figure."""
    who, number, root = made_record()
    figures: Figures = {
        "figure": "access",
        "at": clock.now().isoformat(timespec="seconds"),
        "decision": decisions(),
        "gate": gate(who, number, root, runs, times),
    }
    begin = time.perf_counter()
    few = copied(database, who, root, records)
    made_in = time.perf_counter() - begin
    of = {"all": who, "every_hundredth": few}
    lists = {name: listed(one, runs * times) for name, one in of.items()}
    return figures | {"list": {"records": records, "made_in_s": round(made_in, 1), **lists}}


def decisions() -> Figures:
    """One answer, by the clock of the processor: asked for the first time, and again."""
    held = mandates()
    asked = [
        (role, relation, purpose)
        for role in Role
        if role in held
        for relation in Relation
        for purpose in sorted(held[role].purposes)
    ]

    def once(role: Role, relation: Relation, purpose: Purpose) -> float:
        begin = time.process_time_ns()
        decide(Doing.LOOK, role=role, purpose=purpose, relations=(relation,), mandates=held)
        return (time.process_time_ns() - begin) / 1e6

    def one_question(role: Role, relation: Relation, purpose: Purpose) -> float:
        begin = time.process_time_ns()
        kernel.asked(role, purpose, (relation,)).forbidden_by()
        return (time.process_time_ns() - begin) / 1e6

    once(*asked[0])  # reads the policies
    kernel = Kernel(held)
    alone = statistics.median(one_question(*one) for one in asked)
    rule._answered.cache_clear()  # the bench asks what is behind what is remembered
    first = sorted(once(*one) for one in asked)
    again = [once(*one) for one in asked]
    return {
        "asked": len(asked),
        "decision_ms": round(alone, 4),
        "whole_answer_ms": round(statistics.median(first), 4),
        "slowest_hundredth_ms": round(first[-max(1, len(first) // 100)], 4),
        "remembered_ms": round(statistics.median(again), 5),
        "goal_ms": GOALS_MS["decision"],
        "met": alone <= GOALS_MS["decision"],
    }


def gate(who: Who, number: str, root: RootId, runs: int, times: int) -> Figures:
    """What the permit and the choice of open facts add to a transaction that reads the record."""

    def behind_it() -> None:
        for _ in range(times):
            with permitted(who, number, purpose=Purpose.PROTECT) as permit:
                permit.open_facts()

    def without() -> None:
        for _ in range(times):
            with at_work(who, Purpose.PROTECT):
                rows.read(root)

    behind_it()
    without()
    with_it = cpu([behind_it] * runs, times, goal_ms=GOALS_MS["gate"])
    bare = cpu([without] * runs, times, goal_ms=GOALS_MS["gate"])
    adds = float(str(with_it["cpu_ms"])) - float(str(bare["cpu_ms"]))
    return {
        "with_the_gate_ms": with_it["cpu_ms"],
        "without_ms": bare["cpu_ms"],
        "gate_ms": round(adds, 3),
        "goal_ms": GOALS_MS["gate"],
        "met": adds <= GOALS_MS["gate"],
    }


def copied(database: EmbeddedDatabase, who: Who, root: RootId, records: int) -> Who:
    """So many records more of that agency, with the rows of this one; somebody of an agency that is in every hundredth."""
    with at_work(who, Purpose.RECORD) as context:
        project(root, ctx=context, now=context.now)
    few = Who(str(uuid4()), AgencyId(str(uuid4())), Role.CHILD_PROTECTION_SERVICE)
    as_role(database, DatabaseRole.JOBS)
    with (
        with_context(agency=who.agency, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value),
        connection.cursor() as cursor,
    ):
        people.add_agency(few.agency, code="bench-few", name="Few", role=few.role.value, country="EE")
        sign = f"substr('{SIGNS}', 1 + floor(random() * 32)::int, 1)"
        four = " || ".join([sign] * 4)
        cursor.execute(
            "INSERT INTO root (id, kind, number, opened_by_id)"
            f" SELECT gen_random_uuid(), 'child', {four} || '-' || {four}, %s FROM generate_series(1, %s)"
            " ON CONFLICT DO NOTHING",
            (who.agency, records),
        )
        _copy_rows(cursor, "situation_row", root, at="due_at")
        cursor.execute(
            "INSERT INTO membership (id, root_id, agency_id, relation, since)"
            " SELECT gen_random_uuid(), id, %s, 'team', now() FROM"
            " (SELECT id, row_number() OVER (ORDER BY id) AS n FROM root WHERE kind = 'child') AS every"
            " WHERE n %% %s = 0",
            (few.agency, SHARE),
        )
    as_role(database, DatabaseRole.OWNER)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    as_role(database, DatabaseRole.WEB)
    return few


def _copy_rows(cursor: Any, table: str, root: RootId, *, at: str) -> None:
    """Rows like that of one record for each that has none, each due at a time of its own."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        (table,),
    )
    names = [name for (name,) in cursor.fetchall()]
    given = ", ".join(
        "every.id"
        if name == "root_id"
        else "now() + random() * interval '90 days'"
        if name == at
        else f"told.{name}"
        for name in names
    )
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {given} FROM {table} AS told, root AS every"
        f" WHERE told.root_id = %s AND every.kind = 'child'"
        f" AND NOT EXISTS (SELECT FROM {table} AS own WHERE own.root_id = every.id)",
        (root,),
    )


def listed(who: Who, times: int) -> Figures:
    """The first page of the list of records, and how the agency stands to each: what the database says that it took."""

    def page() -> int:
        with at_work(who, Purpose.WORK_LIST) as context:
            found = roots_waiting(who.agency, skip=0, at_most=PAGE)
            opened_of_each(who, [one.root.id for one in found], context=context)
            return len(found)

    seen = []
    for _ in range(max(3, times // 10)):
        spent: list[float] = []
        with _explained(spent):
            on_the_page = page()
        seen.append(sum(spent))
    middle = statistics.median(seen)
    return {
        "on_the_page": on_the_page,
        "list_ms": round(middle, 3),
        "fastest_ms": round(min(seen), 3),
        "goal_ms": GOALS_MS["list"],
        "met": middle <= GOALS_MS["list"],
    }


@contextmanager
def _explained(spent: list[float]) -> Iterator[None]:
    """Every statement that reads a table is carried out once more under EXPLAIN ANALYZE; what it took is added."""

    def explain(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]
    ) -> Any:
        if " FROM " in sql and sql.lstrip().startswith(("SELECT", "WITH")):
            cursor = context["cursor"].cursor
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
            spent.append(float(cursor.fetchone()[0][0]["Execution Time"]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield
