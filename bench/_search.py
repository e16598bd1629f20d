"""The names that bench/search.py searches, and what it measures. Needs the settings: imported once they stand."""

from collections.abc import Callable, Sequence
from uuid import uuid4

from django.db import connection

from bench._lists import as_role
from bench.record import as_operator, cpu
from encircle.actions.context import Who, at_work
from encircle.actions.search import search
from encircle.core.linkage import keys_to_search, parts_of
from encircle.host import clock
from encircle.host.database import DatabaseRole, EmbeddedDatabase
from encircle.records import people, seal
from encircle.records.context import Context
from encircle.records.facts import append
from encircle.records.roots import open_root
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, FactId
from encircle.vocabulary.moment import point
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role

GOAL_MS = 40
AT_ONCE = 1_000
SEARCHES = {
    "given_and_family_ms": "Mohammed Ozolaliņš",
    "other_script_ms": "Мухаммед Озолалинс",
    "commonest_given_name_ms": "Mohammed",
    "first_three_letters_ms": "ozo",
    "nobody_ms": "Quetzalcoatl Xochitl",
}


def country(database: EmbeddedDatabase, names: Sequence[tuple[str, str]]) -> Who:
    """A record for each of these names, and somebody of the agency that takes part in all of them."""
    seal.make_installation_key()
    role = Role.CHILD_PROTECTION_SERVICE
    who = Who(str(uuid4()), AgencyId(str(uuid4())), role)
    as_role(database, DatabaseRole.WEB)
    with as_operator():
        people.add_agency(who.agency, code="bench", name="Bench", role=role.value, country="EE")
    for begin in range(0, len(names), AT_ONCE):
        with at_work(who, Purpose.RECORD) as context:
            for given, family in names[begin : begin + AT_ONCE]:
                _one_more(context, who, given, family)
    _analyze(database)
    return who


def measured(who: Who, children: int, runs: int, searches: int, made_in: float) -> dict[str, object]:
    """Each kind of search, the median of the runs, with how many the first page shows."""

    def repeated(text: str) -> Callable[[], None]:
        def many() -> None:
            for _ in range(searches):
                search(who, text, purpose=Purpose.SEARCH)

        return many

    number = search(who, "Mohammed", purpose=Purpose.SEARCH).records[0].number
    kinds = {**SEARCHES, "number_ms": number, "start_of_a_number_ms": number[:4]}
    return {
        "figure": "search",
        "at": clock.now().isoformat(timespec="seconds"),
        "children": children,
        "made_in_s": round(made_in, 1),
        "keys": _counted("name_key", who),
        "on_the_page": {
            kind: len(search(who, text, purpose=Purpose.SEARCH).records) for kind, text in kinds.items()
        },
        **{kind: cpu([repeated(text)] * runs, searches, goal_ms=GOAL_MS) for kind, text in kinds.items()},
        "plan": _plan(who),
    }


def _one_more(context: Context, who: Who, given: str, family: str) -> None:
    root = open_root(Kind.CHILD, ctx=context)
    fact = Fact(
        id=FactId(str(uuid4())),
        type="name_recorded",
        root=root,
        subject=None,
        happened=point(context.now, "Europe/Tallinn"),
        learnt=(),
        recorded=context.now,
        agency=who.agency,
        said_by=None,
        certainty=Certainty.REPORTED,
        payload=NameRecorded(name_used=given, family_name=family),
    )
    append(fact, follows=None, ctx=context)


def _analyze(database: EmbeddedDatabase) -> None:
    as_role(database, DatabaseRole.OWNER)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    as_role(database, DatabaseRole.WEB)


def _counted(table: str, who: Who) -> int:
    with at_work(who, Purpose.SEARCH), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        count: int = cursor.fetchone()[0]
    return count


def _plan(who: Who) -> list[str]:
    """How the rows of one key are found: along the index of keys, with the policy asked for each row."""
    key = keys_to_search(parts_of("Mohammed")).alone[0][0]
    hashed = seal.name_indexes([key.hashed])
    with at_work(who, Purpose.SEARCH), connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT root_id FROM name_key WHERE key = %s LIMIT 300",
            (hashed[0],),
        )
        keyed = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT number FROM root"
            " WHERE number ~>=~ 'ab12' AND number ~<~ 'ab12~' ORDER BY number LIMIT 60"
        )
        return [*keyed, *(row[0] for row in cursor.fetchall())]
