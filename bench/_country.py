"""What bench/country.py measures. Needs the settings: imported once they stand."""

import sys
import time
from collections.abc import Callable

from django.db import connection

from bench._lists import as_role, stated
from bench.record import cpu
from encircle.actions.asked import Asked
from encircle.actions.context import Who, at_work
from encircle.actions.demonstration import prepare_demonstration
from encircle.actions.examples import Names
from encircle.actions.post import demonstration_posts, post_of_login
from encircle.actions.projection import project
from encircle.actions.record import look, records_of
from encircle.actions.synthetic import synthetic_child
from encircle.actions.work_list import duties_of
from encircle.core.journal.entry import EntryKind
from encircle.host import clock
from encircle.host.database import DatabaseRole, EmbeddedDatabase
from encircle.records import journal
from encircle.records.roots import open_root
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose

GOALS_MS = {"case_home": 50, "work_list": 30, "national_list": 25, "create": 40, "change": 40}


def measured(database: EmbeddedDatabase, children: int, runs: int, looks: int) -> dict[str, object]:
    """Every figure, the median of the runs."""
    begin = time.perf_counter()
    sign_in = prepare_demonstration(children=children, seed=1, tell=_tell)
    loaded_in = time.perf_counter() - begin
    as_role(database, DatabaseRole.WEB)
    post = post_of_login(sign_in.login)
    assert post is not None
    who = post.who
    school = next(one.who for one in demonstration_posts() if one.agency.startswith("School"))
    with at_work(who, Purpose.PROTECT), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM root WHERE id = %s", (Names(synthetic_child(1, 1)).root("child"),))
        (number,) = cursor.fetchone()

    def create() -> None:
        with at_work(who, Purpose.RECORD) as context:
            root = open_root(Kind.CHILD, ctx=context)
            journal.enter(journal.Act(kind=EntryKind.WRITE, outcome="opened", root=root), ctx=context)
            project(root, ctx=context, now=context.now)

    def of(name: str, once: Callable[[], object]) -> dict[str, object]:
        def many() -> None:
            for _ in range(looks):
                once()

        once()
        return cpu([many] * runs, looks, goal_ms=GOALS_MS[name])

    def lists(of_whom: Who, prefix: str) -> dict[str, object]:
        return {
            f"{prefix}work_list": of("work_list", lambda: duties_of(of_whom, purpose=Purpose.WORK_LIST)),
            f"{prefix}national_list": of(
                "national_list", lambda: records_of(of_whom, purpose=Purpose.WORK_LIST)
            ),
        }

    return {
        "figure": "country",
        "at": clock.now().isoformat(timespec="seconds"),
        "children": children,
        "loaded_in_s": round(loaded_in, 1),
        "case_home": of("case_home", lambda: look(who, number, purpose=Purpose.PROTECT, asked=Asked())),
        **lists(who, ""),
        **lists(school, "small_"),
        "create": of("create", create),
        "change": cpu(list(stated(who, runs, looks)), looks, goal_ms=GOALS_MS["change"]),
    }


def _tell(done: int, of: int) -> None:
    if done * 20 % of == 0:
        print(f"{done} of {of} children", file=sys.stderr, flush=True)
