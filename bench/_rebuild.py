"""What bench/rebuild.py measures. Needs the settings: imported once they stand."""

import time

from django.db import connection

from bench._country import load_country
from bench.record import cpu
from encircle.actions.projection import rebuild_ledger
from encircle.host import clock
from encircle.records import rebuilding, turning
from encircle.records.context import with_context

REBUILD_GOAL_MS, DUE_GOAL_MS = 0.72, 5_000


def measured(children: int, records: int, runs: int) -> dict[str, object]:
    """Both figures, medians over the runs."""
    load_country(children)

    def waiting(many: int) -> tuple[int, int]:
        """Let so many wait, the same whole parts each time; how many there are in all, and the facts of those."""
        with with_context(agency=None, actor="bench", purpose="rebuild"), connection.cursor() as cursor:
            total = rebuilding.begin()
            cursor.execute(
                "DELETE FROM rebuild_part WHERE id NOT IN"
                " (SELECT id FROM rebuild_part WHERE cardinality(roots) = %s ORDER BY md5(roots[1]::text) LIMIT %s)",
                (rebuilding.OF_A_PART, many // rebuilding.OF_A_PART),
            )
            cursor.execute(
                "SELECT sum(facts) FROM situation_row"
                " WHERE root_id IN (SELECT unnest(roots) FROM rebuild_part)"
            )
            return total, cursor.fetchone()[0]

    def compute() -> None:
        rebuild_ledger(tell=lambda done, of: None, processes=1)

    total, facts = waiting(records)
    compute()
    rounds = []
    for _ in range(runs):
        waiting(records)
        rounds.append(
            cpu(
                [compute],
                records,
                goal_ms=REBUILD_GOAL_MS,
            )
        )
    middle = sorted(rounds, key=lambda one: float(str(one["cpu_ms"])))[runs // 2]
    return {
        "figure": "rebuild",
        "at": clock.now().isoformat(timespec="seconds"),
        "records": total,
        "computed": records,
        "facts_of_each": round(facts / records, 1),
        "rebuild": middle,
        "due": _due(runs),
    }


def _due(runs: int) -> dict[str, object]:
    seen = []
    for _ in range(runs):
        with with_context(agency=None, actor="bench", purpose="sweep") as context:
            begin = time.perf_counter()
            found = turning.due(context.now, at_most=1_000_000)
            seen.append((time.perf_counter() - begin) * 1000)
    return {"found": len(found), "wall_ms": round(sorted(seen)[runs // 2], 1), "goal_ms": DUE_GOAL_MS}
