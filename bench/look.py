"""Bench: one look at a record of 60 facts in the database: read, opened, folded, its duties and alarms found, journalled.

    python bench/look.py [--runs 5] [--looks 100]

Prints one JSON object. The unit is milliseconds of CPU, of this process and of its database backend together. The record
is the story of the packs in which nearly every rule is awake, under the law of Estonia. The goal is 8 ms.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.record import as_operator, be_web, cpu  # noqa: E402  # found only with the path above
from encircle.host.database import temporary_database  # noqa: E402  # as above

if TYPE_CHECKING:
    from encircle.actions.context import Who
    from encircle.vocabulary.identifier import RootId

FACTS = 60
GOAL_MS = 8


def main() -> None:
    """Make a database with one record, look at it many times, print."""
    parser = argparse.ArgumentParser(description="Measure one look at a record.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--looks", type=int, default=100)
    asked = parser.parse_args()
    with temporary_database() as database, tempfile.TemporaryDirectory() as data:
        be_web(database, Path(data))
        print(json.dumps(measured(asked.runs, asked.looks), indent=2))


def made_record() -> "tuple[Who, str, RootId]":
    """A record of 60 facts: for whom it is open, its number, its root."""
    from encircle.actions.context import Who, at_work
    from encircle.actions.examples import Names
    from encircle.actions.law import packs_folder
    from encircle.actions.replay.file import read_replay
    from encircle.records import facts as rows
    from encircle.records import people, roots
    from encircle.records.seal import make_installation_key
    from encircle.vocabulary.facts.kind import Kind
    from encircle.vocabulary.identifier import AgencyId
    from encircle.vocabulary.purpose import Purpose
    from encircle.vocabulary.role import Role

    make_installation_key()
    case = read_replay(packs_folder() / "base" / "tests" / "everything_done.yaml")
    names, child = Names(case), next(iter(case.children))
    who = Who(str(uuid4()), AgencyId(str(uuid4())), Role.CHILD_PROTECTION_SERVICE)
    with as_operator():
        people.add_agency(who.agency, code="bench", name="Bench", role=who.role.value, country="EE")
        for agency in case.agencies.values():
            people.add_agency(
                names.agency(agency.id),
                code=f"b-{agency.id}",
                name=agency.name,
                role=agency.role.value,
                country="EE",
            )
    with at_work(who, Purpose.RECORD) as context:
        root = roots.open_root(Kind.CHILD, ctx=context, root_id=names.root(child))
        for fact in case.facts_of(child)[:FACTS]:
            renamed = names.fact(fact)
            known = tuple(one for one in renamed.learnt if one.at <= context.now)
            rows.append(replace(renamed, learnt=known), follows=rows.version(renamed), ctx=context)
    return who, _number(who, root), root


def measured(runs: int, looks: int) -> dict[str, object]:
    """The median over the runs of one look and of reading and evaluating alone."""
    from encircle.actions.asked import Asked
    from encircle.actions.context import at_work
    from encircle.actions.law import law_of
    from encircle.actions.record import look
    from encircle.actions.replay.answer import answer
    from encircle.core.child import AsOf
    from encircle.host import clock
    from encircle.records import facts as rows
    from encircle.vocabulary.purpose import Purpose

    who, number, root = made_record()
    law = law_of("ee")

    def read_and_evaluate() -> None:
        for _ in range(looks):
            with at_work(who, Purpose.PROTECT) as context:
                found = rows.facts_of(root)
            answer(found, law=law, as_of=AsOf(context.now))

    def look_at_it() -> None:
        for _ in range(looks):
            look(who, number, purpose=Purpose.PROTECT, asked=Asked())

    look_at_it()
    return {
        "figure": "look",
        "at": clock.now().isoformat(timespec="seconds"),
        "facts_in_the_record": FACTS,
        "read_and_evaluate": cpu([read_and_evaluate] * runs, looks, goal_ms=GOAL_MS),
        "look_with_journal_entry": cpu([look_at_it] * runs, looks, goal_ms=GOAL_MS),
    }


def _number(who: object, root: str) -> str:
    from django.db import connection

    from encircle.actions.context import Who, at_work
    from encircle.vocabulary.purpose import Purpose

    assert isinstance(who, Who)
    with at_work(who, Purpose.PROTECT), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM root WHERE id = %s", (root,))
        number: str = cursor.fetchone()[0]
    return number


if __name__ == "__main__":
    main()
