"""How the database finds the rows of a list under row-level security: the plan of each statement that reads many."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_OF_MANY = re.compile(r"\b(FROM|JOIN) (situation_row|duty_row|calendar_row|name_key)\b")
_EXPLAIN = "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) "
_TELLING = re.compile(r"Scan|Sort|Rows Removed|Limit|Aggregate")


def plans_of(once: Callable[[], object]) -> list[str]:
    """What the statements of one look read: their scans, with the rows that each gave and left out."""
    lines: list[str] = []
    with _explained(lines):
        once()
    return lines


@contextmanager
def _explained(lines: list[str]) -> Iterator[None]:
    def explain(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if _OF_MANY.search(sql) and sql.lstrip().startswith(("SELECT", "WITH")):
            with context["cursor"].db.wrap_database_errors:
                cursor = context["cursor"].cursor
                cursor.execute(_EXPLAIN + sql, params)
                lines.extend(row[0] for row in cursor.fetchall() if _TELLING.search(row[0]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield
