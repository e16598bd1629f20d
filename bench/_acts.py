"""What bench/act.py measures. Needs the settings: imported once they stand."""

from collections.abc import Callable, Iterator
from uuid import uuid4

from django.db import connection

from bench._lists import country, state_one, story
from bench.record import cpu
from encircle.actions.act import Statement, perform
from encircle.actions.context import Who
from encircle.host.database import EmbeddedDatabase
from encircle.records.context import with_context
from encircle.records.roots import open_root
from encircle.vocabulary.facts.kind import Kind

GOAL_MS = 40.0
ACTS = {
    "plan_ms": Statement(type="interview_planned", values={"at": "2027-01-05", "purpose": "assessment"}),
    "record_ms": Statement(type="interview_held", values={"purpose": "assessment"}),
}


def measured(database: EmbeddedDatabase, runs: int, acts: int) -> dict[str, object]:
    """Each figure, the median of the runs."""
    who = country(database, 60)
    figures = {
        name: cpu(list(_rounds(who, statement, runs, acts)), acts, goal_ms=GOAL_MS)
        for name, statement in ACTS.items()
    }
    return {"figure": "act", **figures}


def _rounds(who: Who, statement: Statement, runs: int, acts: int) -> Iterator[Callable[[], None]]:
    """For each run a record of 60 facts, and so many acts on it."""
    for _ in range(runs):
        number = _record(who)

        def many(number: str = number) -> None:
            for _ in range(acts):
                perform(who, number, [statement], token=str(uuid4()))

        yield many


def _record(who: Who) -> str:
    with with_context(agency=who.agency, actor=who.person, purpose="record") as context:
        root = open_root(Kind.CHILD, ctx=context)
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM root WHERE id = %s", (root,))
            number: str = cursor.fetchone()[0]
    for fact in story(root, who):
        state_one(fact, who)
    return number
